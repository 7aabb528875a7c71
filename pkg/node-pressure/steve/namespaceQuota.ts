import type { Namespace, ResourceQuota } from '../harvester/migration/objects';
import type { AnnotationPatch } from '../planner/migration/report';
import { patchAnnotations } from './annotations';
import { withDeadline } from './deadline';
import { read, type Outcome, type ReadPlan } from './read';
import { type ClusterAccess, clusterPath } from './request';
import { objectsOf, requireObject } from './shape';
import type { WriteFailure } from './write';

/** A namespace's quota to be written, how to tell that Rancher took it over, and how to take it back. */
export interface QuotaWrite {
  readonly namespace: string;
  readonly patch: AnnotationPatch;
  readonly rollback: AnnotationPatch;
  /** True: taken over. False: Rancher said no. Undefined: not yet. */
  readonly verdict: (namespace: Namespace, quotas: readonly ResourceQuota[]) => boolean | undefined;
}

/**
 * How it ended: `accepted`; `takenBack` – Rancher refused it, or did not take it over in time, and the old value is in
 * place again; `leftBehind` – the same, but the old value could not be put back: {message}; or the write's own failure.
 */
export type QuotaWriteOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'takenBack'; readonly refused: boolean }
  | { readonly kind: 'leftBehind'; readonly refused: boolean; readonly message: string }
  | WriteFailure;

/** How often, and how many times, is looked whether Rancher took a quota over. */
const LOOK_MILLISECONDS = 1_000;
const MAX_LOOKS = 20;

const namespacePlan = (clusterId: string, name: string): ReadPlan<Namespace> => ({
  url: `${ clusterPath(clusterId) }/api/v1/namespaces/${ encodeURIComponent(name) }`, verb: 'get namespaces', parse: (body) => requireObject(body, 'namespace') as Namespace,
});
const quotasPlan = (clusterId: string, name: string): ReadPlan<readonly ResourceQuota[]> => ({
  url: `${ clusterPath(clusterId) }/api/v1/namespaces/${ encodeURIComponent(name) }/resourcequotas`, verb: 'list resourcequotas', parse: (body) => objectsOf(requireObject(body, 'list')['items']) as readonly ResourceQuota[],
});

/** Until it is time to look again, or nobody wants to know any more. */
async function pause(signal: AbortSignal): Promise<void> {
  await withDeadline(() => new Promise<void>(() => {}), signal, LOOK_MILLISECONDS);
}

/** The namespace and its quotas as they are now. */
function readBoth({ request, clusterId }: ClusterAccess, namespace: string, signal: AbortSignal): Promise<readonly [Outcome<Namespace> | undefined, Outcome<readonly ResourceQuota[]> | undefined]> {
  return Promise.all([read(request, namespacePlan(clusterId, namespace), signal), read(request, quotasPlan(clusterId, namespace), signal)]);
}

/** Waits until Rancher has said what it makes of the quota; undefined if it does not in time. */
async function decided(access: ClusterAccess, { namespace, verdict }: QuotaWrite, signal: AbortSignal): Promise<boolean | undefined> {
  for (let look = 0; look < MAX_LOOKS; look++) {
    const [object, quotas] = await readBoth(access, namespace, signal);
    const said = object?.value && quotas?.value ? verdict(object.value, quotas.value) : undefined;

    if (said !== undefined) {
      return said;
    }
    await pause(signal);
  }

  return undefined;
}

/** Puts the old value back, unless somebody has written another one meanwhile. */
async function takeBack(access: ClusterAccess, { namespace, patch, rollback }: QuotaWrite, refused: boolean, signal: AbortSignal): Promise<QuotaWriteOutcome | undefined> {
  const now = await read(access.request, namespacePlan(access.clusterId, namespace), signal);
  const { resourceVersion, annotations } = now?.value?.metadata ?? {};
  const isOurs = Object.entries(patch.body.metadata.annotations).every(([key, value]) => annotations?.[key] === value);

  if (!now || now.failure || !isOurs) {
    return now && { kind: 'leftBehind', refused, message: now.failure?.message ?? '' };
  }
  const outcome = await patchAnnotations(access, { ...rollback, body: { metadata: { ...rollback.body.metadata, resourceVersion } } }, signal);

  return outcome && (outcome.kind === 'written' ? { kind: 'takenBack', refused } : { kind: 'leftBehind', refused, message: outcome.message });
}

/**
 * Writes a namespace's quota and waits until Rancher has taken it over. A value that Rancher leaves in place without
 * doing so would be Harvester's base all the same, beyond what the project allows: it is taken back, also when `signal`
 * is aborted meanwhile: whoever leaves the page after writing still wants no value that does not hold. Nothing is written
 * where it could not be read what becomes of it. Undefined once it is aborted.
 */
export async function writeNamespaceQuota(access: ClusterAccess, quota: QuotaWrite, signal: AbortSignal): Promise<QuotaWriteOutcome | undefined> {
  const failure = (await readBoth(access, quota.namespace, signal)).flatMap((found) => found?.failure ?? [])[0];

  if (failure) {
    return failure.kind === 'forbidden' ? { kind: 'forbidden', verb: failure.verb, message: failure.message } : { kind: 'refused', message: failure.message };
  }
  const outcome = await patchAnnotations(access, quota.patch, signal);

  if (outcome?.kind !== 'written') {
    return outcome;
  }
  const toTheEnd = new AbortController().signal;
  const accepted = await decided(access, quota, toTheEnd);
  const end = accepted ? { kind: 'accepted' } as const : await takeBack(access, quota, accepted === false, toTheEnd);

  return signal.aborted ? undefined : end;
}
