import { finding } from '../finding';
import { previewSettings, type NodePreview, type PreviewSide } from '../preview';
import { previewCounts, previewRows, wouldEvict } from '../previewRows';
import { testNode } from './nodes';

const GI = 2n ** 30n;
const side = (more: Partial<PreviewSide> = {}): PreviewSide => ({ allocatableMemoryBytes: 30n * GI, kubepodsMemoryBytes: 30n * GI, thresholds: [], margin: undefined, first: undefined, ...more });
const margin = (marginGi: number, hard = true) => ({ marginBytes: marginGi * Number(GI), capacityBytes: 1, signal: 'memory.available' as const, hard });
const node = (name: string, more: Partial<NodePreview> = {}): NodePreview => ({ name, before: side(), after: side(), changes: true, ...more });
const preview = (nodes: readonly NodePreview[]) => ({ nodes, changedNodes: 1, evictingNodes: 0, exposedVms: 2 });

describe('rows', () => {
  it('put those with a problem first, then by what is left', () => {
    const rows = previewRows(preview([
      node('same', { changes: false }), node('far', { after: side({ margin: margin(9) }) }), node('near', { after: side({ margin: margin(1) }) }), node('none'), node('soft', { after: side({ margin: margin(-1, false) }) }),
      node('unread', { before: undefined }), node('evicts', { after: side({ margin: margin(-1) }) }), node('stops', { after: undefined }),
    ]));

    expect(rows.map(({ name, state, tone }) => `${ name }: ${ state } ${ tone }`)).toStrictEqual([
      'stops: wontStart error', 'evicts: evicts error', 'unread: unread unknown', 'soft: changes info', 'near: changes info', 'far: changes info', 'none: changes info', 'same: same success',
    ]);
  });

  it('pair every threshold before and after', () => {
    const [row] = previewRows(previewSettings({ evictionHard: { 'memory.available': '6Gi', 'nodefs.available': '5%' } }, [testNode()]));

    // 5 % is a float32 to the kubelet
    expect(row?.thresholds.map(({ signal, unit, before, after }) => [signal, unit, before?.amount, after?.amount])).toStrictEqual([
      ['memory.available', 'bytes', undefined, 6n * GI], ['nodefs.available', 'bytes', 21_474_836_800n, 21_474_836_800n], ['imagefs.available', 'bytes', undefined, undefined],
    ]);
    expect(row?.thresholds.map(({ before, after }) => [before !== undefined, after !== undefined])).toStrictEqual([[false, true], [true, true], [true, false]]);
    expect(row).toMatchObject({ allocatableBytes: { before: 32n * GI, after: 26n * GI }, margin: { before: undefined, after: { hard: true } } });
  });
});

it('a node evicts at once only for a hard threshold', () => {
  expect([node('a', { after: side({ margin: margin(-1) }) }), node('b', { after: side({ margin: margin(-1, false) }) }), node('c', { after: undefined }), node('d')].map(wouldEvict)).toStrictEqual([true, false, false, false]);
});

describe('counts', () => {
  it('are calm where nothing is lost', () => {
    expect(previewCounts({ nodes: [node('a')], changedNodes: 0, evictingNodes: 0, exposedVms: 0 }, []).map(({ code, params, tone }) => [code, params['count'], tone])).toStrictEqual([
      ['changed', 0, 'success'], ['evicting', 0, 'success'], ['exposed', 0, 'success'], ['notReadmitted', 0, 'success'],
    ]);
  });

  it('name what it costs', () => {
    const lost = { ...finding('notReadmitted', undefined, {}, { pods: [{ namespace: 'a', name: 'b' }] }), nodes: ['a'] };

    expect(previewCounts({ nodes: [node('a', { after: undefined }), node('b')], changedNodes: 1, evictingNodes: 1, exposedVms: 2 }, [lost])).toStrictEqual([
      { code: 'changed', params: { count: 1, total: 2 }, tone: 'info' },
      { code: 'evicting', params: { count: 1, total: 2 }, tone: 'error' },
      { code: 'exposed', params: { count: 2, total: 2 }, tone: 'warning' },
      { code: 'notReadmitted', params: { count: 1, total: 2, nodes: 1 }, tone: 'error' },
      { code: 'wontStart', params: { count: 1, total: 2 }, tone: 'error' },
    ]);
  });

  it('survive findings without pods', () => {
    expect(previewCounts(preview([]), [finding('notReadmitted')])[3]).toMatchObject({ params: { count: 0, nodes: 0 } });
  });
});
