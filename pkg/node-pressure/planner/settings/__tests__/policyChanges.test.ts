import { DISPLAY_NAME_ANNOTATION, policyOf, type CloudInit } from '../policy';
import { pausedPolicy, renamedPolicy } from '../policyChanges';

const OBJECT: CloudInit = { metadata: { name: 'p', annotations: { other: 'kept' } }, spec: { matchSelector: { a: 'b' }, filename: 'p.yaml', contents: 'stages: {}' } };
const ENTRY = { time: '2026-08-01T00:00:00Z', user: 'admin', action: 'paused' } as const;

it('pauses a policy, whatever its contents, and says who did', () => {
  const paused = pausedPolicy(OBJECT, true, ENTRY);

  expect(paused.spec).toStrictEqual({ ...OBJECT.spec, paused: true });
  expect(policyOf(paused)).toMatchObject({ paused: true, history: [ENTRY] });
  expect(policyOf(pausedPolicy(paused, false, { ...ENTRY, action: 'resumed' }))).toMatchObject({ paused: false, history: [{ action: 'resumed' }, ENTRY] });
});

it('gives a policy another name for people, and takes it away again', () => {
  const renamed = renamedPolicy(OBJECT, '  Memory first ');

  expect(renamed.metadata.annotations).toStrictEqual({ other: 'kept', [DISPLAY_NAME_ANNOTATION]: 'Memory first' });
  expect(policyOf(renamed)).toMatchObject({ name: 'p', displayName: 'Memory first' });
  expect(renamedPolicy(renamed, ' ')).toStrictEqual(OBJECT);
  expect(policyOf(OBJECT)).not.toHaveProperty('displayName');
  expect(policyOf(renamedPolicy(OBJECT, 'x'.repeat(300))).displayName).toHaveLength(100);
});
