import { KubeletError } from '../errors';
import { featureGates } from './featureGates';
import type { Rule } from './rules';
import type { KubeletConfiguration } from './types';
import { validateEnforcement } from './validateEnforcement';
import { validateHost, validateLogs } from './validateHost';
import { validateLimits } from './validateLimits';
import { validateBackOff, validateMemoryQoS, validateReservedMemory, validateSwap } from './validateMemory';
import { validateNetworkAndPulls, validateReservedCpus, validateShutdown, validateTopology } from './validatePolicies';
import { LATEST_MINOR } from './version';

/** The kubelet and the host that a configuration is for: by default a 1.36 kubelet on control groups of version 2. */
export interface ValidationTarget {
  readonly minor?: number;
  readonly cgroupVersion?: 1 | 2;
}

/** In upstream's order, which is the order of the texts. */
const RULES: readonly Rule[] = [
  validateLimits, validateTopology, validateShutdown, validateSwap, validateBackOff, validateEnforcement, validateNetworkAndPulls,
  validateReservedCpus, validateReservedMemory, validateHost, validateMemoryQoS, validateLogs,
];

/**
 * Everything that a kubelet refuses to start with in a configuration, in the kubelet's own words; empty when it is valid.
 * Follows ValidateKubeletConfiguration in pkg/kubelet/apis/config/validation, 1.30 to 1.36; aggregate() joins the texts
 * as the kubelet does.
 *
 * As upstream it says nothing about eviction maps and reservations: parseThresholdConfig and parseResourceList do.
 * Left out are fields that we neither edit nor show: taints, patterns of image names, logging, tracing and hidden metrics.
 */
export function validateKubeletConfiguration(configuration: KubeletConfiguration, { minor = LATEST_MINOR, cgroupVersion = 2 }: ValidationTarget = {}): string[] {
  try {
    const gates = featureGates(configuration.featureGates, minor);

    return [...new Set(RULES.flatMap((rule) => rule(configuration, { minor, gates, cgroupVersion })))];
  } catch (error) {
    // Feature gates that are not taken end the validation
    return [(error as KubeletError).message];
  }
}
