/** Switching one of Rancher's features, in the API of Rancher's own cluster. */
import { FEATURE_TYPE, featureState, type Feature, type FeatureState } from '../harvester/feature';
import type { Message } from '../planner/display';
import type { ReadFailure } from '../planner/reading';
import { read, type ReadPlan } from './read';
import type { Request } from './request';
import { isObject, requireObject, UnexpectedBodyError, type JsonObject } from './shape';
import { write, type WriteFailure } from './write';

const FEATURES = 'features.management.cattle.io';

/**
 * How switching ended. `changed`: somebody switched or locked it since it was looked at, and nothing was written; `unread`:
 * nothing was written, because it could not be read again.
 */
export type FeatureOutcome =
  | { readonly kind: 'saved' }
  | { readonly kind: 'changed'; readonly state: FeatureState }
  | { readonly kind: 'unread'; readonly failure: ReadFailure }
  | WriteFailure;

/** Rancher's controllers annotate features, too: so often only that may come between. */
const MAX_ATTEMPTS = 3;

function featureUrl(name: string): string {
  return `/v1/${ FEATURE_TYPE }s/${ encodeURIComponent(name) }`;
}

function parseFeature(body: unknown): JsonObject & Feature {
  const feature = requireObject(body, 'feature');

  if (!isObject(feature['metadata']) || !isObject(feature['spec'])) {
    throw new UnexpectedBodyError('body is not a feature');
  }

  return feature;
}

function featurePlan(name: string): ReadPlan<JsonObject & Feature> {
  return { url: featureUrl(name), verb: `get ${ FEATURES }`, parse: parseFeature };
}

/**
 * Sets a feature's value: the object as it is now with its resourceVersion, provided that it still says what was seen.
 * Steve takes only the whole object here, not a patch.
 *
 * @returns undefined once `signal` is aborted; nobody knows then whether it was saved
 */
export async function setFeature(request: Request, name: string, seen: FeatureState, value: boolean, signal: AbortSignal): Promise<FeatureOutcome | undefined> {
  for (let attempt = 1; ; attempt++) {
    const found = await read(request, featurePlan(name), signal);

    if (!found?.value) {
      return found && { kind: 'unread', failure: found.failure };
    }
    const state = featureState(found.value) as FeatureState;

    if (state.enabled !== seen.enabled || state.locked !== seen.locked) {
      return { kind: 'changed', state };
    }
    const outcome = await write(request, { url: featureUrl(name), method: 'put', data: { ...found.value, spec: { ...found.value.spec, value } }, verb: `update ${ FEATURES }` }, signal);

    if (outcome?.kind === 'written') {
      return { kind: 'saved' };
    }
    if (outcome?.kind !== 'conflict' || attempt === MAX_ATTEMPTS) {
      return outcome;
    }
  }
}

export type FeatureProblem = 'changedOn' | 'changedOff' | 'changedLocked' | 'unread' | WriteFailure['kind'];

/** What became of switching when it was not saved. */
export function featureProblem(outcome: Exclude<FeatureOutcome, { readonly kind: 'saved' }>): Message<FeatureProblem> {
  switch (outcome.kind) {
  case 'changed': return { code: outcome.state.locked ? 'changedLocked' : outcome.state.enabled ? 'changedOn' : 'changedOff', params: {} };
  case 'unread': return outcome.failure.kind === 'forbidden' ? { code: 'forbidden', params: { verb: outcome.failure.verb } } : { code: 'unread', params: { message: outcome.failure.message } };
  case 'forbidden': return { code: 'forbidden', params: { verb: outcome.verb } };
  default: return { code: outcome.kind, params: { message: outcome.message } };
  }
}
