/** The simulated cluster's time. Everything that has an age, a period or a trend asks this clock, never `Date`. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves time forward. Timers that fall due on the way run at their time, in order, before it returns. */
  advance(milliseconds: number): void;
  /** Runs `task` every `milliseconds` of this clock until the returned function is called. */
  every(milliseconds: number, task: () => void): () => void;
  /** Stops all timers. */
  stop(): void;
}

interface Timer {
  period: number;
  due: number;
  task: () => void;
}

/** How often a running clock looks for timers that fell due; resolution of every periodic thing in the simulator. */
const RESOLUTION = 250;

abstract class BaseClock implements Clock {
  private readonly timers = new Set<Timer>();

  abstract now(): number;
  protected abstract shift(milliseconds: number): void;

  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) {
      throw new RangeError(`time only moves forward, not by ${ milliseconds } ms`);
    }
    const target = this.now() + milliseconds;

    for (let next = this.nextDue(); next !== undefined && next <= target; next = this.nextDue()) {
      this.shift(Math.max(0, next - this.now()));
      this.runDue();
    }
    this.shift(Math.max(0, target - this.now()));
  }

  every(milliseconds: number, task: () => void): () => void {
    const timer = { period: milliseconds, due: this.now() + milliseconds, task };

    this.timers.add(timer);

    return () => this.timers.delete(timer);
  }

  stop(): void {
    this.timers.clear();
  }

  private nextDue(): number | undefined {
    return this.timers.size === 0 ? undefined : Math.min(...[...this.timers].map(({ due }) => due));
  }

  /** A timer that real time has passed several times over runs once: its task reads the clock, so nothing is lost. */
  protected runDue(): void {
    const now = this.now();

    for (const timer of [...this.timers]) {
      if (timer.due <= now) {
        timer.due = now + timer.period;
        timer.task();
      }
    }
  }
}

/** Real time, plus what `advance` added. */
export class RunningClock extends BaseClock {
  private offset = 0;
  private readonly ticker = setInterval(() => this.runDue(), RESOLUTION);

  constructor() {
    super();
    this.ticker.unref();
  }

  now(): number {
    return Date.now() + this.offset;
  }

  protected shift(milliseconds: number): void {
    this.offset += milliseconds;
  }

  override stop(): void {
    clearInterval(this.ticker);
    super.stop();
  }
}

/** Stands still until `advance` is called: for tests that state exact figures. */
export class ManualClock extends BaseClock {
  constructor(private time = Date.UTC(2026, 7, 21, 12)) {
    super();
  }

  now(): number {
    return this.time;
  }

  protected shift(milliseconds: number): void {
    this.time += milliseconds;
  }
}

/** A time as the Kubernetes API writes it: RFC 3339, whole seconds, UTC. */
export function timestamp(milliseconds: number): string {
  return `${ new Date(milliseconds).toISOString().slice(0, 19) }Z`;
}
