/** What a browser's trace says about the functions that ran: whose they are, which tasks alone do not tell. */
import type { TraceEvent } from './trace';

/** What has to be traced for it. */
export const PROFILE_CATEGORIES = ['disabled-by-default-v8.cpu_profiler'];

export interface Frame {
  readonly functionName: string;
  readonly url?: string;
  readonly lineNumber?: number;
  readonly columnNumber?: number;
}

/** A look at a thread. */
export interface Sample {
  /** Microseconds, by the trace's clock. */
  readonly ts: number;
  /** The function that ran, then who called it. */
  readonly stack: readonly Frame[];
}

interface ProfileNode {
  readonly id: number;
  readonly parent?: number;
  readonly callFrame: Frame;
}

interface ProfileData {
  readonly startTime?: number;
  readonly cpuProfile?: { readonly nodes?: readonly ProfileNode[]; readonly samples?: readonly number[] };
  readonly timeDeltas?: readonly number[];
}

const dataOf = ({ args }: TraceEvent): ProfileData => args?.data as ProfileData;

/** What one thread of a process ran, in its order. */
export function samplesOf(traceEvents: readonly TraceEvent[], { pid, tid }: Pick<TraceEvent, 'pid' | 'tid'>): Sample[] {
  const profile = traceEvents.find((event) => event.name === 'Profile' && event.pid === pid && event.tid === tid);
  const chunks = traceEvents.filter((event) => event.name === 'ProfileChunk' && event.pid === pid && event.id === profile?.id).map(dataOf);
  const nodes = new Map(chunks.flatMap(({ cpuProfile }) => cpuProfile?.nodes ?? []).map((node) => [node.id, node]));
  let ts = profile ? dataOf(profile).startTime ?? profile.ts : 0;

  function stackOf(id: number | undefined): Frame[] {
    const node = id === undefined ? undefined : nodes.get(id);

    return node ? [node.callFrame, ...stackOf(node.parent)] : [];
  }

  return chunks.flatMap(({ cpuProfile, timeDeltas = [] }) => (cpuProfile?.samples ?? []).map((id, index) => {
    ts += timeDeltas[index] ?? 0;

    return { ts, stack: stackOf(id) };
  }));
}

/** Whether our code runs, or something that it called. */
export function isOurs({ stack }: Sample): boolean {
  return stack.some(({ url = '' }) => url.includes('/node-pressure-'));
}
