/** Whether Rancher's feature for plain containers on Harvester can be switched from here, and what that would do. */
import { featureState, type Feature } from '../../harvester/feature';
import type { Message } from '../display';

/**
 * Why it cannot be switched: `unreadable` the user may not read features; `absent` this Rancher has none of that name;
 * `embedded` this is Harvester's own Rancher, whose value means nothing; `locked` Rancher's configuration decides;
 * `harvesterLocked` it needs the feature `harvester`, which is locked off; `forbidden` the user lacks the right.
 */
export type FeatureObstacle = 'unreadable' | 'absent' | 'embedded' | 'locked' | 'harvesterLocked' | 'forbidden';

/** What else switching does: `turnsHarvesterOn`; `hidesCluster` from Explorer's and Fleet's lists; `keepsContainers` running. */
export type FeatureConsequence = 'turnsHarvesterOn' | 'hidesCluster' | 'keepsContainers';

export interface FeatureSwitch {
  /** Undefined where it is not known. */
  readonly enabled: boolean | undefined;
  readonly obstacle?: Message<FeatureObstacle>;
  /** Of switching it to the other value. */
  readonly consequences: readonly FeatureConsequence[];
}

export interface FeatureSwitchInput {
  readonly clusterId: string;
  /** Whether the user may read features at all. */
  readonly canRead: boolean;
  readonly feature: Feature | undefined;
  /** The feature `harvester`. */
  readonly harvester: Feature | undefined;
  readonly canUpdate: boolean;
}

const FEATURES = 'features.management.cattle.io';

/** A Harvester that is its own Rancher's cluster: an external Rancher gives it another id. */
const EMBEDDED = 'local';

function obstacleOf({ clusterId, canRead, feature, harvester, canUpdate }: FeatureSwitchInput): Message<FeatureObstacle> | undefined {
  const state = featureState(feature);
  const needed = featureState(harvester);

  if (clusterId === EMBEDDED) {
    return { code: 'embedded', params: {} };
  }
  if (!canRead || !state) {
    return canRead ? { code: 'absent', params: {} } : { code: 'unreadable', params: { verb: `list ${ FEATURES }` } };
  }
  if (state.locked) {
    return { code: 'locked', params: {} };
  }
  if (!state.enabled && needed?.locked && !needed.enabled) {
    return { code: 'harvesterLocked', params: {} };
  }

  return canUpdate ? undefined : { code: 'forbidden', params: { verb: `update ${ FEATURES }` } };
}

/** The switch as it stands. Follows pkg/controllers/management/feature of Rancher. */
export function featureSwitch(input: FeatureSwitchInput): FeatureSwitch {
  const obstacle = obstacleOf(input);
  const enabled = obstacle?.code === 'embedded' ? undefined : featureState(input.feature)?.enabled;
  const isHarvesterOff = featureState(input.harvester)?.enabled === false;

  return {
    enabled,
    ...(obstacle && { obstacle }),
    consequences: enabled ? ['hidesCluster', 'keepsContainers'] : isHarvesterOff ? ['turnsHarvesterOn'] : [],
  };
}
