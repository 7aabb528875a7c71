/**
 * Type-checks our own files with vue-tsc.
 *
 * The shell ships sources that do not type-check under strict settings, and no compiler flag hides errors of
 * imported sources; so the compiler's report is split into its errors, and only those outside node_modules count.
 */
import { spawnSync } from 'node:child_process';

const run = spawnSync(process.execPath, ['node_modules/vue-tsc/bin/vue-tsc.js', '--noEmit', '--pretty', 'false'], { encoding: 'utf8', maxBuffer: 1 << 28 });
const output = `${ run.stdout }${ run.stderr }`.trim();
const blocks = output === '' ? [] : output.split(/\n(?=\S)/);
const ours = blocks.filter((block) => !block.startsWith('node_modules/'));

if (run.status !== 0 && blocks.length === 0) {
  ours.push(`vue-tsc ended with ${ run.status ?? run.signal } and no report`);
}
if (ours.length > 0) {
  console.error(ours.join('\n'));
  process.exit(1);
}
console.log('types: our files are clean');
