import fc from 'fast-check';
import { KubeletError } from '../../errors';
import { formatFloat64, parseFloat32, parseFloat64 } from '../float';

/** What strconv.ParseFloat(text, 32) of Go 1.26 answers, observed. */
describe('parseFloat32', () => {
  it.each<[string, number]>([
    ['10', 10],
    ['+5', 5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e1', 10],
    ['1E+1', 10],
    ['25e-1', 2.5],
    ['1_0', 10],
    ['1e1_0', 1e10],
    ['0x1p3', 8],
    ['0X1P3', 8],
    ['0x.8p0', 0.5],
    ['0x_1p1', 2],
    ['0x1_0p3', 128],
    ['0xF.Fp-4', 0.99609375],
    ['000', 0],
    ['0x0p5', 0],
    ['1e-50', 0],
    ['1e-99999999999', 0],
    ['16777217', 16777216],
    ['3.4028235e38', 3.4028234663852886e38],
    ['0x1p-149', 2 ** -149],
    ['0x1p-150', 0],
    ['0x1.8p-149', 2 ** -148],
  ])('reads %s', (text, expected) => {
    expect(parseFloat32(text)).toBe(expected);
  });

  it('keeps the sign of zero', () => {
    expect(parseFloat32('-0')).toBe(-0);
  });

  it.each([['inf', Infinity], ['+Inf', Infinity], ['-INFINITY', -Infinity], ['nan', NaN], ['NaN', NaN]])('knows %s', (text, expected) => {
    expect(parseFloat32(text)).toBe(expected);
  });

  it('rounds once, where a float64 on the way would hide that the value is more than half way', () => {
    const moreThanHalf = '16777217.0000000001';

    expect(Math.fround(Number(moreThanHalf))).toBe(16777216);
    expect(parseFloat32(moreThanHalf)).toBe(16777218);
  });

  it('looks at every digit, however many there are', () => {
    expect(parseFloat32(`16777217.${ '0'.repeat(5000) }`)).toBe(16777216);
    expect(parseFloat32(`16777217.${ '0'.repeat(5000) }1`)).toBe(16777218);
  });

  it.each(['', '+', '.', 'e1', '1e', '1e+', '0x1', '0xp1', '0x_p1', '1__0', '_1', '1_', '1_.5', '1._5', '1_e1', '1e_1', '0b1', '+nan', 'infin', ' 1', '1 ', '١'])('refuses %j', (text) => {
    expect(() => parseFloat32(text)).toThrow(new KubeletError(`strconv.ParseFloat: parsing "${ text }": invalid syntax`));
  });

  it('quotes what it refuses as Go does', () => {
    expect(() => parseFloat32('a"\n')).toThrow('strconv.ParseFloat: parsing "a\\"\\n": invalid syntax');
  });

  it.each(['3.4028236e38', '1e400', '0x1p128', '1e99999999999'])('tells that %s is out of range', (text) => {
    expect(() => parseFloat32(text)).toThrow(new KubeletError(`strconv.ParseFloat: parsing "${ text }": value out of range`));
  });

  it('reads every float32 back from its shortest and its exact digits', () => {
    fc.assert(fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0), (value) => {
      expect(parseFloat32(value.toString())).toBe(value);
      expect(parseFloat32(value.toPrecision(100))).toBe(value);
    }));
  });

  it('is monotonic', () => {
    fc.assert(fc.property(fc.double({ min: -1e30, max: 1e30, noNaN: true }), fc.double({ min: -1e30, max: 1e30, noNaN: true }), (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];

      expect(parseFloat32(low.toString())).toBeLessThanOrEqual(parseFloat32(high.toString()));
    }));
  });

  it('throws nothing but KubeletError', () => {
    const almostNumber = fc.string({ unit: fc.constantFrom(...'0123456789._+-eExXpPinfaN') });

    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), almostNumber), (text) => {
      try {
        parseFloat32(text);
      } catch (error) {
        expect(error).toBeInstanceOf(KubeletError);
      }
    }));
  });
});

/** What Go 1.26 prints with %v. */
describe('formatFloat64', () => {
  it.each([
    [0, '0'], [-0, '-0'], [1.5, '1.5'], [-0.1, '-0.1'], [0.0001, '0.0001'], [0.00001, '1e-05'], [100000, '100000'],
    [1e6, '1e+06'], [123456789, '1.23456789e+08'], [1e20, '1e+20'], [5e-324, '5e-324'], [1e100, '1e+100'],
  ])('prints %d as %s', (value, expected) => {
    expect(formatFloat64(value)).toBe(expected);
  });
});

/** What strconv.ParseFloat(text, 64) answers. */
describe('parseFloat64', () => {
  it.each<[string, number]>([
    ['1.5', 1.5], ['1_0', 10], ['.5', 0.5], ['5.', 5], ['-2.5e-1', -0.25], ['16777217', 16777217], ['1e-400', 0], ['inf', Infinity], ['-inf', -Infinity], ['NaN', NaN],
    ['0x1p3', 8], ['0x.8p0', 0.5], ['0xF.Fp-4', 0.99609375], ['0x20000000000001p0', 9007199254740992], ['0x20000000000003p0', 9007199254740996],
    ['0x1p-1074', 5e-324], ['0x1p-1076', 0], ['0x1.fffffffffffffp1023', Number.MAX_VALUE],
  ])('reads %s', (text, expected) => {
    expect(parseFloat64(text)).toBe(expected);
  });

  it.each([['1e309', 'value out of range'], ['0x1p1024', 'value out of range'], ['1__0', 'invalid syntax'], ['0x1', 'invalid syntax']])('refuses %s', (text, problem) => {
    expect(() => parseFloat64(text)).toThrow(new KubeletError(`strconv.ParseFloat: parsing "${ text }": ${ problem }`));
  });

  it('reads back every number that JavaScript prints', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => Object.is(parseFloat64(String(value)), value)));
  });
});
