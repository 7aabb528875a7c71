import { computed, type ComputedRef, type Ref } from 'vue';
import { runningUpgrade, UPGRADE_PLAN_TYPE, UPGRADE_TYPE, type RunningUpgrade, type Upgrade, type UpgradePlan } from '../harvester/upgrade';
import type { Host } from './useHost';
import { useWatched } from './useWatched';

/** The upgrade of Harvester that is under way, if the user may see one. Call in `setup`. */
export function useRunningUpgrade(host: Pick<Host, 'all' | 'canList' | 'watchAll'>, active: Readonly<Ref<boolean>>): ComputedRef<RunningUpgrade | undefined> {
  const upgrades = useWatched<Upgrade>(host, UPGRADE_TYPE, active);
  const plans = useWatched<UpgradePlan>(host, UPGRADE_PLAN_TYPE, active);

  return computed(() => runningUpgrade(upgrades.value ?? [], plans.value ?? []));
}
