import type { ResourceKind } from '../kinds/kind';
import { badRequest } from '../store/errors';

/** The Kubernetes API's path of an object or, without a name, of a collection. */
export function resourcePath(kind: ResourceKind, namespace: string | undefined, name?: string): string {
  const root = kind.group ? `/apis/${ kind.group }/${ kind.version }` : `/api/${ kind.version }`;

  return [root, ...(namespace ? ['namespaces', namespace] : []), kind.resource, ...(name === undefined ? [] : [name])].join('/');
}

/** The decoded parts of a path. @throws ApiError 400 when one cannot be decoded */
export function segments(path: string): string[] {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    throw badRequest(`invalid URL escape in ${ path }`);
  }
}

/** What a path of the Kubernetes API names. */
export interface ParsedPath {
  group: string;
  version: string;
  resource: string;
  namespace?: string;
  name?: string;
  subresource?: string;
  /** What follows the sub-resource: the path on the kubelet, for `proxy`. */
  rest: string;
}

/** Null for paths that name no resource, such as `/api` and `/apis/apps/v1`. */
export function parsePath(path: string): ParsedPath | null {
  const parts = segments(path);
  const core = parts[0] === 'api';
  const [group = '', version = ''] = core ? ['', parts[1]] : [parts[1], parts[2]];
  let rest = parts.slice(core ? 2 : 3);
  let namespace: string | undefined;

  if (rest[0] === 'namespaces' && rest.length > 2 && rest[2] !== 'status' && rest[2] !== 'finalize') {
    namespace = rest[1];
    rest = rest.slice(2);
  }
  const [resource, name, subresource, ...tail] = rest;

  return resource === undefined ? null : {
    group,
    version,
    resource,
    rest: tail.join('/'),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  };
}
