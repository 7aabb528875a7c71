/** @jest-environment node */
import { loadKubeletConfiguration } from '../../../kubelet/config/load';
import { rke2Defaults } from '../../../kubelet/config/rke2Defaults';
import { expandKubeletArgs } from '../../../kubelet/kubeletArgs';
import { cloudInitFor, type CloudInit } from '../../settings/policy';
import type { Settings } from '../../settings/settings';
import type { LayerFound } from '../configurationLayers';
import { configurationRows, type ConfigurationInput, type ConfigurationRow } from '../configurationRows';
import { kubeletArgsIn } from '../nodeArgs';

const OURS: Settings = {
  evictionHard:                     { 'imagefs.available': '5%', 'memory.available': '6Gi', 'nodefs.available': '5%' },
  evictionMaxPodGracePeriod:        120,
  evictionPressureTransitionPeriod: '3m',
  systemReserved:                   { memory: '2Gi' },
};
const HARVESTER_ARGS = ['max-pods=200', 'system-reserved=cpu=400m', 'kube-reserved=cpu=600m'];
const OUR_ARGS = ['eviction-hard=imagefs.available<5%,memory.available<6Gi,nodefs.available<5%', 'eviction-max-pod-grace-period=120', 'eviction-pressure-transition-period=3m', 'system-reserved=memory=2Gi'];
const DRAFT = { name: 'all', matchSelector: {}, paused: false };
const ENTRY = { time: '2026-01-01T00:00:00Z', user: 'admin', action: 'created' } as const;
const POLICY = cloudInitFor({ ...DRAFT, contents: { settings: OURS, minimumMemoryKib: 1 } }, ENTRY);

function nodeArgs(entries: readonly string[]): string {
  return JSON.stringify(['server', ...entries.flatMap((entry) => ['--kubelet-arg', entry]), '--server', 'https://x']);
}

/** A node whose kubelet was started with these `kubelet-arg` entries, as RKE2 starts it. */
function started(entries: readonly string[], more: Partial<ConfigurationInput> & { dropIns?: Record<string, string> } = {}): ConfigurationInput {
  const { minor = 36, dropIns = {}, ...others } = more;
  const { dropIns: rke2DropIns, args = [] } = rke2Defaults(minor);
  const own = Object.fromEntries(args.map((arg) => [arg.slice(2, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]));
  const flags = expandKubeletArgs(entries, own).map(({ name, value }) => `--${ name }=${ value }`);

  return {
    configuration: loadKubeletConfiguration({ dropIns: rke2DropIns && { ...rke2DropIns, ...dropIns }, args: flags, minor }),
    minor, nodeArgs: nodeArgs(entries), cloudInits: [POLICY], isHarvester: true, ...others,
  };
}

function row(input: ConfigurationInput, setting: string, key?: string): ConfigurationRow {
  return configurationRows(input).find(({ field }) => field.setting === setting && field.key === key) as ConfigurationRow;
}

function layer(input: ConfigurationInput, setting: string, key?: string): LayerFound {
  return row(input, setting, key).layer;
}

describe('the layers of a kubelet\'s configuration', () => {
  it('are told apart on a node of Harvester\'s', () => {
    const plain = started(HARVESTER_ARGS);

    expect(layer(plain, 'evictionHard', 'nodefs.available')).toEqual({ layer: 'rke2' });
    expect(layer(plain, 'evictionHard', 'memory.available')).toEqual({ layer: 'default' });
    expect(layer(plain, 'systemReserved', 'cpu')).toEqual({ layer: 'harvester' });
    expect(row(plain, 'systemReserved', 'memory')).toMatchObject({ effective: undefined, layer: { layer: 'harvester' } });
    expect(layer(plain, 'evictionPressureTransitionPeriod')).toEqual({ layer: 'default' });
    expect(layer(plain, 'enforceNodeAllocatable')).toEqual({ layer: 'default' });
  });

  it('are ours where our file has the last word, and stay Harvester\'s beside it', () => {
    const ours = started([...HARVESTER_ARGS, ...OUR_ARGS]);

    expect(layer(ours, 'evictionHard', 'memory.available')).toEqual({ layer: 'ours' });
    expect(layer(ours, 'evictionHard', 'nodefs.inodesFree')).toEqual({ layer: 'ours' });
    expect(layer(ours, 'evictionMaxPodGracePeriod')).toEqual({ layer: 'ours' });
    expect(layer(ours, 'systemReserved', 'memory')).toEqual({ layer: 'ours' });
    expect(layer(ours, 'systemReserved', 'cpu')).toEqual({ layer: 'harvester' });
    expect(layer(ours, 'evictionMinimumReclaim', 'nodefs.available')).toEqual({ layer: 'rke2' });
  });

  it('are ours also where a policy has been changed since, or taken away', () => {
    const history = cloudInitFor({ ...DRAFT, contents: 'removal' }, { ...ENTRY, action: 'removed', before: OURS }, POLICY);

    expect(layer(started(OUR_ARGS, { cloudInits: [history] }), 'systemReserved', 'memory')).toEqual({ layer: 'ours' });
  });

  it('name another CloudInit, and say where it is a file that nobody knows', () => {
    const foreign: CloudInit = { metadata: { name: 'hand-made' }, spec: { matchSelector: {}, filename: 'x', contents: 'kubelet-arg+:\n- kube-reserved=memory=1Gi' } };
    const input = started(['kube-reserved=memory=1Gi', 'eviction-soft=memory.available<1Gi', 'eviction-soft-grace-period=memory.available=1m'], { cloudInits: [foreign] });

    expect(layer(input, 'kubeReserved', 'memory')).toEqual({ layer: 'cloudInit', name: 'hand-made' });
    expect(layer(input, 'evictionSoft', 'memory.available')).toEqual({ layer: 'otherFlag' });
  });

  it('show a drop-in that is not RKE2\'s', () => {
    const dropIn = (text: string) => ({ dropIns: { '50-mine.conf': `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n${ text }` } });

    expect(layer(started([], dropIn('evictionHard: {memory.available: 1Gi}')), 'evictionHard', 'memory.available')).toEqual({ layer: 'otherFile' });
    expect(layer(started([], dropIn('evictionHard: {nodefs.available: 15%}')), 'evictionHard', 'nodefs.available')).toEqual({ layer: 'rke2' });
    expect(layer(started([], dropIn('evictionHard: {nodefs.available: null}')), 'evictionHard', 'nodefs.available')).toEqual({ layer: 'otherFile' });
  });

  it('know RKE2\'s flags from before it had a drop-in', () => {
    const old = started(HARVESTER_ARGS, { minor: 31 });

    expect(layer(old, 'evictionHard', 'nodefs.available')).toEqual({ layer: 'rke2' });
    expect(layer(old, 'evictionPressureTransitionPeriod')).toEqual({ layer: 'default' });
    expect(layer({ ...old, configuration: { ...old.configuration, evictionMaxPodGracePeriod: 7 } }, 'evictionMaxPodGracePeriod')).toEqual({ layer: 'otherFile' });
  });

  it('are unknown without RKE2\'s arguments, and where the kubelet runs with others', () => {
    const before = started(HARVESTER_ARGS).configuration;
    const pending = started([...HARVESTER_ARGS, ...OUR_ARGS], { configuration: before });

    expect(layer(started([], { nodeArgs: undefined }), 'evictionHard', 'nodefs.available')).toEqual({ layer: 'unknown' });
    expect(layer(pending, 'evictionHard', 'memory.available')).toEqual({ layer: 'unknown' });
    expect(layer(pending, 'systemReserved', 'cpu')).toEqual({ layer: 'harvester' });
  });

  it('may be ours as long as CloudInits cannot be read, where there are any', () => {
    expect(layer(started(OUR_ARGS, { cloudInits: undefined }), 'evictionHard', 'memory.available')).toEqual({ layer: 'unknown' });
    expect(layer(started(OUR_ARGS, { cloudInits: undefined, isHarvester: false }), 'evictionHard', 'memory.available')).toEqual({ layer: 'otherFlag' });
    expect(layer(started(HARVESTER_ARGS, { isHarvester: false }), 'systemReserved', 'cpu')).toEqual({ layer: 'otherFlag' });
  });

  it('take no word from arguments that cannot be read', () => {
    const broken = { ...started([]), nodeArgs: nodeArgs(['eviction-hard=nonsense']) };

    expect(layer(broken, 'evictionHard', 'nodefs.available')).toEqual({ layer: 'unknown' });
  });
});

describe('configuration rows', () => {
  it('show what a policy wants beside what holds', () => {
    const input = started(HARVESTER_ARGS, { desired: OURS });

    expect(row(input, 'evictionHard', 'memory.available')).toMatchObject({ effective: undefined, desired: { value: '6Gi' }, differs: true });
    expect(row(input, 'evictionHard', 'nodefs.available')).toMatchObject({ effective: '5%', desired: { value: '5%' }, differs: false });
    expect(row(input, 'evictionHard', 'pid.available')).toMatchObject({ desired: { value: undefined }, differs: false });
    expect(row(input, 'systemReserved', 'cpu').desired).toBeUndefined();
    expect(row(input, 'evictionMinimumReclaim', 'nodefs.available')).toMatchObject({ desired: undefined, differs: false });
    expect(row(input, 'evictionMaxPodGracePeriod')).toMatchObject({ effective: '0', desired: { value: '120' }, differs: true });
    expect(row(input, 'evictionPressureTransitionPeriod')).toMatchObject({ effective: '5m0s', desired: { value: '3m0s' }, differs: true });
    expect(row(started([]), 'evictionPressureTransitionPeriod').desired).toBeUndefined();
    expect(row(input, 'enforceNodeAllocatable')).toMatchObject({ effective: 'pods', desired: undefined });
  });

  it('list every signal once, in the usual order', () => {
    const keys = configurationRows(started(['eviction-hard=pid.available<5%,zz<1,allocatableMemory.available<1Gi,aa<1'])).filter(({ field }) => field.setting === 'evictionHard').map(({ field }) => field.key);

    expect(keys).toEqual(['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'imagefs.available', 'imagefs.inodesFree', 'pid.available', 'allocatableMemory.available', 'aa', 'zz']);
  });
});

describe('the kubelet\'s arguments among RKE2\'s', () => {
  it('are found in both ways of writing', () => {
    expect(kubeletArgsIn('["server","--kubelet-arg","a=1","--kubelet-arg=b=2","--x","c"]')).toEqual(['a=1', 'b=2']);
    expect(kubeletArgsIn('[]')).toEqual([]);
  });

  it.each([undefined, '', 'nonsense', '{}', '[1]', 'null'])('are unknown from %j', (text) => {
    expect(kubeletArgsIn(text)).toBeUndefined();
  });
});
