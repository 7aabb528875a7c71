import { keyOf } from '../store/objects';
import type { KubeObject } from '../store/objects';

/** `metadata.relationships` entry: what an object has to do with another one. */
export interface Relationship {
  fromId: string;
  fromType: string;
  rel: string;
  state: string;
}

/** Steve's type for an API version and kind. */
function typeOf(apiVersion: string, kind: string): string {
  const group = apiVersion.includes('/') ? `${ apiVersion.split('/')[0] }.` : '';

  return `${ group }${ kind }`.toLowerCase();
}

const OBJECT_SET = 'objectset.rio.cattle.io/owner-';

/** Owners: Kubernetes' own, and what wrangler's object sets (`rel: applies`) were made for. */
export function relationshipsOf({ metadata }: KubeObject): Relationship[] | null {
  const owners = (metadata.ownerReferences ?? []).map(
    ({ apiVersion, kind, name }): Relationship => ({
      fromId: keyOf(metadata.namespace, name),
      fromType: typeOf(apiVersion, kind),
      rel: 'owner',
      state: 'active',
    }),
  );
  const applied = (part: string): string => metadata.annotations?.[OBJECT_SET + part] ?? '';
  const [version = '', kind = ''] = applied('gvk').split(', Kind=');
  const sets = kind ? [{ fromId: keyOf(applied('namespace'), applied('name')), fromType: typeOf(version, kind), rel: 'applies', state: 'active' }] : [];
  const all = [...owners, ...sets];

  return all.length ? all : null;
}
