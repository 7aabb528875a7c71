import { computed, onBeforeUnmount, watch, type ComputedRef, type Ref } from 'vue';
import type { VmPod } from '../../harvester/migration/objects';
import type { ReadFailure } from '../../planner/reading';
import { createQueue } from '../../steve/queue';
import type { Request } from '../../steve/request';
import { vmPodsPlan } from '../../steve/vmPods';
import { createReadings } from '../readings';

/** Namespaces whose pods are asked for at once. */
const CONCURRENT_READS = 4;
/** Limits of a pod hardly ever change; that pods come and go shows in their VMs. */
const INTERVAL_MILLISECONDS = 120_000;
/** However often VMs change. */
const LEAST_MILLISECONDS = 2_000;

export interface VmPods {
  readonly pods: ComputedRef<readonly VmPod[]>;
  /** The namespaces whose pods are among them, to when they were read. */
  readonly readAt: ComputedRef<ReadonlyMap<string, number>>;
  /** Why those of some namespace could not be read. */
  readonly failure: ComputedRef<ReadFailure | undefined>;
  /** How many namespaces are still to be read. */
  readonly pending: ComputedRef<number>;
}

/**
 * The pods of VMs, namespace by namespace in the order of `versions`, whose values say what their VMs are at: with every
 * change of theirs a namespace is read again. Reads while `active`. Call in `setup`.
 */
export function useVmPods(clusterId: string, request: Request, versions: Readonly<Ref<ReadonlyMap<string, string>>>, active: Readonly<Ref<boolean>>): VmPods {
  const readings = createReadings<readonly VmPod[]>({ request, queue: createQueue(CONCURRENT_READS), plan: (namespace) => vmPodsPlan(clusterId, namespace), intervalMilliseconds: INTERVAL_MILLISECONDS, leastMilliseconds: LEAST_MILLISECONDS });

  watch(versions, (now, before) => {
    const names = new Set(now.keys());

    [...now].filter(([name, version]) => before?.has(name) && before.get(name) !== version).forEach(([name]) => readings.expire(name));
    readings.keep(names);
    readings.want(names);
  }, { immediate: true });
  watch(active, (isActive) => (isActive ? readings.start() : readings.stop()), { immediate: true });
  onBeforeUnmount(readings.stop);

  const all = computed(() => [...versions.value.keys()].map((name) => ({ name, reading: readings.of(name) })));

  return {
    pods:    computed(() => all.value.flatMap(({ reading }) => reading.sample?.value ?? [])),
    readAt:  computed(() => new Map(all.value.flatMap(({ name, reading }) => (reading.sample ? [[name, reading.sample.readAtMilliseconds] as const] : [])))),
    failure: computed(() => all.value.find(({ reading }) => reading.failure)?.reading.failure),
    pending: computed(() => all.value.filter(({ reading }) => !reading.sample && !reading.failure).length),
  };
}
