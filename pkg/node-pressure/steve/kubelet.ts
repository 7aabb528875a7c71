import { parseConfigz } from '../kubelet/config/configz';
import type { KubeletConfiguration } from '../kubelet/config/types';
import type { Summary } from '../kubelet/summary';
import { KUBELET_VERB } from '../planner/reading';
import type { ReadPlan } from './read';
import { clusterPath } from './request';
import { parseSummary } from './summary';

function proxyUrl(clusterId: string, nodeName: string, path: string): string {
  return `${ clusterPath(clusterId) }/api/v1/nodes/${ encodeURIComponent(nodeName) }/proxy/${ path }`;
}

/** The configuration that a node's kubelet runs with, defaults and all. */
export function configzPlan(clusterId: string, nodeName: string): ReadPlan<KubeletConfiguration> {
  return { url: proxyUrl(clusterId, nodeName, 'configz'), verb: KUBELET_VERB, parse: parseConfigz };
}

/** What a node's kubelet measures and evicts by. */
export function summaryPlan(clusterId: string, nodeName: string): ReadPlan<Summary> {
  return { url: proxyUrl(clusterId, nodeName, 'stats/summary'), verb: KUBELET_VERB, parse: parseSummary };
}
