/** One measured figure. */
export interface Figure {
  readonly name: string;
  /** Milliseconds for the whole in the best run: whatever else the machine does only ever adds to it. */
  readonly milliseconds: number;
  /** How many things were done in that time. */
  readonly operations: number;
}

/** Enough for the engine to have compiled what it runs. */
const RUNS = 15;

/** The shortest run time of some work that does `operations` things. */
export function measure(name: string, operations: number, work: () => void): Figure {
  let milliseconds = Infinity;

  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();

    work();
    milliseconds = Math.min(milliseconds, performance.now() - start);
  }

  return { name, operations, milliseconds };
}

export function nanosecondsEach({ milliseconds, operations }: Figure): number {
  return milliseconds * 1e6 / operations;
}

/** A line of a report. */
export function describe(figure: Figure): string {
  const each = nanosecondsEach(figure);

  return `${ figure.name.padEnd(64) }${ figure.milliseconds.toFixed(1).padStart(9) } ms${ each.toFixed(0).padStart(11) } ns each`;
}
