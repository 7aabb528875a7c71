/** @jest-environment node */
import type { DomainSpec, VirtualMachineInstance, VmPod } from '../objects';
import { podUsage, type QuotaAmounts } from '../quotaUsage';
import { hasHotplugVolumes, overheadDifference, targetPods } from '../targetPods';
import { vmiWith } from './builders';

/** 4 Gi and 2 vCPUs at ratio 1.5 (harvester#7161), without the console log. */
const LIMIT = 4737464313n;
const REQUEST = 3305109497n;
const VMI = vmiWith({ cpu: '2', memory: '4Gi' }, { cpu: '200m', memory: '2730Mi' });
const ESTIMATE = { ratio: '1.5' };
const CONSOLE = { name: 'guest-console-log', resources: { limits: { cpu: '15m', memory: '60M' }, requests: { cpu: '5m', memory: '35M' } } };
const launcher = (limit = LIMIT, request = REQUEST): VmPod => ({ metadata: { name: 'virt-launcher-vm1' }, spec: { containers: [
  { name: 'compute', resources: { limits: { cpu: '2', memory: String(limit), 'devices.kubevirt.io/kvm': '1' }, requests: { cpu: '200m', memory: String(request), 'devices.kubevirt.io/kvm': '1' } } }, CONSOLE,
] } });
const usage = (...pods: readonly VmPod[]): QuotaAmounts[] => pods.map((pod) => podUsage(pod));
const withVolumes = (volumes: object[], volumeStatus?: object[]): VirtualMachineInstance => ({ ...VMI, spec: { ...VMI.spec, volumes }, status: { volumeStatus } });

describe('targetPods', () => {
  it('are like the launcher that runs', () => {
    expect(usage(...targetPods({ vmi: VMI, launcher: launcher() }, ESTIMATE))).toEqual([{
      pods: 1n, 'count/pods': 1n, cpu: 205n, 'requests.cpu': 205n, 'limits.cpu': 2015n, memory: REQUEST + 35_000_000n, 'requests.memory': REQUEST + 35_000_000n, 'limits.memory': LIMIT + 60_000_000n, 'requests.devices.kubevirt.io/kvm': 1n,
    }]);
  });

  it('have more memory where the ratio has grown since the VM started, and no less where it has shrunk', () => {
    const memory = (ratio: string): bigint | undefined => podUsage(targetPods({ vmi: VMI, launcher: launcher() }, { ratio })[0])['limits.memory'];

    expect(memory('2')).toBe(LIMIT + 147_500_000n + 60_000_000n);
    expect(memory('1')).toBe(LIMIT + 60_000_000n);
  });

  it('leave a launcher as it is whose VM limits no memory', () => {
    expect(targetPods({ vmi: {}, launcher: launcher() }, {})).toEqual([launcher()]);
  });

  it('are estimated where the launcher was not read', () => {
    const [pod] = targetPods({ vmi: { ...VMI, spec: { ...VMI.spec, nodeSelector: { zone: 'a' }, priorityClassName: 'high' } } }, ESTIMATE);

    expect(podUsage(pod)).toMatchObject({ 'limits.cpu': 2015n, 'requests.cpu': 205n, 'limits.memory': LIMIT + 60_000_000n, 'requests.memory': REQUEST + 35_000_000n });
    expect(pod).toMatchObject({ metadata: { namespace: 'ns', labels: { 'kubevirt.io': 'virt-launcher' } }, spec: { nodeSelector: { zone: 'a' }, tolerations: [], priorityClassName: 'high' } });
  });

  it.each<[DomainSpec, object]>([
    [{ devices: { autoattachSerialConsole: false } }, { pods: 1n, 'count/pods': 1n }],
    [{ devices: { logSerialConsole: false } }, { pods: 1n, 'count/pods': 1n }],
    [{}, { 'limits.memory': 60_000_000n, 'requests.cpu': 5n }],
    [{ resources: { limits: { cpu: '1' } } }, { 'limits.cpu': 1015n, 'requests.cpu': 1005n, 'limits.memory': 60_000_000n }],
  ])('are estimated from %j', (domain, expected) => {
    expect(podUsage(targetPods({ vmi: { spec: { domain } } }, ESTIMATE)[0])).toMatchObject(expected);
    expect(podUsage(targetPods({ vmi: {} }, ESTIMATE)[0])).toMatchObject({ 'limits.memory': 60_000_000n });
  });

  it('are two where volumes were plugged in', () => {
    const pods = targetPods({ vmi: withVolumes([{ dataVolume: { hotpluggable: true } }]), launcher: launcher() }, ESTIMATE);

    expect(usage(...pods)[1]).toMatchObject({ 'limits.cpu': 100n, 'limits.memory': 80_000_000n, 'requests.cpu': 10n, 'requests.memory': 2_000_000n });
    expect(pods).toHaveLength(2);
  });

  it('count the architecture of the VM', () => {
    const arm = { ...VMI, spec: { ...VMI.spec, architecture: 'arm64' } };

    expect(podUsage(targetPods({ vmi: arm, launcher: launcher() }, {})[0])['limits.memory']).toBe(LIMIT + 60_000_000n);
    expect(podUsage(targetPods({ vmi: arm }, {})[0])['limits.memory']).toBe((4n << 30n) + 294_998_017n + (128n << 20n) + 60_000_000n);
  });
});

describe('hasHotplugVolumes', () => {
  it.each<[boolean, VirtualMachineInstance]>([
    [false, {}], [false, { status: {}, spec: {} }], [false, withVolumes([{ persistentVolumeClaim: {} }, { dataVolume: null }], [{}])],
    [true, withVolumes([], [{ hotplugVolume: {} }])], [true, withVolumes([{ persistentVolumeClaim: { hotpluggable: true } }])],
  ])('is %j for %j', (has, vmi) => {
    expect(hasHotplugVolumes(vmi)).toBe(has);
  });
});

describe('overheadDifference', () => {
  it('is the launcher’s limit and the estimate of now', () => {
    expect(overheadDifference({ vmi: VMI, launcher: launcher() }, ESTIMATE)).toBeUndefined();
    expect(overheadDifference({ vmi: VMI, launcher: launcher(LIMIT - 1n) }, ESTIMATE)).toEqual({ estimateBytes: LIMIT, launcherBytes: LIMIT - 1n });
  });

  it('is nothing where there is no limit to compare', () => {
    expect(overheadDifference({ vmi: VMI }, ESTIMATE)).toBeUndefined();
    expect(overheadDifference({ vmi: {}, launcher: launcher() }, ESTIMATE)).toBeUndefined();
    expect(overheadDifference({ vmi: VMI, launcher: { metadata: { name: 'p' }, spec: { containers: [{ name: 'compute' }] } } }, ESTIMATE)).toBeUndefined();
    expect(overheadDifference({ vmi: VMI, launcher: { metadata: { name: 'p' }, spec: { containers: [CONSOLE] } } }, ESTIMATE)).toBeUndefined();
  });
});
