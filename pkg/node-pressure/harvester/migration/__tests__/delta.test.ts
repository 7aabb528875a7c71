/** @jest-environment node */
import { compensationFor, migrationCompensation } from '../compensation';
import { migrationDelta, type MigrationQuestion } from '../delta';
import { resync } from '../resync';
import { COMPENSATION, GI, MI, namespaceWith, pending, question, quotaWith, RAISED, RAISED_BY_NAME, REJECTED, RESYNC, SKIP, vmiWith } from './builders';

/** 4 Gi and 2 vCPUs at ratio 1.5, as the quota of harvester#7161 counted it without the console log's 60M. */
const NEED = 4737464313n;
const CONSOLE_LOG_BYTES = 60_000_000n;

function figures(parts: Partial<MigrationQuestion>): Record<string, bigint | undefined> | undefined {
  const delta = migrationDelta(question(parts));

  return delta && { ...(delta.cpu && { cpu: delta.cpu.milliValue() }), ...(delta.memory && { memory: delta.memory.value() }) };
}

describe('migrationDelta', () => {
  it('is the VM’s limits and overhead', () => {
    expect(figures({})).toEqual({ cpu: 2000n, memory: NEED });
    expect(figures({ resourceQuotas: [{ metadata: {} }, quotaWith({ 'limits.cpu': '4', 'limits.memory': '8Gi' })] })).toEqual({ cpu: 2000n, memory: NEED });
  });

  it('lacks 15m of the 4015m that the target of a VM with 4 CPUs asks for', () => {
    expect(figures({ vmi: vmiWith({ cpu: '4' }) })).toEqual({ cpu: 4015n - 15n });
  });

  it('has what the quota names and the VM limits, be it none', () => {
    expect(figures({ resourceQuotas: [quotaWith({ 'limits.cpu': '4' })] })).toEqual({ cpu: 2000n });
    expect(figures({ resourceQuotas: [quotaWith({ 'limits.cpu': '4', 'limits.memory': '0' })] })).toEqual({ cpu: 2000n, memory: NEED });
    expect(figures({ vmi: vmiWith({ cpu: '2' }), resourceQuotas: [quotaWith({ 'limits.memory': '8Gi' })] })).toEqual({});
    expect(figures({ vmi: vmiWith({ memory: '1Gi' }), setting: { value: '0' } })).toEqual({ memory: 1495269192n });
  });

  it.each<[string, Partial<MigrationQuestion>]>([
    ['not begun', { vmim: {} }],
    ['going on', { vmim: { status: { phase: 'Scheduling' } } }],
    ['aborted', { vmim: pending('other', 'migrationAbortRequested') }],
    ['without a quota', { resourceQuotas: [] }],
    ['with another’s quota', { resourceQuotas: [{ metadata: {}, spec: { hard: { 'limits.cpu': '4' } } }] }],
    ['with auto-scaling switched off', { resourceQuotas: [quotaWith({ 'limits.cpu': '4' }, {}, { [SKIP]: 'true' })] }],
    ['without a base', { namespace: namespaceWith() }],
    ['with the word null as base', { namespace: namespaceWith('null') }],
    ['with a base of zero', { namespace: namespaceWith({ limitsCpu: '0' }) }],
    ['with a base of other things', { namespace: namespaceWith({ pods: '3' }) }],
    ['with a malformed annotation', { namespace: namespaceWith('{') }],
    ['with a malformed limit', { namespace: namespaceWith({ limitsCpu: 'x', limitsMemory: '8Gi' }) }],
    ['raised already', { resourceQuotas: [quotaWith({ 'limits.cpu': '4' }, {}, { [RAISED]: '{}' })] }],
    ['raised already by name', { resourceQuotas: [quotaWith({ 'limits.cpu': '4' }, {}, { [RAISED_BY_NAME]: '{' })] }],
    ['of a VM without limits', { vmi: vmiWith({}) }],
    ['of a VM that says nothing', { vmi: {} }],
    ['with a quota of zeros', { resourceQuotas: [quotaWith({ 'limits.cpu': '0' })] }],
  ])('is absent for a migration %s', (_, parts) => {
    expect(migrationDelta(question(parts))).toBeUndefined();
  });

  it('needs one of the two limits in the base', () => {
    expect(figures({ namespace: namespaceWith({ limitsMemory: '8Gi' }) })).toEqual({ cpu: 2000n, memory: NEED });
  });
});

/** The quota of a namespace with base 8 Gi whose raise for the VM is in its limit. */
function raised(usedBytes: bigint, annotations: Record<string, string> = {}): Partial<MigrationQuestion> {
  const hard = { 'limits.memory': String(8n * GI + NEED) };

  return { vmim: pending(REJECTED), resourceQuotas: [quotaWith(hard, { 'limits.memory': String(usedBytes) }, { [RAISED]: `{"limits.memory":"${ NEED }"}`, [RESYNC]: 'false', ...annotations })] };
}

const compensation = (parts: Partial<MigrationQuestion>): bigint | undefined => migrationCompensation(question(parts))?.value();

describe('migrationCompensation', () => {
  it('is what is missing and 128 Mi', () => {
    expect(compensation(raised(8n * GI + 1n))).toBe(134217729n);
    expect(compensation(raised(9n * GI))).toBe(GI + 128n * MI);
  });

  it('does not help in the dead zone: no room for the console log, yet need does not exceed the limit', () => {
    for (const used of [8n * GI - CONSOLE_LOG_BYTES + 1n, 8n * GI - 1n, 8n * GI]) {
      expect(used + NEED + CONSOLE_LOG_BYTES).toBeGreaterThan(8n * GI + NEED);
      expect(compensation(raised(used))).toBeUndefined();
    }
  });

  it.each<[string, Partial<MigrationQuestion>]>([
    ['is not pending', { vmim: { status: { phase: 'Running', conditions: [{ type: REJECTED, status: 'True' }] } } }],
    ['is aborted', { vmim: pending(REJECTED, 'migrationAbortRequested') }],
    ['was not turned away', { vmim: pending() }],
    ['is not turned away any more', { vmim: { status: { phase: 'Pending', conditions: [{ type: REJECTED, status: 'False' }, { type: REJECTED, status: 'True' }] } } }],
    ['has no quota', { resourceQuotas: [] }],
    ['has a namespace without a limit of memory', { namespace: namespaceWith({ limitsCpu: '4' }) }],
    ['has a namespace without annotation', { namespace: namespaceWith() }],
    ['has a malformed namespace', { namespace: namespaceWith({ limitsMemory: 'x' }) }],
    ['is of a VM without a limit of memory', { vmi: vmiWith({ cpu: '1' }) }],
    ['is of another VM', { vmi: { ...question().vmi, metadata: { uid: 'other' } } }],
    ['is of a VM without identity', { vmi: { spec: question().vmi.spec } }],
    ['waits for the raise', raised(9n * GI, { [RESYNC]: 'true' })],
    ['may not be raised', raised(9n * GI, { [SKIP]: 'true' })],
  ])('is absent if the migration %s', (_, parts) => {
    expect(compensation({ ...raised(9n * GI), ...parts })).toBeUndefined();
  });

  it('looks at memory only', () => {
    expect(compensation({ ...raised(9n * GI), namespace: namespaceWith({ limitsCpu: 'x', limitsMemory: '8Gi' }) })).toBe(GI + 128n * MI);
    expect(compensationFor(quotaWith({ 'limits.cpu': '1' }), question().vmi, {})).toBeUndefined();
    expect(compensationFor({ spec: { hard: { 'limits.memory': '1' } } }, question().vmi, {})?.value()).toBe(NEED - 1n + 128n * MI);
    expect(compensationFor(quotaWith({ 'limits.memory': '1' }), {}, {})).toBeUndefined();
  });

  it('never converges when it has to grow: a new one replaces the old one, which is in the limit', () => {
    const namespace = namespaceWith({ limitsMemory: '8Gi' });
    const wanted = (used: bigint): bigint => used + NEED;
    const first = 8n * GI + 397n * MI;
    // Another launcher pod of 200 Mi came up, with its console log
    const later = first + 200n * MI + CONSOLE_LOG_BYTES;
    const written: bigint[] = [];
    const limits: bigint[] = [];
    let annotations: Record<string, string> = {};

    for (const used of [first, later, later, later, later]) {
      const [before] = raised(used, annotations).resourceQuotas ?? [];
      const hard = resync(namespace, before ?? {}).hard.memory?.value() ?? 0n;
      const value = compensation({ ...raised(used, annotations), resourceQuotas: [{ ...before, spec: { hard: { 'limits.memory': String(hard) } } }] }) ?? 0n;

      written.push(value);
      annotations = { [COMPENSATION]: `{"limits.memory":"${ value }"}` };
      limits.push(resync(namespace, raised(used, annotations).resourceQuotas?.[0] ?? {}).hard.memory?.value() ?? 0n);
    }

    expect(written).toEqual([525n * MI, 269715200n, 525n * MI, 269715200n, 525n * MI]);
    expect(limits.slice(1).every((limit) => limit < wanted(later))).toBe(true);
  });
});
