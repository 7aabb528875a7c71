/** @jest-environment node */
import { driftVerdict } from '../driftVerdict';
import { DRIFT_STATES, type NodeDrift, type NodeDriftState } from '../settings/nodeDrift';

const drift = (state: NodeDriftState): NodeDrift => ({ state, tone: 'info', rank: DRIFT_STATES.indexOf(state), differences: [], otherArguments: [], policy: 'p' });
const nodes = (...states: (NodeDriftState | undefined)[]) => states.map((state, index) => ({ name: `node-${ index }`, drift: state && drift(state) }));

describe('the sentence about a cluster’s settings', () => {
  it('is about the most urgent standing', () => {
    expect(driftVerdict(nodes('inSync', 'pendingReboot', 'leftBehind', 'pendingReboot', undefined))).toStrictEqual({
      code: 'leftBehind', tone: 'info', params: { count: 1, total: 5, name: 'node-2', policy: 'p', others: 2 },
    });
    expect(driftVerdict(nodes('pendingReboot', 'pendingReboot'))).toMatchObject({ code: 'pendingReboot', params: { count: 2, total: 2, name: 'node-0', others: 0 } });
  });

  it('is missing where there is nothing to say', () => {
    expect(driftVerdict([])).toBeUndefined();
    expect(driftVerdict(nodes('inSync', 'unmanaged', 'unread', 'keptOut', 'setElsewhere', undefined))).toBeUndefined();
  });
});
