// What each hello looked like where it was captured or written down: the measure for src/hellos, decoded apart from it.
// Codes in hexadecimal, in order, GREASE left out but for schemes; extensions as type:length. Resumptions stand as the
// fresh hello they would be: without pre_shared_key, padded anew, and with no session id in TLS 1.2.

export interface Shape {
  /** The name the captured client asked for; null where no bytes were seen. */
  readonly serverName: string | null
  /** The whole record. */
  readonly bytes: number | null
  readonly sessionIdLength: number
  readonly versions: string
  readonly suites: string
  readonly groups: string
  readonly keyShares: string
  readonly schemes: string
  readonly alpn: string
  readonly extensions: string
}

export const SHAPES: Readonly<Record<string, Shape>> = {
  'android-7.0': {
    serverName: 'synod.im',
    bytes: 162,
    sessionIdLength: 0,
    versions: '0303 0302 0301',
    suites: 'c02b c02c cca9 c02f c030 cca8 c013 c014 009c 009d 002f 0035',
    groups: '0017',
    keyShares: '',
    schemes: '0601 0603 0501 0503 0401 0403 0301 0303 0201 0203',
    alpn: 'h2 http/1.1',
    extensions: '65281:1 0:13 23:0 35:0 13:22 16:14 11:2 10:4',
  },
  'android-8.1': {
    serverName: 'www.googleapis.com',
    bytes: 165,
    sessionIdLength: 0,
    versions: '0303 0302 0301',
    suites: 'c02b c02c cca9 c02f c030 cca8 c009 c00a c013 c014 009c 009d 002f 0035',
    groups: '001d 0017 0018',
    keyShares: '',
    schemes: '0403 0804 0401 0503 0805 0501 0806 0601 0201',
    alpn: '',
    extensions: '0:23 23:0 65281:1 10:8 11:2 5:5 13:20',
  },
  'android-11-12': {
    serverName: 'f-droid.org',
    bytes: 517,
    sessionIdLength: 32,
    versions: '0304 0303 0302 0301',
    suites: '1301 1302 1303 c02b c02c cca9 c02f c030 cca8 c009 c00a c013 c014 009c 009d 002f 0035',
    groups: '001d 0017 0018',
    keyShares: '001d',
    schemes: '0403 0804 0401 0503 0805 0501 0806 0601 0201',
    alpn: 'http/1.1',
    extensions: '0:16 23:0 65281:1 10:8 11:2 35:0 16:11 5:5 13:20 51:38 45:2 43:9 21:237',
  },
  'android-13-14': {
    serverName: 'play.googleapis.com',
    bytes: 517,
    sessionIdLength: 32,
    versions: '0304 0303',
    suites: '1301 1302 1303 c02b c02c cca9 c02f c030 cca8 c009 c00a c013 c014 009c 009d 002f 0035',
    groups: '001d 0017 0018',
    keyShares: '001d',
    schemes: '0403 0804 0401 0503 0805 0501 0806 0601 0201',
    alpn: 'http/1.1',
    extensions: '0:24 23:0 65281:1 10:8 11:2 35:0 16:11 5:5 13:20 51:38 45:2 43:5 21:233',
  },
  'chrome-83-92': {
    serverName: null,
    bytes: null,
    sessionIdLength: 32,
    versions: '0304 0303 0302 0301',
    suites: '1301 1302 1303 c02b c02f c02c c030 cca9 cca8 c013 c014 009c 009d 002f 0035',
    groups: '001d 0017 0018',
    keyShares: '001d',
    schemes: '0403 0804 0401 0503 0805 0501 0806 0601',
    alpn: 'h2 http/1.1',
    extensions: 'grease 0 23 65281 10 11 35 16 5 13 18 51 45 43 27 grease 21',
  },
  'chrome-101': {
    serverName: 'testssl.sh',
    bytes: 517,
    sessionIdLength: 32,
    versions: '0304 0303',
    suites: '1301 1302 1303 c02b c02f c02c c030 cca9 cca8 c013 c014 009c 009d 002f 0035',
    groups: '001d 0017 0018',
    keyShares: '001d',
    schemes: '0403 0804 0401 0503 0805 0501 0806 0601',
    alpn: 'h2 http/1.1',
    extensions:
      'grease:0 0:15 23:0 65281:1 10:10 11:2 35:0 16:14 5:5 13:18 18:0 51:43 45:2 43:7 27:3 17513:5 grease:1 21:205',
  },
  'chromium-156': {
    serverName: 'probe.example.test',
    bytes: 2022,
    sessionIdLength: 32,
    versions: '0304 0303',
    suites: '1301 1302 1303 c02b c02f c02c c030 cca9 cca8 c013 c014 009c 009d 002f 0035',
    groups: '11ec 001d 0017 0018',
    keyShares: '11ec 001d',
    schemes: 'grease 0904 0905 0906 0403 0804 0401 0503 0805 0501 0806 0601',
    alpn: 'h2 http/1.1',
    extensions:
      'grease:0 45:2 65281:1 17613:5 0:23 43:7 51764:186 18:0 65037:282 51:1263 5:5 13:26 11:2 35:0 27:3 16:14 10:12 23:0 grease:1',
  },
  'ios-12.2': {
    serverName: 'cipherli.st',
    bytes: 517,
    sessionIdLength: 32,
    versions: '0304 0303 0302 0301',
    suites:
      '1303 1301 1302 c02c c02b c024 c023 c00a c009 cca9 c030 c02f c028 c027 c014 c013 cca8 009d 009c 003d 003c 0035 002f c008 c012 000a',
    groups: '001d 0017 0018 0019',
    keyShares: '001d',
    schemes: '0403 0804 0401 0503 0203 0805 0805 0501 0806 0601 0201',
    alpn: 'h2 h2-16 h2-15 h2-14 spdy/3.1 spdy/3 http/1.1',
    extensions: '65281:1 0:16 23:0 13:24 5:5 13172:0 18:0 16:48 11:2 51:38 45:2 43:9 10:10 21:172',
  },
  'ios-13': {
    serverName: null,
    bytes: null,
    sessionIdLength: 32,
    versions: '0304 0303 0302 0301',
    suites:
      '1301 1302 1303 c02c c02b c024 c023 c00a c009 cca9 c030 c02f c028 c027 c014 c013 cca8 009d 009c 003d 003c 0035 002f c008 c012 000a',
    groups: '001d 0017 0018 0019',
    keyShares: '001d',
    schemes: '0403 0804 0401 0503 0203 0805 0805 0501 0806 0601 0201',
    alpn: 'h2 http/1.1',
    extensions: '65281 0 23 13 5 18 16 11 51 45 43 10 21',
  },
  'ios-14': {
    serverName: null,
    bytes: null,
    sessionIdLength: 32,
    versions: '0304 0303 0302 0301',
    suites:
      '1301 1302 1303 c02c c02b cca9 c030 c02f cca8 c024 c023 c00a c009 c028 c027 c014 c013 009d 009c 003d 003c 0035 002f c008 c012 000a',
    groups: '001d 0017 0018 0019',
    keyShares: '001d',
    schemes: '0403 0804 0401 0503 0203 0805 0805 0501 0806 0601 0201',
    alpn: 'h2 http/1.1',
    extensions: 'grease 0 23 65281 10 11 16 5 13 18 51 45 43 grease 21',
  },
  'ios-15.4-17': {
    serverName: 'testssl.sh',
    bytes: 517,
    sessionIdLength: 32,
    versions: '0304 0303 0302 0301',
    suites:
      '1301 1302 1303 c02c c02b cca9 c030 c02f cca8 c00a c009 c014 c013 009d 009c 0035 002f c008 c012 000a',
    groups: '001d 0017 0018 0019',
    keyShares: '001d',
    schemes: '0403 0804 0401 0503 0203 0805 0805 0501 0806 0601 0201',
    alpn: 'h2 http/1.1',
    extensions:
      'grease:0 0:15 23:0 65281:1 10:12 11:2 16:14 5:5 13:24 18:0 51:43 45:2 43:11 27:3 grease:1 21:196',
  },
  'ios-18.4': {
    serverName: 'testssl.sh',
    bytes: 517,
    sessionIdLength: 32,
    versions: '0304 0303 0302 0301',
    suites:
      '1301 1302 1303 c02c c02b cca9 c030 c02f cca8 c00a c009 c014 c013 009d 009c 0035 002f c008 c012 000a',
    groups: '001d 0017 0018 0019',
    keyShares: '001d',
    schemes: '0403 0804 0401 0503 0805 0805 0501 0806 0601 0201',
    alpn: 'h2 http/1.1',
    extensions:
      'grease:0 0:15 23:0 65281:1 10:12 11:2 16:14 5:5 13:22 18:0 51:43 45:2 43:11 27:3 grease:1 21:198',
  },
  'ios-26.4': {
    serverName: 'testssl.sh',
    bytes: 1533,
    sessionIdLength: 32,
    versions: '0304 0303',
    suites:
      '1302 1303 1301 c02c c02b cca9 c030 c02f cca8 c00a c009 c014 c013 009d 009c 0035 002f c008 c012 000a',
    groups: '11ec 001d 0017 0018 0019',
    keyShares: '11ec 001d',
    schemes: '0403 0804 0401 0503 0805 0805 0501 0806 0601 0201',
    alpn: 'h2 http/1.1',
    extensions:
      'grease:0 0:15 23:0 65281:1 10:14 11:2 16:14 5:5 13:22 18:0 51:1263 45:2 43:7 27:3 grease:1',
  },
  'openssl-1.1.1d': {
    serverName: 'testssl.sh',
    bytes: 302,
    sessionIdLength: 32,
    versions: '0304 0303',
    suites:
      '1302 1303 1301 c02c c030 009f cca9 cca8 ccaa c02b c02f 009e c024 c028 006b c023 c027 0067 c00a c014 0039 c009 c013 0033 009d 009c 003d 003c 0035 002f 00ff',
    groups: '001d 0017 001e 0019 0018',
    keyShares: '001d',
    schemes:
      '0403 0503 0603 0807 0808 0809 080a 080b 0804 0805 0806 0401 0501 0601 0303 0301 0302 0402 0502 0602',
    alpn: '',
    extensions: '0:15 11:4 10:12 35:0 22:0 23:0 13:42 43:5 45:2 51:38',
  },
}
