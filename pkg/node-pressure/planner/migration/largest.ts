import { attempt } from '../../harvester/amounts';
import type { VirtualMachineInstance } from '../../harvester/migration/objects';
import { type Overcommit, overcommitOf } from '../../harvester/migration/overcommit';
import { unitOf } from './amountParam';
import { candidateOf } from './candidate';
import { fitOf } from './fit';
import type { NamespaceContext } from './namespaceContext';
import type { LargestVm } from './report';
import type { Room } from './room';

const MI = 1n << 20n;
const MILLI = 1000n;
const HUNDRED = 100n;

/** Requests are limits. */
const NONE: Overcommit = { cpu: HUNDRED, memory: HUNDRED };

/** No VM is larger; what such a one may be, is not bounded. */
const MOST_CPUS = 1024n;
const MOST_MEMORY_MI = 64n << 20n;

/** The largest number from 1 to `most` that fits, 0 if none does. What fits, fits when it is smaller. */
function largestThatFits(most: bigint, fits: (number: bigint) => boolean): bigint {
  if (fits(most)) {
    return most;
  }

  let [low, high] = [0n, most];

  while (high - low > 1n) {
    const middle = (low + high) / 2n;

    if (fits(middle)) {
      low = middle;
    } else {
      high = middle;
    }
  }

  return low;
}

/** A VM as Harvester would make it, see vmRequests. */
function newVm(cpus: bigint, memoryMi: bigint, { cpu, memory }: Overcommit): VirtualMachineInstance {
  const requests = { cpu: `${ cpus * MILLI * HUNDRED / (cpu || HUNDRED) }m`, memory: `${ memoryMi * HUNDRED / (memory || HUNDRED) }Mi` };

  return { spec: { domain: { cpu: { cores: Number(cpus) }, resources: { limits: { cpu: `${ cpus }`, memory: `${ memoryMi }Mi` }, requests } } } };
}

/**
 * The largest VM whose migration the quotas would let through now: as many whole CPUs as they leave, whatever memory,
 * and as much memory as they leave to one vCPU. Its requests are those that Harvester would give it; its devices are the
 * default ones.
 */
export function largestVm({ cluster, quotas, rooms }: NamespaceContext): LargestVm {
  const overcommit = attempt(() => overcommitOf(cluster.snapshot.overcommitSetting)).value ?? NONE;
  const fits = (cpus: bigint, memoryMi: bigint, within: readonly Room[]): boolean => {
    const candidate = candidateOf({ vmi: newVm(cpus, memoryMi, overcommit) }, quotas, cluster.launcherEstimate);

    return fitOf(candidate, within, cluster.canCompensate).obstacles.length === 0;
  };
  const cpus = largestThatFits(MOST_CPUS, (count) => fits(count, 1n, rooms.filter(({ resource }) => unitOf(resource) !== 'Bytes')));
  const memoryMi = cpus === 0n ? 0n : largestThatFits(MOST_MEMORY_MI, (size) => fits(1n, size, rooms));

  return {
    ...(cpus < MOST_CPUS && { cpuMilli: cpus * MILLI }),
    ...(memoryMi < MOST_MEMORY_MI && { memoryBytes: memoryMi * MI }),
    none: memoryMi === 0n,
  };
}
