// Bluesky's own reference server, on free ports of this machine, with one account. Ends with its input.
import { TestNetworkNoAppView } from '@atproto/dev-env'

const network = await TestNetworkNoAppView.create({})
const account = { handle: 'fenmarch.test', password: 'invented-password' }
await network.getSeedClient().createAccount('fenmarch', { ...account, email: 'fenmarch@example.test' })
console.log(JSON.stringify({ url: network.pds.url, ...account }))
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
