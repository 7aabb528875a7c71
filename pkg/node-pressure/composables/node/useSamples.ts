import { shallowRef, watch, type ComputedRef } from 'vue';
import type { Summary } from '../../kubelet/summary';
import { keepSample, samplesIn, signalSample, type SamplesSince, type SignalSample } from '../../planner/node/samples';
import type { Sample } from '../../planner/reading';

/** Half an hour: enough to see a trend, and one sample in ten seconds stays a short list. */
const KEPT_MILLISECONDS = 30 * 60_000;

/** Samples of the node in view, taken while the tab is open. Reactive; another source of samples has the same shape. */
export function useSamples(summary: ComputedRef<Sample<Summary> | undefined>): SamplesSince {
  const samples = shallowRef<readonly SignalSample[]>([]);

  watch(summary, (sample) => {
    if (sample) {
      samples.value = keepSample(samples.value, signalSample(sample.value, sample.readAtMilliseconds), KEPT_MILLISECONDS);
    }
  }, { immediate: true });

  return (sinceMilliseconds) => samplesIn(samples.value)(sinceMilliseconds);
}
