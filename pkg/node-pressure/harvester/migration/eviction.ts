import type { KubeVirt } from './kubevirt';
import type { VirtualMachineInstance } from './objects';

/** Label of a VM: what becomes of it when Harvester puts its node into maintenance. */
const MAINTENANCE_STRATEGY = 'harvesterhci.io/maintain-mode-strategy';
const SHUTDOWN: readonly string[] = ['ShutdownAndRestartAfterEnable', 'ShutdownAndRestartAfterDisable', 'Shutdown'];

/**
 * What becomes of a VM when its launcher is evicted: `migrates`; `stops` – the eviction goes through; `refused` – it is
 * refused for as long as the VM cannot migrate; `external` – it is refused until something else has moved the VM;
 * `shutsDown` – Harvester does that before it drains.
 */
export type EvictionFate = 'migrates' | 'stops' | 'refused' | 'external' | 'shutsDown';

export interface Eviction {
  readonly fate: EvictionFate;
  /** The strategy that decides; empty for none. */
  readonly strategy: string;
}

/** VirtualMachineInstance.IsMigratable of KubeVirt: only its word for it counts, not the lack of one against it. */
function isMigratable({ status }: VirtualMachineInstance): boolean {
  return !!status?.conditions?.some(({ type, status: isTrue }) => type === 'LiveMigratable' && isTrue === 'True');
}

/**
 * Follows PodEvictionAdmitter in KubeVirt's pkg/virt-api/webhooks/validating-webhook/admitters/pod-eviction-admitter.go
 * and maintainModeStrategyFilter in Harvester's pkg/util/drainhelper/helper.go.
 */
export function evictionOf(vmi: VirtualMachineInstance, kubevirt: KubeVirt | null | undefined): Eviction {
  const label = vmi.metadata?.labels?.[MAINTENANCE_STRATEGY] ?? '';
  const strategy = vmi.spec?.evictionStrategy ?? kubevirt?.spec?.configuration?.evictionStrategy ?? '';

  if (SHUTDOWN.includes(label)) {
    return { fate: 'shutsDown', strategy: label };
  }

  switch (strategy) {
  case 'LiveMigrate': return { fate: isMigratable(vmi) ? 'migrates' : 'refused', strategy };
  case 'LiveMigrateIfPossible': return { fate: isMigratable(vmi) ? 'migrates' : 'stops', strategy };
  case 'External': return { fate: 'external', strategy };
  default: return { fate: 'stops', strategy };
  }
}
