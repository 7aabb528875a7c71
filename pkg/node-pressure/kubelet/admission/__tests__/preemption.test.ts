import type { Pod } from '../../pod';
import { admissionQueue } from '../candidate';
import type { InsufficientResource } from '../fit';
import { getPodsToPreempt } from '../preemption';
import { CRITICAL, pod } from './pods';

const GIB = 2n ** 30n;
const preemptor = pod({ name: 'critical', age: 99, priority: CRITICAL });

function missing(name: string, amount: bigint): InsufficientResource {
  return { name, requested: amount, used: 0n, capacity: 0n };
}

function victims(pods: readonly Pod[], requirements: readonly InsufficientResource[]): { victims: string[]; isAmbiguous: boolean } {
  const [first, ...active] = admissionQueue([{ ...preemptor, metadata: { name: 'critical' } }, ...pods], new Map());
  const preemption = getPodsToPreempt(first!, active, requirements);

  return { victims: preemption.victims.map(({ desired }) => desired.metadata.name), isAmbiguous: preemption.isAmbiguous };
}

function burstable(name: string, age: number, requests: Record<string, string>): Pod {
  return pod({ name, age, requests });
}

function guaranteed(name: string, age: number, requests: Record<string, string>): Pod {
  return pod({ name, age, requests, limits: requests });
}

describe('victims of preemption', () => {
  it('are as few as possible: the smallest that is enough', () => {
    const pods = ['1Gi', '2Gi', '3Gi', '8Gi'].map((memory, age) => burstable(memory, age, { memory }));

    expect(victims(pods, [missing('memory', 2n * GIB)])).toEqual({ victims: ['2Gi'], isAmbiguous: false });
    expect(victims(pods, [missing('memory', 9n * GIB)])).toEqual({ victims: ['8Gi', '1Gi'], isAmbiguous: false });
  });

  it('are of the lowest class that is enough', () => {
    const pods = [guaranteed('g', 1, { cpu: '1', memory: '4Gi' }), burstable('b', 2, { memory: '4Gi' }), pod({ name: 'be', age: 3 })];

    expect(victims(pods, [missing('memory', 4n * GIB)]).victims).toEqual(['b']);
    expect(victims(pods, [missing('memory', 5n * GIB)]).victims).toEqual(['b', 'g']);
    expect(victims(pods, [missing('pods', 1n)]).victims).toEqual(['be']);
    expect(victims(pods, [missing('pods', 3n)]).victims).toEqual(['be', 'b', 'g']);
  });

  it('spare a lower class that a higher one has made unnecessary', () => {
    const pods = [guaranteed('g', 1, { cpu: '1', memory: '8Gi' }), burstable('b', 2, { memory: '1Gi' })];

    expect(victims(pods, [missing('memory', 8n * GIB)]).victims).toEqual(['g']);
  });

  it('weigh all missing resources alike, then less memory, then less cpu', () => {
    const pods = [burstable('both', 1, { cpu: '1', memory: '1Gi' }), burstable('half', 2, { cpu: '4' })];

    expect(victims(pods, [missing('cpu', 1000n), missing('memory', GIB)]).victims).toEqual(['both']);

    const byMemory = [burstable('small', 1, { cpu: '1', memory: '1Gi' }), burstable('large', 2, { cpu: '1', memory: '2Gi' })];
    const byCpu = [burstable('large', 1, { cpu: '2', memory: '1Gi' }), burstable('small', 2, { cpu: '1', memory: '1Gi' })];

    expect(victims(byMemory, [missing('cpu', 1000n)])).toEqual({ victims: ['small'], isAmbiguous: false });
    expect(victims(byCpu, [missing('memory', GIB)])).toEqual({ victims: ['small'], isAmbiguous: false });
  });

  it('are the last of equals, which is chance in a cluster', () => {
    const pods = ['a', 'b', 'c'].map((name, age) => burstable(name, age, { memory: '1Gi' }));

    expect(victims(pods, [missing('memory', GIB)])).toEqual({ victims: ['c'], isAmbiguous: true });
  });

  it('are never of a higher or the same priority among critical pods', () => {
    const critical = [pod({ name: 'peer', age: 1, priority: CRITICAL, requests: { memory: '4Gi' } })];

    expect(() => victims(critical, [missing('memory', GIB), missing('cpu', 5n)])).toThrow('no set of running pods found to reclaim resources: [(res: memory, q: 1073741824), (res: cpu, q: 5), ]');
  });

  it('are not found in a set that only seems to be enough', () => {
    // No API server lets a negative request in. Taken second, as all are counted, it does no harm; taken first it does
    const pods = [burstable('plus', 1, { memory: '5' }), burstable('minus', 2, { memory: '-1', cpu: '5', 'ephemeral-storage': '5' })];

    expect(() => victims(pods, [missing('memory', 5n), missing('cpu', 5000n), missing('ephemeral-storage', 5n)])).toThrow('no set of running pods found to reclaim resources: [(res: memory, q: 1), ]');
  });
});
