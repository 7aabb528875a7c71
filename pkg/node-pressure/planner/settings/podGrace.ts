import type { SettingField, Settings } from './settings';

export const POD_GRACE: SettingField = { setting: 'evictionMaxPodGracePeriod' };

/** Harvester's own default for the shutdown of a VM (setting `default-vm-termination-grace-period-seconds`). */
export const PROPOSED_POD_GRACE_SECONDS = 120;

/** Whether soft thresholds are set without a grace for the pods that they stop: the kubelet's default 0 comes to one second. */
export function wantsPodGrace({ evictionSoft, evictionMaxPodGracePeriod }: Settings): boolean {
  return Object.keys(evictionSoft ?? {}).length > 0 && evictionMaxPodGracePeriod === undefined;
}
