/** CloudInits of Harvester's node-manager, read through the Kubernetes API: unlike Steve it says which right is missing. */
import { CLOUD_INIT_RESOURCE, isPolicy, policyOf, type CloudInit, type Policy } from '../planner/settings/policy';
import type { ReadPlan } from './read';
import { clusterPath } from './request';
import { isObject, requireObject, textOf, UnexpectedBodyError } from './shape';

export const CLOUD_INITS = CLOUD_INIT_RESOURCE;

/** A DNS subdomain (apimachinery, pkg/util/validation). Nothing else names an object, and `..` or nothing would name another path. */
const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Whether Kubernetes lets an object have this name; only such names may become part of a path. */
export function isObjectName(name: string): boolean {
  return name.length <= 253 && NAME.test(name);
}

/** The collection in the Kubernetes API, or one object of it. */
export function kubernetesUrl(clusterId: string, name?: string): string {
  return `${ clusterPath(clusterId) }/apis/node.harvesterhci.io/v1beta1/cloudinits${ name === undefined ? '' : `/${ encodeURIComponent(name) }` }`;
}

/** A CloudInit as the API gives it out: of a known version, without which changes and deletions would be unconditional. */
export type StoredCloudInit = CloudInit & { readonly metadata: { readonly resourceVersion: string } };

/** Whether a value has what every CloudInit from the API has. */
export function isCloudInit(value: unknown): value is StoredCloudInit {
  if (!isObject(value) || !isObject(value['metadata']) || !isObject(value['spec'])) {
    return false;
  }
  const { name, resourceVersion } = value['metadata'];
  const { matchSelector, filename, contents } = value['spec'];

  return isObjectName(textOf(name) ?? '') && typeof resourceVersion === 'string' && resourceVersion !== '' &&
    isObject(matchSelector) && Object.values(matchSelector).every((label) => typeof label === 'string') &&
    typeof filename === 'string' && typeof contents === 'string';
}

/** Whether it is as good as gone: nothing keeps it, it only waits for node-manager to take its file from the nodes. */
export function isBeingDeleted({ metadata }: CloudInit): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** The CloudInits in a list, but for those that are being deleted: what is saved on top of one would go with it. */
export function cloudInitsIn(list: readonly unknown[]): StoredCloudInit[] {
  return list.filter(isCloudInit).filter((cloudInit) => !isBeingDeleted(cloudInit));
}

/** @throws UnexpectedBodyError when it is none */
function requireCloudInit(body: unknown): StoredCloudInit {
  if (!isCloudInit(body)) {
    throw new UnexpectedBodyError('body is not a CloudInit');
  }

  return body;
}

/** A policy and the object that holds it, to be saved on top of. */
export interface StoredPolicy {
  readonly policy: Policy;
  readonly object: StoredCloudInit;
}

/** CloudInits told apart by our label. */
export interface SortedCloudInits {
  readonly policies: readonly StoredPolicy[];
  /** Other people's, which may still have a say in kubelet arguments. */
  readonly others: readonly StoredCloudInit[];
}

export function sortCloudInits(cloudInits: readonly StoredCloudInit[]): SortedCloudInits {
  return {
    policies: cloudInits.filter(isPolicy).map((object) => ({ policy: policyOf(object), object })),
    others:   cloudInits.filter((cloudInit) => !isPolicy(cloudInit)),
  };
}

function parseList(body: unknown): SortedCloudInits {
  const { items } = requireObject(body, `list of ${ CLOUD_INITS }`);

  if (!Array.isArray(items)) {
    throw new UnexpectedBodyError(`list of ${ CLOUD_INITS } has no items`);
  }

  return sortCloudInits(cloudInitsIn(items));
}

/** All CloudInits of a cluster; there are a handful. */
export function cloudInitsPlan(clusterId: string): ReadPlan<SortedCloudInits> {
  return { url: kubernetesUrl(clusterId), verb: `list ${ CLOUD_INITS }`, parse: parseList };
}

/** One CloudInit as it is now. */
export function cloudInitPlan(clusterId: string, name: string): ReadPlan<StoredCloudInit> {
  return { url: kubernetesUrl(clusterId, name), verb: `get ${ CLOUD_INITS }`, parse: requireCloudInit };
}
