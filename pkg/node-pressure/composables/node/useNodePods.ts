import { watch, type ComputedRef } from 'vue';
import type { Pod } from '../../kubelet/pod';
import type { Summary } from '../../kubelet/summary';
import { arePodsInStep } from '../../planner/node/podsInStep';
import { IN_VIEW_MILLISECONDS, REFRESH_MILLISECONDS, type Reading, type Sample } from '../../planner/reading';
import { podsOfNodePlan } from '../../steve/pods';
import type { Host } from '../useHost';
import { useReading } from './useReading';

/** The pods of the node in view: every half minute, and as soon as its kubelet speaks of others. Call in `setup`. */
export function useNodePods({ clusterId: { value: clusterId }, request }: Pick<Host, 'clusterId' | 'request'>, name: string, summary: ComputedRef<Sample<Summary> | undefined>, active: ComputedRef<boolean>): ComputedRef<Reading<readonly Pod[]>> {
  const { reading, readings } = useReading(request, active, name, { plan: () => podsOfNodePlan(clusterId, name), intervalMilliseconds: 2 * REFRESH_MILLISECONDS, leastMilliseconds: IN_VIEW_MILLISECONDS });

  watch(summary, (sample) => {
    const { sample: pods, failure } = reading.value;

    if (sample && pods && !failure && !arePodsInStep(pods.value, sample.value)) {
      readings.expire(name);
    }
  });

  return reading;
}
