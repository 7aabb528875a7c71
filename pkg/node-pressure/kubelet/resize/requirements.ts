/**
 * The API server's rules for the resources of any pod, as far as a resize can break them.
 * Follows `validateResourceRequirements`, `validatePodResourceConsistency` and `validateResizePolicy` of
 * pkg/apis/core/validation/validation.go.
 */

import type { Container, Pod, ResourceRequirements } from '../pod';
import { isSidecar, podLimit, podRequest, quantityOf } from '../podResources';
import { parseQuantity, type Quantity } from '../quantity';
import { isExtendedResourceName, isHugePageResourceName } from '../resourceNames';
import { duplicate, forbidden, invalid, notSupported, required } from './fieldError';

const RESIZABLE = ['cpu', 'memory'];
const POLICIES = ['NotRequired', 'RestartContainer'];

type Entry = readonly [name: string, quantity: Quantity];

function entries(requirements: ResourceRequirements | undefined, kind: 'requests' | 'limits'): Entry[] {
  return Object.entries(requirements?.[kind] ?? {}).map(([name, text]) => [name, parseQuantity(text)]);
}

/** `IsOvercommitAllowed` */
function isOvercommitAllowed(name: string): boolean {
  return !isHugePageResourceName(name) && !isExtendedResourceName(name);
}

function negative(list: readonly Entry[], path: string): string[] {
  return list.filter(([, quantity]) => quantity.sign() < 0).map(([name, quantity]) => invalid(`${ path }[${ name }]`, `${ quantity }`, 'must be greater than or equal to 0'));
}

function requestProblem([name, request]: Entry, limit: Quantity | undefined, path: string): string[] {
  if (!limit) {
    return isOvercommitAllowed(name) ? [] : [required(`${ path }.limits`, 'Limit must be set for non overcommitable resources')];
  }

  const order = request.cmp(limit);

  if (order !== 0 && !isOvercommitAllowed(name)) {
    return [invalid(`${ path }.requests`, `${ request }`, `must be equal to ${ name } limit of ${ limit }`)];
  }

  return order > 0 ? [invalid(`${ path }.requests`, `${ request }`, `must be less than or equal to ${ name } limit of ${ limit }`)] : [];
}

/** The rules for one `resources` field, of a container or of the pod. */
export function requirementProblems(requirements: ResourceRequirements | undefined, path: string): string[] {
  const limits = entries(requirements, 'limits');
  const requests = entries(requirements, 'requests');
  const names = [...limits, ...requests].map(([name]) => name);
  const lacksBase = names.some(isHugePageResourceName) && !names.some((name) => RESIZABLE.includes(name));

  return [
    ...negative(limits, `${ path }.limits`),
    ...negative(requests, `${ path }.requests`),
    ...requests.flatMap((entry) => requestProblem(entry, quantityOf(requirements?.limits, entry[0]), path)),
    ...(lacksBase ? [forbidden(path, 'HugePages require cpu or memory')] : []),
  ];
}

/** What pod-level resources must cover. */
export function podLevelProblems(pod: Pod): string[] {
  const { resources, containers } = pod.spec;

  if (!resources) {
    return [];
  }

  const path = 'spec.resources';
  const ofContainers = { skipPodLevelResources: true, excludeOverhead: true };
  const tooSmall = entries(resources, 'requests').flatMap(([name, quantity]) => {
    const sum = podRequest(pod, name, ofContainers);

    return sum && sum.cmp(quantity) > 0 ? [invalid(`${ path }.requests[${ name }]`, `${ quantity }`, `must be greater than or equal to aggregate container requests of ${ sum }`)] : [];
  });
  const tooFewPages = entries(resources, 'limits').filter(([name]) => isHugePageResourceName(name)).flatMap(([name, quantity]) => {
    const sum = podLimit(pod, name, ofContainers);

    return sum && sum.cmp(quantity) > 0 ? [invalid(`${ path }.limits[${ name }]`, `${ quantity }`, `must be greater than or equal to aggregate container limits of ${ sum }`)] : [];
  });
  const tooLarge = containers.flatMap((container, index) => entries(container.resources, 'limits').flatMap(([name, limit]) => {
    const most = quantityOf(resources.limits, name);

    return most && limit.cmp(most) > 0 ? [invalid(`${ path }.containers[${ index }][${ name }].limits`, `${ limit }`, `must be less than or equal to pod limits of ${ most }`)] : [];
  }));

  return [...requirementProblems(resources, path), ...tooSmall, ...tooFewPages, ...tooLarge];
}

/** `validateResizePolicy` */
function policyProblems({ resizePolicy = [] }: Container, path: string, podRestartPolicy: string | undefined, minor: number): string[] {
  const whose = minor >= 36 ? 'pod ' : '';

  return resizePolicy.flatMap(({ resourceName, restartPolicy }, index) => [
    ...(resizePolicy.findIndex((other) => other.resourceName === resourceName) < index ? [duplicate(`${ path }[${ index }]`, resourceName)] : []),
    ...choiceProblem(path, resourceName, RESIZABLE),
    ...choiceProblem(path, restartPolicy, POLICIES),
    ...(podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired' ? [invalid(path, restartPolicy, `must be 'NotRequired' when ${ whose }\`restartPolicy\` is 'Never'`)] : []),
  ]);
}

function choiceProblem(path: string, value: string, supported: readonly string[]): string[] {
  if (value === '') {
    return [required(path)];
  }

  return supported.includes(value) ? [] : [notSupported(path, value, supported)];
}

/** Only sidecars may ask for a restart among init containers; where one did before, it may go on (from 1.36 on). */
function initPolicyProblems(container: Container, path: string): string[] {
  return (isSidecar(container) ? [] : container.resizePolicy ?? []).flatMap(({ restartPolicy }, index) => (
    restartPolicy === 'RestartContainer' ? [invalid(`${ path }[${ index }].restartPolicy`, restartPolicy, 'must not be set to \'RestartContainer\' for non-sidecar initContainers')] : []
  ));
}

function asksForRestart(pod: Pod): boolean {
  return (pod.spec.initContainers ?? []).some((container) => initPolicyProblems(container, '').length > 0);
}

/** All of this file's rules for the pod that a resize would make. */
export function resourceProblems(newPod: Pod, oldPod: Pod, minor: number): string[] {
  const ofContainer = (container: Container, path: string): string[] => [
    ...requirementProblems(container.resources, `${ path }.resources`),
    ...policyProblems(container, `${ path }.resizePolicy`, newPod.spec.restartPolicy, minor),
  ];
  const toleratesRestart = minor <= 35 || asksForRestart(oldPod);

  return [
    ...(newPod.spec.containers.length > 0 ? [] : [required('spec.containers')]),
    ...newPod.spec.containers.flatMap((container, index) => ofContainer(container, `spec.containers[${ index }]`)),
    ...(newPod.spec.initContainers ?? []).flatMap((container, index) => [
      ...ofContainer(container, `spec.initContainers[${ index }]`),
      ...(toleratesRestart ? [] : initPolicyProblems(container, `spec.initContainers[${ index }].resizePolicy`)),
    ]),
    ...podLevelProblems(newPod),
  ];
}
