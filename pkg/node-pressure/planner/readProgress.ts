import type { NodeReport } from './nodeReport';

/** How far the reading of exact values has come. */
export interface ReadProgress {
  /** Nodes whose kubelet answered, or failed to. */
  readonly answered: number;
  readonly total: number;
  /** Whether there is something left to read. */
  readonly complete: boolean;
  readonly running: boolean;
}

/** @param requested whether all nodes were asked for, rather than only those in view */
export function readProgress(reports: readonly NodeReport[], requested: boolean): ReadProgress {
  const answered = reports.filter(({ asked }) => asked).length;
  const complete = answered === reports.length;

  return { answered, total: reports.length, complete, running: requested && !complete };
}
