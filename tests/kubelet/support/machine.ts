/** Machines as the real servers know them, and what the product knows of their nodes. */
import { parseConfigz } from '../../../pkg/node-pressure/kubelet/config/configz';
import { LATEST_MINOR } from '../../../pkg/node-pressure/kubelet/config/version';
import { parseQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import type { SettingsNode } from '../../../pkg/node-pressure/planner/settings/node';
import { Disk } from '../../simulator/nodes/disk';
import { writeBootFiles, writeInstalledFiles } from '../../simulator/nodes/harvesterFiles';
import type { NodePlan } from '../../simulator/scenarios/plan';
import { node } from '../../simulator/scenarios/small';

/** What a machine's kubelet is asked: its hardware and everything on its disk. */
export interface MachineQuestion {
  hardware: { cpuCores: number; memoryBytes: number; diskBytes: number };
  files: Record<string, string>;
}

/** What became of its kubelet. */
export interface MachineAnswer {
  /** In the kubelet's own words; absent when it runs. */
  error?: string;
  configuration?: unknown;
  capacity?: Record<string, string>;
  allocatable?: Record<string, string>;
  kubeletArgs: string[];
}

/** A node of Harvester's, of any size. */
export function machine(cpuCores: number, memoryBytes: number, diskBytes: number): NodePlan {
  return { ...node('node-1', 'management', cpuCores, 0), memoryBytes, diskBytes };
}

/** The machine as it is after installation, with further files. */
export function question(plan: NodePlan, files: Readonly<Record<string, string>> = {}): MachineQuestion {
  const { cpuCores, memoryBytes, diskBytes } = plan;
  const disk = new Disk();

  writeInstalledFiles(disk, plan);
  writeBootFiles(disk, plan);

  return { hardware: { cpuCores, memoryBytes, diskBytes }, files: { ...disk.all(), ...files } };
}

/** What the product reads about a node whose kubelet runs. */
export function settingsNode({ configuration, capacity = {}, allocatable = {} }: MachineAnswer): SettingsNode {
  const quantities = (list: Record<string, string>): SettingsNode['capacity'] => Object.fromEntries(Object.entries(list).map(([name, text]) => [name, parseQuantity(text)]));

  return {
    name: 'node-1', role: 'management', minor: LATEST_MINOR, pressures: [], configuration: parseConfigz({ kubeletconfig: configuration }),
    capacity: quantities(capacity), allocatable: quantities(allocatable),
  };
}
