import { computed, onBeforeUnmount, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { Node } from '../../harvester/node';
import type { Message } from '../../planner/display';
import { removalKey, removalStanding, type RemovalStanding } from '../../planner/settings/removalProgress';
import type { StoredPolicy } from '../../steve/cloudInits';
import { advanceRemoval, type RemovalProgress } from '../../steve/removePolicy';
import type { Host } from '../useHost';
import { failureMessage, type FailureCode } from './useSavePolicy';

/** After a step that did not get through. */
const RETRY_MILLISECONDS = 30_000;

export interface Removal {
  readonly standing: ComputedRef<RemovalStanding>;
  /** Why the step that is due was not taken; it is tried again. */
  readonly failure: Ref<Message<FailureCode> | undefined>;
}

function failureOf({ outcome }: RemovalProgress): Message<FailureCode> | undefined {
  // A conflict needs nothing but the object as it is now, which is on its way
  return !outcome || outcome.kind === 'saved' || outcome.kind === 'deleted' || outcome.kind === 'conflict' ? undefined : failureMessage(outcome);
}

/**
 * Sees a removal through that was begun here, elsewhere or in another year: takes the step that is due whenever object or
 * nodes change, while `active`. All that it has to know is on the object. Call in `setup`.
 */
export function useRemoval({ request, clusterId }: Pick<Host, 'request' | 'clusterId'>, policy: Readonly<Ref<StoredPolicy>>, nodes: Readonly<Ref<readonly Node[]>>, active: Readonly<Ref<boolean>>): Removal {
  const failure = shallowRef<Message<FailureCode>>();
  const life = new AbortController();
  let isRunning = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const key = computed(() => `${ active.value }${ removalKey(policy.value.object, nodes.value) }`);

  async function advance(): Promise<void> {
    clearTimeout(timer);
    if (isRunning || !active.value || policy.value.policy.contents.kind !== 'removal') {
      return;
    }
    isRunning = true;
    const before = key.value;
    const progress = await advanceRemoval({ request, clusterId: clusterId.value }, policy.value.object, nodes.value, life.signal);

    isRunning = false;
    if (!progress) {
      return;
    }
    failure.value = failureOf(progress);
    if (key.value !== before) {
      advance();
    } else if (failure.value || progress.outcome?.kind === 'conflict') {
      timer = setTimeout(advance, RETRY_MILLISECONDS);
    }
  }

  watch(key, advance, { immediate: true });
  onBeforeUnmount(() => {
    clearTimeout(timer);
    life.abort();
  });

  return { standing: computed(() => removalStanding(policy.value.object, nodes.value)), failure };
}
