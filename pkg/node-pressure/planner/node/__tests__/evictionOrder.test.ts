/** @jest-environment node */
import { GI } from '../../__tests__/fixtures';
import { evictionOrder } from '../evictionOrder';
import { launcherOf, nodeOf } from './pods';

const memory = { signal: 'memory.available', memoryCapacityBytes: 64 * GI } as const;

describe('the eviction order', () => {
  const node = nodeOf({
    within:   { requests: { memory: '4Gi' }, usesGi: 1 },
    over:     { requests: { memory: '1Gi' }, usesGi: 4, priority: 5 },
    nothing:  { usesGi: 2, priority: 5 },
    db:       { requests: { memory: '2Gi' }, limits: { memory: '4Gi' }, usesGi: 5, pod: launcherOf('db-1') },
    fresh:    { requests: { memory: '2Gi' } },
    longhorn: { usesGi: 9, priority: 2_000_000_000 },
    mirror:   { usesGi: 1, pod: { annotations: { 'kubernetes.io/config.mirror': 'uid-mirror' } } },
    done:     { usesGi: 3, status: { phase: 'Succeeded' } },
  });
  const { value = [] } = evictionOrder({ ...memory, ...node, virtualMachines: [{ metadata: { name: 'db-1', namespace: 'prod' }, spec: { runStrategy: 'RerunOnFailure' } }] });

  it('gives every pod its turn, its reason and what tells it from the next', () => {
    expect(value.map(({ name, turn, reason: { code }, aheadOfNextBy, qos }) => [name, turn, code, aheadOfNextBy, qos])).toEqual([
      ['fresh', 1, 'noStats', 'noStats', 'Burstable'],
      ['db', 2, 'exceedsRequest', 'excess', 'Burstable'],
      ['mirror', undefined, 'mirror', 'priority', 'BestEffort'],
      ['over', 3, 'exceedsRequest', 'excess', 'Burstable'],
      ['nothing', 4, 'exceedsNoRequest', 'priority', 'BestEffort'],
      ['longhorn', undefined, 'criticalPriority', 'exceedsRequest', 'BestEffort'],
      ['within', 5, 'withinRequest', 'last', 'Burstable'],
    ]);
  });

  it('names the amounts of a reason', () => {
    expect(value[1]?.reason.params).toEqual({ usedBytes: 5 * GI, requestBytes: 2 * GI, differenceBytes: 3 * GI, priority: 0 });
    expect(value[6]?.reason.params).toMatchObject({ differenceBytes: 3 * GI });
    expect(value[2]).toMatchObject({ exempt: 'mirror', reason: { params: { priority: 0 } } });
  });

  it('marks VMs with what becomes of them', () => {
    expect(value[1]?.vm).toEqual({ namespace: 'prod', name: 'db-1', fate: { code: 'startsAgain', params: { runStrategy: 'RerunOnFailure' } } });
    expect(value[0]?.vm).toBeUndefined();
  });

  it('tells the OOM killer\'s score of the container that it would take first', () => {
    const two = nodeOf({ two: { usesGi: 1, spec: { containers: [{ name: 'a', resources: { requests: { memory: '32Gi' } } }, { name: 'b', resources: { requests: { memory: '8Gi' } } }] } } });
    const sidecar = nodeOf({ one: { usesGi: 1, spec: { containers: [], initContainers: [{ name: 's', restartPolicy: 'Always' }, { name: 'i' }] } }, none: { usesGi: 1, spec: { containers: [] } } });

    expect(value[0]?.oomScore).toBe(969);
    expect(evictionOrder({ ...memory, ...two }).value?.[0]?.oomScore).toBe(875);
    expect(evictionOrder({ ...memory, ...sidecar }).value?.map(({ oomScore }) => oomScore)).toEqual([1000, undefined]);
    expect(evictionOrder({ ...node, signal: 'memory.available' }).value?.[0]?.oomScore).toBeUndefined();
    expect(evictionOrder({ ...node, signal: 'memory.available', memoryCapacityBytes: 0 }).value?.[0]?.oomScore).toBeUndefined();
  });

  it('counts what a signal is about', () => {
    const stats = { process_stats: { process_count: 7 }, containers: [{ name: 'a', rootfs: { usedBytes: GI, inodesUsed: 50 } }] };
    const busy = nodeOf({ a: { usesGi: 1, stats } });
    const reason = (signal: 'pid.available' | 'nodefs.inodesFree' | 'nodefs.available') => evictionOrder({ ...busy, signal }).value?.[0]?.reason;

    expect(reason('pid.available')).toEqual({ code: 'processes', params: { processes: 7, priority: 0 } });
    expect(reason('nodefs.inodesFree')).toEqual({ code: 'inodes', params: { inodes: 50, priority: 0 } });
    expect(reason('nodefs.available')).toMatchObject({ code: 'exceedsNoRequest', params: { usedBytes: GI } });
  });

  it('says why it cannot be told', () => {
    expect(evictionOrder({ ...memory, ...nodeOf({ odd: { requests: { memory: '1KB' }, usesGi: 1 } }) })).toEqual({ error: expect.stringContaining('quantit') as unknown });
  });

  it('gets along with pods that tell little about themselves', () => {
    const { summary, pods } = nodeOf({ a: { pod: { namespace: undefined, uid: undefined } } });

    expect(evictionOrder({ ...memory, pods, summary }).value?.[0]).toMatchObject({ namespace: '', uid: '', turn: 1 });
  });
});
