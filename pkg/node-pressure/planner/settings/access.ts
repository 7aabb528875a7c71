/** What a user can do on the tab *Settings*, and why not more. */
import type { Message } from '../display';
import type { ReadFailure } from '../reading';
import type { PolicyRights } from './saveGate';

/** What keeps the tab from showing anything: the server's answer about nodes or policies. */
export function settingsProblem(nodes: ReadFailure | undefined, policies: ReadFailure | undefined): Message<'failed' | 'forbiddenNodes'> | undefined {
  if (nodes) {
    return nodes.kind === 'forbidden' ? { code: 'forbiddenNodes', params: { verb: nodes.verb } } : { code: 'failed', params: { message: nodes.message } };
  }

  return policies && policies.kind !== 'forbidden' ? { code: 'failed', params: { message: policies.message } } : undefined;
}

/** `noSchema`: policies cannot be seen, for want of a right or of node-manager's type; `readOnly`: seen and not saved. */
export function settingsAccess(policies: ReadFailure | undefined, { create, patch, missing }: PolicyRights): Message<'full' | 'readOnly' | 'noSchema'> {
  if (policies) {
    return { code: 'noSchema', params: { verb: policies.verb } };
  }

  return create || patch ? { code: 'full', params: {} } : { code: 'readOnly', params: { verb: missing } };
}
