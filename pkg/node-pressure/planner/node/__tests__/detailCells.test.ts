/** @jest-environment node */
import { amountMessage, countMessage, evictableEntries, exemptEntries, marginMessage, partShares, reservedBytes, rowsShown, signalBar, signalTone, signalWord, splitShares } from '../detailCells';
import type { EvictionEntry } from '../evictionOrder';
import type { SignalRow } from '../signalRows';

const threshold = { hard: true, setting: '10', graceNanoseconds: 0n, isReclaiming: false };
const ROW: SignalRow = { signal: 'memory.available', unit: 'bytes', available: 40, capacity: 100, state: { code: 'clear', params: {} }, isDerived: false };

describe('amounts', () => {
  it('are told in their unit', () => {
    expect(amountMessage('bytes', 3)).toEqual({ code: 'bytes', params: { amountBytes: 3 } });
    expect(amountMessage('pids', 3)).toEqual({ code: 'pids', params: { amount: 3 } });
  });

  it('are to go, or over once a threshold is passed; exactly at it nothing is passed yet', () => {
    expect([5, 0, -5].map(marginMessage)).toEqual([{ code: 'toGo', amount: 5 }, { code: 'toGo', amount: 0 }, { code: 'passed', amount: 5 }]);
  });
});

describe('the tone of a signal', () => {
  it.each([
    [{ code: 'met', params: {} }, undefined, 'error'],
    [{ code: 'unknown', params: {} }, undefined, 'unknown'],
    [{ code: 'off', params: {} }, 'untilOutOfMemory', 'warning'],
    [{ code: 'off', params: {} }, undefined, 'info'],
    [{ code: 'clear', params: {} }, undefined, 'success'],
  ] as const)('of %o with the finding %s is %s', (state, finding, tone) => {
    expect(signalTone({ ...ROW, state, finding })).toBe(tone);
  });
});

describe('the word for a signal', () => {
  it.each([
    [{ margin: 4 }, 'near'],
    [{ margin: 5 }, 'clear'],
    [{ margin: 4, capacity: undefined }, 'clear'],
    [{}, 'clear'],
    [{ margin: 4, state: { code: 'inGrace', params: {} } }, 'inGrace'],
  ] as const)('of %o is %s', (more, word) => {
    expect(signalWord({ ...ROW, ...more })).toBe(word);
  });

  it('is a warning where the threshold is close', () => {
    expect(signalTone({ ...ROW, margin: 4 })).toBe('warning');
  });
});

describe('the bar of a signal', () => {
  it('shows what is used and where the kubelet acts', () => {
    expect(signalBar({ ...ROW, hard: { ...threshold, amount: 10 }, soft: { ...threshold, amount: 20 } })).toEqual({
      usedPercent: 60, marks: [{ kind: 'soft', atPercent: 80 }, { kind: 'hard', atPercent: 90 }],
    });
  });

  it('has no mark for a threshold whose amount is not known, and keeps within the bar', () => {
    expect(signalBar({ ...ROW, hard: threshold, soft: { ...threshold, amount: 300 } })).toEqual({ usedPercent: 60, marks: [{ kind: 'soft', atPercent: 0 }] });
  });

  it.each([
    [{ available: undefined }],
    [{ capacity: 0 }],
    [{ state: { code: 'badSample', params: {} } }],
  ] as const)('is not drawn for %o', (more) => {
    expect(signalBar({ ...ROW, ...more })).toBeUndefined();
  });
});

describe('the parts of memory', () => {
  it('have their share', () => {
    expect(partShares({ capacityBytes: 8, parts: [{ code: 'systemReserved', bytes: 1 }, { code: 'allocatable', bytes: 7 }], disagrees: false }).map(({ percent }) => percent)).toEqual([12.5, 87.5]);
  });

  it('are pages of three kinds', () => {
    expect(splitShares({ anonymousBytes: 6, activeBytes: 1, inactiveFileBytes: 1 })).toEqual([{ code: 'anonymous', bytes: 6, percent: 75 }, { code: 'active', bytes: 1, percent: 12.5 }, { code: 'inactive', bytes: 1, percent: 12.5 }]);
    expect(splitShares({ anonymousBytes: 0, activeBytes: 0, inactiveFileBytes: 0 }).map(({ percent }) => percent)).toEqual([0, 0, 0]);
  });

  it('are reserved for the system and for Kubernetes together', () => {
    expect([reservedBytes(undefined), reservedBytes({ systemBytes: 2, kubeBytes: 3 })]).toEqual([undefined, 5]);
  });
});

describe('the order', () => {
  const entries = Array.from({ length: 13 }, (_, index) => ({ name: `p${ index }`, exempt: index === 3 ? 'static' : undefined })) as EvictionEntry[];

  it('is told from those that are never evicted', () => {
    expect([evictableEntries(entries).length, exemptEntries(entries).map(({ name }) => name)]).toEqual([12, ['p3']]);
  });

  it('is cut where it is long', () => {
    expect([rowsShown(entries, false), rowsShown(entries, true), rowsShown([1], false)]).toEqual([
      { shown: entries.slice(0, 10), hidden: 3 }, { shown: entries, hidden: 0 }, { shown: [1], hidden: 0 },
    ]);
  });
});

it('counts are a number or bounds', () => {
  expect(countMessage({ atLeast: 2, atMost: 2 })).toEqual({ code: 'exactly', params: { count: 2 } });
  expect(countMessage({ atLeast: 2, atMost: 7 })).toEqual({ code: 'between', params: { atLeast: 2, atMost: 7 } });
});
