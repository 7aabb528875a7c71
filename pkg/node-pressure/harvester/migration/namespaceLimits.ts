import { KubeletError } from '../../kubelet/errors';
import { parseQuantity, type Quantity } from '../../kubelet/quantity';
import { annotation, NAMESPACE_QUOTA } from './keys';
import type { Namespace } from './objects';
import { ZERO } from './quantities';

/** The limits that Rancher's annotation may hold. Follows ResourceQuotaLimit of Rancher's management.cattle.io/v3. */
const LIMIT_KEYS = [
  'pods', 'services', 'replicationControllers', 'secrets', 'configMaps', 'persistentVolumeClaims', 'servicesNodePorts',
  'servicesLoadBalancers', 'requestsCpu', 'requestsMemory', 'requestsStorage', 'limitsCpu', 'limitsMemory',
] as const;

export type LimitKey = typeof LIMIT_KEYS[number];

/** A namespace's own limits as written; an empty or absent one does not limit. */
export type NamespaceLimits = Partial<Record<LimitKey, string>> & { readonly extended?: Readonly<Record<string, string>> };

/**
 * Go's decoder takes a field in any letter case, where "K" and "S" have a third form each. A property of the exact
 * name does not win: the last one in the text does.
 */
const FIELDS = [...LIMIT_KEYS, 'extended', 'limit'].map((name) => [name, new RegExp(`^${ name }$`, 'iu')] as const);

function malformed(what: string): never {
  throw new KubeletError(`${ NAMESPACE_QUOTA }: ${ what }`);
}

/** The members of something that is not null, by Go's names for them; those that are null are left out. */
function members(value: unknown, what: string): [name: string, value: unknown][] {
  if (typeof value !== 'object' || Array.isArray(value)) {
    malformed(`${ what } is no object`);
  }

  return Object.entries(value as object).flatMap(([key, item]) => {
    const field = FIELDS.find(([, pattern]) => pattern.test(key));

    return field && item !== null ? [[field[0], item]] : [];
  });
}

function texts(value: unknown, what: string): Record<string, string> {
  if (typeof value !== 'object' || Array.isArray(value)) {
    malformed(`${ what } is no object`);
  }

  return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, item === null ? '' : text(item, key)]));
}

function text(value: unknown, what: string): string {
  return typeof value === 'string' ? value : malformed(`${ what } is no text`);
}

/**
 * Rancher's limits of a namespace, the base that Harvester raises: undefined without an annotation, null where it is
 * the word null.
 * @throws KubeletError if it is not what Harvester could decode, which stops both of its controllers
 */
export function namespaceLimits({ metadata }: Namespace): NamespaceLimits | null | undefined {
  const written = annotation(metadata, NAMESPACE_QUOTA);

  return written === undefined ? undefined : decodeLimits(written);
}

/** The limits that Harvester raises from: null where there is none. @throws KubeletError like {@link namespaceLimits} */
export function baseLimits(namespace: Namespace): NamespaceLimits | null {
  const written = annotation(namespace.metadata, NAMESPACE_QUOTA);

  return written ? decodeLimits(written) : null;
}

function decodeLimits(written: string): NamespaceLimits | null {
  const quota = parseJson(written);

  if (quota === null) {
    return null;
  }

  const limits = members(quota, 'it').filter(([name]) => name === 'limit').flatMap(([, value]) => members(value, 'limit'));

  return Object.fromEntries(limits.filter(([name]) => name !== 'limit').map(([name, value]) => [name, name === 'extended' ? texts(value, name) : text(value, name)]));
}

function parseJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return malformed('it is no JSON');
  }
}

/** One of the limits, zero where there is none. @throws KubeletError if it is no quantity */
export function limitOf(limits: NamespaceLimits | null, key: LimitKey): Quantity {
  return limits?.[key] ? parseQuantity(limits[key]) : ZERO;
}
