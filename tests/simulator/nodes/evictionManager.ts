import { INITIAL_EVICTION_STATE, synchronize } from '../../../pkg/node-pressure/kubelet/eviction/synchronize';
import type { EvictionState } from '../../../pkg/node-pressure/kubelet/eviction/synchronize';
import { makeSignalObservations } from '../../../pkg/node-pressure/kubelet/observations';
import type { Pod } from '../../../pkg/node-pressure/kubelet/pod';
import { resourceOf } from '../../../pkg/node-pressure/kubelet/signals';
import type { KubeObject } from '../store/objects';
import type { NodeFleet } from './fleet';
import type { RunningKubelet } from './kubelet';
import type { Machine } from './machine';
import { failPod, recordEvent } from './podFailure';
import type { Surroundings } from './podFailure';
import { summary } from './summary';

/** evictionMonitoringPeriod, a constant of the kubelet. */
export const MONITORING_PERIOD = 10_000;
const NANOSECONDS = 1_000_000n;

/** Only memory moves in the simulator: a kubelet that watches disks alone never has anything to do. */
function watchesMemory({ thresholds }: RunningKubelet): boolean {
  return thresholds.some(({ signal }) => resourceOf(signal) === 'memory');
}

/** The eviction loop of every kubelet, by the kubelet core's own `synchronize`. */
export class EvictionManager {
  private readonly states = new WeakMap<RunningKubelet, EvictionState>();

  constructor(private readonly fleet: NodeFleet, private readonly around: Surroundings) {
    around.clock.every(MONITORING_PERIOD, () => fleet.machines.forEach((machine) => this.pass(machine)));
  }

  /** The pressure conditions that a machine's kubelet reports. */
  conditions({ kubelet }: Machine): readonly string[] {
    return (kubelet && this.states.get(kubelet)?.nodeConditions) ?? [];
  }

  private pass(machine: Machine): void {
    const { kubelet } = machine;

    if (!kubelet || !watchesMemory(kubelet)) {
      return;
    }
    const { store, kinds, clock } = this.around;
    const { configuration } = kubelet;
    const stats = summary(this.fleet, machine);
    const byUid = new Map(stats.pods.map((pod) => [pod.podRef.uid, pod]));
    const pods = this.fleet.podsOn(machine);
    const before = this.states.get(kubelet) ?? INITIAL_EVICTION_STATE;
    const result = synchronize(
      {
        thresholds: kubelet.thresholds,
        pressureTransitionPeriod: configuration.evictionPressureTransitionPeriod,
        maxPodGracePeriodSeconds: configuration.evictionMaxPodGracePeriod,
        localStorageCapacityIsolation: configuration.localStorageCapacityIsolation,
        dedicatedImageFs: false,
        splitContainerImageFs: false,
      },
      before,
      makeSignalObservations(stats),
      pods.map((pod) => ({ pod: pod as unknown as Pod, stats: byUid.get(pod.metadata.uid ?? '') })),
      BigInt(clock.now()) * NANOSECONDS,
    );

    this.states.set(kubelet, result.state);
    const node = store.find(kinds.get('node'), undefined, machine.name);

    if (result.reclaiming && node) {
      recordEvent(
        this.around,
        node,
        'Warning',
        'EvictionThresholdMet',
        `Attempting to reclaim ${ resourceOf(result.reclaiming.signal) }`,
        machine.name,
      );
    }
    for (const { pod, message, annotations, disruptionTarget } of result.evictions) {
      const victim = pod as unknown as KubeObject;

      machine.memory.release(this.fleet.sample(machine).podBytes.get(victim.metadata.uid ?? '') ?? 0, clock.now());
      failPod(this.around, victim, { reason: 'Evicted', message, disruptionTarget });
      recordEvent(this.around, victim, 'Warning', 'Evicted', message, machine.name, annotations);
    }
    if (before.nodeConditions.join() !== result.state.nodeConditions.join()) {
      const reason = result.state.nodeConditions.includes('MemoryPressure') ? 'NodeHasInsufficientMemory' : 'NodeHasSufficientMemory';

      this.fleet.report(machine);
      if (node) {
        recordEvent(this.around, node, 'Normal', reason, `Node ${ machine.name } status is now: ${ reason }`, machine.name);
      }
    }
  }
}
