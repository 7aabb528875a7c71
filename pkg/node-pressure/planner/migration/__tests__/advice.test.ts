/** @jest-environment node */
import { GI, MI, namespaceWith, quotaWith, RAISED, SKIP } from '../../../harvester/migration/__tests__/builders';
import type { VirtualMachineInstance } from '../../../harvester/migration/objects';
import { bufferAdvice } from '../advice';
import type { BufferAdvice } from '../adviceReport';
import { editorOf, roundedUp, textOf } from '../editorUnits';
import { namespaceReport } from '../namespaceReport';
import type { Circumstances } from '../writeRefusals';
import { clusterOf, CONSOLE_BYTES, HARD, LIMIT, NOW, used, vmi, vmim } from './builders';

const ALLOWED: Circumstances = { rancher: true, mayWrite: true, project: { limit: { limitsCpu: '32', limitsMemory: '64Gi' }, usedLimit: { limitsCpu: '8', limitsMemory: '16Gi' } } };
const VM = vmi();
const advice = (parts: Parameters<typeof clusterOf>[1] = {}, vms: readonly VirtualMachineInstance[] = [VM], count = 1, circumstances = ALLOWED): BufferAdvice => bufferAdvice(clusterOf(vms, parts), 'ns', count, circumstances);
const refusals = (parts: Parameters<typeof clusterOf>[1], circumstances: Partial<Circumstances> = {}): unknown[] => advice(parts, [VM], 1, { ...ALLOWED, ...circumstances }).refusals.map(({ code }) => code);
const FULL = used(16n * GI);

describe('bufferAdvice', () => {
  it('is nothing where all fits', () => {
    expect(advice()).toEqual({ namespace: 'ns', vms: 1, limits: [], beyond: [], refusals: [{ code: 'noChange', params: {} }] });
    expect(advice({}, []).limits).toEqual([]);
    expect(advice({ resourceQuotas: [quotaWith({ 'hugepages-2Mi': '0' })] }, [VM, vmi('vm2', { metadata: { uid: '' } })])).toMatchObject({ limits: [], beyond: [] });
    expect(advice({ ...FULL, migrations: [vmim('vm1')] }).limits).toEqual([]);
    expect(bufferAdvice(clusterOf([]), 'other', 1, ALLOWED).refusals[0]?.code).toBe('noChange');
  });

  it('is the smallest change that the editor can show, written and taken back', () => {
    expect(advice({ ...FULL, namespaces: [{ ...namespaceWith({ limitsCpu: '8', limitsMemory: '16Gi' }), metadata: { ...namespaceWith({ limitsCpu: '8', limitsMemory: '16Gi' }).metadata, resourceVersion: '9' } }] })).toEqual({
      namespace: 'ns', vms: 1, beyond: [], refusals: [],
      limits:    [{ key: 'limitsMemory', resource: 'limits.memory', from: 16n * GI, to: 16n * GI + 58n * MI, editor: { from: '16384', to: '16442', unit: 'MiB' }, projectLeft: 48n * GI }],
      patch:     { type: 'namespace', name: 'ns', body: { metadata: { resourceVersion: '9', annotations: { 'field.cattle.io/resourceQuota': '{"limit":{"limitsCpu":"8","limitsMemory":"16442Mi"}}' } } } },
      rollback:  { type: 'namespace', name: 'ns', body: { metadata: { annotations: { 'field.cattle.io/resourceQuota': '{"limit":{"limitsCpu":"8","limitsMemory":"16Gi"}}' } } } },
    });
  });

  it('lets as many go as it says, and a Mi less does not', () => {
    const vms = [vmi('a'), vmi('b'), vmi('c')];
    const atOnce = (limitsMemory: bigint): number => namespaceReport(clusterOf(vms, { namespaces: [namespaceWith({ limitsCpu: '8', limitsMemory: String(limitsMemory) })], resourceQuotas: [quotaWith({ ...HARD, 'limits.memory': String(limitsMemory) }, { 'limits.memory': String(16n * GI) })] }), 'ns', NOW).atOnce.count;

    for (const count of [1, 2, 3]) {
      const to = advice(FULL, vms, count).limits[0]?.to ?? 0n;

      expect([atOnce(to), atOnce(to - MI)]).toEqual([count, count - 1]);
    }
    expect(advice(FULL, vms, 99).limits).toEqual(advice(FULL, vms, 3).limits);
  });

  it('takes the largest VM for each limit', () => {
    const small = vmi('small', { spec: { domain: { resources: { limits: { cpu: '9', memory: '1Gi' } } } } });

    expect(advice({ resourceQuotas: [quotaWith(HARD, { 'limits.memory': String(14n * GI) }, { [SKIP]: 'true' })], pods: [], podsRead: new Set() }, [VM, small]).limits).toMatchObject([{ key: 'limitsCpu', to: 9015n }, { key: 'limitsMemory', from: 16n * GI, to: roundedUp('limits.memory', 14n * GI + LIMIT + CONSOLE_BYTES) }]);
  });

  it('names what no change of the namespace’s quota removes', () => {
    const own = quotaWith({ ...HARD, pods: '0', 'requests.cpu': '100m', 'count/pods': '0' });
    const parts = { namespaces: [namespaceWith({ limitsCpu: '8', limitsMemory: '16Gi', pods: '0' })], resourceQuotas: [own, { metadata: { name: 'other', namespace: 'ns' }, spec: { hard: { pods: '0' } } }] };

    expect(advice(parts)).toMatchObject({ limits: [{ key: 'pods', from: 0n, to: 1n, editor: { from: '0', to: '1', unit: '' }, projectLeft: undefined }], beyond: [
      { quota: 'default-abc', resource: 'requests.cpu', missing: 105n }, { quota: 'default-abc', resource: 'count/pods', missing: 1n }, { quota: 'other', resource: 'pods', missing: 1n },
    ] });
    expect(advice({ ...FULL, namespaces: [namespaceWith('{')], resourceQuotas: [quotaWith({ 'limits.memory': '1Gi' })] })).toMatchObject({ limits: [], beyond: [{ resource: 'limits.memory' }] });
    expect(advice({ namespaces: [namespaceWith({ limitsCpu: '8', pods: 'x' })], resourceQuotas: [quotaWith({ ...HARD, pods: '0' })] })).toMatchObject({ limits: [], beyond: [{ resource: 'pods' }] });
  });
});

describe('the button that writes', () => {
  it.each<[string[], Parameters<typeof clusterOf>[1], Partial<Circumstances>?]>([
    [[], FULL],
    [['noChange'], {}],
    [['noRancher'], FULL, { rancher: false }],
    [['noChange', 'malformed'], { ...FULL, namespaces: [namespaceWith('{')], resourceQuotas: [] }],
    [['noChange', 'malformed'], { resourceQuotas: [quotaWith(HARD, { 'limits.cpu': 'x' })] }],
    [['projectUnknown'], FULL, { project: undefined }],
    [['projectForbidden'], FULL, { project: undefined, projectVerb: 'list x' }],
    [['projectUnknown'], FULL, { project: { limit: { limitsMemory: '64Gi' }, usedLimit: {} } }],
    [['projectUnknown'], FULL, { project: { limit: { limitsMemory: '64Gi' }, usedLimit: null } }],
    [['projectUnknown'], FULL, { project: { limit: { limitsMemory: '64Gi' }, usedLimit: { limitsMemory: 'x' } } }],
    [[], FULL, { project: { limit: { limitsCpu: '1' }, usedLimit: {} } }],
    [[], FULL, { project: { limit: null } }],
    [['projectTooSmall'], FULL, { project: { limit: { limitsMemory: '16Gi' }, usedLimit: { limitsMemory: '16Gi' } } }],
    [['noChange', 'migrating'], { ...FULL, migrations: [vmim('vm1', { phase: 'Running' })] }],
    [[], { ...FULL, migrations: [vmim('vm1', { phase: 'Failed' })] }],
    [['forbidden'], FULL, { mayWrite: false }],
  ])('is refused for %j', (expected, parts, circumstances = {}) => {
    expect(refusals(parts, circumstances)).toEqual(expected);
  });

  it('compares both limits with use, also the one that does not change', () => {
    const cpuFree = vmi('vm1', { spec: { domain: { resources: { limits: { memory: '4Gi' }, requests: { memory: '2Gi' } } } } });
    const quotas = (cpu: string): Parameters<typeof clusterOf>[1] => ({ resourceQuotas: [quotaWith({ 'limits.memory': '16Gi' }, { 'limits.memory': String(16n * GI), 'limits.cpu': cpu }, { [SKIP]: 'true' })], pods: [], podsRead: new Set() });

    expect(advice(quotas('9'), [cpuFree]).refusals).toEqual([{ code: 'belowUse', params: { resource: 'limits.cpu' } }]);
    expect(advice(quotas('8'), [cpuFree])).toMatchObject({ refusals: [], patch: {} });
  });

  it('is refused while a migration has raised the quota, with its name', () => {
    const names = (parts: Parameters<typeof clusterOf>[1]): unknown => advice({ ...FULL, ...parts }).refusals.find(({ code }) => code === 'migrating')?.params;

    expect(names({ migrations: [vmim('vm1')] })).toEqual({ name: 'vm1' });
    expect(names(used(16n * GI, { 'harvesterhci.io/migratingUID-uid-vm1': '{}' }))).toEqual({ name: 'vm1', key: 'harvesterhci.io/migratingUID-uid-vm1' });
    expect(names(used(16n * GI, { [RAISED]: '{}' }))).toEqual({ name: undefined, key: RAISED });
  });

  it('says what the project lacks', () => {
    expect(advice(FULL, [VM], 1, { ...ALLOWED, project: { limit: { limitsMemory: '16400Mi' }, usedLimit: { limitsMemory: '16Gi' } } }).refusals).toEqual([{ code: 'projectTooSmall', params: { resource: 'limits.memory', missingBytes: 42n * MI } }]);
  });
});

describe('the editor', () => {
  it.each([
    ['limits.memory', 1n, MI, '1Mi', { from: '0', to: '1', unit: 'MiB' }], ['limits.memory', 3n * MI, 3n * MI, '3Mi', { from: '3', to: '3', unit: 'MiB' }], ['limits.memory', 3n * MI / 2n, 2n * MI, '2Mi', { from: '1.5', to: '2', unit: 'MiB' }],
    ['limits.cpu', 15n, 15n, '15m', { from: '15', to: '15', unit: 'mCPUs' }], ['pods', 4n, 4n, '4', { from: '4', to: '4', unit: '' }],
  ])('shows %s of %s', (resource, amount, rounded, text, editor) => {
    expect(roundedUp(resource, amount)).toBe(rounded);
    expect(textOf(resource, rounded)).toBe(text);
    expect(editorOf(resource, amount, rounded)).toEqual(editor);
  });
});
