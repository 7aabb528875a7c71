import { computed, onBeforeUnmount, watch, type ComputedRef, type Ref } from 'vue';
import type { Reading } from '../../planner/reading';
import { createQueue } from '../../steve/queue';
import type { ReadPlan } from '../../steve/read';
import type { Request } from '../../steve/request';
import { createReadings, type Readings } from '../readings';

export interface ReadingOptions<T, Key extends string> {
  readonly plan: (key: Key) => ReadPlan<T>;
  readonly intervalMilliseconds: number;
  readonly leastMilliseconds: number;
}

/** Reads a few values again and again while `active`, and nothing otherwise. Call in `setup`. */
export function useReadings<T, Key extends string>(request: Request, active: Readonly<Ref<boolean>>, options: ReadingOptions<T, Key>): Readings<T> {
  const readings = createReadings<T>({ ...options, request, queue: createQueue(1), plan: (key) => options.plan(key as Key) });

  watch(active, (isActive) => (isActive ? readings.start() : readings.stop()), { immediate: true });
  onBeforeUnmount(readings.stop);

  return readings;
}

/** Reads one value again and again while `active`. Call in `setup`. */
export function useReading<T>(request: Request, active: Readonly<Ref<boolean>>, name: string, options: ReadingOptions<T, string>): { readonly reading: ComputedRef<Reading<T>>; readonly readings: Readings<T> } {
  const readings = useReadings(request, active, options);

  readings.want(new Set([name]));

  return { readings, reading: computed(() => readings.of(name)) };
}
