import { createQueue } from '../queue';

/** A task that ends when it is told to. */
function deferred() {
  let resolve: (value: string) => void = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<string>((...callbacks) => {
    [resolve, reject] = callbacks;
  });
  const task = jest.fn(() => promise);

  return { task, resolve, reject };
}

/** Lets everything happen that waits for nothing but its turn. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

it('runs so many tasks at once and the next when one ends, in order', async() => {
  const queue = createQueue(2);
  const tasks = [deferred(), deferred(), deferred(), deferred()];
  const results = tasks.map(({ task }) => queue.run(task));
  const started = () => tasks.map(({ task }) => task.mock.calls.length);

  await settled();
  expect(started()).toStrictEqual([1, 1, 0, 0]);

  tasks[1]?.resolve('b');
  await settled();
  expect(started()).toStrictEqual([1, 1, 1, 0]);

  tasks[0]?.reject(new Error('a'));
  await expect(results[0]).rejects.toThrow('a');
  await settled();
  expect(started()).toStrictEqual([1, 1, 1, 1]);

  tasks[2]?.resolve('c');
  tasks[3]?.resolve('d');
  await expect(Promise.all(results.slice(1))).resolves.toStrictEqual(['b', 'c', 'd']);
});
