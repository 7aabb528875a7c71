import { EVENT_LISTS, nodeEventsPlan } from '../events';

const selectorOf = (url: string): string | null => new URL(url, 'https://h').searchParams.get('fieldSelector');

it.each([
  ['node', 'involvedObject.kind=Node,involvedObject.name=node-1'],
  ['podWarnings', 'involvedObject.kind=Pod,source=kubelet,type=Warning'],
  ['resizes', 'involvedObject.kind=Pod,source=kubelet,reason=ResizeCompleted'],
] as const)('the list %s selects at the server', (list, expected) => {
  const { url, verb } = nodeEventsPlan('c-m-1', 'node-1', list);

  expect(url).toMatch(/^\/k8s\/clusters\/c-m-1\/api\/v1\/events\?limit=500&/);
  expect([selectorOf(url), verb]).toStrictEqual([expected, 'list events']);
});

it('leaves other nodes’ events out', () => {
  const items = [
    { reason: 'Evicted', source: { host: 'node-1' } }, { reason: 'Evicted', reportingInstance: 'node-1' }, { reason: 'Evicted', source: { host: 'node-2' } }, { reason: 'Evicted' },
  ];

  expect(EVENT_LISTS.map((list) => nodeEventsPlan('c', 'node-1', list).parse({ items }).events.length)).toStrictEqual([4, 2, 2]);
});

it('says when there are more than were asked for', () => {
  const { parse } = nodeEventsPlan('c', 'n', 'node');

  expect([parse({ items: [], metadata: { continue: 'x' } }), parse({ items: [], metadata: { continue: '' } }), parse({ items: [], metadata: {} }), parse({ items: [] })].map(({ isCut }) => isCut)).toStrictEqual([true, false, false, false]);
});

it('keeps what is of the right kind', () => {
  const whole = {
    reason: 'Evicted', message: 'm', count: 2, firstTimestamp: 'a', lastTimestamp: 'b', eventTime: 'c', series: { count: 3, lastObservedTime: 'd' },
    metadata: { creationTimestamp: 'e' }, involvedObject: { kind: 'Pod', namespace: 'prod', name: 'db' },
  };
  const wrong = { reason: 1, message: {}, count: 'x', firstTimestamp: null, series: { count: NaN }, metadata: 'm', involvedObject: 7 };

  expect(nodeEventsPlan('c', 'n', 'node').parse({ items: [whole, wrong, null] }).events).toEqual([whole, { metadata: {}, involvedObject: {}, series: {} }]);
});

it.each([[{}], [null], [{ items: 'x' }]])('%j is no list', (body) => {
  expect(() => nodeEventsPlan('c', 'n', 'node').parse(body)).toThrow('list of events');
});
