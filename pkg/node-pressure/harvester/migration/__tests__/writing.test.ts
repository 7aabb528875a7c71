/** @jest-environment node */
import { withLimits } from '../limitPatch';
import { baseLimits } from '../namespaceLimits';
import type { Namespace } from '../objects';
import { quotaCondition } from '../quotaCondition';
import { namespaceWith } from './builders';

describe('withLimits', () => {
  it.each([
    ['{"limit":{"limitsCpu":"1","pods":"5"}}', '{"limit":{"limitsCpu":"2","pods":"5"}}'],
    ['{"limit":{"pods":"5"},"other":[1]}', '{"limit":{"pods":"5","limitsCpu":"2"},"other":[1]}'],
    ['{}', '{"limit":{"limitsCpu":"2"}}'],
    ['{"limit":null}', '{"limit":{"limitsCpu":"2"}}'],
    ['{"limit":{"limitsCpu":"1"},"LIMIT":{"LimitsCPU":"9","limitscpu":"8"}}', '{"limit":{"limitsCpu":"1"},"LIMIT":{"LimitsCPU":"9","limitscpu":"2"}}'],
  ])('makes of %s %s', (before, after) => {
    const written = withLimits(namespaceWith(before), { limitsCpu: '2' });

    expect(written).toBe(after);
    expect(baseLimits(namespaceWith(written))).toMatchObject({ limitsCpu: '2' });
  });
});

describe('quotaCondition', () => {
  const namespace = (status: string): Namespace => ({ metadata: { annotations: { 'cattle.io/status': status } } });

  it.each<[string, ReturnType<typeof quotaCondition>]>([
    ['{"Conditions":[{"Type":"ResourceQuotaInit","Status":"True"},{"Type":"ResourceQuotaValidated","Status":"True","Message":""}]}', { isTrue: true, message: '' }],
    ['{"conditions":[{"type":"ResourceQuotaValidated","status":"False","message":"exceeds"}]}', { isTrue: false, message: 'exceeds' }],
    ['{"Conditions":[{"Type":"ResourceQuotaValidated","Message":1}]}', { isTrue: false, message: '' }],
    ['{"Conditions":[null,1]}', undefined], ['{"Conditions":{}}', undefined], ['{}', undefined], ['null', undefined], ['{', undefined],
  ])('is read from %s', (status, expected) => {
    expect(quotaCondition(namespace(status))).toEqual(expected);
  });

  it('is nothing without an annotation', () => expect(quotaCondition({})).toBeUndefined());
});
