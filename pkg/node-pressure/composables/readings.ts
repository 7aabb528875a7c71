import { shallowRef, triggerRef } from 'vue';
import { retryDelay, UNREAD, type Reading } from '../planner/reading';
import type { Queue } from '../steve/queue';
import { read, type Outcome, type ReadPlan } from '../steve/read';
import type { Request } from '../steve/request';

/** How one kind of value is read again and again. */
export interface ReadingsOptions<T> {
  readonly request: Request;
  readonly queue: Queue;
  readonly plan: (key: string) => ReadPlan<T>;
  readonly intervalMilliseconds: number;
  /** Never asked about the same again sooner than this, whatever expires, fails or is stopped and started; 0 if absent. */
  readonly leastMilliseconds?: number;
}

/** Values of one kind, by key, kept fresh for as long as somebody looks at them. */
export interface Readings<T> {
  /** Reactive. */
  of(key: string): Reading<T>;
  /** Keeps these values fresh from now on, and no others. */
  want(keys: ReadonlySet<string>): void;
  /** Reads these values once if they were never read, beside those that are wanted. An empty list cancels. */
  wantOnce(keys: readonly string[]): void;
  /** Takes note that a value may have changed at its source. */
  expire(key: string): void;
  /** Forgets what belongs to no key of these. */
  keep(keys: ReadonlySet<string>): void;
  start(): void;
  /** Aborts what is under way and asks nothing more until `start`; what was read stays. */
  stop(): void;
}

interface Entry<T> {
  reading: Reading<T>;
  failuresInARow: number;
  dueAtMilliseconds: number;
  /** Not before then, even if due. */
  notBeforeMilliseconds: number;
  running: boolean;
}

/** Answers that arrive within this time are shown together: a table of a thousand rows is not sorted for each. */
const BATCH_MILLISECONDS = 200;

/** The one place that decides when something is read, and when it is tried again. */
export function createReadings<T>({ request, queue, plan, intervalMilliseconds, leastMilliseconds = 0 }: ReadingsOptions<T>): Readings<T> {
  const entries = new Map<string, Entry<T>>();
  // One dependency for all: with one for each of a thousand keys, Vue would look at them all whenever anything changes
  const shown = shallowRef(new Map<string, Reading<T>>());
  const unshown = new Set<string>();
  let wanted: ReadonlySet<string> = new Set();
  let once = new Set<string>();
  let life: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let batch: ReturnType<typeof setTimeout> | undefined;

  function entryOf(key: string): Entry<T> {
    const entry = entries.get(key) ?? { reading: UNREAD, failuresInARow: 0, dueAtMilliseconds: 0, notBeforeMilliseconds: 0, running: false };

    entries.set(key, entry);

    return entry;
  }

  function show(): void {
    batch = undefined;
    if (unshown.size === 0) {
      return;
    }
    unshown.forEach((key) => shown.value.set(key, entryOf(key).reading));
    unshown.clear();
    triggerRef(shown);
  }

  function settle(key: string, entry: Entry<T>, { value, failure }: Outcome<T>): void {
    const readAtMilliseconds = Date.now();

    entry.failuresInARow = failure ? entry.failuresInARow + 1 : 0;
    entry.reading = failure ? { sample: entry.reading.sample, failure } : { sample: { value: value as T, readAtMilliseconds } };
    entry.dueAtMilliseconds = readAtMilliseconds + retryDelay(intervalMilliseconds, entry.failuresInARow, failure?.kind);
    once.delete(key);
    unshown.add(key);
    batch ??= setTimeout(show, BATCH_MILLISECONDS);
  }

  async function refresh(key: string, { signal }: AbortController): Promise<void> {
    const entry = entryOf(key);

    entry.running = true;
    // Its turn in the queue may come when nobody looks any more
    const outcome = await queue.run(async() => {
      if (!wanted.has(key) && !once.has(key)) {
        return undefined;
      }
      entry.notBeforeMilliseconds = Date.now() + leastMilliseconds;

      return read(request, plan(key), signal);
    });

    entry.running = false;
    if (outcome) {
      settle(key, entry, outcome);
    }
    schedule();
  }

  function dueAt({ dueAtMilliseconds, notBeforeMilliseconds }: Entry<T>): number {
    return Math.max(dueAtMilliseconds, notBeforeMilliseconds);
  }

  function candidates(): [string, Entry<T>][] {
    return [...new Set([...wanted, ...once])].map((key): [string, Entry<T>] => [key, entryOf(key)]).filter(([, entry]) => !entry.running);
  }

  function schedule(): void {
    clearTimeout(timer);
    const due = candidates().map(([, entry]) => dueAt(entry));

    if (life && due.length > 0) {
      timer = setTimeout(readDue, Math.max(0, due.reduce((a, b) => Math.min(a, b)) - Date.now()));
    }
  }

  function readDue(): void {
    const current = life;
    const now = Date.now();

    for (const [key, entry] of candidates()) {
      if (current && dueAt(entry) <= now) {
        refresh(key, current);
      }
    }
    schedule();
  }

  return {
    of: (key) => shown.value.get(key) ?? UNREAD,
    want(keys) {
      wanted = keys;
      schedule();
    },
    wantOnce(keys) {
      once = new Set(keys.filter((key) => entryOf(key).dueAtMilliseconds === 0));
      schedule();
    },
    expire(key) {
      entryOf(key).dueAtMilliseconds = 0;
      schedule();
    },
    keep(keys) {
      const gone = [...entries.keys()].filter((known) => !keys.has(known));

      gone.forEach((key) => [entries, unshown, shown.value].forEach((each) => each.delete(key)));
      if (gone.length > 0) {
        triggerRef(shown);
      }
    },
    start() {
      life ??= new AbortController();
      schedule();
    },
    stop() {
      clearTimeout(timer);
      clearTimeout(batch);
      show();
      life?.abort();
      life = undefined;
    },
  };
}
