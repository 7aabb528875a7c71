import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { readArguments } from '../lib/arguments.mjs';
import { build, describePackage } from '../lib/builds.mjs';
import { contentHash } from '../lib/contentHash.mjs';
import { freePort } from '../lib/freePort.mjs';
import { findGo } from '../lib/go.mjs';
import { isSupported } from '../lib/nodeVersion.mjs';
import { at, CACHE } from '../lib/paths.mjs';
import { Failure, run } from '../lib/run.mjs';
import { duration } from '../lib/say.mjs';

const SCRATCH = `.cache/scripts-test-${ process.pid }`;
const NAME = `scratch${ process.pid }`;

const write = (name, text) => {
  mkdirSync(at(SCRATCH), { recursive: true });
  writeFileSync(at(SCRATCH, name), text);
};

const scratchBuild = (work) => ({ name: NAME, title: 'Scratch build', guessSeconds: 1, inputs: [SCRATCH], recipe: '', build: work });
const builds = () => (existsSync(join(CACHE, 'builds')) ? readdirSync(join(CACHE, 'builds')).filter((entry) => entry.startsWith(NAME)) : []);

const forget = () => {
  rmSync(at(SCRATCH), { recursive: true, force: true });
  builds().forEach((entry) => rmSync(join(CACHE, 'builds', entry), { recursive: true }));
};

beforeEach(forget);
after(forget);

test('Node is new enough from 20.19 on', () => {
  assert.deepEqual(['18.20.8', '20.18.9', '20.19.0', '21.0.0', '24.1.0'].map(isSupported), [false, false, true, true, true]);
});

test('durations read as people say them', () => {
  assert.deepEqual([0.4, 59.4, 60, 125].map(duration), ['0 s', '59 s', '1 min 00 s', '2 min 05 s']);
});

test('the content hash follows names and content, not tests beside them', () => {
  write('a.ts', 'one');
  const first = contentHash([SCRATCH]);

  assert.equal(contentHash([SCRATCH]), first);
  mkdirSync(at(SCRATCH, '__tests__'));
  write('__tests__/a.test.ts', 'a test');
  assert.equal(contentHash([SCRATCH]), first);
  write('a.ts', 'two');
  const second = contentHash([SCRATCH]);

  assert.notEqual(second, first);
  write('b.ts', '');
  assert.notEqual(contentHash([SCRATCH]), second);
});

test('a build is done once for the same content, and again for another', async() => {
  let runs = 0;
  const work = async(output) => {
    runs++;
    mkdirSync(output);
    writeFileSync(join(output, 'result'), 'built');
  };

  write('input', '1');
  const folder = await build(scratchBuild(work));

  assert.equal(await build(scratchBuild(work)), folder);
  assert.equal(runs, 1);
  assert.ok(existsSync(join(folder, 'result')));

  write('input', '2');
  assert.notEqual(await build(scratchBuild(work)), folder);
  assert.equal(runs, 2);
});

test('a failed build leaves nothing behind and is tried again', async() => {
  write('input', '1');
  await assert.rejects(build(scratchBuild(async(output) => {
    mkdirSync(output);
    throw new Failure('the real message');
  })), /the real message/);
  assert.deepEqual(builds(), []);
});

test('what a killed build left is cleared away', async() => {
  const left = join(CACHE, 'builds', `${ NAME }-0123456789abcdef.${ 2 ** 22 + 1 }`);

  mkdirSync(left, { recursive: true });
  write('input', '1');
  await build(scratchBuild(async(output) => mkdirSync(output)));
  assert.ok(!existsSync(left));
});

test('only the newest builds are kept', async() => {
  for (let version = 0; version < 5; version++) {
    write('input', String(version));
    await build(scratchBuild(async(output) => mkdirSync(output)));
  }
  assert.equal(builds().length, 3);
});

test('a failing program is reported in its own words', async() => {
  const failing = run(process.execPath, ['-e', 'console.error("Module not found: ./gone"); process.exit(3)']);

  await assert.rejects(failing, (error) => error instanceof Failure && /Module not found: \.\/gone/.test(error.message) && /exit code 3/.test(error.message));
});

test('a full disk is called a full disk', async() => {
  await assert.rejects(run(process.execPath, ['-e', 'console.error("ENOSPC: no space left on device, write"); process.exit(1)']), /The disk is full: \d+ MiB are free/);
});

test('a program that is not there is named', async() => {
  await assert.rejects(run('no-such-program-here', []), /no-such-program-here could not be started/);
});

test('the next port is taken when one is busy', async(t) => {
  const server = createServer();
  const port = await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

  t.after(() => server.close());
  assert.ok(await freePort(port) > port);
});

test('a command line that cannot be meant is refused with the way to write it', () => {
  const read = (...args) => readArguments(args, { command: 'npm start', port: 8005 });

  assert.deepEqual(read(), { scenario: 'small', port: 8005 });
  assert.deepEqual(read('--scenario', 'pressure', '--port', '9000'), { scenario: 'pressure', port: 9000 });
  for (const wrong of [['--port', 'http'], ['--port', '0'], ['--port', '65536'], ['--port', '80.5'], ['--sceanrio', 'small']]) {
    assert.throws(() => read(...wrong), (error) => error instanceof Failure && error.message.endsWith('\nUsage: npm start -- [--scenario NAME] [--port NUMBER]'));
  }
});

for (const script of ['start', 'servers']) {
  test(`npm run ${ script } refuses a scenario that is not there before it builds anything`, { skip: script === 'servers' && findGo().why }, async() => {
    const { output } = await run(process.execPath, [at(`scripts/${ script }.mjs`), '--scenario', 'wrong']).catch((error) => error);

    assert.match(output, /^\nno scenario "wrong"; there are small, [a-z, -]+\n$/);
  });
}

test('a package is described as a plugin index gives it', () => {
  const { name, metadata } = describePackage('tests/harvester-host');

  assert.equal(name, 'harvester');
  assert.ok(metadata['catalog.cattle.io/ui-extensions-version']);
});
