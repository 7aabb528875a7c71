/** `npm test`: everything that can be checked, on a fresh clone too. The last line counts what passed and failed. */
import { requireNode } from './lib/nodeVersion.mjs';

requireNode();
await import('./lib/test.mjs').then(({ test }) => test(process.argv.slice(2), process.env));
