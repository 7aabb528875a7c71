/** @jest-environment node */
import { comparable } from '../equality';
import { evaluate } from '../protocol';
import { readVectors, vectorGroups } from '../vectorFiles';

describe('answers of the kubelet itself', () => {
  it.each(vectorGroups())('%s: ours are the same', (group) => {
    const vectors = readVectors(group);
    const different = vectors.filter(({ input, output }) => {
      const op = String(input.op);

      return comparable(op, evaluate(input)) !== comparable(op, output);
    });

    expect(vectors.length).toBeGreaterThan(0);
    expect(different.map(({ input, output }) => ({ input, kubelet: output, ours: evaluate(input) }))).toStrictEqual([]);
  });
});
