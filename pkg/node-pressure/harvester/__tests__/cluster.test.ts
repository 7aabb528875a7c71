import { isHarvesterCluster } from '../cluster';

it.each([
  [true, { metadata: { labels: { 'provider.cattle.io': 'harvester' } } }],
  [true, { metadata: {}, status: { provider: 'harvester' } }],
  [false, { metadata: { labels: { 'provider.cattle.io': 'rke2' } }, status: { provider: 'rke2' } }],
  [false, {}],
  [false, undefined],
])('is Harvester: %s for %j', (expected, cluster) => {
  expect(isHarvesterCluster(cluster)).toBe(expected);
});
