/** @jest-environment node */
import type { Toleration } from '../../../kubelet/pod';
import type { Node } from '../../node';
import { meetsAffinity, missingLabel, untolerated } from '../nodeAffinity';
import type { Affinity, NodeSelectorRequirement, NodeSelectorTerm } from '../objects';

const NODE: Node = { metadata: { name: 'node-1', labels: { zone: 'a', size: '7', empty: '' } } };
const affinity = (...nodeSelectorTerms: NodeSelectorTerm[]): Affinity => ({ nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } });
const label = (key: string, operator: string, ...values: string[]): NodeSelectorTerm => ({ matchExpressions: [{ key, operator, values }] });
const field = (key: string, operator: string, ...values: string[]): NodeSelectorTerm => ({ matchFields: [{ key, operator, values }] });

describe('meetsAffinity', () => {
  it.each<[boolean, Affinity | null | undefined]>([
    [true, undefined], [true, null], [true, {}], [true, { nodeAffinity: {} }],
    [false, { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: {} } }], [false, affinity()], [false, affinity({})],
    [true, affinity({}, label('zone', 'In', 'b', 'a'))], [false, affinity(label('zone', 'In', 'b'))], [false, affinity(label('zone', 'In'))],
    [true, affinity(label('zone', 'In', 'b'), label('zone', 'Exists'))],
    [false, affinity({ matchExpressions: [...label('zone', 'Exists').matchExpressions as NodeSelectorRequirement[], ...label('zone', 'DoesNotExist').matchExpressions as NodeSelectorRequirement[]] })],
    [true, affinity(label('zone', 'NotIn', 'b'))], [false, affinity(label('zone', 'NotIn', 'a'))], [true, affinity(label('rack', 'NotIn', 'a'))], [false, affinity(label('rack', 'NotIn'))], [false, affinity(label('rack', 'NotIn', 'b', '-1'))], [false, affinity(label('zone', 'In', 'a', 'x'.repeat(64)))], [true, affinity(label('empty', 'In', ''))],
    [true, affinity(label('empty', 'Exists'))], [false, affinity(label('rack', 'Exists'))], [false, affinity(label('zone', 'Exists', 'a'))],
    [true, affinity(label('rack', 'DoesNotExist'))], [false, affinity(label('zone', 'DoesNotExist'))], [false, affinity(label('toString', 'Exists'))],
    [true, affinity(label('size', 'Gt', '6'))], [false, affinity(label('size', 'Gt', '7'))], [true, affinity(label('size', 'Lt', '8'))], [false, affinity(label('size', 'Lt', '7'))],
    [false, affinity(label('size', 'Gt', '6', '5'))], [false, affinity(label('zone', 'Gt', '6'))], [false, affinity(label('size', 'Gt', 'x'))], [false, affinity(label('rack', 'Lt', '6'))], [false, affinity(label('size', 'Gt', '-1'))],
    [false, affinity(label('zone', 'Odd', 'a'))],
    [true, affinity(field('metadata.name', 'In', 'node-1'))], [false, affinity(field('metadata.name', 'In', 'node-2'))], [false, affinity(field('metadata.name', 'In', 'node-1', 'node-2'))],
    [true, affinity(field('metadata.name', 'NotIn', 'node-2'))], [false, affinity(field('metadata.name', 'NotIn', 'node-1'))], [false, affinity(field('metadata.name', 'Exists', 'node-1'))], [false, affinity(field('spec.x', 'In', 'node-1'))],
    [false, affinity({ ...label('zone', 'In', 'a'), ...field('metadata.name', 'In', 'node-2') })],
    [false, affinity({ matchFields: [{ key: 'metadata.name', operator: 'In' }] })], [false, affinity({ matchExpressions: [{ key: 'zone', operator: 'In' }] })],
  ])('is %j for %j', (meets, wanted) => {
    expect(meetsAffinity(NODE, wanted)).toBe(meets);
  });
});

describe('missingLabel', () => {
  it('is the first that the node has not', () => {
    expect(missingLabel(NODE, { zone: 'a', size: '8', rack: '1' })).toEqual({ key: 'size', value: '8' });
    expect(missingLabel(NODE, { zone: 'a' })).toBeUndefined();
    expect(missingLabel({ metadata: { name: 'n' } }, { zone: 'a' })).toEqual({ key: 'zone', value: 'a' });
    expect(missingLabel(NODE, null)).toBeUndefined();
  });
});

describe('untolerated', () => {
  const tainted = (effect: string, value?: string): Node => ({ ...NODE, spec: { taints: [{ key: 'soft', effect: 'PreferNoSchedule' }, { key: 'gpu', value, effect }] } });
  const gpu = { key: 'gpu', effect: 'NoSchedule' };

  it.each<[Toleration[] | undefined, boolean]>([
    [undefined, true], [[], true], [[{ key: 'gpu', operator: 'Exists' }], false], [[{ operator: 'Exists' }], false], [[{ key: 'gpu' }], false], [[{ key: 'gpu', operator: 'Equal', value: '' }], false],
    [[{ key: 'gpu', value: 'yes' }], true], [[{ key: 'other', operator: 'Exists' }], true], [[{ key: 'gpu', operator: 'Exists', effect: 'NoExecute' }], true], [[{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }], false], [[{ key: 'gpu', operator: 'Gt', value: '' }], true],
  ])('with %j keeps the pod away: %j', (tolerations, isKept) => {
    expect(untolerated(tainted('NoSchedule'), tolerations)).toEqual(isKept ? gpu : undefined);
  });

  it('compares values', () => {
    expect(untolerated(tainted('NoExecute', 'yes'), [{ key: 'gpu', value: 'no' }])).toMatchObject({ key: 'gpu' });
    expect(untolerated(tainted('NoExecute', 'yes'), [{ key: 'gpu', value: 'yes' }])).toBeUndefined();
  });

  it('leaves nodes alone that have none', () => {
    expect(untolerated(NODE)).toBeUndefined();
    expect(untolerated({ ...NODE, spec: { taints: null } })).toBeUndefined();
  });
});
