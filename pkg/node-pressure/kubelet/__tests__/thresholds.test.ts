import fc from 'fast-check';
import { MINUTE, SECOND } from '../go/duration';
import { KubeletError } from '../errors';
import { newQuantity, parseQuantity } from '../quantity';
import { getThresholdQuantity, isHardEvictionThreshold, parseThresholdConfig, type EvictionMaps, type Threshold } from '../thresholds';

const NONE: EvictionMaps = { evictionHard: null, evictionSoft: null, evictionSoftGracePeriod: null, evictionMinimumReclaim: null };
const GI = 1024n ** 3n;

function parse(maps: Partial<EvictionMaps>, enforceNodeAllocatable: readonly string[] = []): Threshold[] {
  return parseThresholdConfig(enforceNodeAllocatable, { ...NONE, ...maps });
}

/** A threshold as text: `memory.available < 6Gi`, with grace and reclaim where it has them. */
function describeThreshold({ signal, value, gracePeriod, minReclaim }: Threshold): string {
  const [limit, reclaim] = [value, minReclaim].map((part) => part && (part.quantity?.toString() ?? part.percentage.toString()));

  return `${ signal } < ${ limit }${ gracePeriod > 0n ? ` for ${ gracePeriod / SECOND }s` : '' }${ reclaim ? ` reclaim ${ reclaim }` : '' }`;
}

function thresholdOf(text: string, capacity: bigint): bigint {
  const [threshold] = parse({ evictionHard: { 'nodefs.available': text } });

  return getThresholdQuantity((threshold as Threshold).value, newQuantity(capacity, 'BinarySI')).value();
}

describe('parseThresholdConfig', () => {
  it('has nothing to watch without settings', () => {
    expect(parse({})).toEqual([]);
    expect(parse({ evictionHard: {}, evictionSoft: {} }, ['pods'])).toEqual([]);
  });

  it('puts hard thresholds before soft ones, each by name', () => {
    const thresholds = parse({
      evictionHard:            { 'nodefs.available': '10%', 'memory.available': '1Gi' },
      evictionSoft:            { 'pid.available': '10%', 'memory.available': '2Gi' },
      evictionSoftGracePeriod: { 'memory.available': '1m30s', 'pid.available': '30s' },
    });

    expect(thresholds.map(({ signal, gracePeriod }) => [signal, gracePeriod])).toEqual([
      ['memory.available', 0n], ['nodefs.available', 0n], ['memory.available', MINUTE + 30n * SECOND], ['pid.available', 30n * SECOND],
    ]);
    expect(thresholds.map(({ operator }) => operator)).toEqual(Array(4).fill('LessThan'));
  });

  it('reads the issue of the field that asked for memory beside disk (harvester#7424)', () => {
    expect(parse({
      evictionHard:           { 'memory.available': '6Gi', 'imagefs.available': '5%', 'nodefs.available': '5%' },
      evictionMinimumReclaim: { 'memory.available': '4Gi', 'imagefs.available': '10%', 'nodefs.available': '10%' },
    }, ['pods']).map(describeThreshold)).toEqual([
      `imagefs.available < ${ Math.fround(0.05) } reclaim ${ Math.fround(0.1) }`,
      'memory.available < 6Gi reclaim 4Gi',
      `nodefs.available < ${ Math.fround(0.05) } reclaim ${ Math.fround(0.1) }`,
      'allocatableMemory.available < 6Gi reclaim 4Gi',
    ]);
  });

  // https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/, "Minimum eviction reclaim"
  it('adds what is to be reclaimed: 1Gi and 2Gi beyond 2Gi and 200Gi are 3Gi and 202Gi', () => {
    const stop = parse({
      evictionHard:           { 'nodefs.available': '2Gi', 'imagefs.available': '200Gi' },
      evictionMinimumReclaim: { 'nodefs.available': '1Gi', 'imagefs.available': '2Gi' },
    }).map(({ signal, value, minReclaim }) => [signal, value.quantity?.add(minReclaim?.quantity ?? newQuantity(0n, 'BinarySI')).toString()]);

    expect(stop).toEqual([['imagefs.available', '202Gi'], ['nodefs.available', '3Gi']]);
  });

  // The same page, "Soft eviction thresholds"
  it('waits for the grace of a soft threshold: memory.available<2Gi for 1m30s', () => {
    const [threshold] = parse({ evictionSoft: { 'memory.available': '2Gi' }, evictionSoftGracePeriod: { 'memory.available': '1m30s' } }, ['pods']);

    expect(describeThreshold(threshold as Threshold)).toBe('memory.available < 2Gi for 90s');
    expect(isHardEvictionThreshold(threshold as Threshold)).toBe(false);
  });

  it('makes a soft threshold without grace a hard one, which guards the pods, too', () => {
    const thresholds = parse({ evictionSoft: { 'memory.available': '2Gi' }, evictionSoftGracePeriod: { 'memory.available': '0s' } }, ['system-reserved', 'pods']);

    expect(thresholds.map(describeThreshold)).toEqual(['memory.available < 2Gi', 'allocatableMemory.available < 2Gi']);
    expect(thresholds.every(isHardEvictionThreshold)).toBe(true);
  });

  it('copies no threshold to the pods when their allocatable is not enforced', () => {
    expect(parse({ evictionHard: { 'memory.available': '1Gi' } }, ['none'])).toHaveLength(1);
  });

  it('ignores a grace and a reclaim that no threshold asks for', () => {
    expect(parse({ evictionSoftGracePeriod: { 'memory.available': '1m' }, evictionMinimumReclaim: { 'memory.available': '1Gi' } })).toEqual([]);
  });

  it.each(['0%', '100%'])('drops a threshold of %s, so that it needs no grace', (text) => {
    expect(parse({ evictionHard: { 'memory.available': text }, evictionSoft: { 'pid.available': text } })).toEqual([]);
  });

  it.each(['0.0%', '00%', '-0%', '100.0%', '99.99999999%', 'NaN%', '5%%', '0x1p3%', '1_0%', '1e1%', '+5%', '.5%', '5.%'])('keeps a threshold of %s', (text) => {
    expect(parse({ evictionHard: { 'memory.available': text } })).toHaveLength(1);
  });

  it('lets a reclaim be more than everything, or nothing', () => {
    expect(parse({
      evictionHard: { 'memory.available': '1Gi', 'pid.available': '1%' }, evictionMinimumReclaim: { 'memory.available': '250%', 'pid.available': '0' }
    }).map(describeThreshold)).toEqual(['memory.available < 1Gi reclaim 2.5', `pid.available < ${ Math.fround(0.01) } reclaim 0`]);
  });

  const quantityText = 'quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\'';

  it.each<[string, Partial<EvictionMaps>, string]>([
    ['an unknown signal before its value', { evictionHard: { 'memory.availabel': 'x' } }, 'unsupported eviction signal memory.availabel'],
    ['a prototype\'s name', { evictionHard: Object.fromEntries([['__proto__', '1Gi']]) }, 'unsupported eviction signal __proto__'],
    ['an unknown unit', { evictionHard: { 'memory.available': '6GiB' } }, quantityText],
    ['a quantity of zero', { evictionHard: { 'memory.available': '0Mi' } }, 'eviction threshold memory.available must be positive: 0'],
    ['a negative quantity, printed as written', { evictionHard: { 'memory.available': '-100Mi' } }, 'eviction threshold memory.available must be positive: -100Mi'],
    ['a negative percentage', { evictionSoft: { 'pid.available': '-5%' } }, 'eviction percentage threshold pid.available must be >= 0%: -5%'],
    ['more than everything', { evictionSoft: { 'pid.available': '100.1%' } }, 'eviction percentage threshold pid.available must be <= 100%: 100.1%'],
    ['an infinite percentage', { evictionHard: { 'pid.available': 'inf%' } }, 'eviction percentage threshold pid.available must be <= 100%: inf%'],
    ['a percentage that is no number', { evictionHard: { 'pid.available': ' 5%' } }, 'strconv.ParseFloat: parsing " 5": invalid syntax'],
    ['a percentage within a percentage', { evictionHard: { 'pid.available': '5%5%%' } }, 'strconv.ParseFloat: parsing "5%5": invalid syntax'],
    ['a percentage beyond float32', { evictionHard: { 'pid.available': '1e39%' } }, 'strconv.ParseFloat: parsing "1e39": value out of range'],
    ['no percentage at all', { evictionHard: { 'pid.available': '%' } }, 'strconv.ParseFloat: parsing "": invalid syntax'],
    ['a grace of an unknown signal', { evictionSoftGracePeriod: { nodefs: '1m' } }, 'unsupported eviction signal nodefs'],
    ['a grace without unit', { evictionSoftGracePeriod: { 'memory.available': '90' } }, 'time: missing unit in duration "90"'],
    ['a negative grace', { evictionSoftGracePeriod: { 'memory.available': '-1s' } }, 'invalid eviction grace period specified: -1s, must be a positive value'],
    ['a reclaim of an unknown signal', { evictionMinimumReclaim: { nodefs: '1' } }, 'unsupported eviction signal nodefs'],
    ['a reclaim of no percent', { evictionMinimumReclaim: { 'memory.available': '0%' } }, 'eviction percentage minimum reclaim memory.available must be positive: 0%'],
    ['a negative reclaim', { evictionMinimumReclaim: { 'memory.available': '-1' } }, 'negative eviction minimum reclaim specified for memory.available'],
    ['a soft threshold without grace', { evictionSoft: { 'memory.available': '1Gi' } }, 'grace period must be specified for the soft eviction threshold memory.available'],
    ['the first of several by name', { evictionHard: { 'pid.available': '0', 'memory.available': '0' } }, 'eviction threshold memory.available must be positive: 0'],
    ['a hard threshold before a soft one', { evictionHard: { 'pid.available': '0' }, evictionSoft: { 'memory.available': '0' } }, 'eviction threshold pid.available must be positive: 0'],
    ['a reclaim before a missing grace', { evictionSoft: { 'pid.available': '1' }, evictionMinimumReclaim: { 'memory.available': 'x' } }, quantityText],
  ])('refuses %s', (_, maps, message) => {
    expect(() => parse(maps)).toThrow(new KubeletError(message));
  });

  it('throws nothing but KubeletError', () => {
    const map = fc.option(fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('memory.available', 'nodefs.available')), fc.oneof(fc.string(), fc.constantFrom('1Gi', '5%', '1m'))));

    fc.assert(fc.property(fc.array(fc.constantFrom('pods', 'none')), map, map, map, map, (enforced, evictionHard, evictionSoft, evictionSoftGracePeriod, evictionMinimumReclaim) => {
      try {
        parse({ evictionHard, evictionSoft, evictionSoftGracePeriod, evictionMinimumReclaim }, enforced);
      } catch (error) {
        expect(error).toBeInstanceOf(KubeletError);
      }
    }));
  });
});

/** Executed on evictionapi.GetThresholdQuantity of 1.36.3. */
describe('getThresholdQuantity', () => {
  it.each<[string, bigint, bigint]>([
    ['10%', 8n * GI, 858993472n],
    ['5%', 8n * GI, 429496736n],
    ['15%', 8n * GI, 1288490240n],
    ['10%', 100n * GI, 10737418400n],
    ['15%', 100n * GI, 16106128000n],
    ['10%', 16599060480n, 1659906072n],
    ['5%', 6553600n, 327680n],
    ['10%', 32768n, 3276n],
    ['-0%', 8n * GI, 0n],
    ['100.0%', 8n * GI, 8n * GI],
  ])('%s of %d is %d', (text, capacity, expected) => {
    expect(thresholdOf(text, capacity)).toBe(expected);
  });

  it('prints a share in binary units, whatever is counted', () => {
    const [threshold] = parse({ evictionHard: { 'nodefs.inodesFree': '5%' } });

    expect(getThresholdQuantity((threshold as Threshold).value, newQuantity(6553600n, 'DecimalSI')).toString()).toBe('320Ki');
  });

  it('takes a quantity as it is, whatever the capacity', () => {
    const quantity = parseQuantity('1.5Gi');

    expect(getThresholdQuantity({ quantity, percentage: 0 }, newQuantity(0n, 'BinarySI'))).toBe(quantity);
  });

  it('ends at the lowest int64 for what is no number or beyond', () => {
    expect(thresholdOf('NaN%', GI)).toBe(-(2n ** 63n));
    expect(getThresholdQuantity({ percentage: Infinity }, newQuantity(1n, 'BinarySI')).value()).toBe(-(2n ** 63n));
  });

  const percentages = fc.double({ min: 0, max: 100, noNaN: true }).map((value) => `${ value.toFixed(6) }%`);
  const capacities = fc.bigInt({ min: 0n, max: 2n ** 62n });

  it('never falls when the percentage or the capacity rises', () => {
    fc.assert(fc.property(percentages, percentages, capacities, capacities, (a, b, small, more) => {
      const [low, high] = parseFloat(a) <= parseFloat(b) ? [a, b] : [b, a];
      const large = small > more ? small : more;

      expect(thresholdOf(low, small) <= thresholdOf(high, small)).toBe(true);
      expect(thresholdOf(low, small) <= thresholdOf(low, large)).toBe(true);
    }));
  });

  it('stays within a capacity that a float64 can hold', () => {
    fc.assert(fc.property(percentages, fc.bigInt({ min: 0n, max: 2n ** 53n }), (text, capacity) => {
      const threshold = thresholdOf(text, capacity);

      expect(threshold >= 0n && threshold <= capacity).toBe(true);
    }));
  });
});
