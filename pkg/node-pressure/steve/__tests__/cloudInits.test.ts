import { POLICY_LABEL } from '../../planner/settings/policy';
import { cloudInitPlan, cloudInitsIn, cloudInitsPlan, isCloudInit, isObjectName } from '../cloudInits';

const ours = { metadata: { name: 'memory', resourceVersion: '1', labels: { [POLICY_LABEL]: 'true' } }, spec: { matchSelector: { a: 'b' }, filename: 'a.yaml', contents: 'stages: {}' } };
const theirs = { metadata: { name: 'ntp', resourceVersion: '2' }, spec: { matchSelector: {}, filename: 'b.yaml', contents: '' } };

it('tells policies from other people’s objects', () => {
  const { url, verb, parse } = cloudInitsPlan('c-1');

  expect({ url, verb }).toStrictEqual({ url: '/k8s/clusters/c-1/apis/node.harvesterhci.io/v1beta1/cloudinits', verb: 'list cloudinits.node.harvesterhci.io' });
  expect(parse({ items: [ours, theirs, null, { metadata: {} }] })).toStrictEqual({
    policies: [{ object: ours, policy: { name: 'memory', matchSelector: { a: 'b' }, paused: false, contents: { kind: 'foreign' }, history: [] } }],
    others:   [theirs],
  });
});

it('leaves out what is being deleted', () => {
  expect(cloudInitsIn([{ ...ours, metadata: { ...ours.metadata, deletionTimestamp: '2026-08-01T10:00:00Z' } }, theirs, null])).toStrictEqual([theirs]);
});

it.each([[{}], [null], [{ items: {} }]])('is no list in %j', (body) => {
  expect(() => cloudInitsPlan('c').parse(body)).toThrow(/list of cloudinits/);
});

it('reads one', () => {
  const { url, verb, parse } = cloudInitPlan('c/1', '../x?');

  expect({ url, verb }).toStrictEqual({ url: '/k8s/clusters/c%2F1/apis/node.harvesterhci.io/v1beta1/cloudinits/..%2Fx%3F', verb: 'get cloudinits.node.harvesterhci.io' });
  expect(parse(ours)).toBe(ours);
  expect(() => parse({})).toThrow('body is not a CloudInit');
});

it.each([
  { ...ours, metadata: 'x' }, { ...ours, spec: [] }, { ...ours, metadata: { ...ours.metadata, name: '..' } }, { ...ours, metadata: { name: 'memory' } },
  { ...ours, metadata: { name: 'memory', resourceVersion: '' } }, { ...ours, spec: { ...ours.spec, matchSelector: { a: 1 } } }, { ...ours, spec: { ...ours.spec, matchSelector: null } },
  { ...ours, spec: { ...ours.spec, contents: 1 } }, { ...ours, spec: { ...ours.spec, filename: {} } }, { ...ours, metadata: { resourceVersion: '1' } },
])('is no CloudInit: %j', (value) => {
  expect(isCloudInit(value)).toBe(false);
});

it('knows which names Kubernetes gives', () => {
  expect(['a', 'a-b.c1', '0', 'x'.repeat(253)].filter((name) => !isObjectName(name))).toStrictEqual([]);
  expect(['', '.', '..', 'a.', '-a', 'a..b', 'A', 'a/b', 'a\n', 'ä', 'x'.repeat(254)].filter(isObjectName)).toStrictEqual([]);
});
