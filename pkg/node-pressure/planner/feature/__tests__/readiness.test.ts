/** @jest-environment node */
import { DESIGN_SETTINGS, GI, node, report, RKE2_DEFAULTS, summary, unreadReport } from '../../__tests__/fixtures';
import type { NodeReport } from '../../nodeReport';
import { needsConfirmation, readiness, type NamespaceUse, type ReadinessCode, type ReadinessInput } from '../readiness';

const PROTECTED = { ...DESIGN_SETTINGS, evictionMaxPodGracePeriod: 120 };
const CALM = summary([50, 14], [48, 8]);
const ready = report(PROTECTED, CALM);
const installed = (name: string): NodeReport => ({ ...report(RKE2_DEFAULTS, CALM), name });
const use = (name: string, more: Partial<NamespaceUse> = {}): NamespaceUse => ({ name, hasVms: false, hasContainers: true, hasMemoryLimits: true, ...more });
const item = (code: ReadinessCode, input: Partial<ReadinessInput>) => readiness({ reports: [], ...input }).find((each) => each.code === code);

describe('the readiness list', () => {
  it('is met where everything is there', () => {
    const items = readiness({ reports: [ready, ready], namespaces: [use('shop'), use('prod', { hasVms: true, hasContainers: false, hasMemoryLimits: false })] });

    expect(items.map(({ code, standing, target }) => [code, standing, target])).toStrictEqual([
      ['memoryEviction', 'met', 'settings'], ['softTier', 'met', 'settings'], ['reservation', 'met', 'settings'], ['diskSignals', 'met', 'settings'], ['namespacesApart', 'met', 'namespaces'], ['memoryLimits', 'met', 'namespaces'],
    ]);
    expect(items[0]?.evidence).toStrictEqual({ code: 'met', params: { total: 2 } });
    expect(items[5]?.evidence).toStrictEqual({ code: 'met', params: { total: 1 } });
    expect(needsConfirmation(items)).toBe(false);
  });

  it('names the nodes that stand against it, a few of them', () => {
    const reports = [ready, ...['node-2', 'node-3', 'node-4', 'node-5'].map(installed), unreadReport({ name: 'node-6' })];

    expect(item('memoryEviction', { reports })).toStrictEqual({ code: 'memoryEviction', standing: 'unmet', target: 'settings', evidence: { code: 'unmet', params: { names: 'node-2, node-3, node-4', more: 1, count: 4, total: 6 } } });
    expect(needsConfirmation(readiness({ reports }))).toBe(true);
  });

  it.each<[ReadinessCode, NodeReport, string]>([
    ['memoryEviction', unreadReport({ allocatable: '64Gi' }), 'unmet'],
    ['memoryEviction', unreadReport(), 'unknown'],
    ['softTier', report({ ...PROTECTED, evictionSoft: {} }, CALM), 'unmet'],
    ['softTier', report({ ...PROTECTED, evictionMaxPodGracePeriod: 0 }, CALM), 'unmet'],
    ['softTier', unreadReport({ allocatable: '64Gi' }), 'unknown'],
    ['reservation', report({ ...PROTECTED, systemReserved: {} }, CALM), 'unmet'],
    ['reservation', report(PROTECTED, summary([50, 14], [40, 16])), 'unmet'],
    ['reservation', report(PROTECTED, CALM, { summary: {} }), 'unknown'],
    ['reservation', unreadReport(), 'unknown'],
    ['diskSignals', report({ ...PROTECTED, evictionHard: { 'memory.available': '6Gi' } }, CALM), 'unmet'],
    ['diskSignals', unreadReport(), 'unknown'],
  ])('has %s of one node among others', (code, odd, standing) => {
    expect(item(code, { reports: [ready, odd] })?.standing).toBe(standing);
  });

  it('has figures for what is reserved and used, of the first node', () => {
    const figures = (odd: NodeReport) => item('reservation', { reports: [ready, odd] })?.evidence.params;

    expect(figures(report(PROTECTED, summary([50, 14], [40, 16])))).toMatchObject({ reservedBytes: 2 * GI, usedBytes: 10 * GI });
    expect(figures(report({ ...PROTECTED, systemReserved: {} }, CALM))).toMatchObject({ reservedBytes: 0, usedBytes: 2 * GI });
    expect(figures(report({ ...PROTECTED, systemReserved: {} }, summary([50, 14])))).toMatchObject({ usedBytes: undefined });
  });

  it('says which nodes do not tell, and leaves witness nodes out', () => {
    const witness = report(RKE2_DEFAULTS, CALM, { node: node({ labels: { 'node-role.harvesterhci.io/witness': '' } }) });

    expect(item('diskSignals', { reports: [ready, witness, unreadReport({ name: 'node-2' })] })?.evidence).toStrictEqual({ code: 'unread', params: { names: 'node-2', more: 0, count: 1, total: 2 } });
    expect(item('diskSignals', { reports: [witness] })).toMatchObject({ standing: 'unknown', evidence: { code: 'unread', params: { count: 0, total: 0 } } });
  });

  it('looks at namespaces with containers', () => {
    const namespaces = [use('both', { hasVms: true }), use('loose', { hasMemoryLimits: false }), use('vms', { hasVms: true, hasContainers: false })];

    expect(item('namespacesApart', { namespaces })).toMatchObject({ standing: 'unmet', evidence: { code: 'unmet', params: { names: 'both', count: 1, total: 2 } } });
    expect(item('memoryLimits', { namespaces })).toMatchObject({ standing: 'unmet', evidence: { code: 'unmet', params: { names: 'loose' } } });
    expect(item('memoryLimits', { namespaces: [] })).toMatchObject({ standing: 'met', evidence: { code: 'noContainers' } });
  });

  it('never takes for met what could not be read', () => {
    expect(item('namespacesApart', {})).toMatchObject({ standing: 'unknown', evidence: { code: 'unread' } });
    expect(item('memoryLimits', { namespacesFailure: { kind: 'forbidden', verb: 'list pods', message: 'no' } })).toMatchObject({ standing: 'unknown', evidence: { code: 'failed', params: { verb: 'list pods', message: 'no' } } });
  });
});
