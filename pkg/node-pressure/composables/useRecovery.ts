import { onBeforeUnmount, ref, watch, type Ref } from 'vue';
import { dueAtMilliseconds, lose, remedy, tried, type Outage } from '../planner/outage';
import type { Watched, Watches } from './useWatches';

/** An outage that is over. */
export interface Recovered {
  readonly lostMilliseconds: number;
  /** When everything was read anew, by the browser's clock. */
  readonly readAtMilliseconds: number;
}

export interface Recovery {
  /** The last outage, until it is dismissed. */
  readonly recovered: Ref<Recovered | undefined>;
}

/**
 * Starts watches again that have ended and that the Dashboard's store has given up, and then reads what may have changed
 * meanwhile. Does so while `active`. Call in `setup`.
 */
export function useRecovery(watches: Watches, active: Readonly<Ref<boolean>>): Recovery {
  const recovered = ref<Recovered>();
  /** Only what ran or failed here can be lost: not everything can be watched, and a store's worker may keep its watches to itself. */
  const seen = new Set<Watched>();
  let outage: Outage | undefined;
  let wasLost = false;
  let isReading = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const lost = (): Watched[] => [...seen].filter((watched) => !watches.running.value.has(watched) && watches.isKnown(watched));

  function schedule(): void {
    clearTimeout(timer);
    if (outage && active.value && !isReading) {
      timer = setTimeout(() => outage && mend(outage), Math.max(0, dueAtMilliseconds(outage, lost().length > 0) - Date.now()));
    }
  }

  async function read(current: Outage): Promise<void> {
    isReading = true;
    const outcomes = await Promise.allSettled(current.watches.filter(watches.isKnown).map(watches.read));
    const now = Date.now();
    const isRefused = outcomes.some(({ status }) => status === 'rejected');

    isReading = false;
    if (isRefused || lost().length > 0) {
      outage = tried(outage ?? current, isRefused, now);
    } else {
      recovered.value = { lostMilliseconds: now - current.sinceMilliseconds, readAtMilliseconds: now };
      outage = undefined;
    }
    schedule();
  }

  function mend(current: Outage): void {
    const gone = lost();

    switch (remedy(current, gone.length > 0)) {
    case 'watch':
      outage = tried(current, false, Date.now());
      gone.forEach(watches.start);
      break;
    case 'read':
      read(current);
      break;
    default:
      outage = undefined;
    }
    schedule();
  }

  watch([watches.running, watches.failed], (sets) => {
    sets.forEach((set) => set.forEach((watched) => seen.add(watched)));
    const gone = lost();

    if (gone.length > 0 || (wasLost && outage)) {
      outage = lose(outage, gone, Date.now());
    }
    wasLost = gone.length > 0;
    schedule();
  }, { immediate: true });
  watch(active, schedule);
  onBeforeUnmount(() => {
    outage = undefined;
    clearTimeout(timer);
  });

  return { recovered };
}
