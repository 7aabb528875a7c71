/**
 * The admission plug-in PodResizeValidator of a 1.36 API server, which took over from the kubelet to refuse what a
 * node can never hold. Follows plugin/pkg/admission/podresize/admission.go.
 */

import { goQuote } from '../go/quote';
import type { Container, Pod, ResourceList } from '../pod';
import { podRequest, quantityOf } from '../podResources';
import { newQuantity } from '../quantity';
import { amountOf } from '../admission/fit';
import { samePolicies, sameResources } from './equality';
import { prepareResize, withDefaultRequests } from './prepare';

/** The parts of a Node that it reads. */
export interface ResizeTarget {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly status?: { readonly allocatable?: ResourceList };
}

const ZERO = newQuantity(0n, 'DecimalSI');
const OS_LABEL = 'kubernetes.io/os';

function allContainers(pod: Pod): Container[] {
  return [...pod.spec.containers, ...pod.spec.initContainers ?? []];
}

/** The generation rises with any change of the spec, and without that nothing is checked. */
function isChanged(newPod: Pod, oldPod: Pod): boolean {
  const old = allContainers(oldPod);

  return !sameResources(newPod.spec.resources, oldPod.spec.resources) ||
    allContainers(newPod).some((container, index) => !old[index] || !sameResources(container.resources, old[index].resources) || !samePolicies(container, old[index]));
}

/** Requests are compared exactly and printed in whole units, so that equal numbers can be refused. */
function capacityProblem(pod: Pod, allocatable: ResourceList | undefined): string | undefined {
  const problems = ['cpu', 'memory'].flatMap((name) => {
    const request = podRequest(pod, name) ?? ZERO;
    const available = quantityOf(allocatable, name) ?? ZERO;

    return request.cmp(available) > 0 ? [`${ name }, requested: ${ amountOf(name, request) }, allocatable: ${ amountOf(name, available) }`] : [];
  });

  return problems.length > 0 ? `node didn't have enough allocatable resources: ${ problems.join('; ') }` : undefined;
}

function problem(pod: Pod, nodeName: string, node: ResizeTarget | undefined): string | undefined {
  if (!node) {
    return `node ${ goQuote(nodeName) } not found`;
  }

  const os = node.metadata.labels?.[OS_LABEL] ?? 'linux';

  return os === 'linux' ? capacityProblem(pod, node.status?.allocatable) : `pod resize is only supported on linux nodes, node ${ goQuote(node.metadata.name) } is ${ goQuote(os) }`;
}

/**
 * The plug-in's error, or undefined. It asks about **all** of the pod's requests: lowering memory fails, too, where cpu
 * exceeds the node already.
 *
 * @param sent the pod as the client sends it, whole
 * @param node the pod's node, undefined if there is none of its name
 * @throws KubeletError if a quantity cannot be parsed
 */
export function validateResizeOnNode(sent: Pod, oldPod: Pod, node: ResizeTarget | undefined): string | undefined {
  const pod = prepareResize(withDefaultRequests(sent), oldPod, 36);
  const { nodeName } = oldPod.spec;
  const text = nodeName && isChanged(pod, oldPod) ? problem(pod, nodeName, node) : undefined;

  return text === undefined ? undefined : `pods ${ goQuote(oldPod.metadata.name) } is forbidden: ${ text }`;
}
