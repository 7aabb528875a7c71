import type { Controls } from '../control/controls';
import type { Sessions } from './sessions';

/** What Rancher itself keeps, whatever clusters are behind it. */
export interface RancherState {
  readonly sessions: Sessions;
  /** `/v1/userpreferences`, by user. */
  readonly preferences: Map<string, Record<string, string>>;
  readonly controls: Controls;
  readonly clock: { now(): number };
}
