import { memoryNeed, type Estimate } from '../../harvester/migration/delta';
import type { VirtualMachineInstance } from '../../harvester/migration/objects';
import type { Pod } from '../../kubelet/pod';
import { podLimit, podRequest } from '../../kubelet/podResources';
import type { Quantity } from '../../kubelet/quantity';

/** What a ResourceQuota can limit of a migration's pods. */
export const QUOTA_RESOURCES = ['limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory', 'pods'] as const;
export type QuotaResource = typeof QUOTA_RESOURCES[number];

/** Amounts by resource: thousandths of a CPU, bytes, pods. */
export type Amounts = Readonly<Record<QuotaResource, bigint>>;

/** Memory limit of the container `guest-console-log`, which KubeVirt adds to a launcher pod and no raise covers. */
export const CONSOLE_LOG_BYTES = 60_000_000n;

/** The pod that attaches hot-plugged volumes, one for all of a VM's. */
const ATTACHMENT_POD: Amounts = { 'limits.cpu': 100n, 'limits.memory': 80_000_000n, 'requests.cpu': 10n, 'requests.memory': 2_000_000n, pods: 1n };

/** A VM that could migrate: its launcher pod is running. */
export interface RunningVm {
  readonly vmi: VirtualMachineInstance;
  readonly launcher: Pod;
  readonly hasHotplugVolumes?: boolean;
}

/** A quantity in the unit of {@link Amounts}. */
export function amountOf(resource: QuotaResource, quantity: Quantity | undefined): bigint {
  return (resource.endsWith('.cpu') ? quantity?.milliValue() : quantity?.value()) ?? 0n;
}

/**
 * What the pods of a migration's target will ask of the namespace's quotas: as much as the launcher pod that runs now,
 * but memory at least by the present estimate, which a change of the overhead's ratio or of KubeVirt moves.
 * @throws KubeletError if an amount of the pod or the VM cannot be parsed
 */
export function migrationNeed({ vmi, launcher, hasHotplugVolumes }: RunningVm, estimate: Estimate): Amounts {
  const limit = (name: string, resource: QuotaResource): bigint => amountOf(resource, podLimit(launcher, name));
  const request = (name: string, resource: QuotaResource): bigint => amountOf(resource, podRequest(launcher, name));
  const pod: Amounts = {
    'limits.cpu':      limit('cpu', 'limits.cpu'),
    'limits.memory':   largest(limit('memory', 'limits.memory'), estimatedBytes(vmi, estimate)),
    'requests.cpu':    request('cpu', 'requests.cpu'),
    'requests.memory': request('memory', 'requests.memory'),
    pods:              1n,
  };

  return hasHotplugVolumes ? sumOf([pod, ATTACHMENT_POD]) : pod;
}

/** Nothing for a VM that does not limit its memory: its pod is as large as it is. */
function estimatedBytes(vmi: VirtualMachineInstance, estimate: Estimate): bigint {
  return vmi.spec?.domain?.resources?.limits?.['memory'] ? memoryNeed(vmi, estimate).value() + CONSOLE_LOG_BYTES : 0n;
}

function largest(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** The sum of amounts, resource by resource. */
export function sumOf(list: readonly Amounts[]): Amounts {
  return Object.fromEntries(QUOTA_RESOURCES.map((resource) => [resource, list.reduce((sum, amounts) => sum + amounts[resource], 0n)])) as Record<QuotaResource, bigint>;
}
