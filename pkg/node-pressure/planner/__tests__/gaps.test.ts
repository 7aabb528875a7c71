/** @jest-environment node */
import { DESIGN_SETTINGS, GI, report, RKE2_DEFAULTS, summary, unreadReport, node } from './fixtures';

const PROTECTED = { ...DESIGN_SETTINGS, evictionMaxPodGracePeriod: 120 };
/** The system uses 2 GiB, which is what is reserved. */
const CALM = summary([50, 14], [48, 8]);
const codes = (settings: Record<string, unknown>, measured = CALM) => report(settings, measured).gaps.map(({ code }) => code);

describe('the gaps of a node', () => {
  it('are none where everything is there', () => {
    expect(codes(PROTECTED)).toStrictEqual([]);
  });

  it('are none of a kubelet that was not read, and none of a witness', () => {
    expect(unreadReport().gaps).toStrictEqual([]);
    expect(report(RKE2_DEFAULTS, CALM, { node: node({ labels: { 'node-role.harvesterhci.io/witness': '' } }) }).gaps).toStrictEqual([]);
  });

  it('begin with the soft tier', () => {
    expect(codes({ ...PROTECTED, evictionSoft: {} })).toStrictEqual(['softMissing']);
    expect(codes({ ...PROTECTED, evictionMaxPodGracePeriod: 0 })).toStrictEqual(['podGraceMissing']);
    // Without a hard threshold that is another state
    expect(codes({ ...PROTECTED, evictionSoft: {}, evictionHard: RKE2_DEFAULTS.evictionHard })).toStrictEqual([]);
  });

  it.each([
    [{ 'memory.available': '6Gi', 'nodefs.available': '5%' }, 'imagefs.available'],
    [{ 'memory.available': '6Gi', 'nodefs.available': '0%' }, 'nodefs.available, imagefs.available'],
  ])('name the disks that nobody watches: %j', (evictionHard, signals) => {
    expect(report({ ...PROTECTED, evictionHard }, CALM).gaps).toStrictEqual([{ code: 'diskUnwatched', params: { signals } }]);
  });

  it('say nothing of the disks where no kubelet could run with the configuration', () => {
    expect(codes({ ...PROTECTED, evictionHard: { 'memory.available': 'nonsense' } })).toStrictEqual([]);
  });

  it('compare what is reserved with what the system uses', () => {
    expect(report({ ...PROTECTED, systemReserved: { cpu: '400m' } }, CALM).gaps).toStrictEqual([{ code: 'nothingReserved', params: { usedBytes: 2 * GI } }]);
    expect(report(PROTECTED, summary([50, 14], [47, 9])).gaps).toStrictEqual([{ code: 'reservedTooLittle', params: { usedBytes: 3 * GI, reservedBytes: 2 * GI, shortBytes: GI } }]);
    expect(codes(PROTECTED, summary([50, 14]))).toStrictEqual([]);
    expect(report({ ...PROTECTED, systemReserved: {} }, summary([50, 14])).gaps).toStrictEqual([{ code: 'nothingReserved', params: { usedBytes: undefined } }]);
    expect(codes({ ...PROTECTED, systemReserved: { memory: 'nonsense' } })).toStrictEqual([]);
  });
});
