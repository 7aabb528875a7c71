import { featureState } from '../feature';

it.each([
  [true, true, { spec: { value: false }, status: { default: false, lockedValue: true } }],
  [false, true, { spec: { value: true }, status: { default: true, lockedValue: false } }],
  [true, false, { spec: { value: true }, status: { default: false, lockedValue: null } }],
  [false, false, { spec: { value: false }, status: { default: true } }],
  [true, false, { spec: { value: null }, status: { default: true, lockedValue: null } }],
  [false, false, {}],
])('is enabled: %s, locked: %s for %j', (enabled, locked, feature) => {
  expect(featureState(feature)).toStrictEqual({ enabled, locked });
});

it('is not known without the object', () => {
  expect(featureState(undefined)).toBeUndefined();
});
