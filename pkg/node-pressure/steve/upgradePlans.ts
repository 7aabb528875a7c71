import { read } from './read';
import { clusterPath, type ClusterAccess } from './request';
import { objectsOf, requireObject } from './shape';

export const UPGRADE_PLANS = 'upgradeplans.management.harvesterhci.io';

const [RESOURCE, ...GROUP] = UPGRADE_PLANS.split('.');

/** Whether the cluster has upgrade plans at all, which came with Harvester 1.9: whoever may not see them does not see that either. */
export async function hasUpgradePlans({ request, clusterId }: ClusterAccess, signal: AbortSignal): Promise<boolean> {
  const outcome = await read(request, {
    url:   `${ clusterPath(clusterId) }/apis/${ GROUP.join('.') }/v1beta1`,
    verb:  'get apis',
    parse: (body) => objectsOf(requireObject(body, 'list of resources')['resources']).some(({ name }) => name === RESOURCE),
  }, signal);

  return outcome?.value === true;
}
