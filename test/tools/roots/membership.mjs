// Turns a membership table in its raw form into the records of versions.jsonl and roots.jsonl.

const OBSERVATORY = 'nabla-c0d3/trust_stores_observatory@'

/** Versions on which public sources disagree: neither yes nor no is safe. */
const UNCERTAIN = { apple: ['10.0', '11.0', '15.0'] }

/** First client version that knows the rule (https://support.apple.com/121668 shipped with 18.2). */
const APPLE_RULE_SINCE = { '2024-11-15': '18.2' }

export function readMembership({ generated, stores, roots }) {
  const names = Object.fromEntries(
    Object.entries(stores).map(([store, list]) => [
      store,
      new Map(list.map(entry => [entry.version, versionOf(store, entry)])),
    ]),
  )
  return {
    verified: generated,
    versions: Object.entries(stores).flatMap(([store, list]) =>
      list.map(entry => versionRecord(store, entry)),
    ),
    roots: Object.entries(roots).map(([sha256, root]) => rootRecord(sha256, root, names)),
  }
}

function versionRecord(store, entry) {
  const version = versionOf(store, entry)
  return {
    store,
    version,
    os: osOf(store, entry),
    date: entry.date,
    source: sourceOf(store, entry.source),
    ...(store === 'apple' && { list: entry.version }),
    ...(entry.map && { basis: entry.map }),
    ...(UNCERTAIN[store]?.includes(version) && { uncertain: true }),
    count: entry.count,
  }
}

/** What a client's version is compared with; a list that no phone had keeps a name that compares with none. */
function versionOf(store, { version, ios, macos }) {
  if (store === 'apple') return ios ?? `macos-${macos}`
  return version.replace('NSS ', '').replace('_', '-')
}

function osOf(store, { version, os }) {
  if (store === 'mozilla') return version.startsWith('NSS') ? version : `certdata ${version}`
  if (store === 'openjdk')
    return version.startsWith('20') ? `OpenJDK tip ${version}` : `OpenJDK ${version}`
  return os
}

function sourceOf(store, source) {
  if (store === 'apple' && source.startsWith('security_'))
    return `apple-oss-distributions/${source}`
  return source.replace(/^observatory /, OBSERVATORY)
}

function rootRecord(sha256, root, names) {
  const intervals = Object.entries(root.in).map(([store, list]) => [
    store,
    list.map(([since, until]) => [names[store].get(since), until && names[store].get(until)]),
  ])
  const constraints = constraintRecords(root.constraints ?? {})
  return {
    sha256,
    name: root.cn,
    subject: root.subject,
    spki: root.spki_sha256,
    notAfter: root.not_after,
    key: root.key,
    signature: root.sig === '?' ? 'unknown' : root.sig,
    ...(root.tls === 0 && { serverAuth: false }),
    ...(root.ms_tls === 1 && { microsoftTls: true }),
    in: Object.fromEntries(intervals),
    ...(constraints.length > 0 && { constraints }),
  }
}

function constraintRecords(raw) {
  const issued = (store, basis, date, since = null) =>
    date ? [{ store, since, kind: 'issued-after', basis, date }] : []
  const apple = raw.apple_distrust_after
  return [
    ...issued('apple', 'sct-or-not-before', apple, APPLE_RULE_SINCE[apple]),
    ...issued('chrome', 'sct', raw.chrome_sct_not_after),
    ...issued('mozilla', 'not-before', raw.mozilla_distrust_after),
    ...(raw.mozilla_name_constraint
      ? [{ store: 'mozilla', since: null, kind: 'names', permitted: raw.mozilla_name_constraint }]
      : []),
  ]
}
