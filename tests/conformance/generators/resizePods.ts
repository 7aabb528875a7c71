/** Pods before and after what a client sends to their resize subresource. */
import type { Input } from '../protocol';
import type { Random } from './random';
import { maybe, present } from './requests';

export const RESIZE_POLICIES = ['NotRequired', 'NotRequired', 'RestartContainer'];
const ODD_POLICIES = [
  [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }, { resourceName: 'cpu', restartPolicy: 'RestartContainer' }],
  [{ resourceName: 'gpu', restartPolicy: 'NotRequired' }],
  [{ resourceName: '', restartPolicy: 'NotRequired' }],
  [{ resourceName: 'memory', restartPolicy: '' }],
  [{ resourceName: 'memory', restartPolicy: 'Maybe' }],
];
/** Added to a container's requests and limits: resources that cannot be resized, or not be overcommitted. */
const FIXED: readonly [requests: Record<string, string>, limits: Record<string, string>][] = [
  [{ 'ephemeral-storage': '1Gi' }, {}],
  [{ 'ephemeral-storage': '1Gi' }, { 'ephemeral-storage': '2Gi' }],
  [{ 'hugepages-2Mi': '4Mi' }, { 'hugepages-2Mi': '4Mi' }],
  [{ 'hugepages-2Mi': '4Mi' }, { 'hugepages-2Mi': '6Mi' }],
  [{}, { 'hugepages-2Mi': '2Mi' }],
  [{ 'example.com/fpga': '1' }, { 'example.com/fpga': '1' }],
  [{ 'example.com/fpga': '1' }, {}],
];

function policies(random: Random): Input[] | undefined {
  if (random.chance(0.01)) {
    return random.pick(ODD_POLICIES);
  }

  return maybe(random, 0.25, () => ['cpu', 'memory'].filter(() => random.chance(0.7)).map((resourceName) => ({ resourceName, restartPolicy: random.pick(RESIZE_POLICIES) })));
}

type Given = Partial<Record<'requests' | 'limits', Record<string, string>>>;

/** Limits above requests, so that most pods are valid ones. */
function podRequirements(random: Random, isGuaranteed: boolean): Given {
  const [cpu, memory] = [random.int(1, 4), random.int(1, 4)];
  const requests = { cpu: `${ cpu }00m`, memory: `${ memory }Gi` };
  const limits = isGuaranteed ? requests : { cpu: `${ cpu + random.int(0, 2) }00m`, memory: `${ memory + random.int(random.chance(0.1) ? -3 : 0, 2) }Gi` };

  if (isGuaranteed) {
    return { requests, limits: { cpu: `${ cpu / 10 }`, memory: `${ memory * 1024 }Mi` } };
  }

  return random.pick<Given>([{ requests }, { requests, limits }, { limits }, { requests: { cpu: requests.cpu }, limits: { memory: limits.memory } }, { requests: { memory: requests.memory } }, {}]);
}

function withFixed({ requests, limits }: Given, [moreRequests, moreLimits]: readonly [Record<string, string>, Record<string, string>]): Given {
  return { requests: { ...requests, ...moreRequests }, limits: { ...limits, ...moreLimits } };
}

function container(random: Random, name: string, isGuaranteed: boolean): Input {
  const given = podRequirements(random, isGuaranteed);

  return { name, image: 'image', resources: random.chance(0.08) ? withFixed(given, random.pick(FIXED)) : given, resizePolicy: policies(random) };
}

function initContainer(random: Random, name: string, isGuaranteed: boolean): Input {
  return { ...container(random, name, isGuaranteed), ...random.chance(0.5) ? { restartPolicy: 'Always' } : {} };
}

/** Whatever is there stays, and amounts change: the resize that people mean. */
function moved(random: Random, given: Given): Given {
  const move = (list: Record<string, string> | undefined) => list && Object.fromEntries(Object.entries(list).map(([name, text]) => (
    [name, name === 'cpu' || name === 'memory' ? text.replace(/^\d/, (digit) => `${ Math.max(1, Number(digit) + random.pick([0, 0, 1, 2])) }`) : text]
  )));

  return { ...given, requests: move(given.requests), limits: move(given.limits) };
}

/** What a client changes in one container: mostly its resources, now and then what it may not. */
function changed(random: Random, old: Input, isGuaranteed: boolean): Input {
  const next = container(random, String(old.name), isGuaranteed);
  const given = random.chance(0.5) ? moved(random, old.resources as Given) : next.resources as Given;

  return {
    ...old,
    ...random.chance(0.7) ? { resources: random.chance(0.01) ? { ...given, requests: { ...given.requests, memory: '-1Gi' } } : given } : {},
    ...random.chance(0.05) ? { resizePolicy: next.resizePolicy } : {},
    ...random.chance(0.02) ? { name: `not-${ String(old.name) }` } : {},
    ...random.chance(0.05) ? { image: 'other' } : {},
  };
}

function podLevel(random: Random, isGuaranteed: boolean): Input | undefined {
  if (random.chance(0.02)) {
    return {};
  }

  return maybe(random, 0.2, () => {
    const given = podRequirements(random, isGuaranteed);
    const scale = (list: Record<string, string> | undefined) => list && Object.fromEntries(Object.entries(list).map(([name, text]) => [name, text.replace(/^[1-9]/, (digit) => `${ Number(digit) + random.pick([0, 8, 8]) }`)]));
    const scaled = { requests: scale(given.requests), limits: scale(given.limits) };

    return random.chance(0.05) ? withFixed(scaled, random.pick(FIXED.slice(2, 5))) : scaled;
  });
}

function status(random: Random, containers: readonly Input[]): Input {
  return {
    qosClass:          maybe(random, 0.1, () => random.pick(['Burstable', 'Guaranteed', 'BestEffort'])),
    containerStatuses: maybe(random, 0.5, () => containers.map(({ name, resources: given }) => ({
      name, state: random.chance(0.8) ? { running: {} } : { waiting: {} }, ...random.chance(0.9) ? { resources: given } : {},
    }))),
  };
}

function pod(random: Random, spec: Input, podStatus: Input): Input {
  return {
    metadata: { name: 'p', namespace: 'default', resourceVersion: '1', ...random.chance(0.02) ? { annotations: { 'kubernetes.io/config.mirror': 'x' } } : {} },
    spec,
    status:   podStatus,
  };
}

function resized(random: Random, list: readonly Input[], isGuaranteed: boolean): Input[] {
  const kept = random.chance(0.02) ? list.slice(1) : [...list];
  const next = kept.map((each) => (random.chance(0.8) ? changed(random, each, isGuaranteed) : each));

  return random.chance(0.02) ? next.reverse() : next;
}

export function validateQuestion(random: Random): Input {
  const isGuaranteed = random.chance(0.35);
  const containers = Array.from({ length: random.int(1, 3) }, (_, index) => container(random, `c${ index }`, isGuaranteed));
  const initContainers = Array.from({ length: random.pick([0, 0, 1, 2]) }, (_, index) => initContainer(random, `i${ index }`, isGuaranteed));
  const base = { containers, initContainers, nodeName: 'n', restartPolicy: random.pick(['Always', 'Always', 'OnFailure', 'Never']), ...random.chance(0.02) ? { os: { name: random.pick(['linux', 'windows']) } } : {} };
  const old = pod(random, { ...base, resources: podLevel(random, isGuaranteed) }, status(random, containers));
  const staysGuaranteed = random.chance(0.9) ? isGuaranteed : !isGuaranteed;
  const spec = {
    ...base,
    containers:     resized(random, containers, staysGuaranteed),
    initContainers: resized(random, initContainers, staysGuaranteed),
    resources:      random.chance(0.6) ? (old.spec as Input).resources : podLevel(random, staysGuaranteed),
  };
  const allocatable = present({ cpu: maybe(random, 0.95, () => `${ random.int(1, 20) }00m`), memory: maybe(random, 0.95, () => `${ random.int(1, 24) }Gi`) });
  const os = random.pick([{}, { 'kubernetes.io/os': 'linux' }, { 'kubernetes.io/os': 'linux' }, { 'kubernetes.io/os': 'windows' }]);

  return {
    op:     'resize.validate',
    oldPod: old,
    newPod: { ...old, spec },
    node:   maybe(random, 0.7, () => ({ metadata: { name: random.chance(0.95) ? 'n' : 'other', labels: os }, status: { allocatable } })),
  };
}

const ONE = { cpu: '1', memory: '1Gi' };
const TWO = { cpu: '2', memory: '2Gi' };

function plainPod(resources: Input, extra: { container?: Input; spec?: Input; metadata?: Input; status?: Input } = {}): Input {
  return {
    metadata: { name: 'p', namespace: 'default', resourceVersion: '1', ...extra.metadata },
    spec:     { containers: [{ name: 'c', image: 'image', resources, ...extra.container }], nodeName: 'n', ...extra.spec },
    status:   extra.status ?? {},
  };
}

const RUNNING = { containerStatuses: [{ name: 'c', state: { running: {} } }] };
const RESTART = [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }];

/** Each rule by itself. */
export const validateCorners: readonly Input[] = [
  { oldPod: plainPod({ requests: ONE }), newPod: plainPod({ requests: TWO }) },
  { oldPod: plainPod({ requests: ONE, limits: ONE }), newPod: plainPod({ requests: ONE, limits: TWO }) },
  { oldPod: plainPod({ requests: ONE, limits: ONE }), newPod: plainPod({ limits: TWO }) },
  { oldPod: plainPod({ requests: ONE }), newPod: plainPod({ requests: { cpu: '1' } }) },
  { oldPod: plainPod({ requests: ONE, limits: TWO }), newPod: plainPod({ requests: { ...ONE, memory: '3Gi' }, limits: TWO }) },
  { oldPod: plainPod({ requests: ONE }), newPod: plainPod({ requests: ONE }, { container: { resizePolicy: RESTART } }) },
  { oldPod: plainPod({ requests: ONE }, { metadata: { annotations: { 'kubernetes.io/config.mirror': 'x' } } }), newPod: plainPod({ requests: TWO }) },
  { oldPod: plainPod({ requests: ONE }, { status: RUNNING }), newPod: plainPod({ requests: TWO }) },
  { oldPod: plainPod({ requests: ONE }), newPod: plainPod({ requests: TWO }), node: { metadata: { name: 'n' }, status: { allocatable: ONE } } },
  { oldPod: plainPod({}, { spec: { resources: { requests: ONE } } }), newPod: plainPod({}) },
].map((question) => ({ op: 'resize.validate', ...question }));
