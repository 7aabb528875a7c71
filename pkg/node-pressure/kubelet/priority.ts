/** Which pods the kubelet spares. Follows pkg/kubelet/types/pod_update.go. */

import type { Pod } from './pod';

/** `scheduling.SystemCriticalPriority`: pods of this priority and above are critical. */
export const SYSTEM_CRITICAL_PRIORITY = 2_000_000_000;

/** `kubernetes.io/config.source` names where the kubelet read a pod: `file`, `http` or `api`. */
export const CONFIG_SOURCE_ANNOTATION = 'kubernetes.io/config.source';

/** Carried by the API object that shows a static pod. */
export const CONFIG_MIRROR_ANNOTATION = 'kubernetes.io/config.mirror';

const API_SOURCE = 'api';
const SYSTEM_NODE_CRITICAL = 'system-node-critical';

/** The value of an annotation, own keys only: a pod cannot reach Object.prototype by an annotation's name. */
function annotation(pod: Pod, key: string): string | undefined {
  const annotations = pod.metadata.annotations ?? {};

  return Object.hasOwn(annotations, key) ? annotations[key] : undefined;
}

/** `spec.priority`, 0 where it is not set. Follows `corev1.PodPriority`. */
export function podPriority(pod: Pod): number {
  return pod.spec.priority ?? 0;
}

/** `IsMirrorPod`: whether this is the API's picture of a static pod. */
export function isMirrorPod(pod: Pod): boolean {
  return annotation(pod, CONFIG_MIRROR_ANNOTATION) !== undefined;
}

/**
 * `IsStaticPod`: whether the kubelet read this pod from anywhere but the API server.
 * Only meaningful on the kubelet's own copy of a pod, see {@link podFromApiServer}.
 */
export function isStaticPod(pod: Pod): boolean {
  const source = annotation(pod, CONFIG_SOURCE_ANNOTATION);

  return source !== undefined && source !== API_SOURCE;
}

/** `IsCriticalPod`: static, mirror, or of a system priority. Such a pod is never evicted under node pressure. */
export function isCriticalPod(pod: Pod): boolean {
  return isStaticPod(pod) || isMirrorPod(pod) || podPriority(pod) >= SYSTEM_CRITICAL_PRIORITY;
}

/** `IsNodeCriticalPod`: critical, and of class `system-node-critical`. The kernel's OOM killer takes it last. */
export function isNodeCriticalPod(pod: Pod): boolean {
  return isCriticalPod(pod) && pod.spec.priorityClassName === SYSTEM_NODE_CRITICAL;
}

/**
 * `Preemptable`: whether the kubelet may stop `victim` to admit `preemptor`.
 * Between two pods of the same criticality both must state a priority.
 */
export function isPreemptable(preemptor: Pod, victim: Pod): boolean {
  if (isCriticalPod(preemptor) && !isCriticalPod(victim)) {
    return true;
  }

  const { priority } = preemptor.spec;

  return priority !== undefined && victim.spec.priority !== undefined && priority > victim.spec.priority;
}

/**
 * The pod as the kubelet holds it after reading it from the API server: `config.source` is overwritten, so nobody
 * becomes static by writing the annotation. Mirror pods stay critical by their own. Follows pkg/kubelet/config/config.go.
 */
export function podFromApiServer(pod: Pod): Pod {
  const annotations = { ...pod.metadata.annotations, [CONFIG_SOURCE_ANNOTATION]: API_SOURCE };

  return { ...pod, metadata: { ...pod.metadata, annotations } };
}
