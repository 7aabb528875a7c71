import fc from 'fast-check';
import { MINUTE, SECOND } from '../../go/duration';
import { KubeletError } from '../../errors';
import { Quantity } from '../../quantity';
import { DEFAULT_EVICTION_HARD, defaultConfiguration } from '../defaults';
import { loadKubeletConfiguration } from '../load';
import { rke2Defaults } from '../rke2Defaults';

const HEADER = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n';

function file(body: string): string {
  return HEADER + body;
}

function printable(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${ value }n` : value instanceof Quantity ? value.toString() : value;
}

/** Layering as cmd/kubelet/app/server.go does it; each case was executed on the kubelet command of 1.36.3. */
describe('loadKubeletConfiguration', () => {
  it('has no hard thresholds without a file', () => {
    expect(loadKubeletConfiguration({})).toEqual(defaultConfiguration());
    expect(loadKubeletConfiguration({}).evictionHard).toBeNull();
  });

  it('has the default thresholds with a file that names none', () => {
    expect(loadKubeletConfiguration({ configFile: HEADER }).evictionHard).toEqual(DEFAULT_EVICTION_HARD);
    expect(loadKubeletConfiguration({ configFile: file('evictionHard: null') }).evictionHard).toEqual(DEFAULT_EVICTION_HARD);
  });

  it('loses them all when a file names one, or an empty map', () => {
    expect(loadKubeletConfiguration({ configFile: file('evictionHard: {memory.available: 1Gi}') }).evictionHard).toEqual({ 'memory.available': '1Gi' });
    expect(loadKubeletConfiguration({ configFile: file('evictionHard: {}') }).evictionHard).toEqual({});
  });

  it('keeps the others when the same file asks for that, since 1.33', () => {
    const configFile = file('mergeDefaultEvictionSettings: true\nevictionHard: {memory.available: 1Gi}');

    expect(loadKubeletConfiguration({ configFile }).evictionHard).toEqual({ ...DEFAULT_EVICTION_HARD, 'memory.available': '1Gi' });
    expect(loadKubeletConfiguration({ configFile, minor: 32 }).evictionHard).toEqual({ 'memory.available': '1Gi' });
  });

  it('does not merge default thresholds for a drop-in or a flag that asks', () => {
    const dropIns = { 'a.conf': file('mergeDefaultEvictionSettings: true\nevictionHard: {memory.available: 1Gi}') };

    expect(loadKubeletConfiguration({ dropIns }).evictionHard).toEqual({ 'memory.available': '1Gi' });
    expect(loadKubeletConfiguration({ configFile: file('mergeDefaultEvictionSettings: true'), args: ['--eviction-hard=memory.available<1Gi'] }).evictionHard).toEqual({ 'memory.available': '1Gi' });
  });

  it('merges drop-ins key by key in the order of their paths, `.conf` files alone', () => {
    const { evictionHard, maxPods } = loadKubeletConfiguration({
      configFile: HEADER,
      dropIns:    {
        '20.conf':      file('evictionHard: {memory.available: 2Gi}\nmaxPods: 20'),
        '10.conf':      file('evictionHard: {memory.available: 1Gi, pid.available: 5%, nodefs.available: null}\nmaxPods: 10'),
        '10/late.conf': file('maxPods: 15'),
        'z.yaml':       file('maxPods: 99'),
      },
    });

    expect(evictionHard).toEqual({
      'imagefs.available': '15%', 'imagefs.inodesFree': '5%', 'memory.available': '2Gi', 'nodefs.inodesFree': '5%', 'pid.available': '5%'
    });
    expect(maxPods).toBe(20);
  });

  it('gives back no defaults to a drop-in that removes all thresholds', () => {
    expect(loadKubeletConfiguration({ configFile: HEADER, dropIns: { 'a.conf': file('evictionHard: null') } }).evictionHard).toBeNull();
  });

  it('replaces whole maps by a flag, and adds up its repetitions', () => {
    const { evictionHard, systemReserved } = loadKubeletConfiguration({
      configFile: file('evictionHard: {nodefs.available: 10%}\nsystemReserved: {cpu: 100m}'),
      dropIns:    { 'a.conf': file('evictionHard: {imagefs.available: 10%}') },
      args:       ['--eviction-hard=memory.available<6Gi', '--eviction-hard', 'pid.available<5%', '--system_reserved=memory=1Gi'],
    });

    expect(evictionHard).toEqual({ 'memory.available': '6Gi', 'pid.available': '5%' });
    expect(systemReserved).toEqual({ memory: '1Gi' });
  });

  it('keeps an empty list of enforcements of a file, but not beside drop-ins', () => {
    const configFile = file('enforceNodeAllocatable: []');

    expect(loadKubeletConfiguration({ configFile }).enforceNodeAllocatable).toEqual([]);
    expect(loadKubeletConfiguration({ configFile, dropIns: {} }).enforceNodeAllocatable).toEqual(['pods']);
    expect(loadKubeletConfiguration({ configFile, dropIns: {}, args: ['--enforce-node-allocatable='] }).enforceNodeAllocatable).toEqual([]);
  });

  it('forgets an empty list of taints beside drop-ins', () => {
    const configFile = file('registerWithTaints: []');

    expect(loadKubeletConfiguration({ configFile }).registerWithTaints).toEqual([]);
    expect(loadKubeletConfiguration({ configFile, dropIns: {} }).registerWithTaints).toBeNull();
  });

  it('takes zero as unset in a file, as zero on the command line', () => {
    expect(loadKubeletConfiguration({ configFile: file('evictionPressureTransitionPeriod: 0s\nmaxPods: 0') })).toMatchObject({ evictionPressureTransitionPeriod: 5n * MINUTE, maxPods: 110 });
    expect(loadKubeletConfiguration({ args: ['--eviction-pressure-transition-period=0', '--max-pods=0'] })).toMatchObject({ evictionPressureTransitionPeriod: 0n, maxPods: 0 });
  });

  it('reads fields in any case from drop-ins, those spelled right winning, but not from the file', () => {
    expect(loadKubeletConfiguration({ configFile: file('EvictionMaxPodGracePeriod: 7') }).evictionMaxPodGracePeriod).toBe(0);
    expect(loadKubeletConfiguration({ dropIns: { 'a.conf': file('EvictionMaxPodGracePeriod: 7\nMaxPods: 7') } })).toMatchObject({ evictionMaxPodGracePeriod: 7, maxPods: 110 });
    expect(loadKubeletConfiguration({ dropIns: { 'a.conf': file('EvictionHard: {a: "1"}\nevictionHard: {b: "2"}') } }).evictionHard).toEqual({ a: '1', b: '2' });
  });

  it('passes unknown and doubled keys in the file, only unknown ones in drop-ins', () => {
    const doubled = file('unknown: {a: [1, ~]}\nmaxPods: 1\nmaxPods: 2');

    expect(loadKubeletConfiguration({ configFile: doubled }).maxPods).toBe(2);
    expect(loadKubeletConfiguration({ dropIns: { 'a.conf': file('unknown: {a: [1, ~]}\nmaxPods: 1') } }).maxPods).toBe(1);
    expect(() => loadKubeletConfiguration({ dropIns: { 'a.conf': doubled } })).toThrow('failed to merge kubelet configs: error converting YAML to JSON: duplicated mapping key');
  });

  it('takes the feature gates of all layers together', () => {
    const { featureGates } = loadKubeletConfiguration({
      configFile: file('featureGates: {MemoryQoS: true, NodeSwap: true}'), dropIns: { 'a.conf': file('featureGates: {GangScheduling: false}') }, args: ['--feature-gates=MemoryQoS=false']
    });

    expect(featureGates).toEqual({ MemoryQoS: false, NodeSwap: true, GangScheduling: false });
  });

  it('lets the gates of the command line decide a file\'s defaults', () => {
    const configFile = HEADER;

    expect(loadKubeletConfiguration({ configFile }).crashLoopBackOff).toEqual({ maxContainerRestartPeriod: 300n * SECOND });
    expect(loadKubeletConfiguration({ configFile, args: ['--feature-gates=KubeletCrashLoopBackOffMax=false'] }).crashLoopBackOff).toEqual({ maxContainerRestartPeriod: null });
  });

  it('reads JSON as JSON', () => {
    const json = (maxPods: string): string => `{"apiVersion": "kubelet.config.k8s.io/v1beta1", "kind": "KubeletConfiguration", "maxPods": ${ maxPods }}`;

    expect(loadKubeletConfiguration({ configFile: json('5') }).maxPods).toBe(5);
    expect(() => loadKubeletConfiguration({ configFile: json('5.0') })).toThrow('json: cannot unmarshal number into Go struct field KubeletConfiguration.maxPods of type int32');
    expect(() => loadKubeletConfiguration({ configFile: json('05') })).toThrow(KubeletError);
  });

  it.each([
    ['--max-pods=x', 'failed to parse kubelet flag: invalid argument "x" for "--max-pods" flag: strconv.ParseInt: parsing "x": invalid syntax'],
    ['--eviction-hard=memory.available=6Gi', 'failed to parse kubelet flag: invalid argument "memory.available=6Gi" for "--eviction-hard" flag: malformed pair, expect string<string'],
    ['--evictionhard=a<b', 'failed to parse kubelet flag: unknown flag: --evictionhard'],
    ['--eviction-hard', 'failed to parse kubelet flag: flag needs an argument: --eviction-hard'],
    ['stray', 'unknown command stray'],
    ['--feature-gates=Unknown=true', 'failed to set feature gates from initial flags-based config: unrecognized feature gate: Unknown'],
  ])('refuses the argument %s in the kubelet\'s words', (arg, message) => {
    expect(() => loadKubeletConfiguration({ args: [arg] })).toThrow(new KubeletError(message));
  });

  it.each([
    ['nothing', '# empty'],
    ['a list', '[1]'],
    ['no kind', 'apiVersion: kubelet.config.k8s.io/v1beta1'],
    ['another kind', 'apiVersion: v1\nkind: Pod'],
    ['a version that is no text', 'apiVersion: 1\nkind: KubeletConfiguration'],
    ['a number for a text', file('evictionHard: {memory.available: 200}')],
    ['a duration without unit', file('syncFrequency: "5"')],
    ['what is no YAML', file('maxPods: [')],
    ['an unknown feature gate', file('featureGates: {Unknown: true}')],
  ])('refuses a file with %s', (_, text) => {
    expect(() => loadKubeletConfiguration({ configFile: text })).toThrow(/^failed to load kubelet config file: /);
    expect(() => loadKubeletConfiguration({ dropIns: { 'a.conf': text } })).toThrow(/^failed to merge kubelet configs: /);
  });

  it('refuses null for a duration in a file; a drop-in puts the default back with it', () => {
    const text = file('syncFrequency: null');

    expect(() => loadKubeletConfiguration({ configFile: text })).toThrow(new KubeletError('failed to load kubelet config file: time: invalid duration ""'));
    expect(loadKubeletConfiguration({ configFile: file('syncFrequency: 5m'), dropIns: { 'a.conf': text } }).syncFrequency).toBe(MINUTE);
  });

  it('writes the file\'s configuration out and reads it back without loss before it merges drop-ins', () => {
    const configFile = file(`
clusterDNS: [10.43.0.10]
allowedUnsafeSysctls: null
tlsCurvePreferences: [23, 24]
staticPodURLHeader: {accept: [text/plain, "*/*"]}
qosReserved: {memory: 50%}
featureGates: {MemoryQoS: true}
podPidsLimit: 4096
maxOpenFiles: 9007199254740993
memoryThrottlingFactor: 1
memorySwap: {swapBehavior: NoSwap}
authentication: {x509: {clientCAFile: /ca.crt}, anonymous: {enabled: true}}
logging: {flushFrequency: 5000000000, verbosity: 2, vmodule: [{filePattern: "eviction*", verbosity: 5}], options: {json: {splitStream: true, infoBufferSize: 1Ki}}}
reservedMemory: [{numaNode: 1, limits: {memory: 1.5Gi, hugepages-2Mi: 2}}]
registerWithTaints: [{key: a, value: b, effect: NoSchedule, timeAdded: "2026-01-02T03:04:05Z"}]
shutdownGracePeriodByPodPriority: [{priority: 1, shutdownGracePeriodSeconds: 60}, {}]
tracing: {endpoint: localhost:4317}
userNamespaces: {idsPerPod: 131072}
crashLoopBackOff: {maxContainerRestartPeriod: 90s}
singleProcessOOMKill: false
cpuCFSQuotaPeriod: 50ms
failSwapOn: false
`);
    const read = loadKubeletConfiguration({ configFile });

    expect(JSON.stringify(loadKubeletConfiguration({ configFile, dropIns: {} }), printable)).toBe(JSON.stringify(read, printable));
    expect(read).toMatchObject({
      maxOpenFiles: 9007199254740993n, memoryThrottlingFactor: 1, singleProcessOOMKill: false, tracing: { endpoint: 'localhost:4317', samplingRatePerMillion: null }
    });
    expect(read.reservedMemory?.map(({ limits }) => Object.values(limits ?? {}).map(String))).toEqual([['1536Mi', '2']]);
  });

  it('refuses a drop-in whose kind is spelled in another case, unlike the file', () => {
    const text = 'apiVersion: kubelet.config.k8s.io/v1beta1\nKind: KubeletConfiguration';

    expect(loadKubeletConfiguration({ configFile: text }).maxPods).toBe(110);
    expect(() => loadKubeletConfiguration({ dropIns: { 'a.conf': text } })).toThrow(KubeletError);
  });

  it('throws nothing but KubeletError', () => {
    const text = fc.oneof(fc.string(), fc.string().map(file), fc.json({ maxDepth: 3 }).map((json) => file(`evictionHard: ${ json }`)));

    fc.assert(fc.property(text, fc.dictionary(fc.constantFrom('a.conf', 'b'), text), fc.array(fc.string()), (configFile, dropIns, args) => {
      try {
        loadKubeletConfiguration({ configFile, dropIns, args });
      } catch (error) {
        expect(error).toBeInstanceOf(KubeletError);
      }
    }));
  });
});

describe('rke2Defaults', () => {
  it.each([30, 31, 32, 36])('leave a kubelet of 1.%d without a memory threshold', (minor) => {
    const { evictionHard, evictionMinimumReclaim, failSwapOn, evictionPressureTransitionPeriod } = loadKubeletConfiguration(rke2Defaults(minor));

    expect(evictionHard).toEqual({ 'imagefs.available': '5%', 'nodefs.available': '5%' });
    expect(evictionMinimumReclaim).toEqual({ 'imagefs.available': '10%', 'nodefs.available': '10%' });
    expect(failSwapOn).toBe(false);
    expect(evictionPressureTransitionPeriod).toBe(5n * MINUTE);
  });

  it('are in a drop-in since 1.32', () => {
    expect(Object.keys(rke2Defaults(32))).toEqual(['dropIns', 'minor']);
    expect(Object.keys(rke2Defaults(31))).toEqual(['args', 'minor']);
  });
});
