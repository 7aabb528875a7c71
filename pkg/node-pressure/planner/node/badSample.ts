import type { SignalObservation } from '../../kubelet/observations';

/** Why figures cannot be true, whatever sent them: the kubelet has been seen to report such. */
export type BadSample = 'negative' | 'moreThanCapacity' | 'noCapacity' | 'moreThanNode';

/** How much more memory than the node has is taken for a broken figure rather than for another way to count. */
const ABSURD = 2;

/** @param nodeMemoryBytes memory of the node by its Node object; for signals of memory only */
export function badSample({ available, capacity }: SignalObservation, nodeMemoryBytes?: number): BadSample | undefined {
  const whole = Number(capacity.value());

  if (available.sign() < 0) {
    return 'negative';
  }
  if (whole <= 0) {
    return 'noCapacity';
  }
  if (available.cmp(capacity) > 0) {
    return 'moreThanCapacity';
  }

  return nodeMemoryBytes !== undefined && whole > ABSURD * nodeMemoryBytes ? 'moreThanNode' : undefined;
}
