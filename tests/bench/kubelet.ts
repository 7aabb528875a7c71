/** How fast the kubelet core is. Figures are reported, never asserted: they depend on the machine and what else it does. */
import { quantityToScalar } from '@kubernetes/client-node/dist/util.js';
import { parseSi } from '@shell/utils/units';
import { INITIAL_EVICTION_STATE, synchronize, type EvictionConfig } from '../../pkg/node-pressure/kubelet/eviction/synchronize';
import { rankPods, type PodWithStats } from '../../pkg/node-pressure/kubelet/eviction/rank';
import type { SignalObservations } from '../../pkg/node-pressure/kubelet/observations';
import { parseQuantity } from '../../pkg/node-pressure/kubelet/quantity';
import type { Signal } from '../../pkg/node-pressure/kubelet/signals';
import { parseThresholdConfig } from '../../pkg/node-pressure/kubelet/thresholds';
import { clusterPods, NODES, PODS_PER_NODE, quantityTexts } from './cluster';
import { goFigures } from './go';
import { describe, measure, nanosecondsEach, type Figure } from './measure';

const RANKED: readonly Signal[] = ['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'pid.available'];

/** A node short of memory: every pass ranks its pods and evicts one. */
const CONFIG: EvictionConfig = {
  thresholds: parseThresholdConfig(['pods'], {
    evictionHard: { 'memory.available': '6Gi', 'nodefs.available': '5%', 'imagefs.available': '5%' }, evictionSoft: null, evictionSoftGracePeriod: null,
    evictionMinimumReclaim: { 'memory.available': '4Gi', 'nodefs.available': '10%', 'imagefs.available': '10%' },
  }),
  pressureTransitionPeriod: 300_000_000_000n, maxPodGracePeriodSeconds: 120, dedicatedImageFs: false, splitContainerImageFs: false, localStorageCapacityIsolation: true,
};
const share = (available: string, capacity: string) => ({ available: parseQuantity(available), capacity: parseQuantity(capacity) });
const OBSERVATIONS: SignalObservations = {
  'memory.available': share('1Gi', '64Gi'), 'nodefs.available': share('50Gi', '100Gi'), 'imagefs.available': share('50Gi', '100Gi'),
};

function ranking(nodes: readonly PodWithStats[][], signal: Signal): Figure {
  return measure(`rank ${ NODES * PODS_PER_NODE } pods on ${ NODES } nodes, ${ signal }`, NODES * PODS_PER_NODE, () => {
    for (const pods of nodes) {
      rankPods(signal, 'single', pods);
    }
  });
}

function passes(nodes: readonly PodWithStats[][]): Figure {
  return measure(`synchronize, ${ PODS_PER_NODE } pods, one evicted`, NODES, () => {
    for (const pods of nodes) {
      synchronize(CONFIG, INITIAL_EVICTION_STATE, OBSERVATIONS, pods, 0n);
    }
  });
}

function parsing(name: string, texts: readonly string[], parse: (text: string) => unknown): Figure {
  return measure(`parse ${ texts.length } quantities, ${ name }`, texts.length, () => texts.forEach((text) => parse(text)));
}

/**
 * Measures and reports the kubelet core.
 * @param withGo measures the kubelet's own functions on the same data, too, and reports how many times longer ours take
 */
export async function benchKubelet(withGo: boolean): Promise<void> {
  const nodes = clusterPods();
  const texts = quantityTexts(nodes);
  const rankings = RANKED.map((signal) => ranking(nodes, signal));
  const synchronized = passes(nodes);
  const quantities = parsing('parseQuantity', texts, parseQuantity);
  const shell = parsing('parseSi of @rancher/shell', texts, (text) => parseSi(text));
  const client = parsing('quantityToScalar of @kubernetes/client-node', texts, quantityToScalar);
  const times = (other: Figure): string => (nanosecondsEach(quantities) / nanosecondsEach(other)).toFixed(2);

  console.log([...rankings, synchronized, quantities, shell, client].map(describe).join('\n'));
  console.log(`parseQuantity takes ${ times(shell) } times as long as parseSi, ${ times(client) } times as long as quantityToScalar`);
  if (withGo) {
    const go = await goFigures(nodes[0] as PodWithStats[], texts.slice(0, 1_000));

    console.log(`the kubelet: a pass ${ go.synchronizeNanoseconds.toFixed(0) } ns, a quantity ${ go.parseNanoseconds.toFixed(0) } ns`);
    console.log(`a pass here takes ${ (nanosecondsEach(synchronized) / go.synchronizeNanoseconds).toFixed(3) } times as long, a quantity ${ (nanosecondsEach(quantities) / go.parseNanoseconds).toFixed(2) } times`);
  }
}
