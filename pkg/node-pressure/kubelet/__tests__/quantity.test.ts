/** @jest-environment node */
import { KubeletError } from '../errors';
import { type Format, MAX_QUANTITY_DIGITS, newMilliQuantity, newQuantity, parseQuantity, type Quantity, QuantityErrors } from '../quantity';
import { exactInteger } from '../quantityAmount';

const MIN_INT64 = -(1n << 63n);
const MAX_INT64 = (1n << 63n) - 1n;

/** By addition only: 1024 × the quantity. */
function times1024(quantity: Quantity): Quantity {
  return Array.from({ length: 10 }).reduce<Quantity>((total) => total.add(total), quantity);
}

/** What resource.ParseQuantity of apimachinery 0.36.3 answers, observed. */
describe('parseQuantity', () => {
  it.each<[string, string, Format, bigint]>([
    ['100Mi', '100Mi', 'BinarySI', 104_857_600n],
    ['1.5Gi', '1536Mi', 'BinarySI', 1_610_612_736n],
    ['1025Ki', '1025Ki', 'BinarySI', 1_049_600n],
    ['16599060480', '16599060480', 'DecimalSI', 16_599_060_480n],
    ['1k', '1k', 'DecimalSI', 1000n],
    ['1E', '1E', 'DecimalSI', 10n ** 18n],
    ['1E3', '1E3', 'DecimalExponent', 1000n],
    ['12e6', '12e6', 'DecimalExponent', 12_000_000n],
    ['5e1', '50', 'DecimalExponent', 50n],
    ['5e0', '5e0', 'DecimalExponent', 5n],
    ['-5Mi', '-5Mi', 'BinarySI', -5_242_880n],
    ['-1.5Mi', '-1536Ki', 'BinarySI', -1_572_864n],
    ['0.5Ki', '512', 'BinarySI', 512n],
    ['0.0001Ki', '102400u', 'DecimalSI', 1n],
    ['100m', '100m', 'DecimalSI', 1n],
  ])('reads %s as %s', (text, printed, format, value) => {
    const quantity = parseQuantity(text);

    expect([quantity.toString(), quantity.format, quantity.value()]).toStrictEqual([printed, format, value]);
  });

  it.each([
    ['+1', '+1'], ['01', '01'], ['1.', '1.'], ['1.500', '1.500'], ['1.001', '1.001'], ['1e+3', '1e+3'], ['1e03', '1e03'], ['1.Mi', '1.Mi'], ['010Mi', '010Mi'], ['+100Mi', '+100Mi'], ['1e4294967296', '1e4294967296'],
    ['0010.50Mi', '10752Ki'], ['1.5', '1500m'], ['1.50', '1500m'], ['1.000', '1'], ['1000', '1k'], ['1024Ki', '1Mi'], ['16Ki', '16Ki'],
  ])('keeps or rewrites %s as %s', (text, printed) => {
    expect(parseQuantity(text).toString()).toBe(printed);
  });

  it.each(['k', 'Mi', 'e3', '.', '-', '+', '00', '-0', '0.0Mi', '0e5'])('takes %j for zero', (text) => {
    const quantity = parseQuantity(text);

    expect([quantity.isZero(), quantity.sign(), quantity.toString(), quantity.value(), quantity.milliValue()]).toStrictEqual([true, 0, '0', 0n, 0n]);
  });

  it.each([
    ['', QuantityErrors.ErrFormatWrong], [' 1', QuantityErrors.ErrFormatWrong], ['1 ', QuantityErrors.ErrFormatWrong], ['1_000', QuantityErrors.ErrFormatWrong], ['0x10', QuantityErrors.ErrFormatWrong],
    ['NaN', QuantityErrors.ErrFormatWrong], ['10%', QuantityErrors.ErrFormatWrong], ['1..2', QuantityErrors.ErrFormatWrong], ['1K', QuantityErrors.ErrSuffix], ['1ki', QuantityErrors.ErrSuffix], ['1e', QuantityErrors.ErrSuffix],
    ['1e+', QuantityErrors.ErrSuffix], ['1-5', QuantityErrors.ErrSuffix], ['1Ei5', QuantityErrors.ErrSuffix], ['1e9223372036854775808', QuantityErrors.ErrSuffix], [`1e${ '9'.repeat(30) }`, QuantityErrors.ErrSuffix],
    ['Pi', QuantityErrors.ErrNumeric], ['-.e-10', QuantityErrors.ErrNumeric],
  ])('refuses %j', (text, message) => {
    expect(() => parseQuantity(text)).toThrow(new KubeletError(message));
  });

  it('says why', () => {
    expect(QuantityErrors).toStrictEqual({
      ErrFormatWrong: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      ErrNumeric:     'unable to parse numeric part of quantity',
      ErrSuffix:      "unable to parse quantity's suffix",
    });
  });

  it.each(['1e2147483647', '1e-2147483648', '0e2147483647', '1e10001', `${ '1'.repeat(10_001) }`, `0.${ '0'.repeat(10_000) }1`])('refuses without computing: %.20s', (text) => {
    expect(() => parseQuantity(text)).toThrow(new KubeletError('quantity is out of range: more than 10000 digits or an exponent beyond ±10000'));
  });

  it('still computes at its bounds', () => {
    expect(MAX_QUANTITY_DIGITS).toBe(10_000);
    expect(parseQuantity(`${ '0'.repeat(20_000) }1e10000`).toString()).toBe('10e9999');
    expect(parseQuantity(`1${ '0'.repeat(9_999) }e10000`).cmp(parseQuantity('1e-10000'))).toBe(1);
    expect(parseQuantity('1e-10000').cmp(parseQuantity('1n'))).toBe(0);
  });
});

describe('reading as an int64', () => {
  it.each([
    ['0.5', 1n, 500n], ['-1.5', -2n, -1500n], ['1.0005', 2n, 1001n], ['0.1Mi', 104_858n, 104_857_600n],
    // An inf.Dec rounds up after truncating, even below zero
    ['0.1n', 1n, 1n], ['-0.1n', 1n, 1n], ['-1.1n', 1n, 1n], ['-1.1Ki', -1125n, -1_126_400n],
    // BinarySI is capped, decimal formats wrap
    ['8Ei', MAX_INT64, -1000n], ['16Ei', MAX_INT64, -1000n], ['-16Ei', -MAX_INT64, 1000n], ['9223372036854775808', MIN_INT64, 0n],
    // An int64 that overflows is zero, except where Go hands out the wrapped product
    ['-9223372036854775808000000000n', 0n, 0n], ['3000m', 3n, 3000n], ['-3.5e-6', -1n, -1n], ['10E', 0n, 0n], ['9.3E', 0n, 0n], ['9300000000G', -9_146_744_073_709_551_616n, 0n], ['1e400', 0n, 0n],
    // An inf.Dec beyond 10^18 times its digits
    ['10000000000000000000001n', 10_000_000_000_001n, 10_000_000_000_000_001n], ['-100000000000000000000000000000.1', -687_399_550n, -687_399_551_499n],
  ])('%s is %s units and %s thousandths', (text, value, milli) => {
    const quantity = parseQuantity(text);

    expect([quantity.value(), quantity.milliValue()]).toStrictEqual([value, milli]);
  });

  it('divides towards minus infinity beyond the shortcut through int64, then rounds up', () => {
    const zeroWithManyPlaces = parseQuantity('0.0000000000000000000000');

    expect(zeroWithManyPlaces.add(parseQuantity('-1.5')).value()).toBe(-1n);
    expect(zeroWithManyPlaces.add(parseQuantity('1.5')).value()).toBe(2n);
    expect(zeroWithManyPlaces.add(parseQuantity('2')).value()).toBe(2n);
  });

  it('takes the shortcut up to 18 places, and truncates there', () => {
    expect(parseQuantity('0.000000000000000000').add(parseQuantity('-1.5')).value()).toBe(0n);
  });

  it('rounds a sum as what holds it does', () => {
    expect(parseQuantity('-1126.4').add(parseQuantity('0')).value()).toBe(-1127n);
    expect(parseQuantity('-1.1Ki').add(parseQuantity('0')).value()).toBe(-1125n);
    expect(parseQuantity('0').sub(parseQuantity('1.1Ki')).value()).toBe(-1125n);
    expect(newQuantity(MAX_INT64, 'DecimalSI').add(newQuantity(1n, 'DecimalSI')).value()).toBe(MIN_INT64);
  });

  it('has no thousandths of the smallest int64: its multiples wrap to zero', () => {
    expect(newQuantity(MIN_INT64, 'DecimalSI').milliValue()).toBe(0n);
  });

  it('multiplies what an inf.Dec holds in larger units, wrapping', () => {
    let quantity = parseQuantity('922337203685477580E');

    for (let doublings = 0; doublings < 4; doublings++) {
      quantity = quantity.add(quantity);
    }

    expect([quantity.value(), quantity.milliValue()]).toStrictEqual([5_646_744_073_709_551_616n, 0n]);
    // Beyond 10^18 Go's factor is a float64 that no int64 holds: the smallest one takes its place
    expect(quantity.add(parseQuantity('1E')).milliValue()).toBe(MIN_INT64);
  });
});

describe('arithmetic', () => {
  it.each([
    ['1Gi', '1k', '1073742824', 'BinarySI'],
    ['0', '1Gi', '1Gi', 'BinarySI'],
    ['0Mi', '1k', '1k', 'DecimalSI'],
    ['1k', '0Mi', '1k', 'DecimalSI'],
    ['100m', '0.1', '200m', 'DecimalSI'],
    ['9223372036854775807', '1', '9223372036854775808', 'DecimalSI'],
    ['10E', '1n', '10000000000000000000000000001n', 'DecimalSI'],
    ['0.1Mi', '0', '104857600m', 'BinarySI'],
  ])('%s + %s = %s', (a, b, printed, format) => {
    const total = parseQuantity(a).add(parseQuantity(b));

    expect([total.toString(), total.format]).toStrictEqual([printed, format]);
  });

  it.each([
    ['1Gi', '1Mi', '1023Mi', 'BinarySI'],
    ['1', '1', '0', 'DecimalSI'],
    ['0', '1Ki', '-1Ki', 'BinarySI'],
    ['-9223372036854775807', '2', '-9223372036854775809', 'DecimalSI'],
  ])('%s - %s = %s', (a, b, printed, format) => {
    const difference = parseQuantity(a).sub(parseQuantity(b));

    expect([difference.toString(), difference.format]).toStrictEqual([printed, format]);
  });

  it('adds exactly what no number holds', () => {
    expect(parseQuantity('9007199254740991').add(parseQuantity('2')).toString()).toBe('9007199254740993');
  });

  it('stays an int64, which rounds away from zero, where both terms are one', () => {
    expect(parseQuantity('-1.5').add(parseQuantity('-1')).value()).toBe(-3n);
    expect(parseQuantity('-1.5').sub(parseQuantity('1')).value()).toBe(-3n);
    expect(parseQuantity('-1Ki').add(parseQuantity('-1.5')).value()).toBe(-1026n);
    expect(newQuantity(MAX_INT64 - 1n, 'DecimalSI').add(newQuantity(1n, 'DecimalSI')).fieldsText()).toBe('{{9223372036854775807 0} {<nil>}  DecimalSI}');
  });

  it('becomes an inf.Dec, which truncates and adds one, where a term is one or cannot be scaled as an int64', () => {
    expect(parseQuantity('-1.5').add(parseQuantity('0.000000000000000000')).value()).toBe(0n);
    expect(parseQuantity('-9223372036854776').add(parseQuantity('200m')).value()).toBe(-9_223_372_036_854_774n);
  });

  it('takes nothing from a zero, not even its scale', () => {
    const eight = newQuantity(8n, 'DecimalSI');
    const zero = newMilliQuantity(0n, 'DecimalSI');

    expect([eight.add(zero), zero.add(eight)].map((total) => total.fieldsText())).toStrictEqual(Array(2).fill('{{8 0} {<nil>}  DecimalSI}'));
  });

  it('shares digits with a copy only as an inf.Dec', () => {
    expect(['1.5Gi', '1Gi', '1.5'].map((text) => parseQuantity(text).sharesDigits())).toStrictEqual([true, false, false]);
  });

  it('cannot negate the smallest int64, as Go cannot', () => {
    const smallest = newQuantity(MIN_INT64, 'DecimalSI');

    expect(smallest.neg().value()).toBe(MIN_INT64);
    expect(newQuantity(0n, 'DecimalSI').sub(smallest).value()).toBe(MIN_INT64);
    expect(newQuantity(-1n, 'DecimalSI').sub(smallest).toString()).toBe('9223372036854775807');
  });

  it('negates and tells the sign', () => {
    const quantity = parseQuantity('1.5Gi');

    expect([quantity.sign(), quantity.neg().sign(), quantity.neg().toString(), quantity.neg().format]).toStrictEqual([1, -1, '-1536Mi', 'BinarySI']);
    expect(parseQuantity('1k').neg().toString()).toBe('-1k');
    expect(parseQuantity('0').neg().toString()).toBe('0');
  });

  it.each<[string, string, -1 | 0 | 1]>([
    ['1Gi', '1073741824', 0], ['1Gi', '1G', 1], ['1G', '1Gi', -1], ['100m', '0.1', 0], ['1n', '0', 1], ['-1', '-1n', -1], ['1e400', '1e399', 1], ['9007199254740993', '9007199254740992', 1], ['0e5', '0', 0],
  ])('compares %s with %s', (a, b, order) => {
    expect(parseQuantity(a).cmp(parseQuantity(b))).toBe(order);
  });
});

describe('printing', () => {
  it.each<[bigint, Format, string]>([
    [0n, 'BinarySI', '0'], [1023n, 'BinarySI', '1023'], [1024n, 'BinarySI', '1Ki'], [-1024n, 'BinarySI', '-1Ki'], [858_993_472n, 'BinarySI', '858993472'], [16_599_060_480n, 'BinarySI', '16210020Ki'],
    [327_680n, 'BinarySI', '320Ki'], [1n << 60n, 'BinarySI', '1Ei'], [MIN_INT64, 'BinarySI', '-9223372036854775808'], [1_000_000n, 'DecimalSI', '1M'], [1_000_000n, 'DecimalExponent', '1e6'], [999n, 'DecimalExponent', '999'],
    [1n << 64n, 'DecimalSI', '0'],
  ])('%s in %s is %s', (value, format, printed) => {
    expect(newQuantity(value, format).toString()).toBe(printed);
  });

  it.each<[bigint, Format, string]>([[1500n, 'DecimalSI', '1500m'], [1500n, 'BinarySI', '1500m'], [2_048_000n, 'BinarySI', '2Ki'], [2000n, 'DecimalSI', '2']])('%s thousandths in %s are %s', (milli, format, printed) => {
    expect(newMilliQuantity(milli, format).toString()).toBe(printed);
  });

  it('loses an exponent that has no suffix', () => {
    expect(parseQuantity('1000E').toString()).toBe('1');
    expect(parseQuantity('1e100').toString()).toBe('10e99');
    expect(times1024(newQuantity(1n << 60n, 'BinarySI')).toString()).toBe('1');
  });

  it('finds the factors of an inf.Dec that is as small as the smallest int64', () => {
    expect(parseQuantity('-8Ei').sub(parseQuantity('1')).toString()).toBe('-8Ei');
  });

  it('knows the integer behind any scale', () => {
    expect([3, 0, -1, -2].map((scale) => exactInteger({ mantissa: 50, scale, backing: 'int64' }))).toStrictEqual([50_000, 50, 5, undefined]);
  });

  it('shows its fields as Go does in an error', () => {
    expect(newQuantity(8_694_792_192n, 'BinarySI').fieldsText()).toBe('{{8694792192 0} {<nil>}  BinarySI}');
    expect(newMilliQuantity(1500n, 'DecimalSI').fieldsText()).toBe('{{1500 -3} {<nil>}  DecimalSI}');
    expect(parseQuantity('8Ei').fieldsText()).toBe('{{0 0} {0x…}  BinarySI}');
  });
});
