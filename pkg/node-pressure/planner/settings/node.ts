import { readQuantity } from '../../harvester/amounts';
import { pressuresOf, roleOf, type Node, type Pressure, type Role } from '../../harvester/node';
import type { KubeletConfiguration } from '../../kubelet/config/types';
import { minorOf } from '../../kubelet/config/version';
import type { Pod } from '../../kubelet/pod';
import type { Quantities } from '../../kubelet/podResources';
import type { Summary } from '../../kubelet/summary';
import type { NodeSnapshot } from '../nodeReport';
import { MEMORY_TOLERANCE } from './guard';
import type { Settings } from './settings';

/** What is known about a node that settings are checked for. Absent means "not known". */
export interface SettingsNode {
  readonly name: string;
  readonly role: Role;
  /** Of its kubelet: 36 for 1.36. */
  readonly minor: number;
  readonly capacity: Readonly<Quantities>;
  readonly allocatable: Readonly<Quantities>;
  readonly pressures: readonly Pressure[];
  /** What the kubelet runs with. */
  readonly configuration?: KubeletConfiguration;
  readonly summary?: Summary;
  readonly pods?: readonly Pod[];
  /** What our file on the node says already, as far as the kubelet runs with it. */
  readonly written?: Settings;
}

function quantitiesOf(list: Readonly<Record<string, string>> = {}): Quantities {
  return Object.fromEntries(Object.entries(list).flatMap(([name, text]) => {
    const quantity = readQuantity(text);

    return quantity ? [[name, quantity]] : [];
  }));
}

/** A node as the checks want it, from what was read about it; a last known value counts, however old. */
export function settingsNode({ node, configuration, summary }: Pick<NodeSnapshot, 'node' | 'configuration' | 'summary'>, pods?: readonly Pod[], written?: Settings): SettingsNode {
  return {
    name:          node.metadata.name,
    role:          roleOf(node),
    minor:         minorOf(node.status?.nodeInfo?.kubeletVersion ?? ''),
    capacity:      quantitiesOf(node.status?.capacity),
    allocatable:   quantitiesOf(node.status?.allocatable),
    pressures:     pressuresOf(node),
    configuration: configuration.sample?.value,
    summary:       summary.sample?.value,
    pods,
    written,
  };
}

/**
 * What the guard asks of every node, KiB of MemTotal: a little less than the smallest node has, which need not have the same
 * to the page after its next boot, and its twins never do. Undefined without nodes that tell their memory.
 */
export function guardMemoryKib(nodes: readonly Node[]): number | undefined {
  const memories = nodes.flatMap(({ status }) => {
    const memory = readQuantity(status?.capacity?.['memory']);

    return memory ? [Number(memory.value() / 1024n)] : [];
  });

  return memories.length > 0 ? Math.floor(memories.reduce((a, b) => Math.min(a, b)) * (1 - MEMORY_TOLERANCE)) : undefined;
}
