import { MILLISECOND, SECOND } from '../go/duration';
import { formatFloat64 } from '../go/float';
import { goQuote } from '../go/quote';
import { compareStrings } from '../go/strings';
import { isHugePageResourceName } from '../resourceNames';
import { invalidIf, type Rule } from './rules';

const LIMITED_SWAP = 'LimitedSwap';
const NO_SWAP = 'NoSwap';
const NO_RESERVATION = 'None';
const TIERED_RESERVATION = 'TieredReservation';

/** What containers may do with swap. */
export const validateSwap: Rule = ({ memorySwap: { swapBehavior } }, { gates }) => gates.enabled('NodeSwap') ? invalidIf(!['', LIMITED_SWAP, NO_SWAP].includes(swapBehavior),
  `memorySwap.swapBehavior ${ goQuote(swapBehavior) } must be one of: "", ${ goQuote(LIMITED_SWAP) } or ${ goQuote(NO_SWAP) }`) : invalidIf(swapBehavior !== '', 'memorySwap.swapBehavior cannot be set when NodeSwap feature flag is disabled');

/** How long a container that keeps failing waits at most (since 1.32). */
export const validateBackOff: Rule = ({ crashLoopBackOff: { maxContainerRestartPeriod: period } }, { minor, gates }) => {
  if (minor < 32) {
    return [];
  }
  if (!gates.enabled('KubeletCrashLoopBackOffMax')) {
    return invalidIf(period !== null, 'FeatureGate KubeletCrashLoopBackOffMax not enabled, CrashLoopBackOff.MaxContainerRestartPeriod must not be set');
  }
  if (period === null) {
    return invalidIf(true, 'FeatureGate KubeletCrashLoopBackOffMax is enabled, CrashLoopBackOff.MaxContainerRestartPeriod must be set');
  }

  const milliseconds = period / MILLISECOND;
  const seconds = Number(period / SECOND) + Number(period % SECOND) / Number(SECOND);

  return invalidIf(milliseconds < 1000n || milliseconds > 300_000n, `CrashLoopBackOff.MaxContainerRestartPeriod (got: ${ formatFloat64(seconds) } seconds) must be set between 1s and 300s`);
};

/** Memory set aside per NUMA node. Resources of one node go by name; in Go they come in random order. */
export const validateReservedMemory: Rule = ({ reservedMemory }) => {
  const seen = new Set<string>();

  return (reservedMemory ?? []).flatMap(({ numaNode, limits }) => Object.entries(limits ?? {}).sort(([a], [b]) => compareStrings(a, b)).flatMap(([resource, quantity]) => {
    const key = `${ numaNode } ${ resource }`;
    const doubled = seen.has(key);

    seen.add(key);

    return [
      ...invalidIf(resource !== 'memory' && !isHugePageResourceName(resource), `the limit type ${ goQuote(resource) } for NUMA node ${ numaNode } is not supported, only [memory hugepages-<HugePageSize>] is accepted`),
      ...invalidIf(quantity.isZero(), `reserved memory may not be zero for NUMA node ${ numaNode } and resource ${ goQuote(resource) }`),
      ...invalidIf(doubled, `the reserved memory has a duplicate value for NUMA node ${ numaNode } and resource ${ goQuote(resource) }`),
    ];
  }));
};

/** Memory QoS: throttling below the limit, and since 1.36 what is protected from reclaim. */
export const validateMemoryQoS: Rule = ({ memoryThrottlingFactor: factor, memoryReservationPolicy: policy }, { minor, gates }) => {
  const enabled = gates.enabled('MemoryQoS');

  return [
    ...invalidIf(enabled && factor === null, 'memoryThrottlingFactor is required when MemoryQoS feature flag is enabled'),
    ...factor === null ? [] : invalidIf(factor <= 0 || factor > 1, `memoryThrottlingFactor ${ formatFloat64(factor) } must be greater than 0 and less than or equal to 1.0`),
    ...minor < 36 ? [] : [
      ...invalidIf(!enabled && policy === TIERED_RESERVATION, `memoryReservationPolicy ${ goQuote(policy) } requires MemoryQoS feature gate to be enabled`),
      ...invalidIf(policy !== NO_RESERVATION && policy !== TIERED_RESERVATION, `option ${ goQuote(policy) } specified for memoryReservationPolicy. Valid options are ${ goQuote(NO_RESERVATION) } or ${ goQuote(TIERED_RESERVATION) }`),
    ],
  ];
};
