// The HTML report in a browser: both themes and languages, every width, on paper, and without a script.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import axe, { type AxeResults } from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import report from '../../src/reports/html.ts'
import { LOCALES } from '../../src/text.ts'
import { makeLeaf } from '../helpers/certs.ts'
import { draw, judged, project, resultOf, targets } from '../helpers/results.ts'
import { findProgram } from './programs.ts'

const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
]
/** For whoever wants to look at them. */
const SHOTS = fileURLToPath(new URL('../../node_modules/.cache/html-report', import.meta.url))

let browser: Browser
let folder: string
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findProgram('chromium'), args: FLAGS })
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-html-'))
  mkdirSync(SHOTS, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

const PAGES = {
  one: resultOf([targets.partial]),
  several: resultOf([targets.soon, targets.gone, targets.aside, project]),
} as const

interface Opened {
  readonly page: Page
  /** What it asked for, itself left out. */
  readonly requests: readonly string[]
}

async function open(
  shown = PAGES.several,
  { width = 1440, ...options }: BrowserContextOptions & { readonly width?: number } = {},
): Promise<Opened> {
  const file = path.join(folder, 'report.html')
  writeFileSync(file, draw(report, shown))
  const viewport = { width, height: 900 }
  const context = await browser.newContext({ javaScriptEnabled: false, viewport, ...options })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const requests: string[] = []
  const own = pathToFileURL(file).href
  page.on('request', request => {
    if (request.url().replace(/#.*/, '') !== own) requests.push(request.url())
  })
  page.on('dialog', dialog => {
    requests.push(dialog.message())
  })
  await page.goto(own)
  return { page, requests }
}

const backgroundOf = (page: Page) =>
  page.evaluate<string>('getComputedStyle(document.body).backgroundColor')

describe.each(['light', 'dark'] as const)('%s', colorScheme => {
  test.each(LOCALES)('is drawn in %s', async locale => {
    const { page } = await open(PAGES.one, { colorScheme })
    await page.click(`label[for="${locale}"]`)
    await page.screenshot({
      path: path.join(SHOTS, `${colorScheme}-${locale}.png`),
      fullPage: true,
    })
    const [red = 0] = (await backgroundOf(page)).match(/\d+/g)?.map(Number) ?? []
    expect(red > 127).toBe(colorScheme === 'light')
  })

  test.each(Object.keys(PAGES) as (keyof typeof PAGES)[])(
    'everybody can read page %s',
    async name => {
      const { page } = await open(PAGES[name], { colorScheme, javaScriptEnabled: true })
      for (const locale of LOCALES) {
        await page.click(`label[for="${locale}"]`)
        await page.evaluate(
          'for (const one of document.querySelectorAll("details")) one.open = true',
        )
        const { violations } = await page.evaluate<AxeResults>(`${axe.source}; axe.run()`)
        const found = violations.map(({ id, nodes: [node] }) => `${id}: ${node?.html}`)
        expect(found).toEqual([])
      }
    },
    // Every colour of every word is looked at.
    180_000,
  )
})

describe('the other language', () => {
  const shownIn = async (page: Page) => {
    const both = ['The chain is incomplete', '证书链不完整'].map(text =>
      page.locator('h4', { hasText: text }).getByText(text).isVisible(),
    )
    return Promise.all(both)
  }

  test('is a click away, without a script', async () => {
    const { page } = await open(PAGES.one)
    expect(await shownIn(page)).toEqual([true, false])
    await page.click('text=中文')
    expect(await shownIn(page)).toEqual([false, true])
    await page.click('text=English')
    expect(await shownIn(page)).toEqual([true, false])
  })

  test('and a key', async () => {
    const { page } = await open(PAGES.one)
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    expect(await shownIn(page)).toEqual([false, true])
  })
})

test.each([320, 768, 1440])('nothing is wider than %i', async width => {
  for (const shown of Object.values(PAGES)) {
    const { page } = await open(shown, { width })
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    await page.screenshot({ path: path.join(SHOTS, `${width}.png`), fullPage: true })
  }
})

test('paper shows what a screen folds', async () => {
  const { page } = await open(PAGES.one)
  const pem = page.getByText('-----BEGIN CERTIFICATE-----').first()
  expect(await pem.isVisible()).toBe(false)
  await page.emulateMedia({ media: 'print' })
  expect(await pem.isVisible()).toBe(true)
  expect(await page.locator('.languages').isVisible()).toBe(false)
  expect((await page.pdf()).length).toBeGreaterThan(10_000)
})

test('nothing is asked for', async () => {
  const { page, requests } = await open(PAGES.several, { javaScriptEnabled: true })
  await page.waitForLoadState('networkidle')
  expect(requests).toEqual([])
})

test('names stay text', async () => {
  const name =
    '</style></title><script>alert(1)</script><img src="http://127.0.0.1:1/" onerror=alert(1)>'
  const { der } = makeLeaf([name], { subject: name })
  const hostile = judged('hostile.example', [der])
  const { page, requests } = await open(resultOf([hostile]), { javaScriptEnabled: true })
  await page.waitForLoadState('networkidle')
  expect(await page.locator('script, img').count()).toBe(0)
  expect(await page.getByText(name).count()).toBeGreaterThan(1)
  expect(requests).toEqual([])
})
