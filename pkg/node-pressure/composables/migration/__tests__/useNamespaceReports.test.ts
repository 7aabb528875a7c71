import { effectScope, nextTick, ref, shallowRef, type EffectScope } from 'vue';
import { migrationCluster, type MigrationCluster } from '../../../planner/migration/cluster';
import type { MigrationSnapshot } from '../../../planner/migration/snapshot';
import { useNamespaceReports, type NamespaceReports } from '../useNamespaceReports';

jest.mock('vue', () => ({ ...jest.requireActual<object>('vue'), onBeforeUnmount: jest.requireActual<{ onScopeDispose: unknown }>('vue').onScopeDispose }));

const LABEL = { 'resourcequota.management.cattle.io/default-resource-quota': 'true' };

function cluster(names: readonly string[], more: Partial<MigrationSnapshot> = {}): MigrationCluster {
  return migrationCluster({
    namespaces: names.map((name) => ({ metadata: { name } })), instances: [], migrations: [], pods: [], nodes: [],
    resourceQuotas: names.map((namespace) => ({ metadata: { name: 'q', namespace, labels: LABEL }, spec: { hard: { 'limits.cpu': '4' } } })), ...more,
  });
}

describe('reports on namespaces', () => {
  const current = shallowRef<MigrationCluster>();
  const now = ref(1_000);
  const versions = new Map<string, string>();
  let scope: EffectScope;
  let result: NamespaceReports;

  const settle = async(): Promise<void> => {
    await nextTick();
    await jest.runAllTimersAsync();
  };
  const namesOf = (): string[] | undefined => result.reports.value?.map(({ namespace }) => namespace);

  beforeEach(() => {
    jest.useFakeTimers();
    current.value = undefined;
    versions.clear();
    scope = effectScope();
    result = scope.run(() => useNamespaceReports({ cluster: current, keyOf: (name) => versions.get(name) ?? '' }, now)) as NamespaceReports;
  });
  afterEach(() => {
    scope.stop();
    jest.useRealTimers();
  });

  it('are there once all were worked out', async() => {
    expect(result.reports.value).toBeUndefined();
    current.value = cluster(['a', 'b']);
    await nextTick();
    expect(result.reports.value).toBeUndefined();
    await settle();
    expect(namesOf()).toStrictEqual(['a', 'b']);
  });

  it('stay the same objects until something of their namespace changes', async() => {
    current.value = cluster(['a', 'b']);
    await settle();
    const [a, b] = result.reports.value ?? [];

    versions.set('b', 'changed');
    current.value = cluster(['a', 'b']);
    await settle();
    expect(result.reports.value?.[0]).toBe(a);
    expect(result.reports.value?.[1]).not.toBe(b);
  });

  it('do not follow the clock where nothing is under way', async() => {
    current.value = cluster(['a']);
    await settle();
    const before = result.reports.value;

    now.value += 5_000;
    await settle();
    expect(result.reports.value).toBe(before);
  });

  it('follow what changed while they were worked out, after that', async() => {
    current.value = cluster(['a', 'b']);
    await nextTick();
    current.value = cluster(['a', 'b', 'c']);
    await settle();
    expect(namesOf()).toStrictEqual(['a', 'b', 'c']);
  });

  it('forget namespaces that are gone', async() => {
    current.value = cluster(['a', 'b']);
    await settle();
    current.value = cluster(['b']);
    await settle();
    expect(namesOf()).toStrictEqual(['b']);
  });

  it('come with the running migrations', async() => {
    current.value = cluster(['a'], { migrations: [{ metadata: { name: 'm', namespace: 'a', creationTimestamp: '2026-08-01T00:00:00Z' }, spec: { vmiName: 'vm' }, status: { phase: 'Pending' } }] });
    await settle();
    expect(result.migrations.value).toMatchObject([{ name: 'm', vm: 'vm', isFinal: false }]);
  });
});
