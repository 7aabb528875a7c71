/** @jest-environment node */
import fc from 'fast-check';
import { mergePatchBetween, saysAll } from '../mergePatch';
import { isObject, type JsonObject } from '../shape';

/** RFC 7386, section 2. */
function apply(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) {
    return patch;
  }

  return Object.entries(patch).reduce<JsonObject>((result, [key, value]) => {
    const rest = Object.entries(result).filter(([name]) => name !== key);

    return Object.fromEntries(value === null ? rest : [...rest, [key, apply(Object.hasOwn(result, key) ? result[key] : undefined, value)]]);
  }, isObject(target) ? target : {});
}

const { object } = fc.letrec<{ object: JsonObject; value: unknown }>((tie) => ({
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'), tie('value'), { noNullPrototype: true }),
  value:  fc.oneof({ depthSize: 'small' }, fc.string(), fc.boolean(), fc.array(fc.integer()), tie('object')),
}));

it('turns the one into the other, and asks for nothing that is there', () => {
  fc.assert(fc.property(object, object, (before, after) => {
    const patch = mergePatchBetween(before, after);

    expect(apply(before, patch)).toEqual(after);
    expect(saysAll(after, patch)).toBe(true);
    expect(saysAll(before, patch)).toBe(Object.keys(patch).length === 0);
    expect(mergePatchBetween(after, after)).toStrictEqual({});
  }));
});

it('holds what changes and nothing else', () => {
  expect(mergePatchBetween({ a: 1, b: { c: 2, d: 3 }, e: [1], f: 'x', g: undefined }, { a: 1, b: { c: 4 }, e: [1], h: {}, i: undefined })).toStrictEqual({ b: { c: 4, d: null }, f: null, h: {} });
});

it('is said in full or not', () => {
  expect(saysAll({ a: { b: 1, c: 2 }, d: 'more' }, { a: { b: 1, e: null }, f: null })).toBe(true);
  expect([{ a: { b: 2 } }, { a: 1 }, { a: { c: null } }, { z: {} }, { z: { y: 1 } }].map((patch) => saysAll({ a: { b: 1, c: 2 } }, patch as JsonObject))).toStrictEqual([false, false, false, false, false]);
});
