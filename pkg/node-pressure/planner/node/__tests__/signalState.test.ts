/** @jest-environment node */
import { signalCondition, signalState } from '../signalState';
import type { SignalThreshold } from '../signalThreshold';

const PASSED: SignalThreshold = { setting: '1Gi', hard: true, graceNanoseconds: 0n, margin: -1, isReclaiming: false };
const AHEAD: SignalThreshold = { ...PASSED, margin: 5, lastMetMilliseconds: 1_000 };

describe('the state of a signal', () => {
  it('goes without times that nobody saw', () => {
    expect(signalState({ thresholds: [PASSED], isObserved: true, mayHoldCondition: false }, 5)).toEqual({ code: 'met', params: { metForMilliseconds: undefined } });
    expect(signalState({ thresholds: [{ ...PASSED, hard: false, graceNanoseconds: 10n }], isObserved: true, mayHoldCondition: false }, 5)).toMatchObject({ code: 'inGrace', params: { metForMilliseconds: 0 } });
    expect(signalState({ thresholds: [AHEAD], isObserved: true, mayHoldCondition: true }, 5)).toMatchObject({ code: 'waitingForTransition', params: { condition: undefined, leftMilliseconds: undefined } });
  });

  it('never waits for less than nothing, and takes the latest of several times', () => {
    const standing = { thresholds: [AHEAD, { ...AHEAD, lastMetMilliseconds: 3_000 }], isObserved: true, mayHoldCondition: true, transitionNanoseconds: 2_000_000_000n };

    expect(signalState(standing, 4_000).params['leftMilliseconds']).toBe(1_000);
    expect(signalState(standing, 9_000).params['leftMilliseconds']).toBe(0);
  });

  it('is the hard threshold\'s before the soft one\'s', () => {
    expect(signalState({ thresholds: [{ ...PASSED, hard: false }, PASSED], isObserved: true, mayHoldCondition: false }, 5).code).toBe('met');
  });
});

describe('a condition', () => {
  it('has an age where the node tells one', () => {
    expect(signalCondition(undefined, 5)).toBeUndefined();
    expect(signalCondition({ type: 'MemoryPressure', status: 'False' }, 5)).toEqual({ type: 'MemoryPressure', status: 'False', ageMilliseconds: undefined });
    expect(signalCondition({ type: 'MemoryPressure', status: 'True', lastTransitionTime: '1970-01-01T00:00:09Z' }, 5)?.ageMilliseconds).toBe(0);
  });
});
