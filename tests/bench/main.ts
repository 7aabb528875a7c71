/** `npm run bench [kubelet] [nodeTab] [migration] [settings]`: measures and reports; fails on nothing but its own errors. */
import { spawnSync } from 'node:child_process';
import { benchKubelet } from './kubelet';
import { benchMigration } from './migration';
import { benchNodeTab } from './nodeTab';
import { benchSettings } from './settings';

async function kubelet(): Promise<void> {
  const withGo = spawnSync('go', ['version']).status === 0;

  if (!withGo) {
    console.log('Go is not installed: the kubelet’s own functions are not measured beside ours.');
  }
  await benchKubelet(withGo);
}

const BENCHES: Readonly<Record<string, () => Promise<void>>> = { kubelet, nodeTab: benchNodeTab, migration: benchMigration, settings: benchSettings };

async function main(names: readonly string[]): Promise<void> {
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length === 0 || names.includes(name)) {
      console.log(`\n${ name }`);
      await bench();
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
