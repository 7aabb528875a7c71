/** Whether a migration fits into its namespace's quotas: what the product foretells, and what a real API server answers. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { migrationCompensation } from '../../pkg/node-pressure/harvester/migration/compensation';
import { migrationDelta, type MigrationQuestion } from '../../pkg/node-pressure/harvester/migration/delta';
import { COMPENSATION, defaultQuota, MIGRATING_UID_PREFIX } from '../../pkg/node-pressure/harvester/migration/keys';
import type { ResourceQuota, VirtualMachineInstanceMigration } from '../../pkg/node-pressure/harvester/migration/objects';
import { resync } from '../../pkg/node-pressure/harvester/migration/resync';
import { migrationCluster } from '../../pkg/node-pressure/planner/migration/cluster';
import { namespaceReport } from '../../pkg/node-pressure/planner/migration/namespaceReport';
import { randomFor } from '../conformance/generators/random';
import { each } from '../servers/api';
import type { Api } from '../servers/api';
import { startTestCluster } from '../servers/kubeForTests';
import type { TestCluster } from '../servers/kubeForTests';
import { Barrier } from './support/barrier';
import { createPod, createPods, createQuotas, isSettled, limit, read, write } from './support/cluster';
import type { NamespaceState } from './support/cluster';
import { namespacePlan, targetsOf } from './support/plan';
import type { NamespacePlan } from './support/plan';

const COUNT = 520;
const SEED = Number(process.env.NODE_PRESSURE_SEED ?? 20_266);

let cluster: TestCluster;
let api: Api;
let barrier: Barrier;

before(async() => {
  cluster = await startTestCluster('empty');
  api = cluster.api;
  barrier = new Barrier(api);
  await barrier.open();
});

after(() => cluster?.stop());

/** The migration that is asked about: it waits, and perhaps a quota has turned it away. */
const migration = (isRejected: boolean): VirtualMachineInstanceMigration => ({
  metadata: { name: 'm', uid: 'm' }, spec: { vmiName: 'vm-0' },
  status: { phase: 'Pending', ...(isRejected && { conditions: [{ type: 'migrationRejectedByResourceQuota', status: 'True' }] }) },
});

const QUOTA_REASONS = new Set(['quota', 'deadZone', 'secondCompensation', 'unspecified']);

/** Whether the product says that quotas let the migration begin. */
function isForetold({ name, vms, setting, harvesterVersion }: NamespacePlan, { namespace, resourceQuotas }: NamespaceState): boolean {
  const snapshot = migrationCluster({
    namespaces: [namespace], resourceQuotas, instances: vms.map(({ vmi }) => vmi), nodes: [], ratioSetting: setting, harvesterVersion,
    pods: vms.flatMap(({ pods }) => pods),
    migrations: vms.filter(({ isMigrating }) => isMigrating).map(({ vmi }) => ({ metadata: { name: `m-${ vmi.metadata?.name }`, namespace: name, uid: `m-${ vmi.metadata?.uid }` }, spec: { vmiName: vmi.metadata?.name }, status: { phase: 'Running' } })),
  });
  const report = namespaceReport(snapshot, name, Date.now()).vms.find((vm) => vm.name === 'vm-0');

  assert.ok(report && !report.reasons.some(({ code }) => code === 'unreadable'));

  return !report.reasons.some(({ code }) => QUOTA_REASONS.has(code));
}

const question = ({ vms: [{ vmi }], setting }: NamespacePlan, state: NamespaceState, isRejected: boolean): MigrationQuestion => ({ ...state, setting, vmi, vmim: migration(isRejected) });

/** Writes an annotation as Harvester's migration controller does, and the limits as its quota controller then does. */
async function annotate({ name }: NamespacePlan, { namespace, resourceQuotas }: NamespaceState, annotations: Record<string, string>): Promise<void> {
  const quota = defaultQuota(resourceQuotas) as ResourceQuota;
  const { hard } = resync(namespace, { ...quota, metadata: { ...quota.metadata, annotations: { ...quota.metadata?.annotations, ...annotations } } });

  await write(api, name, quota.metadata?.name ?? '', annotations, { ...(hard.cpu && { 'limits.cpu': hard.cpu.toString() }), ...(hard.memory && { 'limits.memory': hard.memory.toString() }) });
}

async function raise(plan: NamespacePlan, state: NamespaceState): Promise<void> {
  const delta = migrationDelta(question(plan, state, false));

  if (delta) {
    const added = { ...(delta.cpu && { 'limits.cpu': delta.cpu.toString() }), ...(delta.memory && { 'limits.memory': delta.memory.toString() }) };

    await annotate(plan, state, { [MIGRATING_UID_PREFIX + (plan.vms[0].vmi.metadata?.uid ?? '')]: JSON.stringify(added) });
  }
}

/** Since 1.9 Harvester compensates for a target pod that was turned away. */
async function compensate(plan: NamespacePlan, state: NamespaceState): Promise<boolean> {
  const bytes = plan.harvesterVersion < 'v1.9' ? undefined : migrationCompensation(question(plan, state, true));

  if (bytes) {
    await annotate(plan, state, { [COMPENSATION]: JSON.stringify({ 'limits.memory': bytes.toString() }) });
  }

  return bytes !== undefined;
}

interface Case {
  plan: NamespacePlan;
  foretold: boolean;
  begins: boolean;
  compensated: boolean;
  refusal: string;
}

async function settle(cases: readonly { plan: NamespacePlan }[]): Promise<NamespaceState[]> {
  const states = await each(cases, ({ plan }) => api.until(`the quotas of ${ JSON.stringify(plan) }`, async() => {
    const state = await read(api, plan.name);

    return isSettled(plan, state, plan.vms.flatMap(({ pods }) => pods)) ? state : undefined;
  }));

  await barrier.quotas();

  return states;
}

/** The launcher first: without it there is nothing to attach volumes to. */
async function begin(each: Case): Promise<void> {
  each.begins = true;
  for (const pod of targetsOf(each.plan)) {
    const { status, message } = await createPod(api, each.plan.name, pod);

    if (status !== 201) {
      assert.match(message, /exceeded quota|failed quota/, message);
      each.begins = false;
      each.refusal = message;

      return;
    }
  }
}

/** Only a launcher that was turned away makes KubeVirt note it, which Harvester acts on. */
const isTurnedAway = ({ begins, refusal }: Case): boolean => !begins && refusal.includes('"vm-0-target-0"') && refusal.includes('exceeded quota');

test('a migration begins exactly when the product says that it fits', async(context) => {
  const cases: Case[] = Array.from({ length: COUNT }, (_, index) => ({ plan: namespacePlan(randomFor(SEED, 'quota', index), `ns-${ index }`), foretold: false, begins: false, compensated: false, refusal: '' }));

  await each(cases, ({ plan }) => createPods(api, plan));
  await barrier.podsAreCounted();
  await each(cases, ({ plan }) => createQuotas(api, plan));
  await settle(cases);
  await each(cases, ({ plan }) => limit(api, plan));
  const states = await settle(cases);

  cases.forEach((one, index) => {
    one.foretold = isForetold(one.plan, states[index] as NamespaceState);
  });
  await each(cases, ({ plan }, index) => raise(plan, states[index] as NamespaceState));
  const raised = await settle(cases);

  await each(cases, begin);
  const again = cases.map((one, index) => ({ one, state: raised[index] as NamespaceState })).filter(({ one }) => isTurnedAway(one));

  await each(again, async({ one, state }) => {
    one.compensated = await compensate(one.plan, state);
  });
  const compensated = again.map(({ one }) => one).filter((one) => one.compensated);

  await settle(compensated);
  await each(compensated, begin);

  const differing = cases.filter(({ foretold, begins }) => foretold !== begins);
  const begun = cases.filter(({ begins }) => begins).length;

  context.diagnostic(`${ begun } migrations began, ${ COUNT - begun } did not; ${ compensated.length } were compensated for, of which ${ compensated.filter(({ begins }) => begins).length } then began`);
  assert.ok(begun >= 100 && COUNT - begun >= 100 && compensated.some(({ begins }) => begins), 'too one-sided to say much');
  assert.deepEqual(differing.slice(0, 5).map((one) => ({ foretold: one.foretold, refusal: one.refusal, plan: JSON.stringify(one.plan) })), [], `${ differing.length } of ${ COUNT } differ, with seed ${ SEED }`);
});
