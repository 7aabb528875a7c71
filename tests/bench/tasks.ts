/** How long single tasks hold the page up while something is done in it. */
import type { Browser, Page } from 'playwright-core';
import { isOurs, PROFILE_CATEGORIES, samplesOf, type Sample } from './profile';
import { endOf, longest, MARK, pageThread, took, TRACE_CATEGORIES, type Took, type Trace, type TraceEvent } from './trace';

const text = ({ wall, cpu }: Took): string => `${ cpu.toFixed(1).padStart(6) } ms of processor time (${ wall.toFixed(1) } ms by the clock)`;

/** The tasks in which a sample was taken; both in their order. */
function tasksWith(samples: readonly Sample[], tasks: readonly TraceEvent[]): TraceEvent[] {
  let next = 0;

  return tasks.filter((task) => {
    while ((samples[next]?.ts ?? Infinity) < task.ts) {
      next += 1;
    }

    return (samples[next]?.ts ?? Infinity) < endOf(task);
  });
}

/** Does something and prints the busiest task meanwhile: whoever's, and of those that ran our code. */
export async function reportTasks(browser: Browser, page: Page, name: string, action: () => Promise<void>): Promise<void> {
  await browser.startTracing(page, { categories: [...TRACE_CATEGORIES, ...PROFILE_CATEGORIES] });
  // By this the page's thread is found among all
  await page.evaluate((mark) => performance.mark(mark), MARK);
  await action();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as Trace;
  const thread = pageThread(trace);
  // The task with the mark is the trace's own
  const tasks = thread.tasks.filter(({ ts }) => thread.marks.every((mark) => mark.ts < ts));
  const ours = tasksWith(samplesOf(trace.traceEvents, thread).filter(isOurs), tasks);
  const busiest = (tasks: readonly TraceEvent[]): string => text(longest(tasks.map((task) => took([task])), 'cpu'));

  console.log(`${ name }\n  busiest task with our code ${ busiest(ours) }, of all ${ busiest(tasks) }`);
}
