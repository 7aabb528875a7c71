/** What a user can do on the tab *Settings*, and why not more. */
import type { Message } from '../display';
import type { ReadFailure } from '../reading';
import type { PolicyRights } from './saveGate';

/** What keeps the tab from showing anything. Without the right to see policies, values can still be tried. */
export function settingsFailure(nodes: ReadFailure | undefined, policies: ReadFailure | undefined): ReadFailure | undefined {
  return nodes ?? (policies?.kind === 'forbidden' ? undefined : policies);
}

/** `noSchema`: policies cannot be seen, for want of a right or of node-manager's type; `readOnly`: seen and not saved. */
export function settingsAccess(policies: ReadFailure | undefined, { create, patch, missing }: PolicyRights): Message<'full' | 'readOnly' | 'noSchema'> {
  if (policies) {
    return { code: 'noSchema', params: { verb: policies.verb } };
  }

  return create || patch ? { code: 'full', params: {} } : { code: 'readOnly', params: { verb: missing } };
}
