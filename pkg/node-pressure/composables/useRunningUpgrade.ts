import { computed, onBeforeUnmount, ref, watch, type ComputedRef, type Ref } from 'vue';
import { runningUpgrade, UPGRADE_PLAN_TYPE, UPGRADE_TYPE, type RunningUpgrade, type Upgrade, type UpgradePlan } from '../harvester/upgrade';
import type { ReadFailure } from '../planner/reading';
import { hasUpgradePlans, UPGRADE_PLANS } from '../steve/upgradePlans';
import type { Host } from './useHost';
import { useList } from './useList';

export interface UpgradeNow {
  /** The upgrade of Harvester that is under way, as far as the user may see it. */
  readonly running: ComputedRef<RunningUpgrade | undefined>;
  /** Why there may be one that is not seen. */
  readonly failure: ComputedRef<ReadFailure | undefined>;
}

/** Whether Harvester is being upgraded. Call in `setup`. */
export function useRunningUpgrade(host: Pick<Host, 'all' | 'canList' | 'watchAll' | 'request' | 'clusterId'>, active: Readonly<Ref<boolean>>): UpgradeNow {
  const upgrades = useList<Upgrade>(host, UPGRADE_TYPE, 'upgrades.harvesterhci.io', active);
  const plans = useList<UpgradePlan>(host, UPGRADE_PLAN_TYPE, UPGRADE_PLANS, active);
  const hasPlans = ref(false);
  const life = new AbortController();

  watch(plans.failure, async(failure) => {
    hasPlans.value = failure !== undefined && await hasUpgradePlans({ request: host.request, clusterId: host.clusterId.value }, life.signal);
  }, { immediate: true });
  onBeforeUnmount(() => life.abort());

  return {
    running: computed(() => runningUpgrade(upgrades.objects.value ?? [], plans.objects.value ?? [])),
    failure: computed(() => upgrades.failure.value ?? (hasPlans.value ? plans.failure.value : undefined)),
  };
}
