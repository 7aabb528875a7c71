/** Runs tasks in the order in which they came, at most so many at once. */
export interface Queue {
  /** Runs the task when its turn comes, and ends as it ends. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

/** A queue that spares the API server and the kubelets behind it: `limit` reads at a time, the rest waits. */
export function createQueue(limit: number): Queue {
  const waiting: (() => void)[] = [];
  let running = 0;

  function next(): void {
    while (running < limit && waiting.length > 0) {
      running += 1;
      waiting.shift()?.();
    }
  }

  return {
    async run<T>(task: () => Promise<T>): Promise<T> {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        next();
      });

      try {
        return await task();
      } finally {
        running -= 1;
        next();
      }
    },
  };
}
