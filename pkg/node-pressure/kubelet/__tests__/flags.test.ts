/** @jest-environment node */
import fc from 'fast-check';
import { KubeletError } from '../errors';
import { formatMap, MapFlag } from '../flags';

fc.configureGlobal({ seed: 20261 });

const entriesOf = (flag: MapFlag): [string, string][] => Object.entries(flag.value ?? {});

/** Sets the flag and tells what it complained about. */
function errorOf(flag: MapFlag, text: string): string {
  try {
    flag.set(text);
  } catch (error) {
    return (error as KubeletError).message;
  }

  return '';
}

describe('MapFlag', () => {
  it('replaces its initial map at the first occurrence, and adds to it from then on', () => {
    const initial = { 'nodefs.available': '10%' };
    const flag = new MapFlag('<', initial);

    expect(flag.value).toStrictEqual(initial);
    flag.set('memory.available<1Gi');
    flag.set('memory.available<2Gi,pid.available<5%');

    expect(entriesOf(flag)).toStrictEqual([['memory.available', '2Gi'], ['pid.available', '5%']]);
    expect(initial).toStrictEqual({ 'nodefs.available': '10%' });
  });

  it('keeps a nil map only until it occurs', () => {
    const flag = new MapFlag('=', null);

    expect([flag.value, flag.toString()]).toStrictEqual([null, '']);
    flag.set('');
    expect([entriesOf(flag), flag.value === null, flag.toString()]).toStrictEqual([[], false, '']);
  });

  it.each<['<' | '=', string, [string, string][]]>([
    ['<', 'a<b<c', [['a', 'b<c']]], ['<', 'a<=b', [['a', '=b']]], ['=', 'a=b=c', [['a', 'b=c']]], ['<', '<b', [['', 'b']]], ['<', 'a<', [['a', '']]], ['=', ',a=1,,b=2,', [['a', '1'], ['b', '2']]],
    ['=', ' a = 1 ,\u00A0b\u0085=2', [['a', '1'], ['b', '2']]], ['=', 'a=1,a=2', [['a', '2']]], ['=', '__proto__=1,constructor=2', [['__proto__', '1'], ['constructor', '2']]],
  ])('splits at the first %s: %j', (separator, text, entries) => {
    const flag = new MapFlag(separator, null);

    flag.set(text);
    expect(entriesOf(flag)).toStrictEqual(entries);
  });

  it('keeps the pairs before a malformed one', () => {
    const angle = new MapFlag('<', { kept: 'no' });
    const equals = new MapFlag('=', null);

    expect([errorOf(angle, 'a<1,b,c<2'), errorOf(equals, ' ')]).toStrictEqual(['malformed pair, expect string<string', 'malformed pair, expect string=string']);
    expect([entriesOf(angle), entriesOf(equals)]).toStrictEqual([[['a', '1']], []]);
  });

  it('prints its pairs in the order of whole pairs, byte by byte', () => {
    expect(formatMap('<', { b: '1', a: '2', '😀': '3', ﬁ: '4', 'a<': '0' })).toBe('a<2,a<<0,b<1,\uFB01<4,😀<3');
    expect(formatMap('=', null)).toBe('');
  });

  it('reads what it printed, and throws nothing but a KubeletError', () => {
    fc.assert(fc.property(fc.constantFrom<'<' | '='>('<', '='), fc.array(fc.string({ unit: 'binary' })), (separator, texts) => {
      const flag = new MapFlag(separator, null);
      const again = new MapFlag(separator, null);

      texts.forEach((text) => errorOf(flag, text));
      again.set(flag.toString());

      return again.toString() === flag.toString();
    }), { numRuns: 1000 });
  });
});
