import { KubeletError } from '../../errors';
import { parseDocument } from '../yaml';

/** What sigs.k8s.io/yaml 1.6.0, which the kubelet reads its files with, makes of a plain scalar. */
describe('parseDocument', () => {
  it.each<[string, unknown]>([
    ['0', 0n], ['-0', 0n], ['+7', 7n], ['1_000', 1000n], ['0x1F', 31n], ['0o17', 15n], ['017', 15n], ['0b11', 3n], ['-0x10', -16n],
    ['9223372036854775807', 2n ** 63n - 1n], ['-9223372036854775808', -(2n ** 63n)], ['18446744073709551615', 2n ** 64n - 1n],
    ['1.5', 1.5], ['.5', 0.5], ['1e2', 100n], ['100.0', 100n], ['08', 8n], ['1_0.5', 10.5], ['18446744073709551616', 18446744073709551616n], ['-9223372036854775809', -9223372036854775808n],
    ['+9223372036854775808', 9223372036854775808n], ['1e21', 1e21],
    ['_1', '_1'], ['_1.5', '_1.5'], ['1e999', '1e999'], ['0x', '0x'], ['10%', '10%'], ['100Mi', '100Mi'], ['5m', '5m'], ['2001-01-01', '2001-01-01'],
    ['yes', true], ['Y', true], ['on', true], ['True', true], ['no', false], ['n', false], ['OFF', false], ['"yes"', 'yes'], ['tRUE', 'tRUE'],
    ['', null], ['~', null], ['null', null], ['NULL', null], ['nuLL', 'nuLL'],
  ])('reads %s', (text, expected) => {
    expect(parseDocument(`value: ${ text }`, 'lastWins')).toEqual({ value: expected });
  });

  it.each(['.inf', '-.Inf', '+.INF', '.NaN'])('refuses %s, which JSON does not have', (text) => {
    expect(() => parseDocument(`value: ${ text }`, 'lastWins')).toThrow(KubeletError);
  });

  it('minds explicit types', () => {
    expect(parseDocument('a: !!str 5\nb: !!float 5', 'lastWins')).toEqual({ a: '5', b: 5n });
    expect(() => parseDocument('a: !!bool', 'lastWins')).toThrow(KubeletError);
  });

  it('turns keys into texts', () => {
    expect(parseDocument('1: a\nyes: b\n2.5: c\nx: d', 'lastWins')).toEqual({ 1: 'a', true: 'b', 2.5: 'c', x: 'd' });
  });

  it('follows references and merges', () => {
    expect(parseDocument('a: &a {x: 1, z: 2}\nb: *a\nc: {<<: *a, z: 3}', 'lastWins')).toEqual({ a: { x: 1n, z: 2n }, b: { x: 1n, z: 2n }, c: { x: 1n, z: 3n } });
  });

  it('breaks lines where YAML 1.1 does', () => {
    expect(parseDocument('a: 1\u0085b: 2\u2028c: 3\u2029d: 4', 'lastWins')).toEqual({ a: 1n, b: 2n, c: 3n, d: 4n });
    expect(parseDocument('{"a": "\u0085"}', 'lastWins')).toEqual({ a: '\u0085' });
  });

  it('takes the first document', () => {
    expect(parseDocument('a: 1\n---\na: 2', 'lastWins')).toEqual({ a: 1n });
    expect(parseDocument('', 'lastWins')).toBeNull();
  });

  it('lets the last of equal keys win or refuses them', () => {
    expect(parseDocument('a: 1\na: 2', 'lastWins')).toEqual({ a: 2n });
    expect(() => parseDocument('a: 1\na: 2', 'refused')).toThrow('error converting YAML to JSON: duplicated mapping key');
  });

  it('keeps a key that objects have of themselves', () => {
    expect(Object.entries(parseDocument('__proto__: {a: b}', 'lastWins') as object)).toEqual([['__proto__', { a: 'b' }]]);
  });

  it('reads what starts with a brace as JSON, in which whole numbers may be no integers', () => {
    expect(parseDocument(' {"a": 1, "b": 1.0, "c": 1e2, "d": [true, false, null, "yes"], "e": -5}', 'lastWins')).toEqual({ a: 1n, b: 1, c: 100, d: [true, false, null, 'yes'], e: -5n });
    expect(() => parseDocument('{a: 1}', 'lastWins')).toThrow(KubeletError);
    expect(() => parseDocument('{"a": 1} x', 'lastWins')).toThrow(KubeletError);
  });

  it('refuses a text that grows without end', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `${ String.fromCharCode(98 + level) }: &${ String.fromCharCode(98 + level) } [${ Array(10).fill(`*${ String.fromCharCode(97 + level) }`).join() }]`);

    expect(() => parseDocument(`a: &a [x]\n${ levels.join('\n') }`, 'lastWins')).toThrow(new KubeletError('error converting YAML to JSON: document contains excessive aliasing'));
    expect(() => parseDocument(`a: ${ '['.repeat(100_000) }`, 'lastWins')).toThrow(KubeletError);
  });
});
