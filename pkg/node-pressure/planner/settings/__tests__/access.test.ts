import type { ReadFailure } from '../../reading';
import { settingsAccess, settingsProblem } from '../access';

const failure = (kind: ReadFailure['kind']): ReadFailure => ({ kind, verb: 'list things', message: 'no' });
const ALL = { create: true, patch: true, remove: true };

it('tells what keeps everything from being shown', () => {
  expect(settingsProblem(undefined, undefined)).toBeUndefined();
  expect(settingsProblem(failure('forbidden'), undefined)).toStrictEqual({ code: 'forbiddenNodes', params: { verb: 'list things' } });
  expect(settingsProblem(failure('offline'), undefined)).toStrictEqual({ code: 'failed', params: { message: 'no' } });
  expect(settingsProblem(undefined, failure('timeout'))).toStrictEqual({ code: 'failed', params: { message: 'no' } });
  expect(settingsProblem(undefined, failure('forbidden'))).toBeUndefined();
});

it('tells what may be done, and which right is missing for more', () => {
  expect(settingsAccess(undefined, ALL).code).toBe('full');
  expect(settingsAccess(undefined, { create: false, patch: true, remove: false, missing: 'create x' }).code).toBe('full');
  expect(settingsAccess(undefined, { create: false, patch: false, remove: false, missing: 'create x' })).toStrictEqual({ code: 'readOnly', params: { verb: 'create x' } });
  expect(settingsAccess(failure('forbidden'), ALL)).toStrictEqual({ code: 'noSchema', params: { verb: 'list things' } });
});
