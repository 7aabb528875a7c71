import { allowsSomewhere } from '../access/rules';
import { pluralName, schemaId } from '../kinds/kind';
import type { ResourceKind } from '../kinds/kind';
import type { ApiRequest } from '../request';

/** A schema as `/v1/schemas` lists it. */
export interface Schema {
  id: string;
  type: 'schema';
  links: Record<string, string>;
  pluralName: string;
  resourceMethods: string[];
  collectionMethods: string[];
  resourceFields: null;
  attributes: Record<string, unknown>;
}

/** Types that Steve itself adds; no Kubernetes kind stands behind them. */
const OWN = [
  { id: 'count', plural: 'counts', methods: ['GET'] },
  { id: 'schema', plural: 'schemas', methods: ['GET'] },
  { id: 'schemaDefinition', plural: 'schemaDefinitions', methods: ['GET'] },
  { id: 'subscribe', plural: 'subscribe', methods: ['GET'] },
  { id: 'userpreference', plural: 'userpreferences', methods: ['GET', 'PUT', 'POST', 'DELETE'] },
] as const;

/** Methods with the verbs of which each needs one (steve pkg/schema/factory.go). */
type Methods = readonly (readonly [string, readonly string[]])[];
const RESOURCE_METHODS: Methods = [
  ['GET', ['get', 'list']],
  ['DELETE', ['delete']],
  ['PUT', ['update']],
];
const PATCH: Methods = [['PATCH', ['update', 'patch']]];
/** Harvester's Steve, which is older, names the method once for each of the verbs. */
const PATCH_OF_HARVESTER: Methods = [
  ['PATCH', ['update']],
  ['PATCH', ['patch']],
];
const COLLECTION_METHODS: Methods = [
  ['GET', ['get', 'list']],
  ['POST', ['create']],
];

function methods(request: ApiRequest, kind: ResourceKind, table: Methods): string[] {
  const { group, resource } = kind;
  const { user, cluster } = request;
  const granted = (verb: string): boolean => kind.verbs.includes(verb) && allowsSomewhere(user.grants, cluster.id, { verb, group, resource });

  return table.filter(([, verbs]) => verbs.some(granted)).map(([method]) => (kind.disallow.includes(method) ? `blocked-${ method }` : method));
}

/** The methods that the user may call on a kind's objects. */
export function resourceMethods(request: ApiRequest, kind: ResourceKind): string[] {
  return methods(request, kind, [...RESOURCE_METHODS, ...(request.sql ? PATCH : PATCH_OF_HARVESTER)]);
}

/** The methods that the user may call on a kind's collection. */
export function collectionMethods(request: ApiRequest, kind: ResourceKind): string[] {
  return methods(request, kind, COLLECTION_METHODS);
}

/** The schema of a kind, or undefined when the user may do nothing with it. */
export function schemaOf(request: ApiRequest, kind: ResourceKind): Schema | undefined {
  const ofResource = resourceMethods(request, kind);
  const ofCollection = collectionMethods(request, kind);

  if (ofResource.length === 0 && ofCollection.length === 0) {
    return undefined;
  }
  const id = schemaId(kind);
  const plural = pluralName(kind);
  const { base } = request;

  return {
    id,
    type: 'schema',
    links: {
      self: `${ base }/v1/schemas/${ id }`,
      ...(ofCollection.some((method) => !method.startsWith('blocked-')) ? { collection: `${ base }/v1/${ plural }` } : {}),
    },
    pluralName: plural,
    resourceMethods: ofResource,
    collectionMethods: ofCollection,
    resourceFields: null,
    attributes: {
      columns: kind.columns.map(({ name, type = 'string', format = '', priority = 0 }, index) => ({
        name,
        field: `$.metadata.fields[${ index }]`,
        type,
        format,
        description: '',
        priority,
      })),
      group: kind.group,
      version: kind.version,
      kind: kind.kind,
      resource: kind.resource,
      namespaced: kind.namespaced,
      verbs: [...kind.verbs],
    },
  };
}

/** Every schema that the user may see, by id. */
export function schemas(request: ApiRequest): Schema[] {
  const own = OWN.map(
    ({ id, plural, methods: allowed }): Schema => ({
      id,
      type: 'schema',
      links: { self: `${ request.base }/v1/schemas/${ id }`, collection: `${ request.base }/v1/${ plural }` },
      pluralName: plural,
      resourceMethods: [...allowed],
      collectionMethods: [...allowed],
      resourceFields: null,
      attributes: {},
    }),
  );
  const kinds = request.cluster.kinds.all.map((kind) => schemaOf(request, kind)).filter((schema) => schema !== undefined);

  return [...kinds, ...own].sort((a, b) => (a.id < b.id ? -1 : 1));
}
