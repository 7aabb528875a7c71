import { parseQuantity, type Quantity } from '../kubelet/quantity';

/** The outcome of a computation on what a cluster sent: its value, or why there is none. */
export type Attempt<T> = { readonly value: T; readonly error?: undefined } | { readonly value?: undefined; readonly error: string };

/**
 * Runs a function of the kubelet core, which throws on input that no kubelet could run with. What a cluster sends may
 * be anything, and one odd node must not take the page with it.
 */
export function attempt<T>(compute: () => T): Attempt<T> {
  try {
    return { value: compute() };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** A quantity in whole bytes, as a number: exact below 8 PiB, which no node's memory reaches. */
export function bytesOf(quantity: Quantity): number {
  return Number(quantity.value());
}

/** The quantity that the cluster wrote, or undefined when it is absent or no quantity. */
export function readQuantity(text: string | undefined): Quantity | undefined {
  return typeof text === 'string' ? attempt(() => parseQuantity(text)).value : undefined;
}

/** The quantity that the cluster wrote, in bytes. */
export function readBytes(text: string | undefined): number | undefined {
  const quantity = readQuantity(text);

  return quantity && bytesOf(quantity);
}
