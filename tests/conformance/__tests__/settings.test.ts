/** @jest-environment node */
import fc from 'fast-check';
import { parse } from 'yaml';
import { kubepodsCgroup, nodeAllocatable, validateNodeAllocatable } from '../../../pkg/node-pressure/kubelet/allocatable';
import { loadKubeletConfiguration } from '../../../pkg/node-pressure/kubelet/config/load';
import { rke2Defaults } from '../../../pkg/node-pressure/kubelet/config/rke2Defaults';
import { validateKubeletConfiguration } from '../../../pkg/node-pressure/kubelet/config/validate';
import { KubeletError } from '../../../pkg/node-pressure/kubelet/errors';
import { newQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import { parseResourceList } from '../../../pkg/node-pressure/kubelet/resourceList';
import { parseThresholdConfig } from '../../../pkg/node-pressure/kubelet/thresholds';
import { anySettings } from '../../../pkg/node-pressure/planner/settings/__tests__/builders';
import { kubeletArgsOf } from '../../../pkg/node-pressure/planner/settings/file';
import { evaluate } from '../protocol';

fc.configureGlobal({ seed: 20265 });

const NODE = { memory: 34_359_738_368, ephemeralStorage: 100_000_000_000, pids: 32_768, hugepages: { '2Mi': '1Gi' }, cpuReserved: '480m' };
const SETTINGS = { evictionHard: { 'memory.available': '6Gi', 'nodefs.available': '5%' }, systemReserved: { memory: '2Gi' } };
const FILE = 'kubelet-arg+:\n- "eviction-hard=memory.available<6Gi,nodefs.available<5%"\n- "system-reserved=memory=2Gi"\n';

interface Node { readonly memory: number; readonly ephemeralStorage: number; readonly hugepages: number }

/** What the kubelet's functions make of a command line on a node, without any of the product's own code between. */
function start(args: readonly string[], { memory, ephemeralStorage, hugepages }: Node): { starts: boolean; allocatableMemory?: string } {
  try {
    const { dropIns, minor } = rke2Defaults(36);
    const configuration = loadKubeletConfiguration({ dropIns, minor, args: args.map((arg) => `--${ arg }`) });
    const none = { evictionSoft: null, evictionSoftGracePeriod: null, evictionMinimumReclaim: null };
    const capacity = { memory: newQuantity(BigInt(memory), 'BinarySI'), 'ephemeral-storage': newQuantity(BigInt(ephemeralStorage), 'BinarySI'), 'hugepages-2Mi': newQuantity(BigInt(hugepages), 'BinarySI') };
    const reservations = {
      systemReserved: parseResourceList(configuration.systemReserved), kubeReserved: parseResourceList(configuration.kubeReserved),
      hardEvictionThresholds: parseThresholdConfig([], { ...none, evictionHard: configuration.evictionHard }),
    };

    parseThresholdConfig(configuration.enforceNodeAllocatable ?? [], configuration);
    kubepodsCgroup(capacity, reservations);
    if (validateKubeletConfiguration(configuration).length > 0 || validateNodeAllocatable(capacity, reservations) !== undefined) {
      return { starts: false };
    }

    return { starts: true, allocatableMemory: nodeAllocatable(capacity, reservations).memory?.value().toString() };
  } catch (error) {
    expect(error).toBeInstanceOf(KubeletError);

    return { starts: false };
  }
}

describe('settings', () => {
  it('become a file, and come back from it', () => {
    expect(evaluate({ op: 'settings.file', settings: SETTINGS })).toStrictEqual({ file: FILE });
    expect(evaluate({ op: 'settings.read', file: FILE })).toStrictEqual({ settings: SETTINGS });
    expect(evaluate({ op: 'settings.read', file: FILE.replace('+', '') })).toStrictEqual({ foreign: true });
    const all = { evictionMaxPodGracePeriod: 120, evictionPressureTransitionPeriod: '5m' };

    expect(evaluate({ op: 'settings.read', file: evaluate({ op: 'settings.file', settings: all }).file })).toStrictEqual({ settings: all });
  });

  it('that stop every kubelet become none', () => {
    expect(evaluate({ op: 'settings.file', settings: { evictionHard: { 'memory.available': '0', 'nodefs.available': '-1' }, evictionSoft: { 'pid.available': '5%' } } }))
      .toStrictEqual({ errors: ['thresholdNotPositive', 'graceMissing'] });
  });

  it('are checked for a node', () => {
    const check = (settings: object, node: object = NODE): unknown => evaluate({ op: 'settings.check', settings, node });

    // 32 GiB less 6 GiB, 2 GiB and 1 GiB of huge pages
    expect(check(SETTINGS)).toStrictEqual({ starts: true, errors: [], allocatableMemory: String(23 * 2 ** 30) });
    expect(check(SETTINGS, { memory: 8 * 2 ** 30 })).toMatchObject({ starts: true, allocatableMemory: '0' });
    expect(check(SETTINGS, { memory: 8 * 2 ** 30 - 1 })).toStrictEqual({ starts: false, errors: ['reservedBeyondCapacity'] });
    expect(check({ systemReserved: { pid: '40000' } })).toMatchObject({ starts: true });
    expect(check({ evictionHard: { 'memory.available': '6 Gi' } })).toStrictEqual({ starts: false, errors: ['quantitySyntax'] });
    expect(check({}, { memory: '16Gi', hugepages: '1Gi' })).toMatchObject({ allocatableMemory: String(15 * 2 ** 30) });
  });

  it('start a kubelet, and leave as much memory, exactly when its own functions say so', () => {
    const bytes = fc.constantFrom(2 ** 30, 4 * 2 ** 30, 8_371_830_784, 33_623_781_376, 67_847_979_008);
    const nodes = fc.record({ memory: bytes, ephemeralStorage: fc.constantFrom(1_000_000_000, 483_000_000_000), hugepages: fc.constantFrom(0, 2 ** 30) });

    fc.assert(fc.property(anySettings, nodes, (settings, node) => {
      const { errors, ...answer } = evaluate({ op: 'settings.check', settings, node });
      const written = evaluate({ op: 'settings.file', settings });

      expect((errors as string[]).length === 0).toBe(answer.starts);
      if (written.file !== undefined) {
        const args = (parse(String(written.file), { version: '1.1' }) as { 'kubelet-arg+': string[] })['kubelet-arg+'];

        expect(args).toStrictEqual(kubeletArgsOf(settings));
        expect(start(args, node)).toStrictEqual(answer);
      }
    }), { numRuns: 400 });
  });
});
