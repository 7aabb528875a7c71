import { nodeAllocatable, validateNodeAllocatable } from '../../../pkg/node-pressure/kubelet/allocatable';
import type { NodeReservations } from '../../../pkg/node-pressure/kubelet/allocatable';
import type { Quantities } from '../../../pkg/node-pressure/kubelet/podResources';
import { newMilliQuantity, newQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import { parseResourceList } from '../../../pkg/node-pressure/kubelet/resourceList';
import type { KubeletConfiguration } from '../../../pkg/node-pressure/kubelet/config/types';
import type { StringMap } from '../../../pkg/node-pressure/kubelet/flags';
import { parseThresholdConfig } from '../../../pkg/node-pressure/kubelet/thresholds';
import type { Threshold } from '../../../pkg/node-pressure/kubelet/thresholds';
import type { NodePlan } from '../scenarios/plan';
import { loadConfiguration } from './configuration';
import type { Disk } from './disk';
import { kubeletArgs } from './layers';

/** A kubelet that came up. */
export interface RunningKubelet {
  /** When it started, in milliseconds of the simulator's clock. */
  startedAt: number;
  /** The `kubelet-arg` list that it was started with. */
  args: readonly string[];
  configuration: KubeletConfiguration;
  reservations: NodeReservations;
  thresholds: readonly Threshold[];
  capacity: Quantities;
  allocatable: Quantities;
}

/** What became of an attempt to start a kubelet: it runs, or the last line that it logged. */
export type Start = { kubelet: RunningKubelet; error?: undefined } | { kubelet?: undefined; error: string };

/** What the machine offers, as cAdvisor measures it. */
export function capacityOf(plan: NodePlan, maxPods: number): Quantities {
  return {
    cpu: newMilliQuantity(BigInt(plan.cpuCores * 1000), 'DecimalSI'),
    memory: newQuantity(BigInt(plan.memoryBytes), 'BinarySI'),
    'ephemeral-storage': newQuantity(BigInt(plan.diskBytes), 'BinarySI'),
    'hugepages-1Gi': newQuantity(0n, 'BinarySI'),
    'hugepages-2Mi': newQuantity(0n, 'BinarySI'),
    pods: newQuantity(BigInt(maxPods), 'DecimalSI'),
  };
}

/** RKE2 reads its layers and starts the kubelet with what they come to; each step can be the last. */
export function startKubelet(disk: Disk, plan: NodePlan, kubernetesVersion: string, now: number): Start {
  try {
    const args = kubeletArgs(disk);
    const configuration = loadConfiguration(disk, args, kubernetesVersion);
    const { evictionHard, enforceNodeAllocatable } = configuration;
    const thresholds = parseThresholdConfig(enforceNodeAllocatable ?? [], configuration);
    const reservations: NodeReservations = {
      kubeReserved: parseReserved('--kube-reserved', configuration.kubeReserved),
      systemReserved: parseReserved('--system-reserved', configuration.systemReserved),
      hardEvictionThresholds: parseThresholdConfig([], {
        evictionHard,
        evictionSoft: null,
        evictionSoftGracePeriod: null,
        evictionMinimumReclaim: null,
      }),
    };
    const capacity = capacityOf(plan, Number(configuration.maxPods));
    const refusal = validateNodeAllocatable(capacity, reservations);

    return refusal ? { error: refusal } : {
      kubelet: { startedAt: now, args, configuration, reservations, thresholds, capacity, allocatable: nodeAllocatable(capacity, reservations) },
    };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function parseReserved(flag: string, map: StringMap | null): Quantities | null {
  try {
    return parseResourceList(map);
  } catch (error) {
    throw new Error(`${ flag } value failed to parse: ${ error instanceof Error ? error.message : String(error) }`);
  }
}
