import type { Message } from '../display';
import type { Tone } from '../nodeState';
import type { NamespaceReport } from './report';

/** How the cluster's migrations stand, most urgent first; nothing where no VM runs and nothing needs repair. */
export interface MigrationVerdict {
  readonly tone: Tone;
  readonly messages: readonly Message<'alarms' | 'someBlocked' | 'allFit'>[];
}

/** So many namespaces are named. */
const NAMED = 5;

export function migrationVerdict(reports: readonly NamespaceReport[]): MigrationVerdict {
  const total = reports.reduce((sum, { vms }) => sum + vms.length, 0);
  const blocked = total - reports.reduce((sum, { oneByOne }) => sum + oneByOne, 0);
  const alarmed = reports.filter(({ alarms }) => alarms.length > 0).map(({ namespace }) => namespace);
  const names = alarmed.slice(0, NAMED).join(', ');

  return {
    tone:     alarmed.length > 0 ? 'error' : blocked > 0 ? 'warning' : 'success',
    messages: [
      ...(alarmed.length > 0 ? [{ code: 'alarms', params: { count: alarmed.length, names, more: Math.max(0, alarmed.length - NAMED) } } as const] : []),
      ...(blocked > 0 ? [{ code: 'someBlocked', params: { blocked, total } } as const] : []),
      ...(blocked === 0 && total > 0 ? [{ code: 'allFit', params: { total } } as const] : []),
    ],
  };
}
