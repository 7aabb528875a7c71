/** @jest-environment node */
import type { Feature } from '../../../harvester/feature';
import { featureSwitch, type FeatureSwitchInput } from '../featureSwitch';

const feature = (value: boolean | null, lockedValue: boolean | null = null, fallback = false): Feature => ({ spec: { value }, status: { default: fallback, lockedValue } });
const INPUT: FeatureSwitchInput = { clusterId: 'c-1', canRead: true, feature: feature(false), harvester: feature(null, null, true), canUpdate: true };

describe('the switch', () => {
  it.each<[string, Partial<FeatureSwitchInput>, object]>([
    ['can be turned on', {}, { enabled: false, consequences: [] }],
    ['can be turned off', { feature: feature(true) }, { enabled: true, consequences: ['hidesCluster', 'keepsContainers'] }],
    ['turns `harvester` on, too', { harvester: feature(false) }, { enabled: false, consequences: ['turnsHarvesterOn'] }],
    ['does not know of `harvester`', { harvester: undefined }, { enabled: false, consequences: [] }],
    ['is Harvester’s own', { clusterId: 'local', feature: feature(true) }, { enabled: undefined, obstacle: { code: 'embedded', params: {} }, consequences: [] }],
    ['may not be read', { canRead: false, feature: undefined }, { enabled: undefined, obstacle: { code: 'unreadable', params: { verb: 'list features.management.cattle.io' } }, consequences: [] }],
    ['is not there', { feature: undefined }, { enabled: undefined, obstacle: { code: 'absent', params: {} }, consequences: [] }],
    ['is locked', { feature: feature(false, true) }, { enabled: true, obstacle: { code: 'locked', params: {} }, consequences: ['hidesCluster', 'keepsContainers'] }],
    ['needs what is locked off', { harvester: feature(null, false, true) }, { enabled: false, obstacle: { code: 'harvesterLocked', params: {} }, consequences: ['turnsHarvesterOn'] }],
    ['needs what is locked on', { harvester: feature(null, true) }, { enabled: false, consequences: [] }],
    ['can be turned off though `harvester` is locked off', { feature: feature(true), harvester: feature(null, false, true) }, { enabled: true, consequences: ['hidesCluster', 'keepsContainers'] }],
    ['may not be changed', { canUpdate: false }, { enabled: false, obstacle: { code: 'forbidden', params: { verb: 'update features.management.cattle.io' } }, consequences: [] }],
  ])('%s', (_what, change, expected) => {
    expect(featureSwitch({ ...INPUT, ...change })).toStrictEqual(expected);
  });
});
