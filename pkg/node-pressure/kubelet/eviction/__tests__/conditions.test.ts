import { admitUnderPressure, nodeConditions, nodeConditionsLastObservedAt, nodeConditionsObservedSince } from '../conditions';
import type { Pod, Toleration } from '../../pod';
import { podOf, SECOND, thresholdsOf } from './builders';

// nodeConditions, pkg/kubelet/eviction/helpers.go
describe('node conditions', () => {
  it('follow from the signals of met thresholds, each once', () => {
    const met = thresholdsOf({ evictionHard: { 'pid.available': '1k', 'nodefs.available': '5%', 'imagefs.inodesFree': '5%', 'memory.available': '1Gi' } }, ['pods']);

    expect(nodeConditions(met)).toEqual(['DiskPressure', 'MemoryPressure', 'PIDPressure']);
    expect(nodeConditions([])).toEqual([]);
  });

  it('keep the time they were last seen', () => {
    expect(nodeConditionsLastObservedAt(['MemoryPressure'], { MemoryPressure: 1n, DiskPressure: 2n }, 9n)).toEqual({ MemoryPressure: 9n, DiskPressure: 2n });
  });

  it('are reported for less than the transition period', () => {
    const period = 300n * SECOND;

    expect(nodeConditionsObservedSince({ MemoryPressure: 0n, DiskPressure: 1n }, period, period)).toEqual(['DiskPressure']);
  });

  it('are never reported with a transition period of 0', () => {
    expect(nodeConditionsObservedSince({ MemoryPressure: 7n }, 0n, 7n)).toEqual([]);
  });
});

// managerImpl.Admit, pkg/kubelet/eviction/eviction_manager.go
describe('a pod that wants to start under pressure', () => {
  const bestEffort = podOf('best-effort').pod;
  const burstable = podOf('burstable', { requests: { memory: '1Gi' } }).pod;
  const critical = podOf('critical', { spec: { priority: 2_000_000_000 } }).pod;
  const refused = (conditions: string) => ({ admit: false, reason: 'Evicted', message: `The node had condition: [${ conditions }]. ` });

  it('is admitted where there is none', () => {
    expect(admitUnderPressure([], bestEffort)).toEqual({ admit: true });
  });

  it('is admitted if it is critical', () => {
    expect(admitUnderPressure(['DiskPressure', 'PIDPressure'], critical)).toEqual({ admit: true });
  });

  it('is refused under memory pressure only if it is BestEffort', () => {
    expect(admitUnderPressure(['MemoryPressure'], burstable)).toEqual({ admit: true });
    expect(admitUnderPressure(['MemoryPressure'], bestEffort)).toEqual(refused('MemoryPressure'));
  });

  it('is refused under any other pressure', () => {
    expect(admitUnderPressure(['DiskPressure'], burstable)).toEqual(refused('DiskPressure'));
    expect(admitUnderPressure(['PIDPressure'], burstable)).toEqual(refused('PIDPressure'));
    expect(admitUnderPressure(['DiskPressure', 'MemoryPressure'], burstable)).toEqual(refused('DiskPressure MemoryPressure'));
  });

  const tolerating = (toleration: Toleration): Pod => podOf('p', { spec: { tolerations: [toleration] } }).pod;
  const key = 'node.kubernetes.io/memory-pressure';

  it.each<[Toleration, boolean]>([
    [{ key, operator: 'Exists', effect: 'NoSchedule' }, true],
    [{ key, operator: 'Exists' }, true],
    [{ operator: 'Exists' }, true],
    [{ key }, true],
    [{ key, operator: 'Equal', value: '' }, true],
    [{ key, operator: 'Equal', value: 'true' }, false],
    [{ key, value: 'true' }, false],
    [{ key, operator: 'Exists', effect: 'NoExecute' }, false],
    [{ key: 'node.kubernetes.io/disk-pressure', operator: 'Exists' }, false],
    [{ key, operator: 'Gt', value: '' }, false],
  ])('is admitted if it tolerates memory pressure: %j %p', (toleration, admit) => {
    expect(admitUnderPressure(['MemoryPressure'], tolerating(toleration)).admit).toBe(admit);
    expect(admitUnderPressure(['DiskPressure'], tolerating(toleration)).admit).toBe(false);
  });
});
