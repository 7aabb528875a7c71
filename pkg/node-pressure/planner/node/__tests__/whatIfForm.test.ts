/** @jest-environment node */
import { parseConfigz } from '../../../kubelet/config/configz';
import { makeSignalObservations, type SignalObservation } from '../../../kubelet/observations';
import type { Signal } from '../../../kubelet/signals';
import { DESIGN_SETTINGS, GI, node } from '../../__tests__/fixtures';
import { signalRows, type SignalRow } from '../signalRows';
import { whatIf } from '../whatIf';
import { choosablePods, inputScale, podUsed, suppositionOf, whatIfInputs, whatIfMessage, type InputScale, type WhatIfChanges } from '../whatIfForm';
import { launcherOf, nodeOf } from './pods';

const MEASURED = nodeOf({
  db: { usesGi: 3, pod: launcherOf('db-1') }, web: { usesGi: 2 }, vital: { usesGi: 9, priority: 2_000_000_000 },
}, { memory: { workingSetBytes: 57 * GI, availableBytes: 7 * GI }, rlimit: { maxpid: 1000, curproc: 100 } });

function rowOf(signal: Signal, settings: Record<string, unknown> = DESIGN_SETTINGS): SignalRow {
  const rows = signalRows({ node: node(), configuration: parseConfigz({ kubeletconfig: settings }), summary: { value: MEASURED.summary, readAtMilliseconds: 0 }, samples: [] }, 0);

  return rows.find((row) => row.signal === signal) as SignalRow;
}

const MEMORY = rowOf('memory.available', { ...DESIGN_SETTINGS, evictionMinimumReclaim: { 'memory.available': '1Gi' } });
const SCALE = inputScale(MEMORY) as InputScale;
const OFF = rowOf('pid.available');

function outcome(changes: WhatIfChanges, row = MEMORY) {
  const observation = makeSignalObservations(MEASURED.summary)[row.signal] as SignalObservation;
  const supposed = whatIf({ signal: row.signal, ...MEASURED }, observation, suppositionOf(row, inputScale(row) as InputScale, changes)).value;

  return supposed && whatIfMessage(supposed);
}

describe('the scale', () => {
  it('is GiB for bytes and one for what is counted', () => {
    expect([SCALE, inputScale(OFF)]).toEqual([{ unit: 'bytes', factor: GI, step: 0.25, max: 64 }, { unit: 'pids', factor: 1, step: 1, max: 1000 }]);
  });

  it('is missing where there is no figure to start from', () => {
    expect(inputScale({ ...MEMORY, available: undefined })).toBeUndefined();
    expect(inputScale({ ...MEMORY, capacity: 0 })).toBeUndefined();
    expect(inputScale({ ...MEMORY, state: { code: 'badSample', params: {} } })).toBeUndefined();
  });
});

describe('the inputs', () => {
  it('show what is until it is changed', () => {
    expect(whatIfInputs(MEMORY, SCALE, {})).toEqual({ threshold: 6, minReclaim: 1, used: 57 });
    expect(whatIfInputs({ ...MEMORY, available: 6.789 * GI }, SCALE, {}).used).toBe(57.21);
    expect(whatIfInputs(MEMORY, SCALE, { threshold: 9, minReclaim: 2, used: 60 })).toEqual({ threshold: 9, minReclaim: 2, used: 60 });
    expect(whatIfInputs({ ...MEMORY, hard: undefined }, SCALE, {}).threshold).toBe(8);
    expect(whatIfInputs(OFF, inputScale(OFF) as InputScale, {})).toEqual({ threshold: 0, minReclaim: 0, used: 100 });
    expect(whatIfInputs({ ...OFF, available: undefined, capacity: undefined }, SCALE, {}).used).toBe(0);
  });

  it('show what a pod uses, if that is known', () => {
    expect([podUsed(undefined, {}), podUsed(2.5 * GI, {}), podUsed(2.5 * GI, { podUsed: 4 })]).toEqual([undefined, 2.5, 4]);
  });

  it('offer the pods that may be evicted', () => {
    const order = whatIf({ signal: 'memory.available', ...MEASURED }, makeSignalObservations(MEASURED.summary)['memory.available'] as SignalObservation, { threshold: '1Gi' }).value?.order ?? [];

    expect(choosablePods(order).map(({ name }) => name)).toEqual(['db', 'web']);
    expect(choosablePods(order.map((entry) => ({ ...entry, uid: '' })))).toEqual([]);
  });
});

describe('what is supposed', () => {
  it('is exactly what is where nothing was changed', () => {
    expect(suppositionOf(MEMORY, SCALE, {})).toEqual({ threshold: '6Gi', minReclaim: '1Gi', available: undefined, podUseBytes: undefined });
    expect(suppositionOf({ ...MEMORY, hard: undefined }, SCALE, {}).threshold).toBe('8Gi');
    expect(suppositionOf(OFF, SCALE, {})).toMatchObject({ threshold: '0%', minReclaim: undefined });
  });

  it('is what was typed, in the kubelet’s words', () => {
    expect(suppositionOf(MEMORY, SCALE, { threshold: 8.25, minReclaim: 0, used: 60.5, podUid: 'uid-web', podUsed: 4 })).toEqual({
      threshold: String(8.25 * GI), minReclaim: '0', available: 3.5 * GI, podUseBytes: { 'uid-web': 4 * GI },
    });
    expect(suppositionOf(MEMORY, SCALE, { threshold: 0 }).threshold).toBe('0%');
    expect(suppositionOf(MEMORY, SCALE, { used: 99, minReclaim: -3 })).toMatchObject({ available: 0, minReclaim: '0' });
    expect(suppositionOf({ ...MEMORY, capacity: undefined }, SCALE, { used: 1 }).available).toBe(0);
    expect(suppositionOf(MEMORY, SCALE, { podUid: 'uid-web' }).podUseBytes).toBeUndefined();
  });
});

describe('what would follow', () => {
  it('is that nobody goes', () => {
    expect(outcome({})).toEqual({ code: 'notMet', params: { available: 7 * GI } });
    expect(outcome({ threshold: 0 })).toEqual({ code: 'off', params: { available: 7 * GI } });
  });

  it('counts who goes until the minimum reclaim is there, and the VMs among them', () => {
    expect(outcome({ threshold: 8 })).toEqual({ code: 'goes', params: { count: 1, vms: 1, available: 7 * GI, target: 9 * GI, availableAfter: 10 * GI } });
    expect(outcome({ threshold: 8, minReclaim: 4 })).toMatchObject({ code: 'goes', params: { count: 2, vms: 1, availableAfter: 12 * GI } });
  });

  it('says when all of them are not enough', () => {
    expect(outcome({ threshold: 30 })).toMatchObject({ code: 'notEnough', params: { count: 2, availableAfter: 12 * GI } });
  });
});
