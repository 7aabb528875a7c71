import fc from 'fast-check';
import type { Threshold } from '../../thresholds';
import { rankPods, type PodWithStats } from '../rank';
import { nextVictims, type NextVictims } from '../victims';
import { Gi, names, observed, onlyThreshold, podOf } from './builders';

const memory = (value: string, reclaim: string): Threshold => onlyThreshold({ evictionHard: { 'memory.available': value }, evictionMinimumReclaim: { 'memory.available': reclaim } });
const foresee = (threshold: Threshold, available: string, pods: readonly PodWithStats[]): NextVictims => (
  nextVictims(threshold, observed(available, '32Gi'), rankPods('memory.available', 'single', pods))
);
const vms = [podOf('big', { memory: 8 * Gi }), podOf('middle', { memory: 3 * Gi }), podOf('small', { memory: Gi })];

// harvester#7424: memory.available<6Gi with a minimum reclaim of 4Gi
describe('an eviction', () => {
  const asked = memory('6Gi', '4Gi');

  it('takes pods until the threshold and its minimum reclaim are there', () => {
    const { victims, enough, target } = foresee(asked, '1Gi', vms);

    expect(names(victims.map(({ pod }) => pod))).toEqual(['big', 'middle']);
    expect(victims.map(({ availableAfter }) => availableAfter)).toEqual([9 * Gi, 12 * Gi]);
    expect({ enough, target }).toEqual({ enough: true, target: 10 * Gi });
  });

  it('takes no pod while the threshold is not met', () => {
    expect(foresee(asked, '6Gi', vms)).toEqual({ victims: [], enough: true, target: 10 * Gi });
  });

  it('says when all pods are not enough', () => {
    expect(foresee(asked, '1Gi', vms.slice(1))).toMatchObject({ enough: false, victims: { length: 2 } });
  });

  it('passes over pods that are exempt, and gains nothing known from one without stats', () => {
    const critical = podOf('critical', { memory: 20 * Gi, spec: { priority: 2_000_000_000 } });
    const { victims } = foresee(asked, '5Gi', [critical, podOf('unknown', { stats: 'none' }), ...vms]);

    expect(names(victims.map(({ pod }) => pod))).toEqual(['unknown', 'big']);
  });

  it('never takes fewer pods under a higher threshold', () => {
    const bytes = fc.integer({ min: 1, max: 1000 });

    fc.assert(fc.property(bytes, bytes, bytes, fc.array(bytes, { maxLength: 20 }), (available, low, more, usages) => {
      const pods = usages.map((usage, index) => podOf(`p${ index }`, { memory: usage }));
      const evicted = (value: number): string[] => names(foresee(memory(`${ value }`, '0'), `${ available }`, pods).victims.map(({ pod }) => pod));
      const fewer = evicted(low);

      expect(evicted(low + more).slice(0, fewer.length)).toEqual(fewer);
    }));
  });
});
