import { isCriticalPod, isMirrorPod, isNodeCriticalPod, isPreemptable, isStaticPod, podFromApiServer, podPriority } from '../priority';
import type { Pod } from '../pod';

function pod(annotations: Record<string, string> | undefined, spec: Partial<Pod['spec']> = {}): Pod {
  return { metadata: { name: 'p', annotations }, spec: { containers: [], ...spec } };
}

const plain = pod(undefined);
const fromApi = pod({ 'kubernetes.io/config.source': 'api' });
const fromFile = pod({ 'kubernetes.io/config.source': 'file' });
const mirror = pod({ 'kubernetes.io/config.mirror': '' });

describe('where a pod comes from', () => {
  it('is static when its source is there and not the API server', () => {
    expect([plain, fromApi, fromFile, mirror].map(isStaticPod)).toEqual([false, false, true, false]);
  });

  it('is a mirror by the annotation alone, even an empty one', () => {
    expect([plain, fromApi, fromFile, mirror].map(isMirrorPod)).toEqual([false, false, false, true]);
  });

  it('does not read annotations from the prototype', () => {
    const polluted = Object.create({ 'kubernetes.io/config.mirror': 'x' }) as Record<string, string>;

    expect(isMirrorPod(pod(polluted))).toBe(false);
  });

  it('overwrites a source written by a user, but leaves a mirror a mirror', () => {
    expect(isStaticPod(podFromApiServer(fromFile))).toBe(false);
    expect(isCriticalPod(podFromApiServer(fromFile))).toBe(false);
    expect(isCriticalPod(podFromApiServer(mirror))).toBe(true);
  });
});

describe('priority', () => {
  it('is 0 when unset', () => {
    expect(podPriority(plain)).toBe(0);
    expect(podPriority(pod(undefined, { priority: -5 }))).toBe(-5);
  });

  it('makes a pod critical from 2,000,000,000 on', () => {
    expect(isCriticalPod(pod(undefined, { priority: 1_999_999_999 }))).toBe(false);
    expect(isCriticalPod(pod(undefined, { priority: 2_000_000_000 }))).toBe(true);
    expect([plain, fromFile, mirror].map(isCriticalPod)).toEqual([false, true, true]);
  });

  it('is node critical only with both the priority and the class', () => {
    expect(isNodeCriticalPod(pod(undefined, { priority: 2_000_001_000, priorityClassName: 'system-node-critical' }))).toBe(true);
    expect(isNodeCriticalPod(pod(undefined, { priority: 2_000_001_000, priorityClassName: 'system-cluster-critical' }))).toBe(false);
    expect(isNodeCriticalPod(pod(undefined, { priorityClassName: 'system-node-critical' }))).toBe(false);
  });
});

describe('preemption', () => {
  const withPriority = (priority: number): Pod => pod(undefined, { priority });

  it('lets a critical pod take the place of any that is not', () => {
    expect(isPreemptable(fromFile, plain)).toBe(true);
    expect(isPreemptable(withPriority(2e9), withPriority(1e9))).toBe(true);
  });

  it('lets a higher priority win between pods of the same kind', () => {
    expect(isPreemptable(withPriority(2e9 + 1), withPriority(2e9))).toBe(true);
    expect(isPreemptable(withPriority(2e9), withPriority(2e9))).toBe(false);
    expect(isPreemptable(withPriority(1), withPriority(2e9))).toBe(false);
  });

  it('needs both priorities to compare them', () => {
    expect(isPreemptable(fromFile, withPriority(2e9))).toBe(false);
    expect(isPreemptable(withPriority(2e9), fromFile)).toBe(false);
  });
});
