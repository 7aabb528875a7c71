/** @jest-environment node */
import { COMPENSATION, quotaWith, RAISED, RESYNC } from '../../../harvester/migration/__tests__/builders';
import type { QuotaSample } from '../liveReport';
import { quotaReturn, quotaSample } from '../timeLine';

describe('quotaSample', () => {
  it('is what limits and use are now', () => {
    expect(quotaSample(quotaWith({ 'limits.cpu': '8', 'limits.memory': '1Gi' }, { 'limits.cpu': '2500m', 'limits.memory': '1' }, { [RAISED]: '{}', [COMPENSATION]: '{}', [RESYNC]: 'true' }), 5)).toEqual({
      atMilliseconds: 5, hardCpuMilli: 8000n, hardMemoryBytes: 1n << 30n, usedCpuMilli: 2500n, usedMemoryBytes: 1n, raises: [RAISED], hasCompensation: true, isResyncDue: true,
    });
  });

  it('leaves out what is not there, or cannot be read', () => {
    expect(quotaSample(quotaWith({ 'limits.cpu': 'x' }), 0)).toEqual({ atMilliseconds: 0, raises: [], hasCompensation: false, isResyncDue: false });
    expect(quotaSample({}, 0).raises).toEqual([]);
  });
});

describe('quotaReturn', () => {
  const sample = (atMilliseconds: number, raises: string[], parts: Partial<QuotaSample> = {}): QuotaSample => ({ atMilliseconds, raises, hasCompensation: false, isResyncDue: false, ...parts });
  const raised = sample(1000, ['k', 'other']);
  const ended = { key: 'k', endedAtMilliseconds: 2000 };

  it.each<[string, object, QuotaSample[], { key: string; endedAtMilliseconds?: number }]>([
    ['running', {}, [raised], { key: 'k' }],
    ['unknown', {}, [], ended],
    ['unknown', {}, [sample(1000, ['other'])], ended],
    ['waiting', { forMilliseconds: 8000 }, [raised], ended],
    ['waiting', { forMilliseconds: 8000 }, [raised, sample(2500, [], { isResyncDue: true })], ended],
    ['returned', { afterMilliseconds: 1500 }, [raised, sample(2500, ['other'], { isResyncDue: true }), sample(3500, ['other'], { hardCpuMilli: 1n })], ended],
    ['returned', { afterMilliseconds: 500 }, [raised, sample(2500, []), sample(3000, ['new'], { isResyncDue: true, hardCpuMilli: 2n, usedCpuMilli: 2n })], ended],
    ['returned', { afterMilliseconds: 0 }, [raised, sample(1900, [])], ended],
    ['overUsed', { forMilliseconds: 7500 }, [raised, sample(2500, [], { hardCpuMilli: 1n, usedCpuMilli: 2n })], ended],
    ['overUsed', { forMilliseconds: 7500 }, [raised, sample(2500, [], { hardMemoryBytes: 1n, usedMemoryBytes: 2n })], ended],
  ])('is %s %j', (code, params, samples, question) => {
    expect(quotaReturn(samples, question, 10_000)).toEqual({ code, params });
  });
});
