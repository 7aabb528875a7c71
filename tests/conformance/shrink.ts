/** Smaller variants of a question, to find the smallest that still shows a difference. */
import type { Input } from './protocol';

/** Pieces of these lengths are tried to leave out, the largest first. */
function pieceLengths(length: number): number[] {
  const lengths: number[] = [];

  for (let piece = length; piece >= 1; piece = Math.floor(piece / 2)) {
    lengths.push(piece);
  }

  return lengths;
}

function* withoutPieces<T>(items: readonly T[]): Generator<T[]> {
  for (const piece of pieceLengths(items.length)) {
    for (let at = 0; at + piece <= items.length; at += piece) {
      yield [...items.slice(0, at), ...items.slice(at + piece)];
    }
  }
}

function* smallerValues(value: unknown): Generator<unknown> {
  if (typeof value === 'string') {
    for (const rest of withoutPieces(Array.from(value))) {
      yield rest.join('');
    }
  } else if (typeof value === 'number' && value !== 0) {
    yield * new Set([0, 1, Math.trunc(value / 2), Math.trunc(value)].filter((smaller) => Math.abs(smaller) < Math.abs(value) || !Number.isInteger(value)));
  } else if (Array.isArray(value)) {
    yield * withoutPieces(value);
    for (const [index, item] of value.entries()) {
      for (const smaller of smallerValues(item)) {
        yield value.with(index, smaller);
      }
    }
  } else if (typeof value === 'object' && value !== null) {
    yield * smallerFields(value as Record<string, unknown>, []);
  }
}

function* smallerFields(fields: Readonly<Record<string, unknown>>, kept: readonly string[]): Generator<Record<string, unknown>> {
  const entries = Object.entries(fields).filter(([key]) => !kept.includes(key));
  const fixed = Object.entries(fields).filter(([key]) => kept.includes(key));

  for (const rest of withoutPieces(entries)) {
    yield Object.fromEntries([...fixed, ...rest]);
  }
  for (const [key, value] of entries) {
    for (const smaller of smallerValues(value)) {
      yield { ...fields, [key]: smaller };
    }
  }
}

/** Questions with less in them than this one, the boldest first; the operation stays. */
export function smallerQuestions(question: Input): Generator<Input> {
  return smallerFields(question, ['op']) as Generator<Input>;
}
