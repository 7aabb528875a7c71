import { KubeletError } from '../../errors';
import { parseCpuSet } from '../cpuset';

/** k8s.io/utils/cpuset.Parse; executed on 1.36.3. */
describe('parseCpuSet', () => {
  it.each<[string, [bigint, bigint][]]>([
    ['', []], ['0', [[0n, 0n]]], ['0-3,7', [[0n, 3n], [7n, 7n]]], ['+1,01', [[1n, 1n], [1n, 1n]]], ['0-99999999999999', [[0n, 99999999999999n]]],
  ])('reads %j', (text, ranges) => {
    expect(parseCpuSet(text).map(({ first, last }) => [first, last])).toEqual(ranges);
  });

  it.each([
    ['3-1', 'invalid range "3-1" (3 > 1)'],
    ['1,', 'strconv.Atoi: parsing "": invalid syntax'],
    ['1 ', 'strconv.Atoi: parsing "1 ": invalid syntax'],
    ['-1', 'strconv.Atoi: parsing "": invalid syntax'],
    ['1-2-3', 'strconv.Atoi: parsing "2-3": invalid syntax'],
    ['9223372036854775808', 'strconv.Atoi: parsing "9223372036854775808": value out of range'],
  ])('refuses %j', (text, message) => {
    expect(() => parseCpuSet(text)).toThrow(new KubeletError(message));
  });
});
