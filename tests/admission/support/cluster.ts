/** The namespaces of a plan on a real API server. */
import { COMPENSATION, MIGRATING_UID_PREFIX, NAMESPACE_QUOTA } from '../../../pkg/node-pressure/harvester/migration/keys';
import type { Namespace, ResourceQuota, VmPod } from '../../../pkg/node-pressure/harvester/migration/objects';
import { quantityIn } from '../../../pkg/node-pressure/harvester/migration/quantities';
import { countsPod } from '../../../pkg/node-pressure/harvester/migration/quotaScopes';
import { amountOf, podUsage } from '../../../pkg/node-pressure/harvester/migration/quotaUsage';
import { must } from '../../servers/api';
import type { Answer, Api } from '../../servers/api';
import { raiseOf, targetsOf } from './plan';
import type { NamespacePlan, QuotaPlan, Slack } from './plan';

const DEFAULT_QUOTA = { 'resourcequota.management.cattle.io/default-resource-quota': 'true' };
const SKIP = 'harvesterhci.io/skipResourceQuotaAutoScaling';
/** A limit that nothing here reaches. */
const AMPLE = '1P';

const quotasPath = (namespace: string, name = ''): string => `/api/v1/namespaces/${ namespace }/resourcequotas/${ name }`.replace(/\/$/, '');
const podsPath = (namespace: string): string => `/api/v1/namespaces/${ namespace }/pods`;

const allQuotas = ({ own, others }: NamespacePlan): QuotaPlan[] => [...(own ? [own] : []), ...others];

/** A pod as the API server takes it: with an image, and without a status. */
function submitted({ metadata, spec }: VmPod): unknown {
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...spec, containers: spec.containers.map((container) => ({ ...container, image: 'registry.example/virt:1' })) } };
}

export function createPod(api: Api, namespace: string, pod: VmPod): Promise<Answer<unknown>> {
  return api.create(podsPath(namespace), submitted(pod));
}

/** The namespace and its pods: before there are quotas, which could want values that a pod does not have. */
export async function createPods(api: Api, plan: NamespacePlan): Promise<void> {
  must(await api.create('/api/v1/namespaces', { metadata: { name: plan.name } }));
  for (const pod of plan.vms.flatMap(({ pods }) => pods)) {
    must(await createPod(api, plan.name, pod));
  }
}

/** Quotas that limit nothing yet. */
export async function createQuotas(api: Api, plan: NamespacePlan): Promise<void> {
  for (const { name, resources, scopes } of allQuotas(plan)) {
    must(await api.create(quotasPath(plan.name), {
      metadata: { name, labels: name === plan.own?.name ? DEFAULT_QUOTA : {} },
      spec: { hard: Object.fromEntries(resources.map((resource) => [resource, AMPLE])), ...(scopes.length > 0 && { scopes }) },
    }));
  }
}

const amount = (resource: string, value: bigint): string => (resource.endsWith('cpu') ? `${ value }m` : String(value));

function slackOf({ cpuMilli, memoryBytes, pods }: Slack, resource: string): bigint {
  return BigInt(resource.endsWith('cpu') ? cpuMilli : resource.endsWith('memory') ? memoryBytes : pods);
}

/** What pods take of a limit that counts them. */
function usage(quota: QuotaPlan, resource: string, pods: readonly VmPod[]): bigint {
  return pods.filter((pod) => countsPod({ spec: { scopes: quota.scopes } }, pod)).reduce((sum, pod) => sum + (podUsage(pod)[resource] ?? 0n), 0n);
}

/** The limits that a plan wants, and what goes with them. */
function limits(plan: NamespacePlan, quota: QuotaPlan): { hard: Record<string, string>; annotations: Record<string, string>; base: Record<string, string> } {
  const isOwn = quota === plan.own;
  const isRaised = isOwn && !plan.isSwitchedOff;
  const raises = isOwn ? plan.vms.filter(({ isMigrating }) => isMigrating).map((vm) => ({ key: MIGRATING_UID_PREFIX + (vm.vmi.metadata?.uid ?? ''), raise: only(raiseOf(vm, plan.setting), quota.resources) })) : [];
  const compensation = isOwn && plan.compensationBytes > 0 ? BigInt(plan.compensationBytes) : 0n;
  const present = plan.vms.flatMap(({ pods }) => pods);
  const bases = quota.resources.map((resource): [string, bigint, bigint] => {
    const raised = raises.reduce((sum, { raise }) => sum + amountOf(resource, quantityIn(raise, resource)), 0n) + (resource === 'limits.memory' ? compensation : 0n);
    const wanted = usage(quota, resource, present) + slackOf(quota.slack, resource) + (isRaised ? 0n : usage(quota, resource, targetsOf(plan)));
    const base = wanted - raised > 0n ? wanted - raised : 1n;

    return [resource, base, base + raised];
  });

  return {
    hard: Object.fromEntries(bases.map(([resource, , hard]) => [resource, amount(resource, hard)])),
    base: Object.fromEntries(bases.map(([resource, base]) => [resource, amount(resource, base)])),
    annotations: {
      ...Object.fromEntries(raises.map(({ key, raise }) => [key, JSON.stringify(raise)])),
      ...(compensation > 0n && { [COMPENSATION]: JSON.stringify({ 'limits.memory': String(compensation) }) }),
      ...(isOwn && plan.isSwitchedOff && { [SKIP]: 'true' }),
    },
  };
}

const only = (list: Record<string, string>, names: readonly string[]): Record<string, string> => Object.fromEntries(Object.entries(list).filter(([name]) => names.includes(name)));

/** Lets the quotas limit what the plan says, and gives Harvester the base that belongs to it. */
export async function limit(api: Api, plan: NamespacePlan): Promise<void> {
  for (const quota of allQuotas(plan)) {
    const { hard, annotations, base } = limits(plan, quota);

    must(await api.patch(quotasPath(plan.name, quota.name), { metadata: { annotations }, spec: { hard } }));
    if (quota === plan.own) {
      const written = { limitsCpu: base['limits.cpu'] ?? '64', limitsMemory: base['limits.memory'] ?? '512Gi' };
      const limit = Object.fromEntries(plan.base.map((name) => [name, written[name]]));

      must(await api.patch(`/api/v1/namespaces/${ plan.name }`, { metadata: { annotations: { [NAMESPACE_QUOTA]: JSON.stringify({ limit }) } } }));
    }
  }
}

export interface NamespaceState {
  namespace: Namespace;
  resourceQuotas: ResourceQuota[];
}

export async function read(api: Api, name: string): Promise<NamespaceState> {
  const namespace = must(await api.get<Namespace>(`/api/v1/namespaces/${ name }`));

  return { namespace, resourceQuotas: must(await api.get<{ items: ResourceQuota[] }>(quotasPath(name))).items };
}

/** Whether the controller has counted what is there and the limits are those that were asked for last. */
export function isSettled(plan: NamespacePlan, { resourceQuotas }: NamespaceState, pods: readonly VmPod[]): boolean {
  return allQuotas(plan).every((quota) => {
    const { spec, status } = resourceQuotas.find(({ metadata }) => metadata?.name === quota.name) ?? {};
    const { hard, used } = (status ?? {}) as { hard?: Record<string, string>; used?: Record<string, string> };

    return JSON.stringify(sorted(spec?.hard)) === JSON.stringify(sorted(hard)) &&
      quota.resources.every((resource) => amountOf(resource, quantityIn(used, resource)) === usage(quota, resource, pods));
  });
}

const sorted = (list: object | null | undefined): unknown => Object.entries(list ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));

/** The raise, or the compensation, as Harvester's controllers write it. */
export async function write(api: Api, namespace: string, name: string, annotations: Record<string, string>, hard: Record<string, string>): Promise<void> {
  must(await api.patch(quotasPath(namespace, name), { metadata: { annotations }, spec: { hard } }));
}
