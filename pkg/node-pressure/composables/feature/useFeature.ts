import { computed, type ComputedRef } from 'vue';
import { BAREMETAL_CONTAINER_WORKLOAD, FEATURE_TYPE, featureState, HARVESTER_FEATURE, type Feature, type FeatureState } from '../../harvester/feature';
import { featureSwitch, type FeatureSwitch } from '../../planner/feature/featureSwitch';
import type { Host } from '../useHost';

/** A feature in the Dashboard's store, which loads and watches all of them at its start. */
interface StoredFeature extends Feature {
  /** Of Steve: what the user may do, `blocked` where nobody may. */
  readonly links?: { readonly update?: string };
}

export interface FeatureNow {
  /** Undefined where the user may not read it. */
  readonly state: ComputedRef<FeatureState | undefined>;
  readonly toggle: ComputedRef<FeatureSwitch>;
}

/** `harvester-baremetal-container-workload` as it is, and whether it can be switched from here. Call in `setup`. */
export function useFeature(host: Pick<Host, 'clusterId' | 'management' | 'managementObject'>): FeatureNow {
  const read = (name: string): StoredFeature | undefined => host.managementObject<StoredFeature>(FEATURE_TYPE, name);

  return {
    state:  computed(() => featureState(read(BAREMETAL_CONTAINER_WORKLOAD))),
    toggle: computed(() => {
      const feature = read(BAREMETAL_CONTAINER_WORKLOAD);
      const update = feature?.links?.update;

      return featureSwitch({
        clusterId: host.clusterId.value,
        // Every Rancher has features: where there are none they may only be read one by one
        canRead:   host.management.canList(FEATURE_TYPE) && host.management.all(FEATURE_TYPE).length > 0,
        feature,
        harvester: read(HARVESTER_FEATURE),
        canUpdate: update !== undefined && update !== 'blocked',
      });
    }),
  };
}
