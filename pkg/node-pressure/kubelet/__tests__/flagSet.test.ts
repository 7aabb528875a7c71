/** @jest-environment node */
import fc from 'fast-check';
import { KubeletError } from '../errors';
import { MapFlag } from '../flags';
import { BoolFlag, DurationFlag, Int32Flag, StringFlag, StringSliceFlag } from '../flagsScalar';
import { FlagSet } from '../flagSet';

fc.configureGlobal({ seed: 20261 });

function flagSet() {
  const values = {
    number: new Int32Flag(5), swap: new BoolFlag(true), wait: new DurationFlag(0n), config: new StringFlag(''), enforce: new StringSliceFlag(['pods']), hard: new MapFlag('<', null), verbose: new Int32Flag(0), quiet: new BoolFlag(false),
  };
  const flags = new FlagSet([
    { name: 'max-pods', value: values.number }, { name: 'fail-swap-on', value: values.swap }, { name: 'wait', value: values.wait }, { name: 'config', value: values.config }, { name: 'enforce-node-allocatable', value: values.enforce },
    { name: 'eviction-hard', value: values.hard }, { name: 'v', shorthand: 'v', value: values.verbose }, { name: 'quiet', shorthand: 'q', value: values.quiet },
  ]);

  return { ...values, flags };
}

const textAfter = (name: string, ...args: string[]): string => {
  const { flags } = flagSet();

  flags.parse(args);

  return String(flags.lookup(name)?.value);
};

/** What a kubelet's command line does, observed with pflag 1.0.9. */
describe('FlagSet', () => {
  it.each([
    ['max-pods', ['--max-pods=0x10'], '16'], ['max-pods', ['--max-pods', '-7'], '-7'], ['max-pods', ['--max_pods=1', '--max-pods=2'], '2'], ['max-pods', [], '5'],
    ['fail-swap-on', ['--fail-swap-on=false'], 'false'], ['fail-swap-on', ['--fail-swap-on=T'], 'true'], ['fail-swap-on', ['--fail-swap-on', 'false'], 'true'], ['fail-swap-on', ['--', '--fail-swap-on=false'], 'true'],
    ['wait', ['--wait=90s'], '1m30s'], ['config', ['--config=a=b'], 'a=b'], ['config', ['--config='], ''], ['config', ['--config', '--wait'], '--wait'],
    ['enforce-node-allocatable', [], '[pods]'], ['enforce-node-allocatable', ['--enforce-node-allocatable='], '[]'], ['enforce-node-allocatable', ['--enforce-node-allocatable=a', '--enforce-node-allocatable=b, c'], '[a,b," c"]'],
    ['eviction-hard', ['--eviction-hard=b<1', '--eviction_hard=a<2'], 'a<2,b<1'],
    ['v', ['-v5'], '5'], ['v', ['-v=5'], '5'], ['v', ['-v', '5'], '5'], ['v', ['-qv5'], '5'], ['quiet', ['-q'], 'true'], ['quiet', ['-q', '-test.v'], 'true'], ['quiet', ['-q=f'], 'false'],
  ])('%s after %j is %j', (name, args, text) => {
    expect(textAfter(name, ...args)).toBe(text);
  });

  it('returns what belongs to no flag', () => {
    expect(flagSet().flags.parse(['a', '-', '', '--quiet', 'b', '--', '--c', 'd'])).toStrictEqual(['a', '-', '', 'b', '--c', 'd']);
  });

  it.each([
    [['--no_such=1'], 'unknown flag: --no_such'], [['--help'], 'pflag: help requested'], [['-h'], 'pflag: help requested'], [['--=x'], 'bad flag syntax: --=x'], [['---x'], 'bad flag syntax: ---x'],
    [['--max_pods'], 'flag needs an argument: --max_pods'], [['-v'], "flag needs an argument: 'v' in -v"], [['-qv'], "flag needs an argument: 'v' in -v"],
    [['-x'], "unknown shorthand flag: 'x' in -x"], [['-qxy'], "unknown shorthand flag: 'x' in -xy"], [['-é'], "unknown shorthand flag: 'Ã' in -é"], [['-"'], "unknown shorthand flag: '\"' in -\""], [["-'"], "unknown shorthand flag: '\\'' in -'"],
    [['-\n'], "unknown shorthand flag: '\\n' in -\n"], [['-q='], "unknown shorthand flag: '=' in -="],
    [['--max_pods=x'], 'invalid argument "x" for "--max-pods" flag: strconv.ParseInt: parsing "x": invalid syntax'],
    [['-vx'], 'invalid argument "x" for "-v, --v" flag: strconv.ParseInt: parsing "x": invalid syntax'],
    [['--fail-swap-on=yes'], 'invalid argument "yes" for "--fail-swap-on" flag: strconv.ParseBool: parsing "yes": invalid syntax'],
    [['--wait=1d'], 'invalid argument "1d" for "--wait" flag: time: unknown unit "d" in duration "1d"'],
    [['--eviction-hard=a\n'], 'invalid argument "a\\n" for "--eviction-hard" flag: malformed pair, expect string<string'],
    [['--enforce-node-allocatable=a"'], 'invalid argument "a\\"" for "--enforce-node-allocatable" flag: parse error on line 1, column 2: bare " in non-quoted-field'],
  ])('refuses %j', (args, message) => {
    expect(() => flagSet().flags.parse(args)).toThrow(new KubeletError(message));
  });

  it('throws nothing but a KubeletError, whatever the arguments', () => {
    const argument = fc.oneof(fc.string({ unit: 'binary' }), fc.tuple(fc.constantFrom('-', '--', '-q', '-v', '--max-pods=', '--wait=', '--enforce-node-allocatable='), fc.string({ unit: 'binary' })).map((parts) => parts.join('')));

    fc.assert(fc.property(fc.array(argument), (args) => {
      try {
        return flagSet().flags.parse(args).length <= args.length;
      } catch (error) {
        return error instanceof KubeletError;
      }
    }), { numRuns: 1000 });
  });
});
