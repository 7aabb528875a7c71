import { RESERVABLE_RESOURCES } from '../../../pkg/node-pressure/kubelet/resourceList';
import type { Input } from '../protocol';
import { quantityText } from './quantity';
import type { Random } from './random';
import { digits, mutate } from './text';

const OTHER_RESOURCES = ['memry', 'pids', 'hugepages-2Mi', 'storage', 'CPU', '', ' memory', 'é"', '__proto__'];
const UNITS = ['', 'm', 'k', 'Ki', 'Mi', 'Gi', 'M', 'G'];

function reservation(random: Random): [string, string] {
  const name = random.chance(0.02) ? random.pick(OTHER_RESOURCES) : random.pick(RESERVABLE_RESOURCES);
  const plain = `${ random.chance(0.03) ? '-' : '' }${ digits(random, 1, 6) }${ random.pick(UNITS) }`;

  if (random.chance(0.9)) {
    return [name, plain];
  }

  return [name, random.chance(0.5) ? quantityText(random) : mutate(random, plain)];
}

export const generators: Record<string, (random: Random) => Input> = {
  'resourceList.parse': (random) => ({
    op:    'resourceList.parse',
    input: random.chance(0.03) ? null : Object.fromEntries(Array.from({ length: random.int(0, 4) }, () => reservation(random))),
  }),
};
