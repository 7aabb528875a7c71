import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import IntlMessageFormat from 'intl-messageformat';
import { NODE_STATES } from '../../planner/nodeState';
import en from '../en-us.yaml';
import zh from '../zh-hans.yaml';

type Texts = { readonly [key: string]: string | Texts };

function flatten(texts: Texts, prefix = ''): Record<string, string> {
  return Object.assign({}, ...Object.entries(texts).map(([key, value]) => (typeof value === 'string' ? { [prefix + key]: value } : flatten(value, `${ prefix }${ key }.`))));
}

const english = flatten(en as Texts);
const chinese = flatten(zh as Texts);

/** The ICU parser's tree, as far as arguments go. */
interface Element {
  readonly type: number;
  readonly value?: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>;
}

/** Element types of intl-messageformat-parser. */
const LITERAL = 0;
const POUND = 7;

function argumentsOf(elements: readonly Element[]): string[] {
  return elements.flatMap(({ type, value, options = {} }) => [
    ...(type === LITERAL || type === POUND || value === undefined ? [] : [value]),
    ...Object.values(options).flatMap((option) => argumentsOf(option.value)),
  ]);
}

/** The Dashboard formats only texts with a brace in them. */
function parameters(text: string, locale: string): string[] {
  return text.includes('{') ? [...new Set(argumentsOf(new IntlMessageFormat(text, locale).getAst() as Element[]))].sort() : [];
}

it('has one root key of its own', () => {
  expect([Object.keys(en), Object.keys(zh)]).toStrictEqual([['nodePressure'], ['nodePressure']]);
});

it('is complete in both languages', () => {
  expect(Object.keys(chinese).sort()).toStrictEqual(Object.keys(english).sort());
});

it.each(Object.keys(english))('%s takes the same values in both languages', (key) => {
  expect(parameters(chinese[key] ?? '', 'zh-hans')).toStrictEqual(parameters(english[key] ?? '', 'en-us'));
});

it.each(Object.keys(english))('%s is translated unless it is a Kubernetes term', (key) => {
  const untranslated = ['nodePressure.readiness.ready', 'nodePressure.readiness.notReady', 'nodePressure.allocatable.known', 'nodePressure.node.amount.bytes'];

  expect(chinese[key] === english[key]).toBe(untranslated.includes(key));
});

it('has no markup, which the Dashboard’s formatter would take apart', () => {
  expect([...Object.entries(english), ...Object.entries(chinese)].filter(([, text]) => /[<>]/.test(text))).toStrictEqual([]);
});

it.each(NODE_STATES)('has a word and a hint for the state %s', (state) => {
  expect(english).toHaveProperty([`nodePressure.state.${ state }`]);
  expect(english).toHaveProperty([`nodePressure.stateHint.${ state }`]);
});

it.each([...NODE_STATES.filter((state) => state !== 'unread'), 'reading'])('has a sentence for the verdict %s', (code) => {
  expect(english).toHaveProperty([`nodePressure.verdict.${ code }`]);
});

describe('the verdict', () => {
  const say = (code: string, params: Record<string, string | number>, texts = english) => new IntlMessageFormat(texts[`nodePressure.verdict.${ code }`] ?? '', 'en').format(params);

  it('names the node when it is one, and counts when they are more', () => {
    expect(say('noThreshold', { count: 1, total: 3, name: 'node-2' })).toBe('node-2 has no memory eviction threshold: a memory peak there ends in the OOM killer.');
    expect(say('noThreshold', { count: 2, total: 3, name: 'node-2' })).toBe('2 of 3 nodes have no memory eviction threshold: a memory peak there ends in the OOM killer.');
    expect(say('noThreshold', { count: 2, total: 3, name: 'node-2' }, chinese)).toBe('3 个节点中有 2 个没有内存驱逐阈值：内存峰值将触发 OOM killer。');
  });

  it('says of how many it speaks', () => {
    expect(say('clear', { count: 3, unread: 0, name: 'a', margin: '9.1 GiB' })).toBe('All 3 nodes are clear of memory eviction. a is the closest, 9.1 GiB to go.');
    expect(say('clear', { count: 3, unread: 7, name: 'a', margin: '9.1 GiB' })).toBe('The 3 nodes asked so far are clear of memory eviction. a is the closest, 9.1 GiB to go.');
    expect(say('clear', { count: 1, unread: 0, name: 'a', margin: '9.1 GiB' }, chinese)).toBe('该节点均未接近内存驱逐。最接近的是 a，还有 9.1 GiB。');
  });
});

/** Keys that the views ask for literally; those made of a code are covered by the tests of the views. */
it('has every text that the views name', () => {
  const root = join(__dirname, '../..');
  const views = ['components', 'pages', 'tabs'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.vue')).map((file) => readFileSync(join(root, folder, file), 'utf8')));
  const keys = views.flatMap((view) => [...view.matchAll(/\bt\('([^']+)'/g)].map(([, key]) => `nodePressure.${ key }`));

  expect(keys.length).toBeGreaterThan(15);
  expect(keys.filter((key) => !(key in english))).toStrictEqual([]);
});
