/** @jest-environment node */
import { KubeletError } from '../../../kubelet/errors';
import { baseLimits, limitOf, namespaceLimits } from '../namespaceLimits';
import { compensationOf, hasMigratingVM, isRaisedFor, migratingRaises, totalRaise } from '../raises';
import { type ResyncOutcome, resync } from '../resync';
import { COMPENSATION, namespaceWith, quotaWith, RAISED, RAISED_BY_NAME, SKIP } from './builders';

describe('namespaceLimits', () => {
  it('reads what Rancher writes', () => {
    const namespace = namespaceWith({ limitsCpu: '4000m', limitsMemory: '4952Mi', pods: '10' });

    expect(namespaceLimits(namespace)).toEqual({ limitsCpu: '4000m', limitsMemory: '4952Mi', pods: '10' });
    expect(limitOf(baseLimits(namespace), 'limitsCpu').milliValue()).toBe(4000n);
    expect(limitOf(baseLimits(namespace), 'requestsCpu').isZero()).toBe(true);
  });

  it.each<[string, unknown]>([
    ['{"LIMIT":{"LimitsCPU":"1"}}', { limitsCpu: '1' }],
    ['{"limit":{"limits\u212Apu":"1","limitsCpu":"1","LIMITSCPU":"2"}}', { limitsCpu: '2' }],
    ['{"limit":{"limit\u017FMemory":"1Gi"}}', { limitsMemory: '1Gi' }],
    ['{"limit":{"limitsCpu":null,"pods":"2"},"pods":"9"}', { pods: '2' }],
    ['{"limit":{"limitsCpu":"1"},"Limit":{"limitsMemory":"1Gi"}}', { limitsCpu: '1', limitsMemory: '1Gi' }],
    ['{"limit":{"extended":{"a":"1","b":null}}}', { extended: { a: '1', b: '' } }],
    ['{"limit":{"limit":"x","other":1}}', {}],
    ['{"limit":null}', {}],
    ['{}', {}],
    ['null', null],
  ])('decodes %s as Go does', (written, expected) => {
    expect(namespaceLimits(namespaceWith(written))).toEqual(expected);
  });

  it.each([
    ['', 'it is no JSON'],
    ['{', 'it is no JSON'],
    ['"x"', 'it is no object'],
    ['[]', 'it is no object'],
    ['{"limit":1}', 'limit is no object'],
    ['{"limit":{"limitsCpu":1}}', 'limitsCpu is no text'],
    ['{"limit":{"PODS":{}}}', 'pods is no text'],
    ['{"limit":{"extended":"x"}}', 'extended is no object'],
    ['{"limit":{"extended":[]}}', 'extended is no object'],
    ['{"limit":{"extended":{"a":1}}}', 'a is no text'],
  ])('refuses %j, as Harvester cannot decode it', (written, problem) => {
    expect(() => namespaceLimits(namespaceWith(written))).toThrow(new KubeletError(`field.cattle.io/resourceQuota: ${ problem }`));
  });

  it('tells no annotation from an empty one, neither of which is a base', () => {
    expect(namespaceLimits({})).toBeUndefined();
    expect(baseLimits({})).toBeNull();
    expect(baseLimits(namespaceWith(''))).toBeNull();
    expect(baseLimits(namespaceWith('null'))).toBeNull();
    expect(limitOf(null, 'limitsCpu').isZero()).toBe(true);
  });
});

describe('raises', () => {
  const quota = quotaWith({}, {}, {
    [RAISED]: '{"limits.cpu":"1","limits.memory":"1456469952"}', 'harvesterhci.io/migrating-old': '{"limits.cpu":" 500m "}', [COMPENSATION]: '{"limits.memory":"128Mi"}', other: 'x',
  });

  it('are read in both generations', () => {
    expect(migratingRaises(quota).map(({ owner, cpu, memory }) => [owner, cpu.milliValue(), memory.value()])).toEqual([
      [{ uid: 'uid-1' }, 1000n, 1456469952n], [{ name: 'old' }, 500n, 0n],
    ]);
    expect(totalRaise(quota).cpu.milliValue()).toBe(1500n);
    expect(compensationOf(quota).value()).toBe(134217728n);
    expect(hasMigratingVM(quota)).toBe(true);
  });

  it.each([
    ['{}', 0n], ['null', 0n], ['{"limits.memory":null}', 0n], ['{"limits.memory":1}', 1n], ['{"limits.memory":9007199254740993,"x":1.5e3}', 9007199254740993n],
    ['{"limits\\u002ememory":"2"}', 2n], ['{"a\\"1":"1","limits.memory":"3"}', 3n], ['{"__proto__":"1","limits.memory":"4"}', 4n],
  ])('of %s are as exact as Go’s', (written, expected) => {
    expect(totalRaise(quotaWith({}, {}, { [RAISED]: written })).memory.value()).toBe(expected);
    expect(compensationOf(quotaWith({}, {}, { [COMPENSATION]: written })).value()).toBe(expected);
  });

  it.each(['', '{', '[]', '1', '"x"', '{"limits.memory":"x"}', '{"other":""}', '{"limits.cpu":true}', '{"limits.cpu":{}}'])('that say %j are none, but count as migrating', (written) => {
    const broken = quotaWith({}, {}, { [RAISED]: written });

    expect(() => migratingRaises(broken)).toThrow(KubeletError);
    expect(() => migratingRaises(broken)).toThrow(RAISED);
    expect(hasMigratingVM(broken)).toBe(true);
  });

  it('belong to a VM by UID or name', () => {
    const vm = { name: 'vm1', uid: 'uid-1' };

    expect(isRaisedFor(quotaWith({}, {}, { [RAISED]: '{}' }), vm)).toBe(true);
    expect(isRaisedFor(quotaWith({}, {}, { [RAISED_BY_NAME]: '{}' }), vm)).toBe(true);
    expect(isRaisedFor(quotaWith({}, {}, { [`${ RAISED }0`]: '{}' }), vm)).toBe(false);
    expect(isRaisedFor(quotaWith({}, {}, { [RAISED]: '{}' }), {})).toBe(false);
    expect(hasMigratingVM({})).toBe(false);
    expect(compensationOf({}).isZero()).toBe(true);
    expect(compensationOf(quotaWith({}, {}, { [COMPENSATION]: '' })).isZero()).toBe(true);
  });
});

describe('resync', () => {
  const raise = { [RAISED]: '{"limits.cpu":"1","limits.memory":"1Gi"}', [COMPENSATION]: '{"limits.memory":"128Mi"}' };
  const both = { limitsCpu: '4', limitsMemory: '8Gi' };
  const figures = (...parts: Parameters<typeof resync>): [ResyncOutcome, bigint?, bigint?] => {
    const { outcome, hard } = resync(...parts);

    return [outcome, hard.cpu?.milliValue(), hard.memory?.value()];
  };
  const GIGA = 1073741824n;

  it('makes base + raises + compensation of the quota', () => {
    expect(figures(namespaceWith(both), quotaWith({ 'limits.cpu': '9', 'limits.memory': '9Gi' }, {}, raise))).toEqual(['computed', 5000n, 9n * GIGA + 134217728n]);
  });

  it('adds a compensation even where nothing migrates', () => {
    expect(figures(namespaceWith(both), quotaWith({ 'limits.cpu': '4', 'limits.memory': '8Gi' }, {}, { [COMPENSATION]: '{"limits.memory":"1"}' }))).toEqual(['computed', 4000n, 8n * GIGA + 1n]);
  });

  it('adds a limit of the base that the quota lacks, and leaves one that the base lacks', () => {
    expect(figures(namespaceWith({ limitsCpu: '4' }), quotaWith({ 'limits.memory': '1Gi' }, {}, raise))).toEqual(['computed', 5000n, GIGA]);
    expect(figures(namespaceWith({ limitsMemory: '8Gi' }), quotaWith({ 'limits.cpu': '1' }, {}, raise))).toEqual(['computed', 1000n, 9n * GIGA + 134217728n]);
  });

  const hard = { 'limits.cpu': '1', 'limits.memory': '1Gi' };

  it.each<[ResyncOutcome, ReturnType<typeof namespaceWith>, ReturnType<typeof quotaWith>]>([
    ['notManaged', namespaceWith(both), { ...quotaWith(hard), metadata: {} }],
    ['notManaged', namespaceWith(both), quotaWith(hard, {}, {}, { deletionTimestamp: '2026-08-21T00:00:00Z' })],
    ['disabled', namespaceWith('{'), quotaWith(hard, {}, { [SKIP]: 'true' })],
    ['computed', namespaceWith({ limitsCpu: '1', limitsMemory: '1Gi' }), quotaWith(hard, {}, { [SKIP]: 'True' })],
    ['noBase', namespaceWith(), quotaWith(hard)],
    ['noBase', namespaceWith(''), quotaWith(hard)],
    ['noBase', namespaceWith({ pods: '1' }), quotaWith(hard)],
    ['malformedNamespace', namespaceWith('{'), quotaWith(hard, {}, raise)],
    ['malformedBase', namespaceWith({ limitsCpu: 'x' }), quotaWith(hard, {}, raise)],
    ['malformedRaise', namespaceWith(both), quotaWith(hard, {}, { [RAISED_BY_NAME]: '{' })],
    ['malformedCompensation', namespaceWith(both), quotaWith(hard, {}, { [COMPENSATION]: '{' })],
  ])('leaves the limits: %s', (outcome, namespace, quota) => {
    expect(figures(namespace, quota)).toEqual([outcome, 1000n, GIGA]);
  });

  it('leaves a quota of zeros', () => {
    expect(figures(namespaceWith(both), quotaWith({ 'limits.cpu': '0', pods: '1' }, {}, raise))).toEqual(['noLimits', 0n, undefined]);
    expect(figures(namespaceWith(both), { ...quotaWith({}), spec: {} })).toEqual(['noLimits', undefined, undefined]);
    expect(figures(namespaceWith(both), { metadata: quotaWith({}).metadata })).toEqual(['noLimits', undefined, undefined]);
  });

  it('says why', () => {
    expect(resync(namespaceWith(both), quotaWith(hard, {}, { [RAISED]: '{"a":""}' })).error).toContain(RAISED);
    expect(resync(namespaceWith('{'), quotaWith(hard)).error).toBe('field.cattle.io/resourceQuota: it is no JSON');
    expect(resync(namespaceWith(both), quotaWith(hard))).not.toHaveProperty('error');
  });
});
