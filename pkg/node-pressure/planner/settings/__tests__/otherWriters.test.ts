/** @jest-environment node */
import { kubeletArgsOf, SETTINGS_FILE } from '../file';
import { nodesOf, otherArguments, otherCloudInits, policyOverlaps } from '../otherWriters';
import { ALL_NODES, POLICY_LABEL, type Policy } from '../policy';
import { MEMORY_EVICTION } from './builders';

const node = (name: string, labels: Record<string, string> = {}) => ({ metadata: { name, labels: { 'harvesterhci.io/managed': 'true', ...labels } } });
const NODES = [node('node-1', { zone: 'a' }), node('node-2', { zone: 'b', gpu: 'yes' }), node('witness', { 'node-role.harvesterhci.io/witness': 'true', zone: 'a' }), { metadata: { name: 'stranger', labels: { zone: 'a' } } }];
const policy = (name: string, matchSelector: Record<string, string>): Policy => ({ name, matchSelector, paused: false, contents: { kind: 'removal' }, history: [] });

describe('policies', () => {
  it('are for the nodes that they match, without witnesses', () => {
    expect(nodesOf(policy('all', ALL_NODES), NODES).map(({ metadata }) => metadata.name)).toStrictEqual(['node-1', 'node-2']);
    expect(nodesOf(policy('a', { zone: 'a' }), NODES).map(({ metadata }) => metadata.name)).toStrictEqual(['node-1']);
  });

  it('overlap where two match one node', () => {
    const [all, a, gpu] = [policy('all', ALL_NODES), policy('a', { zone: 'a' }), policy('gpu', { gpu: 'yes' })];

    expect(policyOverlaps([a, gpu], NODES)).toStrictEqual([]);
    expect(policyOverlaps([a, all, gpu], NODES)).toStrictEqual([{ policies: ['a', 'all'], nodes: ['node-1'] }, { policies: ['all', 'gpu'], nodes: ['node-2'] }]);
  });
});

describe('other CloudInits', () => {
  it('are named when they have to do with a kubelet’s configuration', () => {
    const cloudInit = (name: string, contents: string, labels?: Record<string, string>) => ({ metadata: { name, labels }, spec: { matchSelector: {}, filename: `${ name }.yaml`, contents } });

    expect(otherCloudInits([
      cloudInit('ours', SETTINGS_FILE, { [POLICY_LABEL]: 'true' }), cloudInit('same-file', `stages: {initramfs: [{commands: ["rm -f ${ SETTINGS_FILE }"]}]}`), cloudInit('ntp', 'stages: {}'),
      cloudInit('arguments', 'kubelet-arg+:\n- max-pods=5'), cloudInit('drop-in', 'path: /var/lib/rancher/rke2/agent/etc/kubelet.conf.d/50-x.conf'),
    ])).toStrictEqual([{ name: 'same-file', touchesOurFile: true }, { name: 'arguments', touchesOurFile: false }, { name: 'drop-in', touchesOurFile: false }]);
  });
});

describe('other arguments', () => {
  const started = (...args: unknown[]): string => JSON.stringify(['server', '--kubelet-arg', 'max-pods=200', '--kubelet-arg', 'system-reserved=cpu=400m', '--kubelet-arg', 'kube-reserved=cpu=600m', ...args]);

  it('are those for our flags that neither Harvester nor our file gives', () => {
    const other = ['eviction-hard=memory.available<1Gi', 'eviction-hard+=pid.available<5%', 'eviction-soft-=a<b', 'system-reserved=cpu=1,memory=1Gi', 'eviction-max-pod-grace-period=5'];

    expect(otherArguments(started(...kubeletArgsOf(MEMORY_EVICTION), ...other, 5, null), MEMORY_EVICTION)).toStrictEqual(other);
    expect(otherArguments(started(...kubeletArgsOf(MEMORY_EVICTION)), {})).toStrictEqual(kubeletArgsOf(MEMORY_EVICTION));
  });

  it('are none where RKE2 tells nothing readable', () => {
    expect([undefined, '{', '{}', started()].map((nodeArgs) => otherArguments(nodeArgs, {}))).toStrictEqual([[], [], [], []]);
  });
});
