/** @jest-environment node */
import { canonicalJson, ourAnswer } from '../equality';
import { allCorners, allGenerators } from '../generators';
import { randomFor } from '../generators/random';
import { allOps } from '../ops';
import { answerLine, type Input } from '../protocol';
import { smallerQuestions } from '../shrink';

const ask = (question: object): unknown => JSON.parse(answerLine(JSON.stringify(question)));

describe('a line of the protocol', () => {
  it('is answered under its own id', () => {
    expect(ask({ id: { a: 1 }, op: 'quantity.cmp', a: '1', b: '2' })).toStrictEqual({ id: { a: 1 }, cmp: -1 });
    expect(ask({ id: 7, op: 'quantity.parse', input: '1K' })).toMatchObject({ id: 7, ok: false });
    expect(ask({ id: 'x', op: 'duration.parse', input: '1' })).toStrictEqual({ id: 'x', error: 'time: missing unit in duration "1"' });
  });

  it('is answered when nobody knows the operation, or it is no question at all', () => {
    expect(ask({ id: 1, op: 'constructor' })).toStrictEqual({ id: 1, unsupported: true });
    expect(ask({ id: 2, op: 'quantity.parse', input: 5 })).toMatchObject({ id: 2, error: expect.stringContaining('malformed question') });
    expect(JSON.parse(answerLine('?'))).toMatchObject({ id: null, error: expect.stringContaining('SyntaxError') });
  });

  it('has half a surrogate pair replaced, as Go’s decoder does', () => {
    expect(answerLine('{"op":"flags.map","separator":"=","initial":{"\\ud800":"\\udc00x"},"sets":[]}')).toBe('{"id":null,"result":{"\uFFFD":"\uFFFDx"},"string":"\uFFFD=\uFFFDx","errors":[]}');
  });
});

describe('comparing', () => {
  it('ignores the order of fields, absent ones, and no more', () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: null })).toBe('{"a":null,"b":[{"d":1}]}');
    expect(canonicalJson(JSON.parse('{"__proto__":"1"}'))).toBe('{"__proto__":"1"}');
  });

  it('leaves out what only we refuse', () => {
    expect(ourAnswer({ op: 'quantity.parse', input: '1e2147483647' })).toBeNull();
    expect(ourAnswer({ op: 'quantity.parse', input: '1e100' })).toContain('10e99');
  });
});

/** Shrinks with a test of its own in place of the oracle. */
function shrunk(question: Input, differs: (question: Input) => boolean): Input {
  for (const smaller of smallerQuestions(question)) {
    if (differs(smaller)) {
      return shrunk(smaller, differs);
    }
  }

  return question;
}

describe('shrinking', () => {
  it('leaves what makes the difference, wherever it is', () => {
    const question = { op: 'x', list: [{ text: 'abcXdef', other: 12 }, { text: 'none' }], number: 1000, flag: true };

    expect(shrunk(question, (smaller) => JSON.stringify(smaller).includes('X'))).toStrictEqual({ op: 'x', list: [{ text: 'X' }] });
    expect(shrunk(question, ({ number }) => Number(number) >= 10)).toStrictEqual({ op: 'x', number: 15 });
  });
});

describe('drawing', () => {
  it('repeats for the same seed, operation and number, and for no other', () => {
    const draws = (seed: number, op: string, index: number): number[] => {
      const random = randomFor(seed, op, index);

      return Array.from({ length: 8 }, () => random.int(0, 1_000_000));
    };

    expect(draws(1, 'a', 2)).toStrictEqual(draws(1, 'a', 2));
    expect(new Set([draws(1, 'a', 2), draws(2, 'a', 2), draws(1, 'b', 2), draws(1, 'a', 3)].map(String)).size).toBe(4);
  });

  it('reaches both ends of a range and stays inside', () => {
    const random = randomFor(1, 'ends', 0);
    const numbers = new Set(Array.from({ length: 500 }, () => random.int(-2, 2)));
    const bigints = new Set(Array.from({ length: 500 }, () => random.bigint(-2n, 2n)));

    expect([...numbers].sort((a, b) => a - b)).toStrictEqual([-2, -1, 0, 1, 2]);
    expect([...bigints].map(Number).sort((a, b) => a - b)).toStrictEqual([-2, -1, 0, 1, 2]);
    expect(random.bigint(1n << 80n, 1n << 80n)).toBe(1n << 80n);
  });
});

describe('generators', () => {
  const QUESTIONS = 100;

  it.each([...allGenerators])('%s: questions that we answer, the same ones every time', (op, generate) => {
    const questions = Array.from({ length: QUESTIONS }, (_, index) => generate(randomFor(3, op, index)));

    expect(questions.every((question) => question.op === op)).toBe(true);
    expect(questions.map(ourAnswer)).not.toContain('{"unsupported":true}');
    expect(Array.from({ length: QUESTIONS }, (_, index) => generate(randomFor(3, op, index)))).toStrictEqual(questions);
  });

  it('have corner cases of known operations only', () => {
    expect(allCorners.filter(({ op }) => !allOps.has(String(op)))).toStrictEqual([]);
  });
});
