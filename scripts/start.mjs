/** `npm start`: a working Dashboard with the extension, on a simulated Harvester or (API=…) on a real Rancher. */
import { requireNode } from './lib/nodeVersion.mjs';

requireNode();
await import('./lib/start.mjs').then(({ start }) => start(process.argv.slice(2), process.env));
