/** @jest-environment node */
import { KubeletError } from '../../../kubelet/errors';
import { hasRatio, launcherRatio, parseRatio, raiseRatio } from '../ratio';

describe('the overhead ratio', () => {
  it.each([['', 0], ['0', 0], ['0.0', 0], ['-0', 0], ['1', 1], ['1.5', 1.5], ['10', 10], ['1_0', 10], ['0x1p3', 8], ['1e1', 10]])('reads %j', (text, expected) => {
    expect(parseRatio(text) + 0).toBe(expected);
  });

  it.each([
    ['x', 'value x can\'t be converted to float64, error:strconv.ParseFloat: parsing "x": invalid syntax'],
    ['1e999', 'value 1e999 can\'t be converted to float64, error:strconv.ParseFloat: parsing "1e999": value out of range'],
    ['0.9', 'value 0.9 can\'t be less than 1'],
    ['-1', 'value -1 can\'t be less than 1'],
    ['10.1', 'value 10.1 can\'t be greater than 10'],
    ['inf', 'value inf can\'t be greater than 10'],
  ])('refuses %j as Harvester does', (text, message) => {
    expect(() => parseRatio(text)).toThrow(new KubeletError(message));
  });

  it.each([
    [{ value: '2', default: '1.5' }, true, '2'],
    [{ value: '', default: '3' }, true, '3'],
    [{ value: '', default: '' }, false, '1.5'],
    [{ value: '0' }, false, '1.5'],
    [{ value: '0.0', default: '2' }, false, '1.5'],
    [{ value: '11' }, false, '1.5'],
    [{ value: 'nan' }, true, 'nan'],
    [{}, false, '1.5'],
    [null, false, '1.5'],
    [undefined, false, '1.5'],
  ])('of %j', (setting, has, raise) => {
    expect(hasRatio(setting)).toBe(has);
    expect(raiseRatio(setting)).toBe(raise);
  });
});

describe('launcherRatio', () => {
  it.each([
    [undefined, undefined, undefined], [undefined, { value: '2', default: '1.5' }, '2'], [null, { default: '1.5' }, '1.5'], [undefined, { value: '0', default: '1.5' }, undefined],
    [{}, { value: '2' }, undefined], [{ spec: {} }, { value: '2' }, undefined], [{ spec: { configuration: {} } }, { value: '2' }, undefined],
    [{ spec: { configuration: { additionalGuestMemoryOverheadRatio: null } } }, { value: '2' }, undefined], [{ spec: { configuration: { additionalGuestMemoryOverheadRatio: '3' } } }, { value: '2' }, '3'],
  ])('of %j and %j is %j', (kubevirt, setting, ratio) => {
    expect(launcherRatio(kubevirt, setting)).toBe(ratio);
  });
});
