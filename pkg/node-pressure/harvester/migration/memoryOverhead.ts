import { parseFloat64 } from '../../kubelet/go/float';
import { int64FromFloat } from '../../kubelet/go/int64';
import type { Quantity } from '../../kubelet/quantity';
import { attempt } from '../amounts';
import type { DomainSpec, VirtualMachineInstance, VirtualMachineInstanceSpec } from './objects';
import { MI, type OverheadConstants, overheadConstants } from './overheadConstants';
import { bytes, decodeQuantity, kiloOf, quantityIn } from './quantities';
import { vcpus } from './vcpus';

const KILO = 1000n;

export interface OverheadOptions {
  /** GOARCH of the program that estimates, not of the VM; amd64 if absent. */
  readonly arch?: string;
  /** Multiplies the estimate. None: empty, absent, or no number to Go's ParseFloat. */
  readonly ratio?: string | null;
  /** Of the KubeVirt that the program is built with; those of 1.8 if absent. */
  readonly constants?: OverheadConstants;
}

/**
 * What a VM's launcher pod is given on top of the guest's memory, as KubeVirt estimates it.
 * Follows GetMemoryOverhead in KubeVirt's pkg/hypervisor/kvm/hypervisorbackend.go (1.8.3), roundings included.
 * @returns an amount of bytes; a ratio below 1 makes it smaller, which only Harvester's setting rules out
 * @throws KubeletError if a quantity of the VM cannot be parsed
 */
export function memoryOverhead({ spec = {} }: VirtualMachineInstance, options: OverheadOptions = {}): Quantity {
  const { arch, ratio, constants = overheadConstants() } = options;
  const domain = spec.domain ?? {};
  const estimate = bytes(pageTableBytes(domain) + constants.processBytes + 8n * MI * vcpus(domain) + 8n * MI + featureBytes(spec, domain, constants) + (arch === 'arm64' ? 128n * MI : 0n))
    .add(decodeQuantity(domain.memory?.reservedOverhead?.addedOverhead));

  return ratio ? multiplied(estimate, ratio) : estimate;
}

/** A 512th of the memory request, which counts as the next whole number of 1000 bytes. */
function pageTableBytes({ resources }: DomainSpec): bigint {
  return kiloOf(quantityIn(resources?.requests, 'memory')) * KILO / 512n;
}

function featureBytes(spec: VirtualMachineInstanceSpec, domain: DomainSpec, { videoBytes }: OverheadConstants): bigint {
  const { devices, launchSecurity } = domain;
  const terms: readonly (readonly [applies: boolean, bytes: bigint])[] = [
    [devices?.autoattachGraphicsDevice ?? true, videoBytes],
    [hasPassthrough(devices), 1024n * MI],
    [spec.volumes?.some(({ downwardMetrics }) => downwardMetrics) ?? false, MI],
    [!!launchSecurity?.sev || !!launchSecurity?.snp, 256n * MI],
    [!!devices?.tpm && devices.tpm.enabled !== false, 53n * MI],
    [!!domain.cpu?.dedicatedCpuPlacement || wantsGuaranteed(domain), 100n * MI],
  ];

  return terms.reduce((sum, [applies, size]) => (applies ? sum + size : sum), probeBytes(spec));
}

/** Once for any number of devices that a guest drives itself (VFIO). */
function hasPassthrough(devices: DomainSpec['devices']): boolean {
  return !!devices?.gpus?.length || !!devices?.hostDevices?.length || (devices?.interfaces?.some(({ sriov }) => sriov) ?? false);
}

/** Probes that run a command in the guest: 10 Mi each, and 100 Mi for the first. */
function probeBytes({ livenessProbe, readinessProbe }: VirtualMachineInstanceSpec): bigint {
  const probes = [livenessProbe, readinessProbe].filter((probe) => probe?.exec).length;

  return probes === 0 ? 0n : BigInt(100 + 10 * probes) * MI;
}

/** VirtualMachineInstance.WantsToHaveQOSGuaranteed: a CPU request that is the limit; memory likewise, or limit alone. */
function wantsGuaranteed({ resources }: DomainSpec): boolean {
  const [cpu, memory] = (['cpu', 'memory'] as const).map((name) => ({ request: quantityIn(resources?.requests, name), limit: quantityIn(resources?.limits, name) })) as [Amounts, Amounts];
  const isLimit = ({ request, limit }: Amounts): boolean => !request.isZero() && request.cmp(limit) === 0;

  return isLimit(cpu) && (isLimit(memory) || (memory.request.isZero() && !memory.limit.isZero()));
}

interface Amounts {
  readonly request: Quantity;
  readonly limit: Quantity;
}

/** MultiplyMemory: what the ratio adds is cut to whole thousands of bytes. */
function multiplied(estimate: Quantity, ratio: string): Quantity {
  const factor = attempt(() => parseFloat64(ratio)).value;

  return factor === undefined ? estimate : estimate.add(bytes(int64FromFloat(Number(kiloOf(estimate)) * (factor - 1)) * KILO));
}
