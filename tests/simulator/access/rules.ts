/** rbac/v1 PolicyRule for resources. */
export interface PolicyRule {
  apiGroups: readonly string[];
  /** `*`, `nodes`, `nodes/proxy`, `*`+`/scale`: as the RBAC authorizer reads them. */
  resources: readonly string[];
  verbs: readonly string[];
  /** Empty or absent: every name. */
  resourceNames?: readonly string[];
}

/** Rules bound to a user in one cluster (`*`: in every cluster), in one namespace or in all. */
export interface Grant {
  cluster: string;
  namespace?: string;
  rules: readonly PolicyRule[];
}

/** What a request wants to do. */
export interface Attributes {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

const matches = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value);

function resourceMatches(rule: PolicyRule, { resource, subresource }: Attributes): boolean {
  return (
    matches(rule.resources, subresource ? `${ resource }/${ subresource }` : resource) ||
    (subresource !== undefined && rule.resources.includes(`*/${ subresource }`))
  );
}

/** The RBAC authorizer: some rule of some grant allows it. */
export function allows(grants: readonly Grant[], cluster: string, wanted: Attributes): boolean {
  return grants.some(
    (grant) => matches([grant.cluster], cluster) &&
      (grant.namespace === undefined || grant.namespace === wanted.namespace) &&
      grant.rules.some(
        (rule) => matches(rule.verbs, wanted.verb) &&
          matches(rule.apiGroups, wanted.group) &&
          resourceMatches(rule, wanted) &&
          (!rule.resourceNames?.length || (wanted.name !== undefined && rule.resourceNames.includes(wanted.name))),
      ),
  );
}

/** Whether the verb is allowed on anything at all of the resource: what makes Steve show its schema. */
export function allowsSomewhere(
  grants: readonly Grant[],
  cluster: string,
  { verb, group, resource }: Pick<Attributes, 'verb' | 'group' | 'resource'>,
): boolean {
  return grants.some(
    (grant) => matches([grant.cluster], cluster) &&
      grant.rules.some((rule) => matches(rule.verbs, verb) && matches(rule.apiGroups, group) && matches(rule.resources, resource)),
  );
}
