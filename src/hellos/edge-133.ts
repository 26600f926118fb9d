/** Edge 133: Chrome's hello of its time, with the older code of application_settings. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import chromium137 from './chromium-137.ts'

const hello: Hello = {
  ...chromium137,
  id: 'edge-133',
  title: same('Edge 133'),
  sources: ['testssl.sh@9fdf8028 etc/client-simulation.txt "Edge 133 Win 11 23H2"'],
  spec: {
    ...chromium137.spec,
    extensions: chromium137.spec.extensions.map(name =>
      name === 'application_settings' ? 'application_settings_old' : name,
    ),
  },
}

export default hello
