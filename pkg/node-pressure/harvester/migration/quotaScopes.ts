import { computePodQOS } from '../../kubelet/qos';
import type { PodAffinityTerm, ResourceQuota, ScopeRequirement, VmPod } from './objects';

/** helper.ScopedResourceSelectorRequirementsAsSelector, with the pod's class as the only label. */
function matchesPriorityClass({ operator, values }: ScopeRequirement, name: string | undefined): boolean {
  switch (operator) {
  case 'Exists': return !!name;
  case 'DoesNotExist': return !name;
  case 'In': return !!name && !!values?.includes(name);
  case 'NotIn': return !name || !values?.includes(name);
  default: return false;
  }
}

function matches(scope: ScopeRequirement, pod: VmPod): boolean {
  const isTerminating = (pod.spec.activeDeadlineSeconds ?? -1) >= 0;

  switch (scope.scopeName) {
  case 'Terminating': return isTerminating;
  case 'NotTerminating': return !isTerminating;
  case 'BestEffort': return computePodQOS(pod) === 'BestEffort';
  case 'NotBestEffort': return computePodQOS(pod) !== 'BestEffort';
  case 'PriorityClass': return matchesPriorityClass(scope, pod.spec.priorityClassName);
  // A launcher keeps its distance from pods of its own namespace alone, unless the VM says otherwise
  case 'CrossNamespacePodAffinity': return hasCrossNamespaceAffinity(pod);
  default: return false;
  }
}

function hasCrossNamespaceAffinity({ spec: { affinity } }: VmPod): boolean {
  const terms: PodAffinityTerm[] = [affinity?.podAffinity, affinity?.podAntiAffinity].flatMap((rules) => [
    ...rules?.requiredDuringSchedulingIgnoredDuringExecution ?? [],
    ...(rules?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ]);

  return terms.some(({ namespaces, namespaceSelector }) => !!namespaces?.length || !!namespaceSelector);
}

/**
 * Whether a quota counts a pod like this one: all of its scopes match. Follows podMatchesScopeFunc in
 * pkg/quota/v1/evaluator/core/pods.go. A scope that we do not know matches nothing.
 * @throws KubeletError if an amount of the pod cannot be parsed
 */
export function countsPod({ spec }: ResourceQuota, pod: VmPod): boolean {
  const scopes = [...(spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' })), ...spec?.scopeSelector?.matchExpressions ?? []];

  return scopes.every((scope) => matches(scope, pod));
}
