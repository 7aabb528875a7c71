/** What `npm test` does: every check in turn, each counted, a failure in one never hiding the next. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { at } from './paths.mjs';
import { browserEnvironment } from './browserEnvironment.mjs';
import { buildControlPlane, buildKube, buildOracle, findGo, testKube, testOracle } from './go.mjs';
import { install } from './install.mjs';
import { nodeTests } from './nodeTests.mjs';
import { Failure, run } from './run.mjs';
import { during, say } from './say.mjs';
import { browserOnServers, contractOnServers, contractOnSimulator } from './serverTests.mjs';

const RESULTS = at('test-results');

/** One check that either holds or does not. */
const single = (script) => async() => {
  await run(process.execPath, [script], { show: true });

  return { passed: 1, failed: 0, skipped: 0 };
};

/** Jest, with the coverage of the pure layers. */
async function jest() {
  const file = at('test-results/jest.json');
  const outcome = await run(process.execPath, ['node_modules/jest/bin/jest.js', '--ci', '--coverage', '--coverageReporters', 'text-summary', '--json', '--outputFile', file], { show: true }).catch((error) => error);
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites, success } = JSON.parse(readFileSync(file, 'utf8'));
  // A suite that does not load and a coverage below its threshold fail without failing a test
  const further = numRuntimeErrorTestSuites + (success && outcome instanceof Failure ? 1 : 0);

  return { passed: numPassedTests, failed: numFailedTests + further, skipped: numPendingTests };
}

/** What needs Go: skipped, loudly, where it is missing and this run may do without. */
const withGo = (loss, work) => async() => {
  const go = findGo();

  if (go.usable) {
    return work();
  }
  if (process.env.REQUIRE_GO) {
    throw new Failure(`${ go.why }, and this run may not do without.`);
  }
  say(`\n!!! SKIPPED: ${ go.why }. ${ loss }\n`);

  return { passed: 0, failed: 0, skipped: 1 };
};

/** Our functions against the kubelet's own, on cases that nobody has seen before: another seed each day. */
async function comparison() {
  const seed = Math.floor(Date.now() / 86_400_000);

  await testOracle();
  await run(process.execPath, ['--import', 'tsx', at('tests/conformance/compare.ts'), '--seed', String(seed), '--count', '20000'], { show: true, env: { NODE_PRESSURE_ORACLE: await buildOracle() } });

  return { passed: 2, failed: 0, skipped: 0 };
}

/** What tests of real kubelets and of a real API server run on. */
const realCluster = async() => ({ NODE_PRESSURE_CONTROL_PLANE: await buildControlPlane(), NODE_PRESSURE_KUBE: await buildKube() });

async function testedCluster() {
  await testKube();

  return realCluster();
}

const STEPS = [
  { name: 'lint', seconds: 40, work: single('scripts/lint.mjs') },
  { name: 'types', seconds: 20, work: single('scripts/typecheck.mjs') },
  { name: 'unit', seconds: 120, work: jest },
  { name: 'scripts', seconds: 10, work: nodeTests('scripts/__tests__') },
  { name: 'simulator', seconds: 20, work: nodeTests('tests/simulator/__tests__') },
  { name: 'contract', seconds: 30, work: contractOnSimulator },
  { name: 'oracle', seconds: 120, work: withGo('Nothing was compared with the kubelet\'s own code; only the recorded vectors were.', comparison) },
  { name: 'kubelet', seconds: 240, work: withGo('No real kubelet was started.', nodeTests('tests/kubelet', testedCluster)) },
  { name: 'admission', seconds: 90, work: withGo('No real quota was asked whether a migration fits.', nodeTests('tests/admission', realCluster)) },
  { name: 'servers', seconds: 200, work: withGo('Nothing was compared with a real Steve.', contractOnServers) },
  { name: 'live', seconds: 1500, work: withGo('The page was not looked at on real servers.', browserOnServers) },
  { name: 'browser', seconds: 700, work: nodeTests('tests/e2e', browserEnvironment) },
];

/** @param {readonly string[]} args names of steps; none means all */
export async function test(args) {
  const names = parseArgs({ args, allowPositionals: true }).positionals;
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));

  if (unknown.length > 0) {
    console.error(`No such step: ${ unknown.join(', ') }. There are ${ STEPS.map((step) => step.name).join(', ') }.`);
    process.exit(1);
  }

  const total = { passed: 0, failed: 0, skipped: 0 };

  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  await install();

  for (const { name, seconds, work } of STEPS.filter((step) => names.length === 0 || names.includes(step.name))) {
    const result = await during(`Test: ${ name }`, seconds, work).catch((error) => {
      console.error(error instanceof Failure ? error.message : error);

      return { passed: 0, failed: 1, skipped: 0 };
    });

    say(`${ name }: ${ result.passed } passed, ${ result.failed } failed${ result.skipped ? `, ${ result.skipped } skipped` : '' }.\n`);
    for (const key of Object.keys(total)) {
      total[key] += result[key];
    }
  }

  say(`${ total.passed } passed, ${ total.failed } failed${ total.skipped ? `, ${ total.skipped } skipped` : '' }`);
  process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
}
