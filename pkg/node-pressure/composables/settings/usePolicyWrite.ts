import { onBeforeUnmount, ref, shallowRef, type Ref } from 'vue';
import type { Message } from '../../planner/display';
import type { SaveOutcome } from '../../steve/policies';
import type { ClusterAccess } from '../../steve/request';
import type { Host } from '../useHost';
import { failureMessage, type FailureCode } from './useSavePolicy';

export interface PolicyWrite {
  readonly busy: Readonly<Ref<boolean>>;
  /** Why it was not done; `clash`: somebody has changed the object meanwhile, and nothing was done to their change. */
  readonly failure: Ref<Message<FailureCode | 'clash'> | undefined>;
  /** Whether it was done. */
  run(task: (access: ClusterAccess, signal: AbortSignal) => Promise<SaveOutcome | undefined>): Promise<boolean>;
}

/** One write to a policy's object at a time that has nothing to merge. Call in `setup`. */
export function usePolicyWrite({ request, clusterId }: Pick<Host, 'request' | 'clusterId'>): PolicyWrite {
  const busy = ref(false);
  const failure = shallowRef<Message<FailureCode | 'clash'>>();
  const life = new AbortController();

  onBeforeUnmount(() => life.abort());

  return {
    busy,
    failure,
    async run(task) {
      busy.value = true;
      failure.value = undefined;
      const outcome = await task({ request, clusterId: clusterId.value }, life.signal);

      busy.value = false;
      if (outcome && outcome.kind !== 'saved') {
        failure.value = outcome.kind === 'conflict' ? { code: 'clash', params: {} } : failureMessage(outcome);
      }

      return outcome?.kind === 'saved';
    },
  };
}
