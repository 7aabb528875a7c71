import IntlMessageFormat from 'intl-messageformat';
import { WRITE_REFUSALS } from '../../planner/migration/adviceReport';
import { DRAIN_OUTCOMES, DRAIN_REFUSALS, DRAIN_VERDICTS } from '../../planner/migration/drainReport';
import { MIGRATION_CAUSES, RETURNS, WAITS } from '../../planner/migration/liveReport';
import { ALARMS, NAMESPACE_STATES, TARGET_REASONS, VM_NOTES, VM_REASONS } from '../../planner/migration/report';
import en from '../en-us.yaml';

/** Groups of texts, and the codes that the planner may hand to each. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  state: NAMESPACE_STATES, stateReason: NAMESPACE_STATES,
  reason: [...VM_REASONS, 'noEvictionStrategy', 'external', 'strategy'], wayOut: VM_REASONS, note: VM_NOTES, targetReason: TARGET_REASONS,
  alarm: ALARMS, alarmRepair: ALARMS, 'live.cause': MIGRATION_CAUSES, waits: WAITS, returns: RETURNS, refusal: WRITE_REFUSALS,
  drainVerdict: DRAIN_VERDICTS, drainOutcome: DRAIN_OUTCOMES, drainRefusal: DRAIN_REFUSALS,
  outcome: ['conflict', 'missing', 'refused', 'forbidden', 'unreachable', 'takenBack', 'leftBehind'],
};

function textOf(path: string): unknown {
  return path.split('.').reduce((branch: unknown, part) => (branch as Record<string, unknown> | undefined)?.[part], en);
}

it.each(Object.entries(CODES).flatMap(([group, codes]) => codes.map((code) => `nodePressure.migration.${ group }.${ code }`)))('%s has a text', (path) => {
  expect(typeof textOf(path)).toBe('string');
});

it.each([
  ['stateReason.stuck', { name: 'db', since: undefined, count: 1 }, 'The quota turns the migration of db away. It waits until the quota has room.'],
  ['stateReason.blocked', { count: 1, total: 2, reason: 'unspecified', quota: 'own', resource: 'limits.cpu' }, '1 of 2 VMs does not fit: the quota own demands a value of limits.cpu, which pods do not have.'],
  ['alarm.orphanedRaise', { key: 'k', vm: undefined }, 'The quota is still raised for a VM that is gone, whose migration is over. This never heals by itself, and keeps the quota from being changed.'],
  ['refusal.migrating', { name: undefined }, 'The quota is raised for a migration; until that is over, Harvester refuses a change of it.'],
])('%s does without what is not known', (path, params, sentence) => {
  expect(new IntlMessageFormat(textOf(`nodePressure.migration.${ path }`) as string, 'en').format(params)).toBe(sentence);
});
