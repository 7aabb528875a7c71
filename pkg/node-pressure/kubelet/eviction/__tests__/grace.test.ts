import { effectiveGracePeriodSeconds, gracePeriodOverrideSeconds } from '../grace';
import { onlyThreshold, podOf } from './builders';

const hard = onlyThreshold({ evictionHard: { 'memory.available': '1Gi' } });
const softWith = (grace: string) => onlyThreshold({ evictionSoft: { 'memory.available': '2Gi' }, evictionSoftGracePeriod: { 'memory.available': grace } });
const pod = (terminationGracePeriodSeconds?: number) => podOf('p', { spec: { terminationGracePeriodSeconds } }).pod;

describe('the grace period of an evicted pod', () => {
  it('is a second for a hard threshold, and for a soft one without grace', () => {
    expect(gracePeriodOverrideSeconds(hard, 120, pod(30))).toBe(1);
    expect(gracePeriodOverrideSeconds(softWith('0s'), 120, pod(30))).toBe(1);
  });

  it('is the shorter of the kubelet\'s maximum and the pod\'s own for a soft threshold', () => {
    expect(gracePeriodOverrideSeconds(softWith('1m30s'), 120, pod(30))).toBe(30);
    expect(gracePeriodOverrideSeconds(softWith('1m30s'), 120, pod(600))).toBe(120);
    expect(gracePeriodOverrideSeconds(softWith('1m30s'), 120, pod())).toBe(120);
  });

  it('is at least a second: neither the default of 0 nor a negative maximum leaves it to the pod', () => {
    expect(gracePeriodOverrideSeconds(softWith('1m30s'), 0, pod(30))).toBe(0);
    expect([0, -1, 1, 120].map(effectiveGracePeriodSeconds)).toEqual([1, 1, 1, 120]);
  });
});
