import type { DomainSpec } from './objects';
import { hasQuantity, quantityIn } from './quantities';

/** uint32, in which KubeVirt multiplies. */
const wrap = (count: bigint): bigint => BigInt.asUintN(32, count);

/**
 * The number of vCPUs that KubeVirt counts overhead for, at least 1: the product of those of cores, sockets and
 * threads that are not 0; where the VM has no `cpu` at all, its CPU limit (else request) rounded up.
 * Follows GetNumberOfVCPUs in pkg/util/hardware/hw_utils.go and GetMemoryOverhead, both KubeVirt.
 * @throws KubeletError if a quantity cannot be parsed
 */
export function vcpus({ cpu, resources }: DomainSpec): bigint {
  const count = cpu ? topology(cpu) : quantityIn(hasQuantity(resources?.limits, 'cpu') ? resources.limits : resources?.requests, 'cpu').value();

  return count < 1n ? 1n : count;
}

function topology({ cores, sockets, threads }: NonNullable<DomainSpec['cpu']>): bigint {
  return [sockets, threads].reduce((product, factor) => {
    const count = BigInt(factor ?? 0);

    return count === 0n ? product : wrap((product === 0n ? 1n : product) * count);
  }, BigInt(cores ?? 0));
}
