import type { Input } from '../protocol';
import type { Random } from './random';
import { memoryText } from './requests';

function bytes(random: Random): number {
  return random.pick([random.int(1, 64) * 2 ** 30, random.int(1, 2 ** 42), random.int(0, 3), random.int(1, Number.MAX_SAFE_INTEGER)]);
}

export const generators: Record<string, (random: Random) => Input> = {
  'swap.limited': (random) => ({
    op:         'swap.limited',
    request:    random.chance(0.9) ? memoryText(random) : String(random.int(0, 2 ** 40)),
    nodeMemory: bytes(random),
    nodeSwap:   random.chance(0.05) ? 0 : bytes(random),
  }),
};
