import { containerMemoryUnified, type MemoryReservation } from '../../../pkg/node-pressure/kubelet/memoryQos';
import type { Container, Pod, ResourceList } from '../../../pkg/node-pressure/kubelet/pod';
import { quantityOf } from '../../../pkg/node-pressure/kubelet/podResources';
import { getContainerOOMScoreAdjust, getPodQOS } from '../../../pkg/node-pressure/kubelet/qos';
import { text } from '../fields';
import { amount } from '../figures';
import type { Input, Operation, Output } from '../protocol';

const PAGE_SIZE = 4096n;

function memory(value: unknown): ResourceList {
  return value === undefined || value === null ? {} : { memory: String(value) };
}

function container(input: Input): Output {
  const pageSizeBytes = amount(input.pageSize) ?? 0n;

  if (pageSizeBytes !== 0n && pageSizeBytes !== PAGE_SIZE) {
    return { unsupported: true };
  }

  const subject: Container = { name: 'c', resources: { requests: memory(input.request), limits: memory(input.limit) } };
  const pod: Pod = { metadata: { name: 'p' }, spec: { containers: [subject] }, status: { qosClass: input.guaranteed ? 'Guaranteed' : undefined } };
  const requestBytes = quantityOf(subject.resources?.requests, 'memory')?.value() ?? 0n;
  const limitBytes = quantityOf(subject.resources?.limits, 'memory')?.value() ?? 0n;
  const nodeAllocatableBytes = amount(input.nodeAllocatable);
  const sizes = { requestBytes, limitBytes, nodeAllocatableBytes: nodeAllocatableBytes ?? 0n, throttlingFactor: Number(input.factor), pageSizeBytes: PAGE_SIZE };
  const score = (bytes: bigint): number => getContainerOOMScoreAdjust(pod, subject, bytes > 0n ? bytes : 1n);

  return {
    unified:            containerMemoryUnified(sizes, getPodQOS(pod), (text(input.policy) || 'None') as MemoryReservation),
    memoryLimitInBytes: String(limitBytes),
    oomScoreAdj:        nodeAllocatableBytes === undefined ? undefined : score(nodeAllocatableBytes),
  };
}

export const ops: Record<string, Operation> = { 'memoryQoS.container': container };
