/** Rancher's feature under which a Harvester cluster also runs plain containers. */
export const BAREMETAL_CONTAINER_WORKLOAD = 'harvester-baremetal-container-workload';

/** The feature that the one above needs: Rancher turns it on with it, and turns the one above off with it. */
export const HARVESTER_FEATURE = 'harvester';

/** Steve's name of the type. */
export const FEATURE_TYPE = 'management.cattle.io.feature';

/** management.cattle.io/v3 Feature, as far as its value depends on it. */
export interface Feature {
  readonly spec?: { readonly value?: boolean | null };
  readonly status?: { readonly default?: boolean; readonly lockedValue?: boolean | null };
}

/** Whether the feature is on, and whether an admin may still change it. */
export interface FeatureState {
  readonly enabled: boolean;
  readonly locked: boolean;
}

/**
 * The effective value of a feature, `lockedValue ?? spec.value ?? default`, as Rancher's `pkg/features` decides it.
 * Undefined when the object cannot be read: the user may lack the right, which says nothing about the feature.
 */
export function featureState(feature: Feature | undefined): FeatureState | undefined {
  if (!feature) {
    return undefined;
  }
  const lockedValue = feature.status?.lockedValue ?? undefined;

  return {
    enabled: lockedValue ?? feature.spec?.value ?? feature.status?.default ?? false,
    locked:  lockedValue !== undefined,
  };
}
