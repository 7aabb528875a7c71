import type { Input } from '../protocol';
import { durationText } from './duration';
import { quantityText } from './quantity';
import type { Random } from './random';
import { digits, mutate } from './text';

const KEYS = ['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'imagefs.available', 'pid.available', 'memory', 'cpu', 'ephemeral-storage', 'pid', '', '__proto__', 'constructor', 'a', '😀', '\uFB01'];
const SPACES = ['', '', '', ' ', '  ', '\t', '\n', '\u0085', '\u00A0', '\u2003', '\u3000', '\uFEFF', '\u200B'];

const pickSpaced = (random: Random, text: string): string => random.pick(SPACES) + text + random.pick(SPACES);

function value(random: Random): string {
  return random.chance(0.3) ? random.pick(['', '5%', '100Mi', '=', '<', 'a=b', 'a<b', '"x"']) : quantityText(random);
}

function pair(random: Random, separator: string): string {
  const between = random.chance(0.03) ? random.pick(['', '<', '=', ':', '>']) : separator;

  return random.chance(0.05) ? random.pick(['', ' ', '\t', ',']) : pickSpaced(random, random.pick(KEYS)) + between + pickSpaced(random, value(random));
}

function mapText(random: Random, separator: string): string {
  const written = Array.from({ length: random.int(0, 4) }, () => pair(random, separator)).join(',');

  return random.chance(0.08) ? mutate(random, written) : written;
}

function initialMap(random: Random): Record<string, string> | null {
  if (random.chance(0.3)) {
    return null;
  }

  return Object.fromEntries(Array.from({ length: random.int(0, 3) }, () => [random.pick(KEYS), value(random)]));
}

const INT32_TEXTS = ['', '0', '-1', '+1', '2147483647', '2147483648', '-2147483648', '-2147483649', '4294967295', '4294967296', '99999999999x', '3000000000x', '010', '08', '0x10', '0X1f', '0b11', '0o17', '0x', '1_000', '_1', '1_', '1__0', '0_7', '0x_1f', '0b_', '1e3', '1.5', ' 1', '0x80000000'];
const BOOL_TEXTS = ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False', '', 'yes', 'tRUE', ' true'];
const LIST_TEXTS = ['', 'pods', 'none', 'pods,system-reserved', 'pods, system-reserved', '"a,b",c', 'a,"b', '"a"b', 'a"b', '"a""b"', '"x\ny",z', 'a\nb', '\n', '\r\na', 'a\r', '"a\r\nb"', ',', '\\.', '"é"x', 'é"', '"a\n', '"a\n\nb"c'];

const NAMES: Readonly<Record<string, readonly string[]>> = {
  int32:       ['eviction-max-pod-grace-period', 'max-pods', 'image-gc-high-threshold', 'image-gc-low-threshold', 'oom-score-adj', 'registry-burst', 'some-flag'],
  bool:        ['fail-swap-on', 'kernel-memcg-notification', 'register-node', 'fail-cgroupv1', 'some-flag'],
  duration:    ['eviction-pressure-transition-period', 'minimum-image-ttl-duration', 'cpu-cfs-quota-period', 'some-flag'],
  stringSlice: ['enforce-node-allocatable', 'cluster-dns', 'some-flag'],
};

function scalarText(random: Random, kind: string): string {
  const texts: Readonly<Record<string, () => string>> = {
    int32:       () => random.chance(0.5) ? random.pick(INT32_TEXTS) : random.pick(['', '', '-', '0', '0x', '0b']) + digits(random, 1, 11),
    bool:        () => random.pick(BOOL_TEXTS),
    duration:    () => durationText(random),
    stringSlice: () => random.chance(0.5) ? random.pick(LIST_TEXTS) : random.pick(LIST_TEXTS) + random.pick([',', '\n', '"', '']) + random.pick(LIST_TEXTS),
  };
  const written = (texts[kind] as () => string)();

  return random.chance(0.08) ? mutate(random, written) : written;
}

/** One occurrence of the flag, or something else that stands on a command line. */
function argument(random: Random, kind: string, name: string): string[] {
  const written = random.chance(0.1) ? name.replaceAll('-', '_') : name;

  if (random.chance(0.06)) {
    return [random.pick(['--', '-', '', 'word', '--no-such-flag', '--no_such=1', '--eviction-hard=a<b', '--kube-reserved=cpu', '--v=3', '-v5', '---x', '--=x', '-h', '-hx', '-x', '-é', '-"', '-\'', '-test.v', '--help', '--help=maybe'])];
  }
  if (random.chance(0.1)) {
    return [`--${ written }`];
  }

  return random.chance(0.75) ? [`--${ written }=${ scalarText(random, kind) }`] : [`--${ written }`, scalarText(random, kind)];
}

export const generators: Record<string, (random: Random) => Input> = {
  'flags.map': (random) => {
    const separator = random.pick(['<', '=']);

    return { op: 'flags.map', separator, initial: initialMap(random), sets: Array.from({ length: random.int(0, 3) }, () => mapText(random, separator)) };
  },
  'flags.scalar': (random) => {
    const kind = random.pick(Object.keys(NAMES));
    const flag = random.pick(NAMES[kind] as readonly string[]);

    return { op: 'flags.scalar', kind, flag, args: Array.from({ length: random.int(0, 3) }, () => argument(random, kind, flag)).flat() };
  },
};

const MAP_CORNERS: readonly (readonly string[])[] = [
  [], [''], [','], [' '], ['a<b=c'], ['a<b', 'c=d'], ['a=b', 'c<d'], ['<b=c'], ['a<=b'], ['a=<b'], ['a<b<c=d'], ['a<b,a<c', 'a=d,a=e'], [' a < b ,c=d'], ['a<1,bad,c<2'], ['a=1,bad,c=2'], ['__proto__<1,__proto__=2'],
  ['memory.available<500Mi,nodefs.available<10%', 'memory.available<1Gi'], ['memory=1.5Gi', 'cpu=500m,memory=2Gi'], ['\u0085a\u00A0<\uFEFFb=c\uFEFF'], ['\uFB01<1,\u{1F600}<2', '\uFB01=1,\u{1F600}=2'],
];

export const corners: readonly Input[] = [
  ...MAP_CORNERS.flatMap((sets) => ['<', '='].flatMap((separator) => [null, {}, { kept: 'x' }].map((initial) => ({ op: 'flags.map', separator, initial, sets })))),
  ...Object.entries({ int32: INT32_TEXTS, bool: BOOL_TEXTS, stringSlice: LIST_TEXTS, duration: ['', '0', '5m', '1d', '-1s'] }).flatMap(([kind, texts]) => texts.map((written) => (
    { op: 'flags.scalar', kind, flag: 'some-flag', args: [`--some-flag=${ written }`] }
  ))),
  ...[
    [], ['--'], ['--', '--some-flag=true'], ['-'], ['', 'word'], ['--some_flag=true'], ['--some-flag'], ['--some-flag', 'false'], ['--some-flag=true', '--some-flag=false'], ['--no-such'], ['--no_such=1'], ['--=x'], ['---x'], ['-x'], ['-hx'],
    ['-h'], ['-h=x'], ['-h='], ['-\u00E9'], ['-"'], ['-\''], ['-\n'], ['-\\'], ['-test.v'], ['--help'], ['--help=maybe'], ['--some-flag=\u{1F600}\n"'],
  ].flatMap((args) => Object.keys(NAMES).map((kind) => ({ op: 'flags.scalar', kind, flag: 'some-flag', args }))),
  ...[['enforce-node-allocatable', 'stringSlice'], ['eviction-pressure-transition-period', 'duration'], ['fail-swap-on', 'bool'], ['max-pods', 'int32']].map(([flag, kind]) => ({ op: 'flags.scalar', kind, flag, args: [] })),
  { op: 'flags.scalar', kind: 'stringSlice', flag: 'enforce-node-allocatable', args: ['--enforce-node-allocatable=pods, system-reserved', '--enforce-node-allocatable='] },
];
