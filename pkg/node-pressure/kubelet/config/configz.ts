import { KubeletError } from '../errors';
import { decodeStruct, zeroFields } from './decode';
import { isJsonObject, toJson } from './json';
import { SCHEMA } from './schema';
import { settle } from './settle';
import type { KubeletConfiguration } from './types';

/** The name under which the kubelet registers its configuration with configz. */
const KEY = 'kubeletconfig';

/**
 * The configuration that a kubelet says it runs with: the body of `/configz`, 1.30 to 1.36, parsed as JSON.
 *
 * What the kubelet leaves out is zero or empty, not a default: defaults are set before it answers. So an absent
 * `evictionHard` means that there are no hard thresholds, and an absent `enforceNodeAllocatable` an empty list.
 *
 * @throws KubeletError when it is no such body or a field has another type than in the kubelet
 */
export function parseConfigz(body: unknown): KubeletConfiguration {
  const json = toJson(body);
  const configuration = isJsonObject(json) && Object.hasOwn(json, KEY) ? json[KEY] : undefined;

  if (configuration === undefined || !isJsonObject(configuration)) {
    throw new KubeletError(`configz has no ${ KEY }`);
  }

  return settle(decodeStruct(SCHEMA, configuration, zeroFields(SCHEMA), 'exact', 'KubeletConfiguration'));
}
