import type { VirtualMachineInstance } from './objects';

/**
 * A text that changes when the VM's pods may have come, gone or been replaced: with its phase, its node, a migration, or
 * a volume that is plugged in.
 */
export function podIncarnation({ metadata, status }: VirtualMachineInstance): string {
  const { migrationUid, targetPod, completed } = status?.migrationState ?? {};
  const plugged = status?.volumeStatus?.filter(({ hotplugVolume }) => hotplugVolume).length;

  const active = Object.keys(status?.activePods ?? {}).sort();

  return [metadata?.uid, status?.phase, status?.nodeName, migrationUid, targetPod, completed, plugged, ...active].join('/');
}
