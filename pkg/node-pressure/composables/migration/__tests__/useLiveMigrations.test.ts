import { nextTick, ref, shallowRef } from 'vue';
import type { MigrationReport, QuotaSample } from '../../../planner/migration/liveReport';
import { useLiveMigrations } from '../useLiveMigrations';

const KEY = 'harvesterhci.io/migratingUID-1';
const report = (more: Partial<MigrationReport> = {}): MigrationReport => ({ namespace: 'prod', name: 'm', vm: 'db', phase: 'Running', isFinal: false, cause: { code: 'user', params: {} }, tone: 'info', ...more });
const raised = { raise: { key: KEY, vm: 'db', cpuMilli: 1n, memoryBytes: 1n, isOrphaned: false } };
const sample = (atMilliseconds: number, raises: readonly string[]): QuotaSample => ({ atMilliseconds, raises, hasCompensation: false, isResyncDue: false });

it('follows a migration beyond its end, and tells after how long the quota came back', async() => {
  const migrations = shallowRef<readonly MigrationReport[]>([report(raised), report({ name: 'old', isFinal: true, phase: 'Succeeded' })]);
  const samples = shallowRef<ReadonlyMap<string, readonly QuotaSample[]>>(new Map([['prod', [sample(1_000, [KEY])]]]));
  const now = ref(2_000);
  const live = useLiveMigrations(migrations, samples, now);

  expect(live.value.map(({ report: { name }, returns }) => [name, returns.code])).toStrictEqual([['m', 'running']]);

  migrations.value = [report({ isFinal: true, phase: 'Succeeded', phaseAgeMilliseconds: 1_000 })];
  now.value = 6_000;
  await nextTick();
  expect(live.value[0]?.returns).toMatchObject({ code: 'waiting' });

  samples.value = new Map([['prod', [sample(1_000, [KEY]), sample(5_500, [])]]]);
  expect(live.value[0]?.returns).toStrictEqual({ code: 'returned', params: { afterMilliseconds: 500 } });

  migrations.value = [];
  await nextTick();
  expect(live.value).toStrictEqual([]);
});

it('knows nothing of the quota of a migration that raised none', async() => {
  const migrations = shallowRef<readonly MigrationReport[]>([report()]);
  const live = useLiveMigrations(migrations, shallowRef(new Map()), ref(0));

  migrations.value = [report({ isFinal: true, phase: 'Failed', phaseAgeMilliseconds: 0 })];
  await nextTick();
  expect(live.value[0]?.returns.code).toBe('unknown');
});
