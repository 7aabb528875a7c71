/** What a browser's trace says about the main thread of the page that runs our code. */

/** An event of Chromium's trace format, complete ("X") or metadata ("M"); times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  /** Of what goes on over several events. */
  readonly id?: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** The time in which the thread really ran; the rest of `dur` it waited for a processor. Now and then more than `dur`, which cannot be. */
  readonly tdur?: number;
  readonly args?: { readonly data?: unknown };
}

/** Of the trace, what it takes to find tasks, our marks in them, and the drawing that follows. */
export const TRACE_CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing'];

/** The name of the mark that stands where a timer of our code runs. */
export const MARK = 'node-pressure';

const TASKS = ['RunTask', 'ThreadControllerImpl::RunTask'];
const DRAWING = ['UpdateLayoutTree', 'Layout', 'PrePaint', 'Paint', 'Layerize', 'Commit'];
/** Drawing that begins later belongs to something else. */
const FRAME_MICROSECONDS = 100_000;

/** Milliseconds by the clock, and of them those in which the thread ran. */
export interface Took {
  readonly wall: number;
  readonly cpu: number;
}

/** What `stopTracing` answers, parsed. */
export interface Trace {
  readonly traceEvents: readonly TraceEvent[];
}

/** The thread that runs the page's code, and what it did. */
export interface PageThread extends Pick<TraceEvent, 'pid' | 'tid'> {
  readonly marks: readonly TraceEvent[];
  readonly events: readonly TraceEvent[];
  /** One after the other. */
  readonly tasks: readonly TraceEvent[];
}

export interface MainThread {
  /** The longest single task, whoever ran it. */
  readonly longestTask: Took;
  /** Every update of ours: the task that changed the page, and the drawing of it. */
  readonly updates: readonly Took[];
}

export const endOf = ({ ts, dur = 0 }: TraceEvent): number => ts + dur;
const holds = (outer: TraceEvent, inner: TraceEvent): boolean => inner.ts >= outer.ts && endOf(inner) <= endOf(outer);

export function took(events: readonly TraceEvent[]): Took {
  const sum = (time: (event: TraceEvent) => number): number => events.reduce((total, event) => total + time(event), 0) / 1000;

  return { wall: sum(({ dur = 0 }) => dur), cpu: sum(({ dur = 0, tdur = dur }) => Math.min(tdur, dur)) };
}

/** Tasks may be nested: only the outermost count. */
function outermost(tasks: readonly TraceEvent[]): TraceEvent[] {
  let last: TraceEvent | undefined;

  return [...tasks].sort((a, b) => a.ts - b.ts || endOf(b) - endOf(a)).filter((task) => {
    const isNested = last !== undefined && holds(last, task);

    last = isNested ? last : task;

    return !isNested;
  });
}

export function longest(all: readonly Took[], by: keyof Took = 'wall'): Took {
  return all.reduce((a, b) => (b[by] > a[by] ? b : a), { wall: 0, cpu: 0 });
}

export function median(all: readonly Took[]): Took {
  const middle = (time: keyof Took): number => all.map((each) => each[time]).sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;

  return { wall: middle('wall'), cpu: middle('cpu') };
}

/** @throws Error when none of our timers ran while the trace was taken */
export function pageThread({ traceEvents }: Trace): PageThread {
  const marks = traceEvents.filter(({ name }) => name === MARK);
  const [first] = marks;

  if (!first) {
    throw new Error('none of our timers ran while the trace was taken');
  }
  const { pid, tid } = first;
  const events = traceEvents.filter((event) => event.ph === 'X' && event.pid === pid && event.tid === tid);

  return { pid, tid, marks, events, tasks: outermost(events.filter(({ name }) => TASKS.includes(name))) };
}

/** @throws Error as {@link pageThread} */
export function mainThread(trace: Trace): MainThread {
  const { marks, events, tasks } = pageThread(trace);
  const own = tasks.filter((task) => marks.some((mark) => holds(task, mark)));
  const drawing = events.filter(({ name }) => DRAWING.includes(name)).sort((a, b) => a.ts - b.ts);
  const updates = own.flatMap((task, index) => {
    const until = Math.min(endOf(task) + FRAME_MICROSECONDS, own[index + 1]?.ts ?? Infinity);
    const drawn = drawing.filter(({ ts }) => ts >= endOf(task) && ts < until);

    return drawn.some(({ name }) => name === 'Paint') ? [took([task, ...drawn])] : [];
  });

  return { updates, longestTask: longest(tasks.map((task) => took([task]))) };
}
