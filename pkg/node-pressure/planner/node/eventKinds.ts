import { readBytes } from '../../harvester/amounts';
import type { Message, MessageParams } from '../display';

/** core/v1 Event, as far as it tells what a kubelet did. Every string is as the cluster sent it. */
export interface KubernetesEvent {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string | null } | null;
  readonly metadata?: { readonly creationTimestamp?: string };
  readonly involvedObject?: { readonly kind?: string; readonly namespace?: string; readonly name?: string; readonly uid?: string };
}

/**
 * What happened. `evicted` a pod stopped for a threshold; `evictedOverLimit` for exceeding its own local storage limit;
 * `thresholdMet` the kubelet began to reclaim; `pressure` a condition began, `pressureOver` ended; `systemOom` the kernel
 * killed a process; `refused` a pod was not let in; `preempted` a pod was stopped for a critical one; `reclaimFailed`
 * disk space could not be freed; `resize…` steps of an in-place resize.
 */
export type EventCode =
  'evicted' | 'evictedOverLimit' | 'thresholdMet' | 'pressure' | 'pressureOver' | 'systemOom' | 'refused' | 'preempted' | 'reclaimFailed' |
  'resizeStarted' | 'resizeCompleted' | 'resizeDeferred' | 'resizeInfeasible' | 'resizeError';

const CODES: Readonly<Record<string, EventCode>> = {
  EvictionThresholdMet:      'thresholdMet',
  NodeHasInsufficientMemory: 'pressure',
  NodeHasDiskPressure:       'pressure',
  NodeHasInsufficientPID:    'pressure',
  NodeHasSufficientMemory:   'pressureOver',
  NodeHasNoDiskPressure:     'pressureOver',
  NodeHasSufficientPID:      'pressureOver',
  SystemOOM:                 'systemOom',
  OOMKilling:                'systemOom',
  Preempting:                'preempted',
  UnexpectedAdmissionError:  'refused',
  NodeAffinity:              'refused',
  FreeDiskSpaceFailed:       'reclaimFailed',
  ImageGCFailed:             'reclaimFailed',
  ResizeStarted:             'resizeStarted',
  ResizeCompleted:           'resizeCompleted',
  ResizeDeferred:            'resizeDeferred',
  ResizeInfeasible:          'resizeInfeasible',
  ResizeError:               'resizeError',
};

/** OutOfcpu, OutOfmemory, OutOfpods, …: the resource that did not fit. */
const OUT_OF = /^OutOf(.+)$/;
const LOW_ON = /^The node was low on resource: ([^.]+)\. (?:Threshold quantity: ([^,]+), available: (.+?)\. )?/;
const HAD_CONDITION = /^The node had condition: \[(.*)\]\. $/;
const RECLAIMING = /^Attempting to reclaim (.+)$/;

/** Every sentence may name any of these: those that an event does not tell are undefined. */
function told(code: EventCode, params: MessageParams): Message<EventCode> {
  return { code, params: { resource: undefined, threshold: undefined, available: undefined, condition: undefined, reason: undefined, ...params } };
}

/** An amount as the kubelet wrote it, to be printed in bytes where it counts bytes. */
function amount(resource: string, name: 'threshold' | 'available', text: string | undefined): MessageParams {
  const bytes = resource === 'memory' || resource === 'ephemeral-storage' ? readBytes(text) : undefined;

  return bytes === undefined ? { [name]: text } : { [`${ name }Bytes`]: bytes };
}

/** An eviction and a refusal under pressure have the same reason; the kubelet's texts tell them apart. */
function evictedMessage(text: string): Message<EventCode> {
  const [, resource, threshold, available] = LOW_ON.exec(text) ?? [];
  const condition = HAD_CONDITION.exec(text)?.[1];

  if (condition !== undefined) {
    return told('refused', { condition });
  }

  return resource === undefined ? told('evictedOverLimit', {}) : told('evicted', { resource, ...amount(resource, 'threshold', threshold), ...amount(resource, 'available', available) });
}

/** What an event tells, or undefined for one that is not about pressure, eviction, memory or resizes. */
export function eventMessage({ reason = '', message = '' }: KubernetesEvent): Message<EventCode> | undefined {
  if (reason === 'Evicted') {
    return evictedMessage(message);
  }
  const outOf = OUT_OF.exec(reason)?.[1];

  if (outOf !== undefined) {
    return told('refused', { resource: outOf });
  }
  const code = Object.hasOwn(CODES, reason) ? CODES[reason] : undefined;

  return code && told(code, { resource: RECLAIMING.exec(message)?.[1], reason });
}
