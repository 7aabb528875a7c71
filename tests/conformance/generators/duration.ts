import type { Input } from '../protocol';
import type { Random } from './random';
import { digits, mutate } from './text';

const UNITS = ['ns', 'us', '\u00B5s', '\u03BCs', 'ms', 's', 'm', 'h'];
const WRONG_UNITS = ['', 'd', 'w', 'S', 'H', 'Ms', 'min', 'sec', 's ', ' s', 'é', '\u00B5', 'ms\n'];
/** Around the largest and the smallest int64 in each unit, and around a float64's precision. */
const EDGES = [
  '0', '1', '59', '60', '61', '999', '1000', '1001', '9223372036854775806', '9223372036854775807', '9223372036854775808', '9223372036854775809', '9223372036854775',
  '9223372036854776', '9223372036854', '9223372036855', '9223372036', '9223372037', '153722867', '153722868', '2562047', '2562048', '18446744073709551616', '4611686018427387904',
];
const WHOLE = ['', '0', '+', '-', '.', '-0', '+0', '-.', '.s', '-.s', '0s', '5', '1.5', '1..5s', '1.s', '.5s', '-.5h', '9223372036854775808ns9223372036854775808ns', '2562047h47m16.854775807s', '-2562047h47m16.854775808s', '2562047h47m16.854775808s'];

function item(random: Random): string {
  const whole = random.chance(0.15) ? random.pick(EDGES) : digits(random, random.chance(0.1) ? 0 : 1, random.chance(0.1) ? 25 : 4);
  const fraction = random.chance(0.35) ? `.${ digits(random, random.chance(0.1) ? 0 : 1, random.chance(0.15) ? 40 : 10) }` : '';
  const unit = random.chance(0.04) ? random.pick(WRONG_UNITS) : random.pick(UNITS);

  return whole + fraction + unit;
}

/** A duration as someone may write it: mostly valid, often at an edge, sometimes broken. */
export function durationText(random: Random): string {
  if (random.chance(0.03)) {
    return random.pick(WHOLE);
  }

  const sign = random.chance(0.15) ? random.pick(['-', '+']) : '';
  const items = Array.from({ length: random.chance(0.5) ? 1 : random.int(1, 4) }, () => item(random));
  const written = sign + items.join('');

  return random.chance(0.08) ? mutate(random, written) : written;
}

export const generators: Record<string, (random: Random) => Input> = {
  'duration.parse': (random) => ({ op: 'duration.parse', input: durationText(random) }),
};

export const corners: readonly Input[] = [
  ...WHOLE, ...WRONG_UNITS.map((unit) => `1${ unit }`), ...UNITS.map((unit) => `1.5${ unit }`), ...EDGES.flatMap((whole) => [`${ whole }ns`, `-${ whole }ns`, `${ whole }s`]),
  '1h30m', '1m30s', '5m0s', '5m', '90s', '1h1h', '1s1h', '1.999999999999999999s', '0.3333333333333333333h', '0.9223372036854775807h', '0.00000000000000000000000000000000000000001h', '1s"\\', '1\u0001', '100000000000000000000ns',
].map((input) => ({ op: 'duration.parse', input }));
