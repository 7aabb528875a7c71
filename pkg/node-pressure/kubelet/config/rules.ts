import type { FeatureGates } from './featureGates';
import type { KubeletConfiguration } from './types';

/** What a kubelet's rules depend on beside its configuration. */
export interface ValidationContext {
  /** The kubelet's minor version, 30 to 36. */
  readonly minor: number;
  readonly gates: FeatureGates;
  /** The layout of the node's control groups. */
  readonly cgroupVersion: 1 | 2;
}

/** A part of upstream's validation: the texts of everything that is wrong, in upstream's order. */
export type Rule = (configuration: KubeletConfiguration, context: ValidationContext) => string[];

/** A text with the prefix that nearly all have, if something is wrong. */
export function invalidIf(wrong: boolean, text: string): string[] {
  return wrong ? [`invalid configuration: ${ text }`] : [];
}
