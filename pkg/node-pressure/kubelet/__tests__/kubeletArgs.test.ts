/** @jest-environment node */
import fc from 'fast-check';
import { KubeletError } from '../errors';
import { expandKubeletArgs, formatKubeletArgs, readKubeletArgs } from '../kubeletArgs';

fc.configureGlobal({ seed: 20261 });

const commandLine = (entries: string[], defaults?: Record<string, string>): string[] => expandKubeletArgs(entries, defaults).map(({ name, value }) => `${ name }=${ value }`);

/** RKE2 1.31's own arguments. */
const DEFAULTS = { 'eviction-hard': 'imagefs.available<5%,nodefs.available<5%', 'fail-swap-on': 'false' };

describe('expandKubeletArgs', () => {
  it.each([
    ['keeps defaults that no entry names', ['max-pods=200'], DEFAULTS, ['eviction-hard=imagefs.available<5%,nodefs.available<5%', 'fail-swap-on=false', 'max-pods=200']],
    ['replaces a default', ['eviction-hard=memory.available<1Gi'], { 'eviction-hard': 'x<1' }, ['eviction-hard=memory.available<1Gi']],
    ['adds behind a default with +=', ['eviction-hard+=memory.available<1Gi'], { 'eviction-hard': 'x<1' }, ['eviction-hard=x<1', 'eviction-hard=memory.available<1Gi']],
    ['adds before a default with -=', ['eviction-hard-=memory.available<1Gi'], { 'eviction-hard': 'x<1' }, ['eviction-hard=memory.available<1Gi', 'eviction-hard=x<1']],
    ['keeps repeated entries in order, sorted by name', ['z=1', 'a=1', 'z=2', 'z-=0'], {}, ['a=1', 'z=0', 'z=1', 'z=2']],
    ['drops a default at the first entry, whatever comes later', ['a=1', 'a+=2'], { a: '0' }, ['a=1', 'a=2']],
    ['takes a name alone for true, and leading dashes away', ['--fail-swap-on', '----x=1'], {}, ['x=1', 'fail-swap-on=true']],
    ['turns _ into - only after sorting', ['eviction_hard=b<1', 'eviction-hard=a<1'], {}, ['eviction-hard=a<1', 'eviction-hard=b<1']],
    ['splits at the first =', ['node-labels=a=b,c=d'], {}, ['node-labels=a=b,c=d']],
  ])('%s', (_rule, entries, defaults, expected) => {
    expect(commandLine(entries, defaults)).toStrictEqual(expected);
  });
});

describe('readKubeletArgs', () => {
  it('reads what Harvester and this page write', () => {
    const args = readKubeletArgs([
      'max-pods=200', 'system-reserved=cpu=480m', 'kube-reserved=cpu=576m', 'eviction-hard=imagefs.available<5%,memory.available<6Gi,nodefs.available<5%', 'eviction-minimum-reclaim=memory.available=4Gi', 'system-reserved=memory=2Gi',
      'eviction-soft=memory.available<8Gi', 'eviction-soft-grace-period=memory.available=1m30s', 'eviction-max-pod-grace-period=120', 'eviction-pressure-transition-period=5m',
    ]);

    expect(JSON.parse(JSON.stringify(args.maps))).toStrictEqual({
      'eviction-hard': { 'imagefs.available': '5%', 'memory.available': '6Gi', 'nodefs.available': '5%' }, 'eviction-minimum-reclaim': { 'memory.available': '4Gi' }, 'eviction-soft': { 'memory.available': '8Gi' },
      'eviction-soft-grace-period': { 'memory.available': '1m30s' }, 'kube-reserved': { cpu: '576m' }, 'system-reserved': { cpu: '480m', memory: '2Gi' },
    });
    expect([args.evictionMaxPodGracePeriod, args.evictionPressureTransitionPeriod, args.others]).toStrictEqual([120, 300_000_000_000n, [{ name: 'max-pods', value: '200' }]]);
  });

  it('tells what is not given from what is given empty', () => {
    const args = readKubeletArgs(['eviction-hard=']);

    expect(Object.keys(args.maps)).toStrictEqual(['eviction-hard']);
    expect('evictionMaxPodGracePeriod' in args || 'evictionPressureTransitionPeriod' in args).toBe(false);
  });

  it('uses RKE2’s own arguments', () => {
    expect(readKubeletArgs(['eviction-hard+=memory.available<1Gi'], DEFAULTS).maps['eviction-hard']).toMatchObject({ 'memory.available': '1Gi', 'nodefs.available': '5%' });
  });

  it.each([
    ['eviction-hard=memory.available=1Gi', 'invalid argument "memory.available=1Gi" for "--eviction-hard" flag: malformed pair, expect string<string'],
    ['eviction_max_pod_grace_period=2m', 'invalid argument "2m" for "--eviction-max-pod-grace-period" flag: strconv.ParseInt: parsing "2m": invalid syntax'],
    ['eviction-pressure-transition-period=5', 'invalid argument "5" for "--eviction-pressure-transition-period" flag: time: missing unit in duration "5"'],
  ])('refuses %s as the kubelet does', (entry, message) => {
    expect(() => readKubeletArgs([entry])).toThrow(new KubeletError(message));
  });
});

describe('formatKubeletArgs', () => {
  it('is sorted, one entry for a map', () => {
    expect(formatKubeletArgs(readKubeletArgs([
      'v=2', 'system-reserved=memory=2Gi', 'system_reserved=cpu=1', 'eviction-pressure-transition-period=90s', 'eviction-hard=nodefs.available<5%,memory.available<1Gi', 'eviction-max-pod-grace-period=0x78', 'b=2', 'b=1',
    ]))).toStrictEqual([
      'b=2', 'b=1', 'eviction-hard=memory.available<1Gi,nodefs.available<5%', 'eviction-max-pod-grace-period=120', 'eviction-pressure-transition-period=1m30s', 'system-reserved=cpu=1,memory=2Gi', 'v=2',
    ]);
  });

  it('is read back as it was, and changes no more', () => {
    const name = fc.constantFrom('eviction-hard', 'eviction_soft', 'system-reserved', 'kube-reserved', 'eviction-max-pod-grace-period', 'eviction-pressure-transition-period', 'max-pods', 'v');
    const value = fc.oneof(fc.constantFrom('a<1', 'a=1', 'memory=2Gi,cpu=1', '', '5m', '120', '<', '='), fc.string({ unit: 'binary' }));
    const entry = fc.tuple(name, fc.constantFrom('=', '+=', '-='), value).map((parts) => parts.join(''));

    fc.assert(fc.property(fc.array(entry), (entries) => {
      try {
        const text = formatKubeletArgs(readKubeletArgs(entries));

        expect(formatKubeletArgs(readKubeletArgs(text))).toStrictEqual(text);
      } catch (error) {
        expect(error).toBeInstanceOf(KubeletError);
      }
    }), { numRuns: 1000 });
  });
});
