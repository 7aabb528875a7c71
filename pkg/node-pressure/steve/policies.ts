/** Saving the CloudInit that holds a policy: rehearsed first, only what changed, and never over what nobody has read. */
import { HISTORY_ANNOTATION, POLICY_LABEL, type CloudInit } from '../planner/settings/policy';
import { CLOUD_INITS, isCloudInit, isObjectName, kubernetesUrl, type StoredCloudInit } from './cloudInits';
import { MERGE_PATCH, mergePatchBetween, saysAll } from './mergePatch';
import { explained, lookAgain, type Outdated, type PolicyFailure } from './policyOutcome';
import type { ClusterAccess } from './request';
import { isObject, type JsonObject } from './shape';
import { write, type WritePlan } from './write';

export type SaveOutcome = { readonly kind: 'saved'; readonly object: StoredCloudInit } | PolicyFailure;

/** Every state that a node reports makes a new version of the object: so often only that may come between. */
const MAX_ATTEMPTS = 5;

/** What a policy has to say about its object. */
function content({ metadata: { labels, annotations }, spec }: CloudInit): JsonObject {
  return { metadata: { labels, annotations }, spec };
}

const isEmpty = (patch: JsonObject): boolean => Object.keys(patch).length === 0;

/** Whether nobody touched the policy since `base` was read. The notes of node-manager and of others do not count. */
function isSamePolicy(base: CloudInit, live: CloudInit): boolean {
  const policy = ({ metadata: { labels, annotations }, spec }: CloudInit): JsonObject => ({ label: labels?.[POLICY_LABEL], history: annotations?.[HISTORY_ANNOTATION], spec });

  return isEmpty(mergePatchBetween(policy(base), policy(live)));
}

/**
 * Both go to the Kubernetes API behind Steve. Steve itself takes `dryRun` on a PUT and writes, and before 0.8, as in Harvester,
 * its PATCH knows no merge patch.
 */
function creation(clusterId: string, { apiVersion, kind, metadata: { name } }: CloudInit, changes: JsonObject): WritePlan {
  return { url: kubernetesUrl(clusterId), method: 'post', data: { apiVersion, kind, ...changes, metadata: { name, ...changes['metadata'] as JsonObject } }, verb: `create ${ CLOUD_INITS }` };
}

function update(clusterId: string, { metadata: { name, resourceVersion } }: StoredCloudInit, changes: JsonObject): WritePlan {
  const metadata = isObject(changes['metadata']) ? changes['metadata'] : {};

  return { url: kubernetesUrl(clusterId, name), method: 'patch', contentType: MERGE_PATCH, data: { ...changes, metadata: { ...metadata, resourceVersion } }, verb: `patch ${ CLOUD_INITS }` };
}

async function rehearseAndWrite({ request }: ClusterAccess, plan: WritePlan, signal: AbortSignal): Promise<SaveOutcome | Outdated | undefined> {
  const rehearsed = await write(request, { ...plan, url: `${ plan.url }?dryRun=All` }, signal);

  if (rehearsed?.kind !== 'written') {
    return rehearsed && explained(rehearsed, false);
  }
  const outcome = await write(request, plan, signal);

  if (outcome?.kind !== 'written') {
    return outcome && explained(outcome, true);
  }

  return isCloudInit(outcome.body) ? { kind: 'saved', object: outcome.body } : { kind: 'unreachable', message: 'answer is not a CloudInit', uncertain: true };
}

/**
 * Creates the object of a policy, or changes it. It is a conflict only when the policy itself was touched since `base`
 * was read; that nodes reported their state meanwhile is none. An object that already says what is wanted counts as
 * saved: an earlier attempt got through whose answer was lost.
 *
 * @param wanted of `cloudInitFor`
 * @param base the object that `wanted` was made from; without one it is created
 * @returns undefined once `signal` is aborted; nobody knows then whether it was saved
 */
export async function savePolicy(access: ClusterAccess, wanted: CloudInit, base: StoredCloudInit | undefined, signal: AbortSignal): Promise<SaveOutcome | undefined> {
  const { clusterId } = access;
  const changes = mergePatchBetween(base ? content(base) : {}, content(wanted));

  if (base && !isObjectName(base.metadata.name)) {
    return { kind: 'gone' };
  }
  if (base && isEmpty(changes)) {
    return { kind: 'saved', object: base };
  }
  let current = base;

  for (let attempt = 1; ; attempt++) {
    const plan = current ? update(clusterId, current, changes) : creation(clusterId, wanted, changes);
    const outcome = await rehearseAndWrite(access, plan, signal);

    if (outcome?.kind !== 'outdated') {
      return outcome;
    }
    const found = await lookAgain(access, wanted.metadata.name, signal);

    if (found?.kind === 'gone' && !base) {
      // The type itself is missing, or the name has just become free
      return { kind: 'refused', message: outcome.message };
    }
    if (found?.kind !== 'conflict') {
      return found;
    }
    if (saysAll(content(found.live), changes)) {
      return { kind: 'saved', object: found.live };
    }
    if (!base || attempt === MAX_ATTEMPTS || !isSamePolicy(base, found.live)) {
      return found;
    }
    current = found.live;
  }
}
