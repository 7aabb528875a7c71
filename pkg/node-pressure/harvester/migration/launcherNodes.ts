import type { Node } from '../node';
import { readinessOf, roleOf } from '../node';
import { annotation } from './keys';
import { HOSTNAME } from './migratable';
import { meetsAffinity, missingLabel, untolerated } from './nodeAffinity';
import type { VirtualMachineInstance, VmPod } from './objects';

/** Why a node cannot take a VM's launcher, whatever its size, in the order in which it is found out. */
export type NodeRefusalCode = 'maintenance' | 'drainRequested' | 'unschedulable' | 'notReady' | 'witness' | 'selector' | 'affinity' | 'taint' | 'cpuVendor' | 'hostModel';

export interface NodeRefusal {
  readonly code: NodeRefusalCode;
  readonly params: Readonly<Record<string, string>>;
}

/** Annotations of a node that Harvester has put, or is about to put, into maintenance. */
export const MAINTENANCE = 'harvesterhci.io/maintain-status';
const DRAIN_REQUESTED = 'harvesterhci.io/drain-requested';

/** Labels by which KubeVirt knows a node's CPU. */
const CPU_VENDOR = 'cpu-vendor.node.kubevirt.io/';
const CPU_FEATURE = 'cpu-feature.node.kubevirt.io/';
const HOST_MODEL = 'host-model-cpu.node.kubevirt.io/';
const HOST_MODEL_FEATURE = 'host-model-required-features.node.kubevirt.io/';
const MODEL_FOR_MIGRATION = 'cpu-model-migration.node.kubevirt.io/';

type Labels = Readonly<Record<string, string>>;

/** What a target pod's node selector has apart from the launcher's. */
export interface TargetSelector {
  /** The one node that the VM itself names. */
  readonly hostname: Labels;
  readonly vendor: Labels;
  readonly hostModel: Labels;
}

function startingWith(labels: Labels, prefix: string): [key: string, value: string][] {
  return Object.entries(labels).filter(([key]) => key.startsWith(prefix));
}

/** The host's own model as a node selector; a VM that migrated before keeps what was asked for then. */
function hostModelSelector(source: Labels, selector: Labels): Labels {
  const kept = Object.entries(selector).filter(([key]) => key.includes(CPU_FEATURE) || key.includes(MODEL_FOR_MIGRATION));
  const renamed = (from: string, to: string): [string, string][] => startingWith(source, from).map(([key, value]) => [to + key.slice(from.length), value]);

  return Object.fromEntries(kept.length > 0 ? kept : [...renamed(HOST_MODEL, MODEL_FOR_MIGRATION), ...renamed(HOST_MODEL_FEATURE, CPU_FEATURE)]);
}

/**
 * Which nodes a migration's target may have apart from what the launcher asks for: the VM's own, if it names one (a
 * launcher may name one because an earlier migration was sent there); those with CPUs of the same vendor, and with the
 * model `host-model` (which KubeVirt writes into a VM that names none) those that can stand in for the source's.
 * Follows createTargetPod in KubeVirt's pkg/virt-controller/watch/migration/migration.go.
 */
export function targetSelector({ spec }: VirtualMachineInstance, launcher: VmPod, source: Node | undefined): TargetSelector {
  const selector = launcher.spec.nodeSelector ?? {};
  const labels = source?.metadata.labels ?? {};
  const hasVendor = startingWith(selector, CPU_VENDOR).length > 0;
  const hostname = spec?.nodeSelector?.[HOSTNAME];

  return {
    hostname:  hostname === undefined ? {} : { [HOSTNAME]: hostname },
    vendor:    Object.fromEntries(hasVendor ? [] : startingWith(labels, CPU_VENDOR).slice(0, 1).map(([key]) => [key, 'true'])),
    hostModel: spec?.domain?.cpu?.model === 'host-model' ? hostModelSelector(labels, selector) : {},
  };
}

/** Rules of Harvester: isDrained in its pkg/api/vm/handler.go. */
function refusalByState(node: Node): NodeRefusalCode | undefined {
  if (annotation(node.metadata, MAINTENANCE) !== undefined) {
    return 'maintenance';
  }
  if (annotation(node.metadata, DRAIN_REQUESTED) !== undefined) {
    return 'drainRequested';
  }
  if (node.spec?.unschedulable) {
    return 'unschedulable';
  }
  if (readinessOf(node) !== 'ready') {
    return 'notReady';
  }

  return roleOf(node) === 'witness' ? 'witness' : undefined;
}

/** Rules of the scheduler for what the launcher asks of nodes, and of KubeVirt for CPUs. */
function refusalByAsked(node: Node, { spec }: VmPod, { hostname, vendor, hostModel }: TargetSelector): NodeRefusal | undefined {
  const asked = Object.fromEntries(Object.entries(spec.nodeSelector ?? {}).filter(([key]) => key !== HOSTNAME));
  const label = missingLabel(node, { ...asked, ...hostname });

  if (label) {
    return { code: 'selector', params: label };
  }
  if (!meetsAffinity(node, spec.affinity)) {
    return { code: 'affinity', params: {} };
  }

  const taint = untolerated(node, spec.tolerations);

  if (taint) {
    return { code: 'taint', params: { key: taint.key, effect: taint.effect } };
  }

  const [otherVendor, otherModel] = [missingLabel(node, vendor), missingLabel(node, hostModel)];

  if (otherVendor) {
    return { code: 'cpuVendor', params: { key: otherVendor.key } };
  }

  return otherModel && { code: 'hostModel', params: { key: otherModel.key } };
}

/**
 * Why another node cannot take a VM's launcher. Undefined: it may take it, room aside.
 */
export function nodeRefusal(node: Node, launcher: VmPod, selector: TargetSelector): NodeRefusal | undefined {
  const code = refusalByState(node);

  return code ? { code, params: {} } : refusalByAsked(node, launcher, selector);
}
