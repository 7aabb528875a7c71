import { KubeletError } from './errors';
import type { StringMap } from './flags';
import { goQuote } from './go/quote';
import { compareStrings } from './go/strings';
import { parseQuantity, type Quantity } from './quantity';

/** What can be reserved with `--system-reserved` and `--kube-reserved`. */
export const RESERVABLE_RESOURCES = ['cpu', 'memory', 'pid', 'ephemeral-storage'] as const;

/**
 * The quantities of a reservation map. Follows parseResourceList in cmd/kubelet/app/server.go: exact resource names,
 * no percentages, nothing negative.
 *
 * Of several wrong entries Go reports a random one; here it is the first by resource name.
 *
 * @returns null for an empty map, as for none
 * @throws KubeletError with the kubelet's text, without its prefix (`--kube-reserved value failed to parse: …`)
 */
export function parseResourceList(map: StringMap | null): Record<string, Quantity> | null {
  if (!map || Object.keys(map).length === 0) {
    return null;
  }

  const entries = Object.entries(map).sort(([a], [b]) => compareStrings(a, b));

  return Object.fromEntries(entries.map(([name, text]) => [name, parseReservation(name, text)]));
}

function parseReservation(name: string, text: string): Quantity {
  if (!(RESERVABLE_RESOURCES as readonly string[]).includes(name)) {
    throw new KubeletError(`cannot reserve ${ goQuote(name) } resource`);
  }

  const quantity = parseOrExplain(name, text);

  if (quantity.sign() < 0) {
    throw new KubeletError(`resource quantity for ${ goQuote(name) } cannot be negative: ${ text }`);
  }

  return quantity;
}

function parseOrExplain(name: string, text: string): Quantity {
  try {
    return parseQuantity(text);
  } catch (error) {
    throw new KubeletError(`failed to parse quantity ${ goQuote(text) } for ${ goQuote(name) } resource: ${ (error as KubeletError).message }`);
  }
}
