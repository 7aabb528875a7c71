/** @jest-environment node */
import fc from 'fast-check';
import { KubeletError } from '../../../kubelet/errors';
import { compensationFor } from '../compensation';
import { migrationDelta } from '../delta';
import { memoryOverhead } from '../memoryOverhead';
import { namespaceLimits } from '../namespaceLimits';
import type { Namespace, ResourceQuota } from '../objects';
import { migratingRaises, totalRaise } from '../raises';
import { resync } from '../resync';
import { startCheck } from '../startCheck';
import { MI, namespaceWith, question, quotaWith, RAISED, RATIO, vmiWith, vmWith } from './builders';

fc.configureGlobal({ seed: 20268 });

const MIGRATING = 'harvesterhci.io/migratingUID-';

const size = fc.bigInt({ min: 0n, max: 1n << 45n });
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constantFrom('', 'null', '1Gi', '500m', '{}', '{"limit":{"limitsCpu":"1"}}', 'true', '{"limits.memory":"1Gi"}'));
const anyMap = fc.dictionary(fc.constantFrom('limits.cpu', 'limits.memory', 'cpu', 'memory', 'x', '__proto__'), anyText);
const anyAnnotations = fc.dictionary(fc.constantFrom('field.cattle.io/resourceQuota', RAISED, 'harvesterhci.io/migrating-vm1', 'harvesterhci.io/migratingCompensation', 'harvesterhci.io/skipResourceQuotaAutoScaling'), anyText);

/** Whether a computation ends with a value or with the one kind of error that it may. */
function isTyped(compute: () => unknown): boolean {
  try {
    compute();

    return true;
  } catch (error) {
    return error instanceof KubeletError;
  }
}

describe('migration quotas', () => {
  it('throw nothing but a KubeletError, whatever the cluster sends', () => {
    fc.assert(fc.property(anyAnnotations, anyMap, anyMap, anyMap, anyMap, anyText, (annotations, hard, used, limits, requests, value) => {
      const namespace: Namespace = { metadata: { annotations } };
      const quota: ResourceQuota = quotaWith(hard, used, annotations);
      const vmi = vmiWith(limits, requests);
      const parts = { namespace, resourceQuotas: [quota], setting: { value } };

      return [
        () => namespaceLimits(namespace), () => migratingRaises(quota), () => resync(namespace, quota), () => memoryOverhead(vmi, { ratio: value }),
        () => migrationDelta(question({ ...parts, vmi })), () => compensationFor(quota, vmi, parts), () => startCheck({ ...parts, pods: [], vm: vmWith(limits) }),
      ].every(isTyped);
    }), { numRuns: 1000 });
  });

  it('grow by exactly the deltas of the VMs that migrate, in whatever order', () => {
    fc.assert(fc.property(size, fc.array(size, { maxLength: 8 }), (base, memories) => {
      const namespace = namespaceWith({ limitsMemory: String(base + 1n) });
      const deltas = memories.map((memory) => migrationDelta(question({ namespace, vmi: vmiWith({ memory: String(memory + 1n) }), resourceQuotas: [quotaWith({ 'limits.memory': '1' })] }))?.memory?.value() ?? 0n);
      const annotations = deltas.map((delta, index) => [`${ MIGRATING }${ index }`, JSON.stringify({ 'limits.memory': String(delta) })] as const);
      const limit = (entries: typeof annotations): bigint | undefined => resync(namespace, quotaWith({ 'limits.memory': '1' }, {}, Object.fromEntries(entries))).hard.memory?.value();
      const expected = base + 1n + deltas.reduce((sum, delta) => sum + delta, 0n);

      return limit(annotations) === expected && limit([...annotations].reverse()) === expected;
    }));
  });

  it('computed again from what they became, stay', () => {
    fc.assert(fc.property(size, size, anyText, (cpu, memory, raise) => {
      const namespace = namespaceWith({ limitsCpu: String(cpu), limitsMemory: String(memory) });
      const quota = quotaWith({ 'limits.cpu': '1' }, {}, { [RAISED]: raise });
      const once = resync(namespace, quota).hard;
      const hard = Object.fromEntries([['limits.cpu', once.cpu], ['limits.memory', once.memory]].flatMap(([name, value]) => (value ? [[name, value.toString()]] : [])));
      const twice = resync(namespace, { ...quota, spec: { hard } }).hard;

      return twice.cpu?.cmp(once.cpu as NonNullable<typeof once.cpu>) === 0 && twice.memory?.value() === once.memory?.value();
    }));
  });

  it('have room for the need and 128 Mi with a first compensation, and need none after it', () => {
    fc.assert(fc.property(size, size, size, (hard, used, memory) => {
      const vmi = vmiWith({ memory: String(memory + 1n) });
      const before = quotaWith({ 'limits.memory': String(hard + 1n) }, { 'limits.memory': String(used) });
      const compensation = compensationFor(before, vmi, { setting: RATIO })?.value() ?? 0n;
      const after = quotaWith({ 'limits.memory': String(hard + 1n + compensation) }, { 'limits.memory': String(used) });
      const need = memory + 1n + memoryOverhead(vmi, { ratio: '1.5' }).value();

      expect(compensation === 0n || hard + 1n + compensation === used + need + 128n * MI).toBe(true);
      expect(compensationFor(after, vmi, { setting: RATIO })).toBeUndefined();
    }));
  });

  it('that grow never keep a VM from starting that could start', () => {
    fc.assert(fc.property(size, size, size, size, (base, more, used, memory) => {
      const starts = (bytes: bigint): boolean => !startCheck({
        namespace: namespaceWith({ limitsMemory: String(bytes) }), resourceQuotas: [quotaWith({}, { 'limits.memory': String(used) })], pods: [], setting: RATIO, vm: vmWith({ memory: String(memory) }),
      }).insufficient;

      return !starts(base + 1n) || starts(base + 1n + more);
    }));
  });

  it('lose a raise without a trace of it', () => {
    fc.assert(fc.property(size, size, (first, second) => {
      const amount = (value: bigint): string => JSON.stringify({ 'limits.cpu': `${ value }m` });
      const two = quotaWith({}, {}, { [RAISED]: amount(first), [`${ MIGRATING }other`]: amount(second) });
      const one = quotaWith({}, {}, { [RAISED]: amount(first) });

      return totalRaise(two).cpu.milliValue() - totalRaise(one).cpu.milliValue() === second;
    }));
  });

  it('give an overhead that no feature and no vCPU makes smaller', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 512 }), fc.boolean(), size, (cores, gpu, memory) => {
      const overhead = (count: number, gpus: object[]): bigint => memoryOverhead(vmiWith({}, { memory: String(memory) }, { cpu: { cores: count }, devices: { gpus } }), { ratio: '1.5' }).value();

      return overhead(cores, []) <= overhead(cores + 1, gpu ? [{}] : []);
    }));
  });
});
