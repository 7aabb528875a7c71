import type { Container, ResourceList } from '../../kubelet/pod';
import type { Quantity } from '../../kubelet/quantity';
import type { Estimate } from './delta';
import { memoryOverhead } from './memoryOverhead';
import type { VirtualMachineInstance, VmPod } from './objects';
import { hasQuantity, quantityIn } from './quantities';

/** KubeVirt's label of a VM's pods: which of them runs the VM, and which attaches hot-plugged volumes. */
export const KUBEVIRT_LABEL = 'kubevirt.io';
export const LAUNCHER = 'virt-launcher';
/** Label of a launcher: the UID of the VMI that it runs. */
export const CREATED_BY = 'kubevirt.io/created-by';

const COMPUTE = 'compute';

/** Keeps what the guest writes to its serial console; no raise covers it. KubeVirt's support container of that name. */
const CONSOLE_LOG: Container = { name: 'guest-console-log', resources: { requests: { cpu: '5m', memory: '35M' }, limits: { cpu: '15m', memory: '60M' } } };

/** Attaches hot-plugged volumes, one pod for all of a VM's. KubeVirt's support container of that name. */
const ATTACHMENT: VmPod = {
  metadata: { name: '', labels: { [KUBEVIRT_LABEL]: 'hotplug-disk' } },
  spec:     { containers: [{ name: 'hotplug-disk', resources: { requests: { cpu: '10m', memory: '2M' }, limits: { cpu: '100m', memory: '80M' } } }] },
};

/** What KubeVirt would give a launcher that it makes now. */
export interface LauncherEstimate extends Pick<Estimate, 'constants'> {
  /** KubeVirt's own, see launcherRatio. */
  readonly ratio?: string;
}

/** A VM that runs. */
export interface RunningVm {
  readonly vmi: VirtualMachineInstance;
  /** Its pod, undefined where it was not read. */
  readonly launcher?: VmPod;
}

/** Follows VMIHasHotplugVolumes in KubeVirt's pkg/controller/controller.go. */
export function hasHotplugVolumes({ spec, status }: VirtualMachineInstance): boolean {
  const isAttached = status?.volumeStatus?.some(({ hotplugVolume }) => hotplugVolume);

  return isAttached || !!spec?.volumes?.some(({ dataVolume, persistentVolumeClaim }) => dataVolume?.hotpluggable || persistentVolumeClaim?.hotpluggable);
}

/** The memory of a launcher's main container: what the VM asks for and is limited to, with its overhead. */
interface ComputeMemory {
  readonly request?: Quantity;
  readonly limit?: Quantity;
}

function computeMemory(vmi: VirtualMachineInstance, { ratio, constants }: LauncherEstimate): ComputeMemory {
  const { requests, limits } = vmi.spec?.domain?.resources ?? {};
  const [request, limit] = [quantityIn(requests, 'memory'), quantityIn(limits, 'memory')];
  const overhead = memoryOverhead(vmi, { arch: vmi.spec?.architecture, ratio, constants });
  const asked = request.isZero() ? limit : request;

  return { ...(!asked.isZero() && { request: asked.add(overhead) }), ...(!limit.isZero() && { limit: limit.add(overhead) }) };
}

function atLeast(list: ResourceList | undefined, memory: Quantity | undefined): ResourceList | undefined {
  return memory && memory.cmp(quantityIn(list, 'memory')) > 0 ? { ...list, memory: memory.toString() } : list;
}

/** The pod that runs now, where KubeVirt would not give it more today: then that. */
function renewed(launcher: VmPod, { request, limit }: ComputeMemory): VmPod {
  const containers = launcher.spec.containers.map((container) => (container.name === COMPUTE ? {
    ...container, resources: { ...container.resources, requests: atLeast(container.resources?.requests, request), limits: atLeast(container.resources?.limits, limit) },
  } : container));

  return { ...launcher, spec: { ...launcher.spec, containers } };
}

/** A launcher as KubeVirt would make it, as far as quotas and nodes are concerned. */
function estimated({ metadata, spec = {} }: VirtualMachineInstance, memory: ComputeMemory): VmPod {
  const { nodeSelector, affinity, tolerations, priorityClassName, domain } = spec;
  const { resources, devices } = domain ?? {};
  const keepsConsole = devices?.autoattachSerialConsole !== false && devices?.logSerialConsole !== false;
  const cpu = (list: ResourceList | undefined): ResourceList => (hasQuantity(list, 'cpu') ? { cpu: list['cpu'] as string } : {});
  const compute = { name: COMPUTE, resources: { requests: atLeast(cpu(resources?.requests ?? resources?.limits), memory.request), limits: atLeast(cpu(resources?.limits), memory.limit) } };

  return {
    metadata: { name: '', namespace: metadata?.namespace, labels: { [KUBEVIRT_LABEL]: LAUNCHER } },
    spec:     { containers: [compute, ...(keepsConsole ? [CONSOLE_LOG] : [])], nodeSelector, affinity, tolerations: tolerations ?? [], priorityClassName },
  };
}

/** A migration's pods on its target node: the launcher first. */
export type TargetPods = readonly [launcher: VmPod, ...attachments: VmPod[]];

/**
 * The pods that a migration of this VM will create: like the launcher that runs now, but with memory at least by the
 * present estimate, which a change of the overhead's ratio or of KubeVirt moves.
 * @throws KubeletError if an amount of the VM or its pod cannot be parsed
 */
export function targetPods({ vmi, launcher }: RunningVm, estimate: LauncherEstimate): TargetPods {
  const memory = computeMemory(vmi, estimate);
  const pod = launcher ? renewed(launcher, memory) : estimated(vmi, memory);

  return hasHotplugVolumes(vmi) ? [pod, ATTACHMENT] : [pod];
}

/** The estimate and the real limit of the launcher's main container, where both are there and differ: bytes. */
export function overheadDifference({ vmi, launcher }: RunningVm, estimate: LauncherEstimate): { readonly estimateBytes: bigint; readonly launcherBytes: bigint } | undefined {
  const { limit } = computeMemory(vmi, estimate);
  const limits = launcher?.spec.containers.find(({ name }) => name === COMPUTE)?.resources?.limits;

  return limit && hasQuantity(limits, 'memory') && quantityIn(limits, 'memory').cmp(limit) !== 0 ? { estimateBytes: limit.value(), launcherBytes: quantityIn(limits, 'memory').value() } : undefined;
}
