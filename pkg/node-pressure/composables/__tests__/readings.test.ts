import { computed } from 'vue';
import { createQueue } from '../../steve/queue';
import type { RequestOptions } from '../../steve/request';
import { createReadings, type Readings } from '../readings';

const INTERVAL = 15_000;

/** Readings of texts behind a server that a test can hold back. */
function scene(limit = 2, leastMilliseconds?: number) {
  const asked: string[] = [];
  let release: () => void = () => {};
  let gate: Promise<void> | undefined;
  let respond: (key: string) => unknown = (key) => `value of ${ key }`;

  const readings: Readings<string> = createReadings({
    request: async({ url }: RequestOptions) => {
      asked.push(url);
      await gate;
      const body = respond(url);

      return body instanceof Error ? Promise.reject(body) : body;
    },
    queue:                createQueue(limit),
    plan:                 (key) => ({ url: key, verb: 'get things', parse: String }),
    intervalMilliseconds: INTERVAL,
    leastMilliseconds,
  });

  return {
    asked, readings,
    hold() {
      gate = new Promise((resolve) => {
        release = resolve;
      });
    },
    release: () => release(),
    answer(next: typeof respond) {
      respond = next;
    },
  };
}

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('asks for nothing before it is started', async() => {
  const { asked, readings } = scene();

  readings.want(new Set(['a']));
  await pass(INTERVAL);

  expect([asked, readings.of('a')]).toStrictEqual([[], {}]);
});

it('shows answers of a moment together', async() => {
  const { readings } = scene();

  readings.start();
  readings.want(new Set(['a']));
  await pass(100);
  expect(readings.of('a')).toStrictEqual({});
  await pass(200);
  expect(readings.of('a')).toStrictEqual({ sample: { value: 'value of a', readAtMilliseconds: expect.any(Number) } });
});

it('doubles the wait with every failure, keeps the last value, and is prompt again after success', async() => {
  const { asked, readings, answer } = scene();

  readings.start();
  readings.want(new Set(['a']));
  await pass(300);
  answer(() => new Error('down'));
  await pass(INTERVAL);
  expect(readings.of('a')).toMatchObject({ sample: { value: 'value of a' }, failure: { kind: 'failed', message: 'down' } });

  asked.length = 0;
  await pass(2 * INTERVAL - 600);
  expect(asked).toStrictEqual([]);
  await pass(300);
  expect(asked).toHaveLength(1);

  answer(() => 'up');
  await pass(4 * INTERVAL + 300);
  expect(readings.of('a')).toStrictEqual({ sample: { value: 'up', readAtMilliseconds: expect.any(Number) } });
  asked.length = 0;
  await pass(INTERVAL);
  expect(asked).toHaveLength(1);
});

it('does not ask for what left the view while it waited in the queue', async() => {
  const { asked, readings, hold, release } = scene(1);

  hold();
  readings.start();
  readings.want(new Set(['a', 'b', 'c']));
  await pass(1);
  readings.want(new Set(['c']));
  release();
  await pass(1);

  expect(asked).toStrictEqual(['a', 'c']);
});

it('never asks twice at once for the same', async() => {
  const { asked, readings, hold, release } = scene();

  hold();
  readings.start();
  readings.want(new Set(['a']));
  await pass(1);
  readings.expire('a');
  readings.wantOnce(['a']);
  await pass(5_000);
  expect(asked).toStrictEqual(['a']);

  release();
  await pass(1);
  expect(asked).toStrictEqual(['a']);
});

it('reads once what is asked for once, and only what was never read', async() => {
  const { asked, readings } = scene();

  readings.start();
  readings.want(new Set(['a']));
  await pass(1);
  readings.wantOnce(['a', 'b']);
  await pass(10 * INTERVAL);

  expect(asked.filter((key) => key === 'b')).toStrictEqual(['b']);
});

it('forgets what belongs to nobody any more', async() => {
  const { readings } = scene();

  readings.start();
  readings.want(new Set(['a', 'b']));
  await pass(300);
  readings.keep(new Set(['b']));

  expect([readings.of('a'), readings.of('b').sample?.value]).toStrictEqual([{}, 'value of b']);
});

it('tells of many values at once, and of nothing where nothing is forgotten', async() => {
  const { readings } = scene(20);
  const keys = Array.from({ length: 20 }, (_, index) => `node-${ index }`);
  let times = 0;
  const known = computed(() => {
    times += 1;

    return keys.filter((key) => readings.of(key).sample).length;
  });

  expect(known.value).toBe(0);
  readings.start();
  readings.want(new Set(keys));
  await pass(300);
  expect([known.value, times]).toStrictEqual([20, 2]);
  readings.keep(new Set(keys));
  expect([known.value, times]).toStrictEqual([20, 2]);
  readings.keep(new Set(keys.slice(1)));
  expect([known.value, times]).toStrictEqual([19, 3]);
});

it('keeps what it has when it is stopped, and takes up again what was under way', async() => {
  const { asked, readings, hold, release } = scene();

  readings.start();
  readings.want(new Set(['a']));
  await pass(300);
  hold();
  await pass(INTERVAL);
  readings.stop();
  release();
  await pass(INTERVAL);
  expect([asked, readings.of('a').sample?.value]).toStrictEqual([['a', 'a'], 'value of a']);

  readings.start();
  await pass(300);
  expect(asked).toStrictEqual(['a', 'a', 'a']);
});

it('shows at once, when it is stopped, what has arrived', async() => {
  const { readings } = scene();

  readings.start();
  readings.want(new Set(['a']));
  await pass(1);
  readings.stop();

  expect(readings.of('a').sample?.value).toBe('value of a');
});

it('keeps the least distance, whatever expires or is stopped and started', async() => {
  const { asked, readings } = scene(2, 10_000);

  readings.start();
  readings.want(new Set(['a']));
  await pass(300);
  readings.expire('a');
  readings.stop();
  readings.start();
  await pass(9_000);
  expect(asked).toStrictEqual(['a']);
  await pass(1_000);
  expect(asked).toStrictEqual(['a', 'a']);
});
