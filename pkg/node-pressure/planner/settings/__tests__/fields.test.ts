import { fieldId, formRows, valueAt, withValue } from '../fields';
import type { SettingField, Settings } from '../settings';

const HARD: SettingField = { setting: 'evictionHard', key: 'memory.available' };
const SYSTEM: SettingField = { setting: 'systemReserved', key: 'memory' };
const GRACE: SettingField = { setting: 'evictionMaxPodGracePeriod' };
const TRANSITION: SettingField = { setting: 'evictionPressureTransitionPeriod' };

it('tells inputs apart', () => {
  expect([HARD, GRACE].map(fieldId)).toStrictEqual(['evictionHard/memory.available', 'evictionMaxPodGracePeriod/']);
});

describe('an input', () => {
  const settings: Settings = { evictionHard: { 'memory.available': '6Gi' }, evictionMaxPodGracePeriod: 120, evictionPressureTransitionPeriod: '5m' };

  it('holds what is set, and nothing otherwise', () => {
    expect([HARD, GRACE, TRANSITION, SYSTEM].map((field) => valueAt(settings, field))).toStrictEqual(['6Gi', '120', '5m', '']);
    expect([HARD, GRACE, TRANSITION].map((field) => valueAt({}, field))).toStrictEqual(['', '', '']);
  });

  it('has keys of its own alone', () => {
    expect(valueAt({ evictionHard: {} }, { setting: 'evictionHard', key: 'constructor' })).toBe('');
  });

  it('is changed as it is typed', () => {
    expect(withValue(settings, settings, HARD, ' 7Gi')).toStrictEqual({ ...settings, evictionHard: { 'memory.available': ' 7Gi' } });
    expect(withValue({}, {}, SYSTEM, '2Gi')).toStrictEqual({ systemReserved: { memory: '2Gi' } });
    expect(withValue({}, {}, GRACE, '90')).toStrictEqual({ evictionMaxPodGracePeriod: 90 });
    expect(withValue({}, {}, TRANSITION, '1m')).toStrictEqual({ evictionPressureTransitionPeriod: '1m' });
  });

  it('is taken away by an empty text', () => {
    expect(withValue(settings, settings, GRACE, '')).toStrictEqual({ evictionHard: settings.evictionHard, evictionPressureTransitionPeriod: '5m' });
    expect(withValue(settings, settings, TRANSITION, '')).toStrictEqual({ evictionHard: settings.evictionHard, evictionMaxPodGracePeriod: 120 });
    expect(withValue({ evictionHard: { 'memory.available': '6Gi', 'pid.available': '5%' } }, {}, HARD, '')).toStrictEqual({ evictionHard: { 'pid.available': '5%' } });
  });

  it('leaves an empty eviction map where there was one, and no map where there was none', () => {
    expect(withValue({ evictionHard: { 'memory.available': '6Gi' } }, { evictionHard: { 'memory.available': '1Gi' } }, HARD, '')).toStrictEqual({ evictionHard: {} });
    expect(withValue({ evictionHard: { 'memory.available': '6Gi' } }, {}, HARD, '')).toStrictEqual({});
    expect(withValue({ systemReserved: { memory: '2Gi' } }, { systemReserved: { memory: '1Gi' } }, SYSTEM, '')).toStrictEqual({});
    expect(withValue({}, {}, HARD, '')).toStrictEqual({});
  });
});

describe('the rows', () => {
  const USUAL = ['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'imagefs.available', 'imagefs.inodesFree', 'pid.available'];

  it('are those of every node', () => {
    expect(formRows()).toStrictEqual({ hard: USUAL, soft: USUAL, reserved: ['memory', 'ephemeral-storage', 'pid'] });
  });

  it('hide nothing that is set anywhere', () => {
    expect(formRows(
      { evictionHard: { 'containerfs.available': '5%', 'memory.available': '1Gi' }, systemReserved: { cpu: '1' } },
      { evictionMinimumReclaim: { nonsense: '1' }, evictionSoft: { 'memory.Available': '1' }, evictionSoftGracePeriod: { __proto__x: '1s' }, kubeReserved: { 'hugepages-2Mi': '1' } },
    )).toStrictEqual({ hard: [...USUAL, 'containerfs.available', 'nonsense'], soft: [...USUAL, '__proto__x', 'memory.Available'], reserved: ['memory', 'ephemeral-storage', 'pid', 'cpu', 'hugepages-2Mi'] });
  });
});
