/** @jest-environment node */
import fc from 'fast-check';
import { KubeletError } from '../errors';
import { type Format, newMilliQuantity, newQuantity, parseQuantity, type Quantity } from '../quantity';

fc.configureGlobal({ seed: 20261 });

const FORMATS: readonly Format[] = ['DecimalSI', 'BinarySI', 'DecimalExponent'];
const SUFFIXES = ['', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'e3', 'E-4', 'e25'];

const int64 = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
const format = fc.constantFrom(...FORMATS);
const written = fc.tuple(fc.constantFrom('', '-', '+'), fc.stringMatching(/^[0-9]{1,25}(\.[0-9]{0,12})?$/), fc.constantFrom(...SUFFIXES)).map((parts) => parts.join(''));
const quantity = written.map(parseQuantity);
/** Texts over the characters that quantities are made of, and any text at all. */
const anyText = fc.oneof(fc.string({ unit: fc.constantFrom(...'0123456789.+-eEinumkKMGTP% \u00B5') }), fc.string({ unit: 'binary' }));

const sameSign = (a: number, b: number): boolean => Math.sign(a) === Math.sign(b);

describe('quantities', () => {
  it('throw nothing but a KubeletError, whatever the text', () => {
    fc.assert(fc.property(anyText, (text) => {
      try {
        const parsed = parseQuantity(text);

        return typeof parsed.toString() === 'string' && typeof parsed.value() === 'bigint' && typeof parsed.milliValue() === 'bigint';
      } catch (error) {
        return error instanceof KubeletError;
      }
    }), { numRuns: 2000 });
  });

  it('mean the same when their text is read again, up to the largest suffix', () => {
    const exa = parseQuantity('999E');

    fc.assert(fc.property(quantity, (original) => {
      fc.pre(original.format === 'DecimalExponent' || (original.cmp(exa) < 0 && original.neg().cmp(exa) < 0));

      const again = parseQuantity(original.toString());

      // 687.5Ki prints as 704000, which is read as DecimalSI and prints as 704k
      return again.cmp(original) === 0 && (again.format !== original.format || again.toString() === original.toString());
    }), { numRuns: 1000 });
  });

  it('carry an int64 and its thousandths exactly', () => {
    fc.assert(fc.property(int64, format, (value, kind) => newQuantity(value, kind).value() === value && newMilliQuantity(value, kind).milliValue() === value));
  });

  it('are ordered: antisymmetric, transitive, and by value', () => {
    fc.assert(fc.property(quantity, quantity, quantity, (a, b, c) => {
      const sorted = [a, b, c].sort((left, right) => left.cmp(right)) as [Quantity, Quantity, Quantity];

      return sameSign(a.cmp(b), -b.cmp(a)) && sorted[0].cmp(sorted[2]) <= 0 && a.cmp(a) === 0 && a.sub(b).sign() === a.cmp(b);
    }), { numRuns: 1000 });
  });

  it('add up exactly: commutative, associative, undone by subtraction', () => {
    fc.assert(fc.property(quantity, quantity, quantity, (a, b, c) => {
      return a.add(b).cmp(b.add(a)) === 0 && a.add(b).add(c).cmp(a.add(b.add(c))) === 0 && a.add(b).sub(b).cmp(a) === 0 && a.add(a.neg()).isZero();
    }), { numRuns: 1000 });
  });

  it('are not changed by what is computed from them', () => {
    fc.assert(fc.property(written, written, (a, b) => {
      const [left, right] = [parseQuantity(a), parseQuantity(b)];

      left.add(right);
      left.sub(right);
      left.neg();
      left.cmp(right);

      return left.toString() === parseQuantity(a).toString() && left.value() === parseQuantity(a).value() && right.format === parseQuantity(b).format;
    }));
  });
});
