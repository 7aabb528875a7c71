import { computed, type ComputedRef } from 'vue';
import { BAREMETAL_CONTAINER_WORKLOAD, featureState, type Feature, type FeatureState } from '../harvester/feature';
import type { Host } from './useHost';

/** Rancher's features, which the Dashboard loads and watches at its start. */
const FEATURE = 'management.cattle.io.feature';

/** The state of `harvester-baremetal-container-workload`; undefined where the user may not read it. Call in `setup`. */
export function useFeature(host: Pick<Host, 'managementObject'>): ComputedRef<FeatureState | undefined> {
  return computed(() => featureState(host.managementObject<Feature>(FEATURE, BAREMETAL_CONTAINER_WORKLOAD)));
}
