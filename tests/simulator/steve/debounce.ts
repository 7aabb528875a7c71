/** Runs a task at the first trigger at once, and for all later ones together a period after the first of them: rancher/apiserver's debouncer. */
export class Debounced {
  private timer: NodeJS.Timeout | undefined;
  private first = true;

  constructor(private readonly period: number, private readonly task: () => void) {}

  trigger(): void {
    if (this.first) {
      this.first = false;
      this.task();
    } else {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.task();
      }, this.period);
    }
  }

  cancel(): void {
    clearTimeout(this.timer);
  }
}
