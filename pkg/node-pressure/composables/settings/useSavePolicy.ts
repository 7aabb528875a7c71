import { onBeforeUnmount, ref, shallowRef, type Ref } from 'vue';
import type { Message } from '../../planner/display';
import { pausedBySaving, type Draft } from '../../planner/settings/draft';
import { fingerprint } from '../../planner/settings/fingerprint';
import type { HistoryEntry } from '../../planner/settings/history';
import { cloudInitFor, policyOf } from '../../planner/settings/policy';
import { rebaseDraft, type Rebased } from '../../planner/settings/rebase';
import { sameSelector } from '../../planner/settings/selector';
import type { StoredCloudInit, StoredPolicy } from '../../steve/cloudInits';
import { savePolicy, type SaveOutcome } from '../../steve/policies';
import type { PolicyFailure } from '../../steve/policyOutcome';
import type { Host } from '../useHost';
import { useAuthor } from './useAuthor';

export interface SaveRequest {
  readonly draft: Draft;
  readonly base?: StoredPolicy;
  readonly minimumMemoryKib: number;
  readonly reason: string;
}

/** Somebody else has saved meanwhile. */
export interface Clash {
  /** What they saved. */
  readonly live: StoredPolicy;
  readonly rebased: Rebased;
}

export interface Saving {
  readonly saving: Readonly<Ref<boolean>>;
  /** Why it was not saved, or that nobody knows whether it was. */
  readonly failure: Ref<Message<FailureCode> | undefined>;
  readonly clash: Ref<Clash | undefined>;
  /** The saved object; undefined when it was not saved, and `failure` or `clash` says why. */
  save(request: SaveRequest): Promise<StoredCloudInit | undefined>;
}

/** `uncertain`: no answer to the write itself, which may have got through. */
export type FailureCode = 'forbidden' | 'refused' | 'gone' | 'unreachable' | 'uncertain';

/** What to tell of a write that failed in another way than by a conflict. */
export function failureMessage(failure: Exclude<PolicyFailure, { kind: 'conflict' }>): Message<FailureCode> {
  switch (failure.kind) {
  case 'gone':
    return { code: 'gone', params: {} };
  case 'forbidden':
    return { code: 'forbidden', params: { verb: failure.verb, message: failure.message } };
  case 'unreachable':
    return { code: failure.uncertain ? 'uncertain' : 'unreachable', params: { message: failure.message } };
  default:
    return { code: 'refused', params: { message: failure.message } };
  }
}

/** What there is to go back to from a save. */
function before({ draft, base }: SaveRequest): Pick<HistoryEntry, 'before' | 'beforeSelector' | 'beforePaused'> {
  const { contents, matchSelector, paused } = base?.policy ?? {};

  return {
    ...(contents?.kind === 'settings' && { before: contents.settings }),
    ...(matchSelector && !sameSelector(matchSelector, draft.matchSelector) && { beforeSelector: matchSelector }),
    ...(pausedBySaving(draft, base?.policy) !== undefined && { beforePaused: paused }),
  };
}

/** Saves drafts, one at a time. What was typed stays with the caller, whatever comes of it. Call in `setup`. */
export function useSavePolicy({ request, clusterId }: Pick<Host, 'request' | 'clusterId'>): Saving {
  const entryOf = useAuthor();
  const saving = ref(false);
  const failure = shallowRef<Message<FailureCode>>();
  const clash = shallowRef<Clash>();
  const life = new AbortController();
  let last: { readonly key: string; readonly entry: HistoryEntry } | undefined;

  onBeforeUnmount(() => life.abort());

  /** Of the same attempt made again the same entry: so it is recognised if it got through the first time. */
  function entryFor(wish: SaveRequest): HistoryEntry {
    const { draft, base, reason } = wish;
    const key = fingerprint({ draft, reason, version: base?.object.metadata.resourceVersion });
    const entry = last?.key === key ? last.entry : entryOf(base ? 'changed' : 'created', { ...(reason !== '' && { reason }), ...before(wish) });

    last = { key, entry };

    return entry;
  }

  function settle({ draft, base }: SaveRequest, outcome: SaveOutcome): StoredCloudInit | undefined {
    switch (outcome.kind) {
    case 'saved':
      return outcome.object;
    case 'conflict': {
      const live = { object: outcome.live, policy: policyOf(outcome.live) };

      clash.value = { live, rebased: rebaseDraft(base?.policy, draft, live.policy) };

      return undefined;
    }
    default:
      failure.value = failureMessage(outcome);

      return undefined;
    }
  }

  return {
    saving,
    failure,
    clash,
    async save(wish) {
      const { draft: { name, matchSelector, settings, paused }, base, minimumMemoryKib } = wish;
      const wanted = cloudInitFor({ name, matchSelector, paused: paused ?? base?.policy.paused ?? false, contents: { settings, minimumMemoryKib } }, entryFor(wish), base?.object);

      saving.value = true;
      failure.value = undefined;
      clash.value = undefined;
      const outcome = await savePolicy({ request, clusterId: clusterId.value }, wanted, base?.object, life.signal);

      saving.value = false;

      return outcome && settle(wish, outcome);
    },
  };
}
