/** `npm run bench`: measures and reports; fails on nothing but its own errors. */
import { spawnSync } from 'node:child_process';
import { benchKubelet } from './kubelet';

async function main(): Promise<void> {
  const withGo = spawnSync('go', ['version']).status === 0;

  if (!withGo) {
    console.log('Go is not installed: the kubelet’s own functions are not measured beside ours.');
  }
  await benchKubelet(withGo);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
