import type { KubeObject } from '../store/objects';

/** One printer column: what `metadata.fields` and the server-side table show. */
export interface Column {
  name: string;
  type?: 'string' | 'integer' | 'date' | 'boolean';
  format?: string;
  priority?: number;
  value(object: KubeObject, now: number): string | number;
}

/** A resource that a cluster serves. */
export interface ResourceKind {
  /** API group, `''` for core. */
  group: string;
  version: string;
  kind: string;
  /** Plural, lower case: the name in URLs and RBAC rules. */
  resource: string;
  namespaced: boolean;
  verbs: readonly string[];
  columns: readonly Column[];
  /** Defined by a CRD: no strategic merge patch, and no Go types behind it. */
  custom: boolean;
  /** Writes to the main resource leave `status` alone, and writes to `/status` everything else. */
  statusSubresource: boolean;
  /** Methods that Steve shows as `blocked-…` whatever the user's rights. */
  disallow: readonly string[];
  /** Paths that Steve's SQL cache can filter by, beyond those of every type and the columns. */
  indexed: readonly string[];
}

export const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const;

/** Steve's schema id: `node`, `apps.deployment`, `kubevirt.io.virtualmachine`. */
export function schemaId(kind: ResourceKind): string {
  return (kind.group ? `${ kind.group }.${ kind.kind }` : kind.kind).toLowerCase();
}

/** Steve's plural name: `nodes`, `kubevirt.io.virtualmachines`. */
export function pluralName(kind: ResourceKind): string {
  return kind.group ? `${ kind.group }.${ kind.resource }` : kind.resource;
}

/** `v1`, `kubevirt.io/v1`. */
export function apiVersion(kind: Pick<ResourceKind, 'group' | 'version'>): string {
  return kind.group ? `${ kind.group }/${ kind.version }` : kind.version;
}

/** The kinds of one cluster, found by any of their names. */
export class KindCatalogue {
  private readonly byName = new Map<string, ResourceKind>();
  private readonly byResource = new Map<string, ResourceKind>();

  constructor(readonly all: readonly ResourceKind[]) {
    for (const kind of all) {
      this.byName.set(schemaId(kind), kind);
      this.byName.set(pluralName(kind), kind);
      this.byResource.set(`${ kind.group }/${ kind.resource }`, kind);
    }
  }

  /** By schema id or plural name, whatever the case: how Steve's router looks types up. */
  find(type: string): ResourceKind | undefined {
    return this.byName.get(type.toLowerCase());
  }

  resource(group: string, resource: string): ResourceKind | undefined {
    return this.byResource.get(`${ group }/${ resource }`);
  }

  /** The kind with this schema id; a missing one is a mistake in the simulator. */
  get(id: string): ResourceKind {
    const kind = this.byName.get(id);

    if (!kind) {
      throw new Error(`this cluster has no kind ${ id }`);
    }

    return kind;
  }
}
