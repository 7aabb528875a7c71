import { apiVersion, schemaId } from '../kinds/kind';
import type { ResourceKind } from '../kinds/kind';

interface Field {
  type: string;
  subtype?: string;
  description: string;
}
interface Definition {
  type: string;
  description: string;
  resourceFields: Record<string, Field>;
}

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const CONDITION = 'io.k8s.apimachinery.pkg.apis.meta.v1.Condition';

const text: Field = { type: 'string', description: '' };
const field = (type: string, subtype?: string): Field => ({ type, description: '', ...(subtype ? { subtype } : {}) });
const definition = (type: string, resourceFields: Record<string, Field>): Definition => ({ type, description: '', resourceFields });

/**
 * `/v1/schemaDefinitions/<id>`: the fields of a kind, as far as all kinds have them. The Dashboard looks there for
 * descriptions, and whether a status has conditions to show.
 */
export function schemaDefinition(kind: ResourceKind, base: string): Record<string, unknown> {
  const id = schemaId(kind);
  const type = [...(kind.group ? kind.group.split('.').reverse() : ['io', 'k8s', 'api', 'core']), kind.version, kind.kind].join('.');
  const [spec, status] = [`${ type }.spec`, `${ type }.status`];
  const all = [
    definition(type, {
      apiVersion: text,
      kind: text,
      metadata: field(OBJECT_META),
      spec: field(spec),
      ...(kind.statusSubresource ? { status: field(status) } : {}),
    }),
    definition(spec, {}),
    definition(status, { conditions: field('array', CONDITION) }),
    definition(OBJECT_META, { name: text, namespace: text, labels: field('map', 'string'), annotations: field('map', 'string') }),
    definition(CONDITION, { type: text, status: text, reason: text, message: text, lastTransitionTime: text }),
  ];

  return {
    id,
    type: 'schemaDefinition',
    apiVersion: apiVersion(kind),
    links: { self: `${ base }/v1/schemaDefinitions/${ id }` },
    definitionType: type,
    definitions: Object.fromEntries(all.map((entry) => [entry.type, entry])),
  };
}
