import { apiVersion, schemaId } from '../kinds/kind';
import type { ResourceKind } from '../kinds/kind';

interface Field { type: string; description: string; required?: boolean }

const field = (type: string, description: string): Field => ({ type, description });

/**
 * `/v1/schemaDefinitions/<id>`: the fields of a kind. The simulator knows only those that every object has; the
 * Dashboard fetches them for its editor and shows no more than their descriptions.
 */
export function schemaDefinition(kind: ResourceKind, base: string): Record<string, unknown> {
  const id = schemaId(kind);
  const definitionType = `${ apiVersion(kind).replaceAll('/', '.') }.${ kind.kind }`;
  const resourceFields = { apiVersion: field('string', 'version of the schema'), kind: field('string', 'REST resource'), metadata: field('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta', 'standard metadata'), spec: field('map', ''), status: field('map', '') };

  return {
    id, type: 'schemaDefinition', links: { self: `${ base }/v1/schemaDefinitions/${ id }` }, definitionType,
    definitions: {
      [definitionType]: { type: definitionType, description: '', resourceFields },
      'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': { type: 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta', description: '', resourceFields: { name: field('string', ''), namespace: field('string', ''), labels: field('map', ''), annotations: field('map', '') } },
    },
  };
}
