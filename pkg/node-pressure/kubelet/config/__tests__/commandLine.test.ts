import { SECOND } from '../../go/duration';
import { KubeletError } from '../../errors';
import { applyCommandLine } from '../commandLine';
import { defaultConfiguration } from '../defaults';
import { FLAG_VALUES } from '../flagValues';
import type { KubeletConfiguration } from '../types';

function apply(...args: string[]): KubeletConfiguration {
  return applyCommandLine(defaultConfiguration(), args, 36);
}

/** AddKubeletConfigFlags in cmd/kubelet/app/options. */
describe('applyCommandLine', () => {
  it('leaves everything that no flag names', () => {
    expect(apply()).toEqual(defaultConfiguration());
  });

  it('sets fields of every kind, nested ones included', () => {
    expect(apply(
      '--max-pods=0x10', '--fail-swap-on=false', '--pod-max-pids=4_096', '--eviction-pressure-transition-period=30s', '--cgroup-driver=systemd', '--enforce-node-allocatable=pods,kube-reserved',
      '--eviction-soft=memory.available<2Gi', '--kube-reserved=memory=1Gi', '--anonymous-auth=false', '--authentication-token-webhook-cache-ttl=10s', '-v', '5',
      '--cluster-dns=10.43.0.10', '--cluster-dns=10.43.0.11',
    )).toMatchObject({
      maxPods: 16, failSwapOn: false, podPidsLimit: 4096n, evictionPressureTransitionPeriod: 30n * SECOND, cgroupDriver: 'systemd', enforceNodeAllocatable: ['pods', 'kube-reserved'],
      evictionSoft: { 'memory.available': '2Gi' }, kubeReserved: { memory: '1Gi' }, logging: { verbosity: 5, format: 'text' }, clusterDNS: ['10.43.0.10', '10.43.0.11'],
      authentication: { anonymous: { enabled: false }, webhook: { enabled: false, cacheTTL: 10n * SECOND } },
    });
  });

  it('accepts what RKE2 and Harvester pass that sets no field of ours', () => {
    const args = ['--kubeconfig=/k', '--node-labels=harvesterhci.io/managed=true', '--register-with-taints=node-role.kubernetes.io/etcd=true:NoExecute', '--node-ip=10.0.0.1', '--address=0.0.0.0', '--reserved-memory=0:memory=1Gi', '--version=false'];

    expect(apply(...args)).toEqual(defaultConfiguration());
  });

  it('adds up feature gates', () => {
    expect(apply('--feature-gates=MemoryQoS=true, NodeSwap = t', '--feature-gates=,GangScheduling=false').featureGates).toEqual({ MemoryQoS: true, NodeSwap: true, GangScheduling: false });
    expect(apply('--feature-gates=').featureGates).toEqual({});
  });

  it.each([
    ['--feature-gates=MemoryQoS', 'failed to parse kubelet flag: invalid argument "MemoryQoS" for "--feature-gates" flag: malformed pair, expect string=bool'],
    ['--feature-gates=MemoryQoS=yes', 'failed to parse kubelet flag: invalid argument "MemoryQoS=yes" for "--feature-gates" flag: invalid value of MemoryQoS: yes, err: strconv.ParseBool: parsing "yes": invalid syntax'],
    ['-vx', 'failed to parse kubelet flag: invalid argument "x" for "-v, --v" flag: strconv.ParseUint: parsing "x": invalid syntax'],
    ['--v=2147483648', 'failed to parse kubelet flag: invalid argument "2147483648" for "-v, --v" flag: strconv.ParseUint: parsing "2147483648": value out of range'],
    ['--pod-max-pids=1e3', 'failed to parse kubelet flag: invalid argument "1e3" for "--pod-max-pids" flag: strconv.ParseInt: parsing "1e3": invalid syntax'],
    ['6', 'unknown command 6'],
  ])('refuses %s', (arg, message) => {
    expect(() => apply(arg)).toThrow(new KubeletError(message));
  });

  it('knows the flags of each version', () => {
    const accepts = (arg: string, minor: number): boolean => {
      try {
        applyCommandLine(defaultConfiguration(minor), [arg], minor);

        return true;
      } catch {
        return false;
      }
    };

    expect([34, 35].map((minor) => accepts('--pod-infra-container-image=pause', minor))).toEqual([true, false]);
    expect([30, 31].map((minor) => accepts('--keep-terminated-pod-volumes', minor))).toEqual([true, false]);
    expect([30, 31].map((minor) => accepts('--fail-cgroupv1=false', minor))).toEqual([false, true]);
  });

  it('prints flags as Go does', () => {
    expect(FLAG_VALUES.gates({ b: true, a: false }).toString()).toBe('a=false,b=true');
    expect(FLAG_VALUES.gates(null).toString()).toBe('');
    expect(FLAG_VALUES.int64(-1n).toString()).toBe('-1');
    expect(FLAG_VALUES.level(4).toString()).toBe('4');
    expect(FLAG_VALUES.unchecked('x').toString()).toBe('');
  });
});
