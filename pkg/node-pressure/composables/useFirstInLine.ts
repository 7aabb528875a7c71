import { onBeforeUnmount, shallowRef, watch, type Ref } from 'vue';
import type { Pod } from '../kubelet/pod';
import type { Summary } from '../kubelet/summary';
import { arePodsInStep } from '../planner/node/podsInStep';
import { REFRESH_MILLISECONDS, type Reading, type ReadFailure } from '../planner/reading';
import { firstInLine } from '../planner/settings/firstInLine';
import type { PodRef } from '../planner/settings/podRef';
import { podsOfNodePlan } from '../steve/pods';
import { createQueue } from '../steve/queue';
import type { Request } from '../steve/request';
import { createReadings } from './readings';

/** Lists of pods are large, and the kubelets' own answers come first. */
const CONCURRENT_READS = 2;
const INTERVAL_MILLISECONDS = 4 * REFRESH_MILLISECONDS;

export interface FirstInLine {
  /** The pod that would be evicted first for want of memory; undefined while it is not known. Reactive. */
  of(name: string, summary: Reading<Summary>): PodRef | undefined;
  /** Takes note of a kubelet's new figures: pods from before are read again. */
  check(name: string, summary: Reading<Summary>): void;
  /** The right that is missing to read them, if one is. Reactive. */
  forbidden(): ReadFailure | undefined;
  /** Reads the pods of these nodes, and forgets those of all others. */
  show(names: ReadonlySet<string>): void;
}

interface Memo {
  readonly pods: readonly Pod[];
  readonly summary: Summary;
  readonly first: PodRef | undefined;
}

/** Who would go first on the nodes in view, read while `active`. Call in `setup`. */
export function useFirstInLine(clusterId: string, request: Request, active: Readonly<Ref<boolean>>): FirstInLine {
  const pods = createReadings<readonly Pod[]>({ request, queue: createQueue(CONCURRENT_READS), plan: (name) => podsOfNodePlan(clusterId, name), intervalMilliseconds: INTERVAL_MILLISECONDS, leastMilliseconds: REFRESH_MILLISECONDS });
  const memos = new Map<string, Memo>();
  const shown = shallowRef<ReadonlySet<string>>(new Set());

  /** Figures of other pods than those that were read before them. */
  function isOutdated(name: string, { sample }: Reading<Summary>): boolean {
    const list = pods.of(name).sample;

    return list !== undefined && sample !== undefined && list.readAtMilliseconds < sample.readAtMilliseconds && !arePodsInStep(list.value, sample.value);
  }

  watch(active, (isActive) => (isActive ? pods.start() : pods.stop()), { immediate: true });
  onBeforeUnmount(pods.stop);

  return {
    of(name, summary) {
      const { sample } = summary;
      const list = pods.of(name).sample?.value;

      if (!list || !sample) {
        memos.delete(name);

        return undefined;
      }
      const memo = memos.get(name);

      if (memo?.pods === list && memo.summary === sample.value) {
        return memo.first;
      }
      // A pod that has gone would be one without figures, which the kubelet takes first
      if (isOutdated(name, summary)) {
        return memo?.first;
      }
      const known = { pods: list, summary: sample.value, first: firstInLine({ pods: list, summary: sample.value }) };

      memos.set(name, known);

      return known.first;
    },
    check(name, summary) {
      if (isOutdated(name, summary)) {
        pods.expire(name);
      }
    },
    forbidden: () => [...shown.value].map((name) => pods.of(name).failure).find((failure) => failure?.kind === 'forbidden'),
    show(names) {
      shown.value = names;
      pods.want(names);
      pods.keep(names);
    },
  };
}
