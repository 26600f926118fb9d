/** Ports where something else than TLS goes on, or nothing at all. */
import type { DemoCase } from '../case.ts'
import { type Expectation, failsEverywhere } from '../expectation.ts'
import { fileServer, tcpServer } from '../servers.ts'

/** Nobody there: that says nothing about any phone. */
const UNREACHABLE: Expectation = { status: 'unreachable', grade: null, cells: {}, findings: [] }

export const port: Readonly<Record<string, DemoCase>> = {
  'plain-http': {
    shows: { en: 'HTTP without TLS', 'zh-CN': '未加密的 HTTP' },
    serve: () => fileServer(new Map()),
    expected: failsEverywhere('port-speaks-plaintext'),
  },
  ssh: {
    shows: { en: 'an SSH server', 'zh-CN': 'SSH 服务' },
    serve: () => tcpServer(socket => socket.end('SSH-2.0-demo\r\n')),
    expected: failsEverywhere('port-speaks-plaintext'),
  },
  reset: {
    shows: {
      en: 'resets after the ClientHello',
      'zh-CN': '握手时重置连接',
    },
    serve: () => tcpServer(socket => socket.once('data', () => socket.resetAndDestroy())),
    expected: failsEverywhere('handshake-broken'),
  },
  garbage: {
    shows: { en: 'answers with bytes that mean nothing', 'zh-CN': '返回无意义的字节' },
    serve: () => tcpServer(socket => socket.once('data', () => socket.end(new Uint8Array(64)))),
    expected: failsEverywhere('handshake-broken'),
  },
  silent: {
    shows: { en: 'accepts, and then says nothing', 'zh-CN': '接受连接后不回应' },
    serve: () => tcpServer(socket => socket.resume()),
    expected: { ...UNREACHABLE, error: 'ERR_TIMEOUT' },
    timeoutMs: 400,
  },
  closed: {
    shows: { en: 'nobody listens', 'zh-CN': '端口无人监听' },
    serve: null,
    expected: { ...UNREACHABLE, error: 'ERR_CONNECT' },
  },
}
