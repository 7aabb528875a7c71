import type { Input } from '../protocol';
import type { Random } from './random';
import { digits, mutate } from './text';

type Generator = (random: Random) => Input;

const SUFFIXES = ['', '', '', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const FORMATS = ['DecimalSI', 'BinarySI', 'DecimalExponent'];
/** Where rounding, caching, capping or the size of an int64 change the answer. */
const EDGES = [
  '0', '1', '7', '8', '9', '10', '99', '100', '999', '1000', '1001', '1023', '1024', '1025', '4096', '999999', '1000000', '1048576',
  '9007199254740991', '9007199254740992', '9007199254740993', '922337203685477580', '999999999999999999', '1000000000000000000',
  '9223372036854775', '9223372036854775806', '9223372036854775807', '9223372036854775808', '9223372036854775809', '9300000000',
  '18446744073709551615', '18446744073709551616', '18446744073709551617', '99999999999', '9999999999', '99999999', '9999999',
];
const EXPONENTS = ['-9', '-10', '-8', '-3', '-2', '-1', '0', '1', '2', '3', '6', '9', '12', '15', '17', '18', '19', '20', '21', '24', '100', '308', '309'];
/** Exponents of which only the low 32 bits count, and the first that are none. */
const WRAPPED_EXPONENTS = ['4294967296', '4294967299', '-4294967297', '8589934590', '9223372036854775807', '-9223372036854775808', '9223372036854775808', '-9223372036854775809'];
/** Accepted or refused for what they lack. */
const STUMPS = ['', '-', '+', '.', '-.', 'k', 'Mi', 'Pi', 'Ei', 'e3', 'e-10', 'e', 'E', '1e', '1E', '1ee3', '1E+', '00', '-0', '+0', '0.0', '1.Mi', '.5Gi', '1K', '1KB', '1MiB', '1i', '10%', 'NaN', '0x10', '1_000', ' 1', '1 '];

function number(random: Random): string {
  if (random.chance(0.3)) {
    return random.pick(EDGES);
  }
  if (random.chance(0.1)) {
    return digits(random, 1, random.chance(0.1) ? 300 : 45);
  }

  return String(random.int(0, 10 ** random.int(0, 15)));
}

function fraction(random: Random): string {
  if (random.chance(0.55)) {
    return '';
  }

  return `.${ random.chance(0.2) ? '0'.repeat(random.int(0, 12)) : '' }${ digits(random, 0, random.chance(0.2) ? 25 : 6) }`;
}

function suffix(random: Random): string {
  if (random.chance(0.75)) {
    return random.pick(SUFFIXES);
  }

  const letter = random.pick(['e', 'E']);

  if (random.chance(0.06)) {
    return letter + random.pick(WRAPPED_EXPONENTS);
  }
  if (random.chance(0.5)) {
    return letter + random.pick(EXPONENTS);
  }

  return letter + random.pick(['', '', '+', '-']) + '0'.repeat(random.chance(0.1) ? 3 : 0) + random.int(0, random.chance(0.1) ? 400 : 30);
}

/** A quantity as someone may write it: mostly valid, often at an edge, sometimes broken. */
export function quantityText(random: Random): string {
  if (random.chance(0.03)) {
    return random.pick(STUMPS);
  }

  const sign = random.chance(0.2) ? random.pick(['-', '-', '+']) : '';
  const zeros = random.chance(0.07) ? '0'.repeat(random.int(1, 4)) : '';
  const written = sign + zeros + number(random) + fraction(random) + suffix(random);

  return random.chance(0.07) ? mutate(random, written) : written;
}

/** Two quantities that have something to do with each other more often than chance would have it. */
function pair(random: Random): { a: string; b: string } {
  const a = quantityText(random);

  if (random.chance(0.1)) {
    return { a, b: a };
  }
  if (random.chance(0.1)) {
    return { a, b: mutate(random, a) };
  }

  return random.chance(0.1) ? { a, b: random.pick(['0', '0Mi', '0.0Mi', '0e3', '0.00000000000000000000']) } : { a, b: quantityText(random) };
}

function int64(random: Random): string {
  if (random.chance(0.1)) {
    return random.pick(['0', '-9223372036854775808', '-9223372036854775807', '9223372036854775807', '1152921504606846976', '-1152921504606846976']);
  }
  if (random.chance(0.4)) {
    return String(random.bigint(-1000n, 1000n) << random.bigint(0n, 53n));
  }

  const bits = random.bigint(1n, 62n);

  return String(random.bigint(-(1n << bits), 1n << bits));
}

export const generators: Record<string, Generator> = {
  'quantity.parse': (random) => ({ op: 'quantity.parse', input: quantityText(random) }),
  'quantity.new':   (random) => ({ op: 'quantity.new', value: int64(random), format: random.pick(FORMATS) }),
  'quantity.add':   (random) => ({ op: 'quantity.add', ...pair(random) }),
  'quantity.sub':   (random) => ({ op: 'quantity.sub', ...pair(random) }),
  'quantity.cmp':   (random) => ({ op: 'quantity.cmp', ...pair(random) }),
};

/** Known quirks: what is cached, capped, wrapped, rounded or accepted against expectation. */
const CORNERS = [
  ...STUMPS, ...WRAPPED_EXPONENTS.map((exponent) => `1e${ exponent }`),
  '100Mi', '1.5Gi', '0.5', '0.5Ki', '0.1Mi', '1.1Ki', '0.1m', '0.1n', '-0.1n', '-1.1n', '-1.5', '8Ei', '16Ei', '-16Ei', '9223372036854775807', '9223372036854775808', '-9223372036854775808', '1000m',
  '+1', '01', '1.', '1.500', '1.001', '123.456', '1E3', '1e+3', '1e03', '010Mi', '+100Mi', '1.001k', '0010.50Mi', '1.5', '1.50', '1.000', '1000', '1024Ki', '16Ki', '1025Ki', '1000E', '100E', '1e100', '10E', '9.3E',
  '9300000000G', '9300000000000M', '9300000000000000k', '93000000000000000e2', '930000000000000000e1', '93000000000000e5', '-9300000000G', '0.0Mi', '-1.1Mi', '1e-30', '1000000000000000000000000000000',
  '-10000000000000000000000000000.5', '0.00000000000000000000', '99999999999Ki', '999999999999Ki', '99Ti', '100Ti', '1Pi', '1Ei', '2e400', '0.9999999999Ki', '1023.5Ki', '0.0009765625Ki', '+99999999999Ki', '+999999999999Ki', '+99999999Mi', '+999999999Mi', '+99999Gi', '+999999Gi', '+99Ti', '+999Ti', '+1Pi', '1 Mi', '1\u00B5',
];

export const corners: readonly Input[] = [
  ...CORNERS.map((input) => ({ op: 'quantity.parse', input })),
  ...['0', '1', '1000', '1023', '1024', '-1024', '8204648448', '16599060480', '858993472', '-9223372036854775808', '9223372036854775807', '1152921504606846976']
    .flatMap((value) => FORMATS.map((format) => ({ op: 'quantity.new', value, format }))),
  ...['quantity.add', 'quantity.sub', 'quantity.cmp'].flatMap((op) => [
    ['0', '1Gi'], ['0Mi', '1k'], ['1Gi', '0'], ['1Gi', '1k'], ['1k', '1Gi'], ['9223372036854775807', '1'], ['-9223372036854775807', '2'], ['10E', '1n'], ['100m', '0.1'], ['0.00000000000000000000', '-1.5'],
    ['1e3', '1'], ['0.1Mi', '0.1Mi'], ['8Ei', '8Ei'], ['1e400', '1'], ['1n', '-1n'], ['0', '-9223372036854775808'], ['1.5Gi', '1536Mi'], ['E', 'e5'], ['x', '1'], ['1', 'x'],
  ].map(([a, b]) => ({ op, a, b }))),
];
