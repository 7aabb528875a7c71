import type { ReadFailure } from '../../reading';
import { settingsAccess, settingsFailure } from '../access';

const failure = (kind: ReadFailure['kind']): ReadFailure => ({ kind, verb: 'list things', message: 'no' });
const ALL = { create: true, patch: true, remove: true };

it('tells what keeps everything from being shown', () => {
  expect(settingsFailure(undefined, undefined)).toBeUndefined();
  expect(settingsFailure(failure('forbidden'), failure('timeout'))).toStrictEqual(failure('forbidden'));
  expect(settingsFailure(undefined, failure('timeout'))).toStrictEqual(failure('timeout'));
  expect(settingsFailure(undefined, failure('forbidden'))).toBeUndefined();
});

it('tells what may be done, and which right is missing for more', () => {
  expect(settingsAccess(undefined, ALL).code).toBe('full');
  expect(settingsAccess(undefined, { create: false, patch: true, remove: false, missing: 'create x' }).code).toBe('full');
  expect(settingsAccess(undefined, { create: false, patch: false, remove: false, missing: 'create x' })).toStrictEqual({ code: 'readOnly', params: { verb: 'create x' } });
  expect(settingsAccess(failure('forbidden'), ALL)).toStrictEqual({ code: 'noSchema', params: { verb: 'list things' } });
});
