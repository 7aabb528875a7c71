/** Amounts as a pod or a node's settings carry them: valid, and not below zero. */
import { parseQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import { quantityText } from './quantity';
import type { Random } from './random';

const MEMORY_UNITS = ['', 'k', 'Ki', 'M', 'Mi', 'Mi', 'Mi', 'G', 'Gi', 'Gi', 'Gi', 'Ti'];

function isRequest(text: string): boolean {
  try {
    return parseQuantity(text).sign() >= 0;
  } catch {
    return false;
  }
}

/** Any text that is such an amount. */
export function anyAmount(random: Random): string {
  const text = quantityText(random);

  return isRequest(text) ? text : anyAmount(random);
}

/** Bytes as people write them, odd ones now and then. */
export function memoryText(random: Random): string {
  if (random.chance(0.04)) {
    return anyAmount(random);
  }

  return random.chance(0.1) ? `${ random.int(0, 9) }.${ random.int(0, 99) }Gi` : `${ random.int(0, random.pick([3, 16, 4096])) }${ random.pick(MEMORY_UNITS) }`;
}

/** Cores as people write them, odd ones now and then. */
export function cpuText(random: Random): string {
  if (random.chance(0.02)) {
    return anyAmount(random);
  }

  return random.pick([`${ random.int(0, 8) }`, `${ random.int(0, 4000) }m`, `${ random.int(0, 3) }.${ random.int(0, 9) }`, `${ random.int(1, 9_999_999) }u`]);
}

/** A value with the given probability; absent otherwise. */
export function maybe<T>(random: Random, probability: number, value: () => T): T | undefined {
  return random.chance(probability) ? value() : undefined;
}

/** A record without its absent fields. */
export function present(fields: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined));
}
