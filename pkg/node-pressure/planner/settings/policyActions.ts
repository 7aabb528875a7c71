import type { Policy } from './policy';
import type { PolicyRights } from './saveGate';

/** What can be done with a policy as a whole. */
export type PolicyActionCode = 'pause' | 'resume' | 'rename' | 'duplicate' | 'remove';

/** The actions that a policy and the user's rights allow. Only settings that we can read are resumed or duplicated. */
export function policyActions({ paused, contents }: Policy, { create, patch }: PolicyRights): PolicyActionCode[] {
  const isOurs = contents.kind === 'settings';

  return [
    ...(patch && !paused ? ['pause' as const] : []),
    ...(patch && paused && isOurs ? ['resume' as const] : []),
    ...(patch ? ['rename' as const] : []),
    ...(create && isOurs ? ['duplicate' as const] : []),
    ...(patch ? ['remove' as const] : []),
  ];
}
