import { schemaId } from '../kinds/kind';
import type { ResourceKind } from '../kinds/kind';
import { may } from '../request';
import type { ApiRequest } from '../request';
import type { KubeObject } from '../store/objects';
import { stateOf } from './state';

interface Summary {
  count: number;
  states?: Record<string, number>;
  errors?: number;
  transitioning?: number;
}

export interface Counts {
  id: 'count';
  type: 'count';
  links: Record<string, string>;
  counts: Record<string, { summary: Summary; namespaces: Record<string, Summary>; revision: number }>;
}

/** Steve leaves the state `active` out of `states`: it is what remains. */
function add(summary: Summary, kind: ResourceKind, object: KubeObject): void {
  const { name, error, transitioning } = stateOf(kind, object);

  summary.count++;
  if (name !== 'active') {
    summary.states = { ...summary.states, [name]: (summary.states?.[name] ?? 0) + 1 };
  }
  if (error) {
    summary.errors = (summary.errors ?? 0) + 1;
  }
  if (transitioning) {
    summary.transitioning = (summary.transitioning ?? 0) + 1;
  }
}

/** How many objects there are of each kind that the user may list. */
export function counts(request: ApiRequest): Counts {
  const { cluster } = request;
  const all: Counts['counts'] = {};

  for (const kind of cluster.kinds.all) {
    if (!kind.verbs.includes('watch') || !may(request, 'list', kind)) {
      continue;
    }
    const summary: Summary = { count: 0 };
    const namespaces: Record<string, Summary> = {};

    for (const object of cluster.store.list(kind)) {
      add(summary, kind, object);
      if (object.metadata.namespace) {
        add((namespaces[object.metadata.namespace] ??= { count: 0 }), kind, object);
      }
    }
    all[schemaId(kind)] = { summary, namespaces, revision: Number(cluster.store.revision) };
  }

  return { id: 'count', type: 'count', links: { self: `${ request.base }/v1/counts` }, counts: all };
}
