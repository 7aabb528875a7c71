import { isLabelKey, isLabelValue, labelFindings, selectorFindings } from '../labels';

const LONG = 'a'.repeat(63);
/** 253 characters. */
const DNS = [LONG, LONG, LONG, 'a'.repeat(61)].join('.');

// As the tests of k8s.io/apimachinery/pkg/util/validation have them
it.each([
  ['simple', true], ['now-with-dashes', true], ['1-starts-with-num', true], ['1234', true], ['Uppercase_Is.OK-123', true], ['a', true], [LONG, true], [`${ LONG }a`, false],
  ['simple/simple', true], ['now-with-dashes/simple', true], ['1.2.3.4/5678', true], [`${ DNS }/${ LONG }`, true], [`${ DNS }a/b`, false],
  ['', false], ['/simple', false], ['simple/', false], ['a/b/c', false], ['-a', false], ['a-', false], ['a..', false], ['nospecialchars%^=@', false], ['Upper/a', false], ['a./b', false], ['a..b/c', false], ['-a/b', false], ['ä', false], ['__proto__', false],
])('tells whether “%s” can be a key', (key, isAllowed) => {
  expect(isLabelKey(key)).toBe(isAllowed);
});

it.each([
  ['', true], ['East_1.a-b', true], [LONG, true], [`${ LONG }a`, false], ['-a', false], ['a.', false], ['a b', false], ['a/b', false], ['a\n', false],
])('tells whether “%s” can be a value', (value, isAllowed) => {
  expect(isLabelValue(value)).toBe(isAllowed);
});

it('names the labels that no node can have, of many the first', () => {
  expect(labelFindings({ zone: 'east', 'a b': 'x y' })).toStrictEqual([
    { code: 'labelKey', severity: 'blocks', params: { names: 'a b=x y', more: 0 } }, { code: 'labelValue', severity: 'blocks', params: { names: 'a b=x y', more: 0 } },
  ]);
  expect(labelFindings(Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`k${ index }`, '%'])))).toMatchObject([{ code: 'labelValue', params: { more: 2 } }]);
  expect(labelFindings({ zone: '' })).toStrictEqual([]);
});

it('asks for labels', () => {
  expect(selectorFindings({})).toStrictEqual([{ code: 'selectorEmpty', severity: 'blocks', params: {} }]);
  expect(selectorFindings({ '': 'a' }).map(({ code }) => code)).toStrictEqual(['labelKey']);
});
