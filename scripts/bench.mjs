/** `npm run bench [NAME …]`: measures and reports; nothing is asserted. Without a name, everything. */
import { requireNode } from './lib/nodeVersion.mjs';

requireNode();
const [{ browserEnvironment }, { install }, { at }, { run }] = await Promise.all(['browserEnvironment', 'install', 'paths', 'run'].map((name) => import(`./lib/${ name }.mjs`)));

await install();
await run(process.execPath, ['--import', 'tsx', at('tests/bench/main.ts'), ...process.argv.slice(2)], { show: true, env: await browserEnvironment() });
