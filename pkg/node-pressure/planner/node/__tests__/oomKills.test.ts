/** @jest-environment node */
import { oomKills } from '../oomKills';
import { launcherOf, pod } from './pods';

/** Behind the clock of the node where b runs. */
const NOW = Date.parse('2026-01-01T23:00:00Z');

const killed = (finishedAt?: string) => ({ reason: 'OOMKilled', finishedAt });

describe('OOM kills', () => {
  it('are found in what containers ended of, now or before, latest first', () => {
    const pods = [
      pod('a', { status: { containerStatuses: [{ name: 'a', restartCount: 4, ...{ lastState: { terminated: killed('2026-01-01T00:00:00Z') } } }] } }),
      pod('b', { pod: launcherOf('db-1'), status: { initContainerStatuses: [{ name: 'i', state: { terminated: killed('2026-01-02T00:00:00Z') } }] } }),
      pod('c', { pod: { namespace: undefined }, status: { containerStatuses: [{ name: 'c', state: { terminated: killed() } }, { name: 'd', state: { terminated: killed() } }] } }),
      pod('e', { status: { containerStatuses: [{ name: 'e', state: { terminated: { reason: 'Error' } } }, { name: 'f' }] } }),
      pod('g'),
    ];

    expect(oomKills(pods, NOW)).toEqual([
      { namespace: 'prod', pod: 'b', container: 'i', vm: 'db-1', ageMilliseconds: 0, restarts: 0 },
      { namespace: 'prod', pod: 'a', container: 'a', vm: undefined, ageMilliseconds: 82_800_000, restarts: 4 },
      { namespace: '', pod: 'c', container: 'c', vm: undefined, ageMilliseconds: undefined, restarts: 0 },
      { namespace: '', pod: 'c', container: 'd', vm: undefined, ageMilliseconds: undefined, restarts: 0 },
    ]);
  });
});
