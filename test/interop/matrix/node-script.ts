/** Servers and clients of any Node since 0.12, run from one script each: hence its language. */
import { readFileSync } from 'node:fs'
import type { TlsOptions } from 'node:tls'
import { type Folder, HOST } from '../pki.ts'
import { startProgram } from '../programs.ts'

/** Options as JSON has them. */
export type NodeOptions = Omit<TlsOptions, 'dhparam'> & { readonly dhparam?: string }

/** One process that serves each of the lists of options; gives the ports, in order. */
export async function startNodeServers(
  binary: string,
  flags: readonly string[],
  folder: Folder,
  list: readonly NodeOptions[],
): Promise<readonly number[]> {
  const options = folder.write(`${list.length}-${flags.length}.json`, JSON.stringify(list))
  const args = [...flags, '-e', SERVERS, options]
  const { match } = await startProgram(binary, args, /^ports (.*)$/m)
  return JSON.parse(match[1]!) as number[]
}

/** PEM texts of a leaf with its chain, and its key. */
export function pemOf({ chain, key }: { readonly chain: string; readonly key: string }): {
  readonly cert: string
  readonly key: string
} {
  return { cert: readFileSync(chain, 'utf8'), key: readFileSync(key, 'utf8') }
}

const SERVERS = `
  var list = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'))
  var ports = []
  var left = list.length
  list.forEach(function (options, index) {
    var server = require('tls').createServer(options, function (socket) {
      socket.on('error', function () {})
      socket.once('data', function () {
        socket.end('HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nok')
      })
    })
    server.on('tlsClientError', function () {})
    server.on('clientError', function () {})
    server.listen(0, '127.0.0.1', function () {
      ports[index] = server.address().port
      if (--left === 0) console.log('ports ' + JSON.stringify(ports))
    })
  })`

/** Visits the ports of its arguments in turn; a line for each: port, protocol or `no`, what is to tell. */
export const CLIENT = `
  var ports = process.argv.slice(1)
  function next() {
    var port = ports.shift()
    if (port === undefined) process.exit(0)
    var told = false
    function tell(text) {
      if (told) return
      told = true
      clearTimeout(timer)
      socket.destroy()
      console.log(port + ' ' + text)
      next()
    }
    var options = { port: port, host: '127.0.0.1', servername: '${HOST}', rejectUnauthorized: false }
    var socket = require('tls').connect(options, function () {
      tell((socket.getProtocol ? socket.getProtocol() : 'unnamed') + ' ' + socket.getCipher().name)
    })
    var timer = setTimeout(function () { tell('no answer in time') }, 10000)
    socket.on('error', function (error) { tell('no ' + error.message.replace(/\\s+/g, ' ')) })
    socket.on('close', function () { tell('no more') })
  }
  // Node 0.12 hears nothing of a socket that is opened before its script has ended.
  setTimeout(next, 0)`
