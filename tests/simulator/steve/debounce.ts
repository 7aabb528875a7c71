/** Runs a task at once and then, however often it is triggered, at most once per period. */
export class Debounced {
  private timer: NodeJS.Timeout | undefined;
  private again = false;

  constructor(private readonly period: number, private readonly task: () => void) {}

  trigger(): void {
    if (this.timer) {
      this.again = true;

      return;
    }
    this.timer = setTimeout(() => this.rest(), this.period);
    this.task();
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.again = false;
  }

  private rest(): void {
    this.timer = undefined;
    if (this.again) {
      this.again = false;
      this.trigger();
    }
  }
}
