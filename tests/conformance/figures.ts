/** Reading what questions say about pods and nodes. */
import { parseQuantity } from '../../pkg/node-pressure/kubelet/quantity';
import type { Input } from './protocol';

/** A list of objects; absent or null is none. */
export function records(value: unknown): Input[] {
  return (value ?? []) as Input[];
}

/** An amount in the statistics: a number, or a quantity as a user writes it; absent or null is not known. */
export function amount(value: unknown): bigint | undefined {
  if (typeof value === 'string') {
    return parseQuantity(value).value();
  }

  return typeof value === 'number' ? BigInt(value) : undefined;
}

/** The same as the number that statistics carry. */
export function figure(value: unknown): number | undefined {
  const exact = amount(value);

  return exact === undefined ? undefined : Number(exact);
}
