/** @jest-environment node */
import { KubeletError } from '../../../kubelet/errors';
import { bytes, decodeQuantity, hasQuantity, kiloOf, quantityIn } from '../quantities';

describe('quantities of the API', () => {
  it.each<[unknown, bigint]>([['1Gi', 1073741824n], [' 1\t', 1n], [2, 2n], [null, 0n], [undefined, 0n]])('decode %j', (value, expected) => {
    expect(decodeQuantity(value).value()).toBe(expected);
  });

  it.each([[true], [{}], [[]], [''], ['x'], [NaN]])('are not %j', (value) => {
    expect(() => decodeQuantity(value)).toThrow(KubeletError);
  });

  it('are zero where they are missing', () => {
    expect(quantityIn({ cpu: '1' }, 'cpu').milliValue()).toBe(1000n);
    expect(quantityIn({}, 'toString').isZero()).toBe(true);
    expect(quantityIn(null, 'cpu').isZero()).toBe(true);
    expect(hasQuantity({ cpu: '0' }, 'cpu')).toBe(true);
    expect(hasQuantity(undefined, 'cpu')).toBe(false);
  });

  it.each<[bigint, bigint]>([[0n, 0n], [1n, 1n], [1000n, 1n], [1001n, 2n], [-1n, -1n], [-1000n, -1n]])('in thousands: %s is %s', (value, expected) => {
    expect(kiloOf(bytes(value))).toBe(expected);
  });
});
