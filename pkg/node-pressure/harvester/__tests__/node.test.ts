import { isManaged, isWindows, kubeletIncarnation, pressuresOf, readinessOf, roleOf, type Node } from '../node';

function node(labels?: Record<string, string>, conditions?: { type: string; status: string; lastTransitionTime?: string }[]): Node {
  return { metadata: { name: 'n', labels }, status: { conditions } };
}

describe('role', () => {
  it.each([
    ['management', { 'node-role.harvesterhci.io/management': '' }],
    ['management', { 'node-role.kubernetes.io/control-plane': 'true' }],
    ['worker', { 'node-role.harvesterhci.io/worker': '' }],
    ['worker', {}],
    ['worker', undefined],
    // A witness carries the control plane's labels, too
    ['witness', { 'node-role.harvesterhci.io/witness': '', 'node-role.kubernetes.io/control-plane': 'true' }],
  ])('is %s with labels %j', (role, labels) => {
    expect(roleOf(node(labels))).toBe(role);
  });
});

describe('managed', () => {
  it.each([
    [true, { 'harvesterhci.io/managed': 'true' }],
    [false, { 'harvesterhci.io/managed': 'false' }],
    [false, undefined],
  ])('is %s with labels %j', (managed, labels) => {
    expect(isManaged(node(labels))).toBe(managed);
  });
});

it.each([['linux', false], ['windows', true], [undefined, false]])('tells a node with operating system %s from Windows', (operatingSystem, expected) => {
  expect(isWindows({ metadata: { name: 'n' }, status: { nodeInfo: { operatingSystem } } })).toBe(expected);
  expect(isWindows({ metadata: { name: 'n' } })).toBe(false);
});

describe('readiness', () => {
  it.each([
    ['ready', [{ type: 'Ready', status: 'True' }]],
    ['notReady', [{ type: 'Ready', status: 'False' }]],
    ['unknown', [{ type: 'Ready', status: 'Unknown' }]],
    ['unknown', []],
    ['unknown', undefined],
  ])('is %s with conditions %j', (readiness, conditions) => {
    expect(readinessOf(node({}, conditions))).toBe(readiness);
  });
});

it('lists pressures that are True, memory first', () => {
  const conditions = [{ type: 'PIDPressure', status: 'True' }, { type: 'DiskPressure', status: 'False' }, { type: 'MemoryPressure', status: 'True' }];

  expect(pressuresOf(node({}, conditions))).toStrictEqual(['MemoryPressure', 'PIDPressure']);
});

describe('incarnation of the kubelet', () => {
  const base: Node = {
    metadata: { name: 'n', uid: 'u', resourceVersion: '1' },
    status:   { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: 't1' }], nodeInfo: { bootID: 'b', kubeletVersion: 'v1.36.3' } },
  };
  const started = (status: Node['status']): string => kubeletIncarnation({ ...base, status: { ...base.status, ...status } });

  it('stays over a mere heartbeat', () => {
    expect(kubeletIncarnation({ ...base, metadata: { ...base.metadata, resourceVersion: '2' } })).toBe(kubeletIncarnation(base));
  });

  it.each([
    ['a reboot', { nodeInfo: { bootID: 'b2', kubeletVersion: 'v1.36.3' } }],
    ['an upgrade', { nodeInfo: { bootID: 'b', kubeletVersion: 'v1.36.4' } }],
    ['another reservation', { allocatable: { memory: '1Gi' } }],
    ['a change of readiness', { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: 't2' }] }],
  ])('changes with %s', (_what, status) => {
    expect(started(status)).not.toBe(kubeletIncarnation(base));
  });

  it('is a text for a node without a status', () => {
    expect(kubeletIncarnation({ metadata: { name: 'n' } })).toBe('/////');
  });
});
