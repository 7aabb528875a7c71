import { fingerprint } from '../fingerprint';

it('is the same whatever the order of keys, and another for every other value', () => {
  expect(fingerprint({ a: { x: '1', y: [1, 2] }, b: 5n })).toBe(fingerprint({ b: 5n, a: { y: [1, 2], x: '1' } }));
  expect(new Set([{ a: [1, 2] }, { a: [2, 1] }, { a: {} }, {}, { a: null }].map(fingerprint)).size).toBe(5);
});
