import { computed, type ComputedRef, type Ref } from 'vue';
import type { Signal } from '../../kubelet/signals';
import { sampleLine, type SampleLine } from '../../planner/node/sampleLine';
import { bursts, pointsOf, type Bursts, type SamplesSince } from '../../planner/node/samples';
import { memoryMargins, type SignalRow } from '../../planner/node/signalRows';

/** How far back the line goes; a source that reaches further is asked for no more. */
const SHOWN_MILLISECONDS = 30 * 60_000;

export interface InView {
  /** Of the signal that is looked at; undefined before the second sample. */
  readonly line: ComputedRef<SampleLine | undefined>;
  readonly bursts: ComputedRef<Bursts>;
  /** Of the memory that decides, which advice rests on. */
  readonly memoryBursts: ComputedRef<Bursts>;
}

/** What the samples say about a signal, wherever they are from. */
export function useInView(samplesSince: SamplesSince, row: ComputedRef<SignalRow | undefined>, signals: ComputedRef<readonly SignalRow[]>, now: Readonly<Ref<number>>): InView {
  const samples = computed(() => samplesSince(now.value - SHOWN_MILLISECONDS));
  const burstsOf = (signal: Signal, margin: number | undefined): Bursts => bursts(samples.value, signal, margin);

  return {
    line:         computed(() => row.value && sampleLine(pointsOf(samples.value, row.value.signal), row.value)),
    bursts:       computed(() => burstsOf(row.value?.signal ?? 'memory.available', row.value?.margin)),
    memoryBursts: computed(() => {
      const { smaller } = memoryMargins(signals.value);

      return burstsOf(smaller?.signal ?? 'memory.available', smaller?.bytes);
    }),
  };
}
