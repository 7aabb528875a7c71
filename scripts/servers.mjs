/** `npm run servers`: a working Dashboard with the extension, on a real control plane with the kubelet's own code. */
import { requireNode } from './lib/nodeVersion.mjs';

requireNode();
await import('./lib/startServers.mjs').then(({ startRealServers }) => startRealServers(process.argv.slice(2)));
