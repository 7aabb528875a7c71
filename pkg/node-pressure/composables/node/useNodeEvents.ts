import { computed, type ComputedRef, type Ref } from 'vue';
import type { Pod } from '../../kubelet/pod';
import { podEvents, type PodEvents } from '../../planner/node/podEvents';
import { CONFIGURATION_REFRESH_MILLISECONDS, type ReadFailure } from '../../planner/reading';
import { EVENT_LISTS, nodeEventsPlan, type EventList, type EventListName } from '../../steve/events';
import type { Host } from '../useHost';
import { useReadings } from './useReading';

export interface NodeEvents {
  /** Undefined until the first answer. */
  readonly events: ComputedRef<PodEvents | undefined>;
  readonly failure: ComputedRef<ReadFailure | undefined>;
  /** The cluster has more events than are read at a time: some of this node may be missing. */
  readonly isCut: ComputedRef<boolean>;
}

/** What happened on the node in view, read once a minute while `active`. Call in `setup`. */
export function useNodeEvents({ clusterId: { value: clusterId }, request }: Pick<Host, 'clusterId' | 'request'>, name: string, pods: ComputedRef<readonly Pod[] | undefined>, now: Readonly<Ref<number>>, active: ComputedRef<boolean>): NodeEvents {
  const readings = useReadings<EventList, EventListName>(request, active, { plan: (list) => nodeEventsPlan(clusterId, name, list), intervalMilliseconds: CONFIGURATION_REFRESH_MILLISECONDS, leastMilliseconds: CONFIGURATION_REFRESH_MILLISECONDS });
  const lists = computed(() => EVENT_LISTS.map((list) => readings.of(list)));
  const known = computed(() => lists.value.flatMap(({ sample }) => sample?.value ?? []));

  readings.want(new Set(EVENT_LISTS));

  return {
    events:  computed(() => (known.value.length > 0 ? podEvents(known.value.flatMap(({ events }) => events), now.value, pods.value) : undefined)),
    failure: computed(() => lists.value.find(({ failure }) => failure)?.failure),
    isCut:   computed(() => known.value.some(({ isCut }) => isCut)),
  };
}
