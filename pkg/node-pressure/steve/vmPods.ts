import type { VmPod } from '../harvester/migration/objects';
import type { Container } from '../kubelet/pod';
import { parsePods } from './pods';
import type { ReadPlan } from './read';
import { clusterPath } from './request';

/** Launchers, and the pods that attach hot-plugged volumes. */
const OF_VMS = encodeURIComponent('kubevirt.io in (virt-launcher,hotplug-disk)');

const slim = ({ name, resources, restartPolicy }: Container): Container => ({ name, resources, restartPolicy });

/** Without volumes, environments and annotations, which make up most of a launcher: a thousand of them are kept. */
function trimmed({ metadata, spec, status }: VmPod): VmPod {
  const { name, namespace, uid, labels, creationTimestamp, deletionTimestamp, ownerReferences } = metadata;
  const { nodeName, nodeSelector, affinity, tolerations, overhead, priorityClassName, activeDeadlineSeconds, resources } = spec;

  return {
    metadata: { name, namespace, uid, labels, creationTimestamp, deletionTimestamp, ownerReferences },
    spec: {
      nodeName, nodeSelector, affinity, tolerations, overhead, priorityClassName, activeDeadlineSeconds, resources,
      containers: spec.containers.map(slim), initContainers: spec.initContainers?.map(slim),
    },
    status: { phase: status?.phase, qosClass: status?.qosClass, conditions: status?.conditions },
  };
}

/** The pods of one namespace's VMs, and no others. */
export function vmPodsPlan(clusterId: string, namespace: string): ReadPlan<readonly VmPod[]> {
  return {
    url:   `${ clusterPath(clusterId) }/api/v1/namespaces/${ encodeURIComponent(namespace) }/pods?labelSelector=${ OF_VMS }`,
    verb:  'list pods',
    parse: (body) => parsePods(body).map(trimmed),
  };
}
