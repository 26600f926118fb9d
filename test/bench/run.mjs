// Prints figures; it judges none. Each ratio is against a peer that was timed in the same run, turn by turn, for
// absolute times drift. With names, only those benches run.
const BENCHES = ['start', 'network', 'chain', 'scan', 'project', 'fleet']

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !BENCHES.includes(name))
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are ${BENCHES.join(', ')}`)
  process.exit(2)
}
// A store of the user's own would be read at every start.
delete process.env['NODE_EXTRA_CA_CERTS']
for (const name of wanted.length > 0 ? wanted : BENCHES) {
  const { bench } = await import(`./${name}.mjs`)
  console.log(`\n${name}`)
  await bench((what, figure) => console.log(`  ${what.padEnd(52)} ${figure}`))
}
