/** @jest-environment node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparable } from '../equality';
import { evaluate, type Input, type Output } from '../protocol';

/** Questions with the answers of Harvester 3d63c2af (KubeVirt 1.8.3): its controllers, its start check, its VM mutator. */
const VECTORS = readFileSync(join(__dirname, '..', 'harvester', 'migration.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { input: Input; output: Output });

describe('answers of Harvester itself', () => {
  it.each([...new Set(VECTORS.map(({ input }) => String(input.op)))])('%s: ours are the same', (op) => {
    const vectors = VECTORS.filter(({ input }) => input.op === op);
    const different = vectors.filter(({ input, output }) => comparable(op, evaluate(input)) !== comparable(op, output));

    expect(vectors.length).toBeGreaterThan(0);
    expect(different.map(({ input, output }) => ({ input, harvester: output, ours: evaluate(input) }))).toStrictEqual([]);
  });
});
