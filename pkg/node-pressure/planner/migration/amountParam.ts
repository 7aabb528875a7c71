import type { MessageParams } from '../display';

/** Whether a quota's resource is counted in thousandths of a CPU, in bytes, or in pieces. */
export function unitOf(resource: string): 'Milli' | 'Bytes' | '' {
  if (resource === 'cpu' || resource.endsWith('.cpu')) {
    return 'Milli';
  }

  return /(^|\.)(memory|ephemeral-storage|hugepages-.+)$/.test(resource) ? 'Bytes' : '';
}

/** An amount as a parameter of a message: `missing` becomes `missingBytes`, `missingMilli`, or stays as it is. */
export function amountParam(name: string, resource: string, amount: bigint): MessageParams {
  return { [name + unitOf(resource)]: amount };
}
