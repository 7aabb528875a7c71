/** When two answers count as the same. */
import { allNormalisers } from './generators';
import { evaluate, type Input, type Output } from './protocol';

/** JSON with sorted keys and without absent fields, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      return item;
    }

    const sorted: Record<string, unknown> = Object.create(null);

    for (const key of Object.keys(item).sort()) {
      sorted[key] = (item as Record<string, unknown>)[key];
    }

    return sorted;
  });
}

/** An answer in the form that is compared. */
export function comparable(op: string, answer: Output): string {
  const normalise = allNormalisers.get(op) ?? ((output) => output);

  return canonicalJson(normalise(answer));
}

/** Our own bound on quantities, beyond which upstream must not even be asked: its arithmetic would not end. */
const BEYOND_OUR_BOUND = /quantity is out of range: more than/;

/** Our answer in comparable form, or null where we refuse what upstream would try to compute. */
export function ourAnswer(question: Input): string | null {
  const answer = comparable(String(question.op), evaluate(question));

  return BEYOND_OUR_BOUND.test(answer) ? null : answer;
}
