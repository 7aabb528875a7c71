import { attempt } from '../../harvester/amounts';
import { withLimits } from '../../harvester/migration/limitPatch';
import { annotation, defaultQuota, NAMESPACE_QUOTA } from '../../harvester/migration/keys';
import { baseLimits, type LimitKey, limitOf, type NamespaceLimits } from '../../harvester/migration/namespaceLimits';
import { amountOf } from '../../harvester/migration/quotaUsage';
import type { AdvisedLimit, BufferAdvice } from './adviceReport';
import { type Candidate, demand } from './candidate';
import type { MigrationCluster } from './cluster';
import { editorOf, roundedUp, textOf } from './editorUnits';
import { namespaceContext, type NamespaceContext } from './namespaceContext';
import type { AnnotationPatch } from './report';
import type { Room } from './room';
import { type Circumstances, writeRefusals } from './writeRefusals';

/** Rancher's names of the limits that count a migration's pods. */
const KEYS: Readonly<Record<string, LimitKey>> = {
  'limits.cpu': 'limitsCpu', 'limits.memory': 'limitsMemory', 'requests.cpu': 'requestsCpu', 'requests.memory': 'requestsMemory', pods: 'pods',
};

/** How much a limit is too low for any so many of the VMs at once. */
function shortOf(room: Room, candidates: readonly Candidate[], vms: number): bigint {
  const demands = candidates.flatMap((candidate) => demand(candidate, room) ?? []);
  const most = demands.sort((a, b) => Number(b - a)).slice(0, vms).reduce((sum, amount) => sum + amount, 0n);

  return demands.length === 0 ? 0n : most - room.left;
}

function projectLeft(key: LimitKey, resource: string, { project }: Circumstances): bigint | undefined {
  const left = attempt(() => limitOf(project?.limit ?? null, key).sub(limitOf(project?.usedLimit ?? null, key))).value;

  return project?.limit?.[key] && left ? amountOf(resource, left) : undefined;
}

function advised(room: Room, short: bigint, limits: NamespaceLimits, circumstances: Circumstances): AdvisedLimit | undefined {
  const key = Object.hasOwn(KEYS, room.resource) ? KEYS[room.resource] : undefined;

  if (!key || !limits[key]) {
    return undefined;
  }

  const from = amountOf(room.resource, limitOf(limits, key));
  const to = roundedUp(room.resource, from + short);

  return { key, resource: room.resource, from, to, editor: editorOf(room.resource, from, to), projectLeft: projectLeft(key, room.resource, circumstances) };
}

/** @param resourceVersion absent: whatever has become of the namespace */
function annotationPatch(name: string, value: string, resourceVersion?: string): AnnotationPatch {
  return { type: 'namespace', name, body: { metadata: { ...(resourceVersion !== undefined && { resourceVersion }), annotations: { [NAMESPACE_QUOTA]: value } } } };
}

/** The limits of the namespace itself, undefined where they cannot be read. */
function ownLimits({ objects, error }: NamespaceContext): NamespaceLimits | undefined {
  return error === undefined ? attempt(() => baseLimits(objects.namespace) ?? {}).value : undefined;
}

/**
 * The smallest change of a namespace's quota with which any so many of its VMs can migrate at once, one: its largest,
 * whichever limit that concerns. It counts from what is left now; what Harvester adds during a migration stays its business.
 * @param vms at least 1; more than there are is all of them
 * @param circumstances for the button that writes it
 */
export function bufferAdvice(cluster: MigrationCluster, namespace: string, vms: number, circumstances: Circumstances): BufferAdvice {
  const context = namespaceContext(cluster, namespace);
  const own = defaultQuota(context.objects.resourceQuotas)?.metadata?.name;
  // What a pending migration takes is not left any more
  const candidates = context.vms.flatMap(({ candidate, migration }) => (candidate && !migration ? [candidate] : []));
  const limits = ownLimits(context);
  const short = context.rooms.map((room) => ({ room, missing: shortOf(room, candidates, vms) })).filter(({ missing }) => missing > 0n).map(({ room, missing }) => ({
    room, missing, limit: limits && room.quota === own ? attempt(() => advised(room, missing, limits, circumstances)).value : undefined,
  }));
  const changes = short.flatMap(({ limit }) => limit ?? []);
  const refusals = writeRefusals(context, limits, changes, circumstances);
  const written = annotation(context.objects.namespace.metadata, NAMESPACE_QUOTA);
  const texts = Object.fromEntries(changes.map(({ key, resource, to }) => [key, textOf(resource, to)]));

  return {
    namespace,
    vms,
    limits: changes,
    beyond: short.filter(({ limit }) => !limit).map(({ room: { quota, resource }, missing }) => ({ quota, resource, missing })),
    refusals,
    ...(refusals.length === 0 && written && {
      patch:    annotationPatch(namespace, withLimits(context.objects.namespace, texts), context.objects.namespace.metadata?.resourceVersion),
      rollback: annotationPatch(namespace, written),
    }),
  };
}
