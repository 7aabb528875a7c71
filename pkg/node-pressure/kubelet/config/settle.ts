import { isStruct, zeroOf, type Fields } from './decode';
import type { Kind, Struct, ValueName } from './kinds';
import { SCHEMA } from './schema';
import type { KubeletConfiguration } from './types';

/**
 * From the file's version to the kubelet's internal one: pointers that are held by value there and that nothing set
 * become zero. Follows Convert_v1beta1_KubeletConfiguration_To_config_KubeletConfiguration.
 */
export function settle(fields: Fields): KubeletConfiguration {
  return settleStruct(SCHEMA, fields) as unknown as KubeletConfiguration;
}

function settleStruct(struct: Struct, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(struct).map(([name, kind]) => [name, settleField(kind, fields[name])]));
}

function settleField(kind: Kind, value: unknown): unknown {
  if (isStruct(kind)) {
    return settleStruct(kind, value as Fields);
  }

  return value === null && typeof kind === 'string' && kind.startsWith('*') ? zeroOf(kind.slice(1) as ValueName) : value;
}
