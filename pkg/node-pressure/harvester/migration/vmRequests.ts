import { KubeletError } from '../../kubelet/errors';
import { newMilliQuantity, newQuantity, type Quantity } from '../../kubelet/quantity';
import { attempt } from '../amounts';
import { annotation, HOTPLUG, RESERVED_MEMORY } from './keys';
import type { DomainSpec, Setting, VirtualMachine } from './objects';
import { MI } from './overheadConstants';
import { type Overcommit, overcommitOf } from './overcommit';
import { bytes, decodeQuantity, quantityIn } from './quantities';
import { hasRatio } from './ratio';

export interface VmRequestsQuestion {
  /** The setting overcommit-config. */
  readonly overcommitSetting?: Setting | null;
  /** The setting additional-guest-memory-overhead-ratio. */
  readonly ratioSetting?: Setting | null;
  readonly vm: VirtualMachine;
}

/** What the mutator writes into a VM's domain; absent where it leaves a field. */
export interface VmRequests {
  readonly cpu?: Quantity;
  readonly memory?: Quantity;
  readonly guestMemory?: Quantity;
  /** Why Harvester refuses the VM. */
  readonly error?: string;
  /** Harvester crashes: no template, or an overcommit-config without the percentage that is needed. */
  readonly wouldPanic?: true;
}

const RESERVED = bytes(100n * MI);
const MIN_GUEST_BYTES = 10n * MI;
const HUNDRED = 100n;

/**
 * The requests that Harvester gives a VM when it is made or its limits change, and the memory of its guest.
 * Follows patchResourceOvercommit in Harvester's pkg/webhook/resources/virtualmachine/mutator.go. Where that divides by
 * an absent percentage, requests are the limits.
 * @throws KubeletError if an amount of the VM's limits or guest memory cannot be parsed
 */
export function vmRequests({ overcommitSetting, ratioSetting, vm }: VmRequestsQuestion): VmRequests {
  if (!vm.spec?.template) {
    return { wouldPanic: true };
  }

  const { value: overcommit, error } = attempt(() => overcommitOf(overcommitSetting));

  if (error !== undefined) {
    return { error };
  }

  return overcommit ? requests(vm, vm.spec.template.spec?.domain ?? {}, overcommit, hasRatio(ratioSetting)) : {};
}

function requests(vm: VirtualMachine, domain: DomainSpec, overcommit: Overcommit, multiplied: boolean): VmRequests {
  const { limits } = domain.resources ?? {};
  const [cpu, memory] = [quantityIn(limits, 'cpu'), quantityIn(limits, 'memory')];
  const dedicated = !!domain.cpu?.dedicatedCpuPlacement;
  const panics = (!cpu.isZero() && !dedicated && overcommit.cpu === 0n) || (!memory.isZero() && overcommit.memory === 0n);
  const panic = panics ? { wouldPanic: true } as const : {};
  const cpuRequest = newMilliQuantity(dedicated ? cpu.milliValue() : share(cpu.milliValue(), overcommit.cpu), cpu.format);
  const asked = cpu.isZero() ? {} : { cpu: cpuRequest };

  if (memory.isZero()) {
    return { ...asked, ...panic };
  }

  const guest = attempt(() => guestMemory(vm, domain, memory, multiplied));

  if (guest.error !== undefined) {
    return { error: guest.error, ...panic };
  }

  return {
    ...asked,
    memory: memoryRequest(vm, domain, memory, guest.value, overcommit.memory),
    ...(!(domain.memory && hasHotplug(vm)) && { guestMemory: guest.value }),
    ...panic,
  };
}

/** Go's int64 arithmetic: overflow wraps around, division cuts. */
function share(limit: bigint, percent: bigint): bigint {
  return BigInt.asIntN(64, limit * HUNDRED) / (percent || HUNDRED);
}

/** A device that the guest drives itself needs all of the guest's memory, a dedicated CPU all that is limited. */
function memoryRequest(vm: VirtualMachine, domain: DomainSpec, limit: Quantity, guest: Quantity, percent: bigint): Quantity {
  const { cpu, devices } = domain;

  if (cpu?.dedicatedCpuPlacement) {
    // Harvester reserves from a copy of the limit, and of a limit such as 1.5Gi that takes from the limit, too
    return limit.sharesDigits() && !growingSize(vm, domain) ? guest : limit;
  }
  if (devices?.hostDevices?.length || devices?.gpus?.length) {
    return guest;
  }

  return newQuantity(share(limit.value(), percent) / MI * MI, limit.format);
}

function hasHotplug({ metadata }: VirtualMachine): boolean {
  return annotation(metadata, HOTPLUG)?.toLowerCase() === 'true';
}

/** The present memory of a guest that can grow. */
function growingSize(vm: VirtualMachine, { memory }: DomainSpec): Quantity | undefined {
  return hasHotplug(vm) && memory?.guest ? decodeQuantity(memory.guest) : undefined;
}

/** The limit, or where it can grow the present size, less what is reserved; nothing is where a ratio widens the pod. */
function guestMemory(vm: VirtualMachine, domain: DomainSpec, limit: Quantity, multiplied: boolean): Quantity {
  const written = annotation(vm.metadata, RESERVED_MEMORY);
  const reserved = written ? reservation(written, limit) : multiplied ? undefined : RESERVED;
  const size = growingSize(vm, domain) ?? limit;
  const guest = reserved ? size.sub(reserved) : size;

  if (guest.value() < MIN_GUEST_BYTES) {
    throw new KubeletError(`guest memory is under the minimum requirement (10 Mi), original: ${ limit.value() }, final: ${ guest.value() }`);
  }

  return guest;
}

function reservation(written: string, limit: Quantity): Quantity {
  const reserved = attempt(() => decodeQuantity(written)).value;

  if (!reserved) {
    throw new KubeletError(`annotation ${ written } can't be converted to memory unit`);
  }
  if (reserved.value() >= limit.value()) {
    throw new KubeletError(`reservedMemory can't be equal or greater than limits.memory  ${ reserved.value() } ${ limit.value() }`);
  }

  return reserved;
}
