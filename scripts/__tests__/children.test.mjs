import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { at } from '../lib/paths.mjs';

const RUN = JSON.stringify(pathToFileURL(at('scripts/lib/run.mjs')).href);

/** A script that starts a child with a child of its own, prints their process ids, and waits. */
const PARENT = `
  import { startChild } from ${ RUN };
  const grandchild = "process.stdout.write(process.pid + '\\\\n'); setInterval(() => {}, 1e6);";
  const child = "const { spawn } = require('node:child_process'); process.stdout.write(process.pid + '\\\\n'); spawn(process.execPath, ['-e', process.argv[1]], { stdio: 'inherit' });";
  startChild(process.execPath, ['-e', child, grandchild], { stdio: ['ignore', 'inherit', 'inherit'] });
  setInterval(() => {}, 1e6);
`;

const isRunning = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const gone = async(pid) => {
  while (isRunning(pid)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
};

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
  test(`${ signal } ends everything that a script has started`, async() => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pids = [];

    for await (const line of createInterface({ input: parent.stdout })) {
      pids.push(Number(line));
      if (pids.length === 2) {
        break;
      }
    }
    parent.kill(signal);
    assert.deepEqual(await once(parent, 'exit'), [code, null]);
    await Promise.all(pids.map(gone));
  });
}
