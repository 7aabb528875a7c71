import type { Container, Pod, ResourceList, ResourceRequirements } from '../../pod';
import { validatePodResize } from '../validate';

const full: ResourceList = { cpu: '1', memory: '1Gi' };
const twice: ResourceList = { cpu: '2', memory: '2Gi' };

function container(requests?: ResourceList, limits?: ResourceList, extra: Partial<Container> = {}): Container {
  return { name: 'c', resources: { requests, limits }, ...extra };
}

function pod(containers: readonly Container[], spec: Partial<Pod['spec']> = {}, status?: Pod['status'], annotations?: Record<string, string>): Pod {
  return { metadata: { name: 'p', annotations }, spec: { containers, ...spec }, status };
}

function resize(oldPod: Pod, newPod: Pod, minor = 36): string[] {
  return validatePodResize(newPod, oldPod, minor);
}

const burstable = pod([container(full)]);
const REMOVED = 'resource requests cannot be removed';

describe('a resize the API server accepts', () => {
  it('changes cpu and memory within the QoS class', () => {
    expect(resize(burstable, pod([container(twice)]))).toEqual([]);
    expect(resize(pod([container(full, full)]), pod([container(twice, twice)]))).toEqual([]);
    expect(resize(burstable, pod([container(full, twice)]))).toEqual([]);
  });

  it('may concern a pod of containers without any', () => {
    const bare = pod([{ name: 'c' }], { initContainers: [{ name: 'i', resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }] }] });

    expect(resize(bare, bare)).toEqual([]);
    expect(resize(bare, bare, 33)).toEqual([]);
  });

  it('may change nothing, and the rest of the pod is not looked at', () => {
    expect(resize(burstable, burstable)).toEqual([]);
    expect(resize(burstable, pod([container(full)], { priority: 7, nodeName: 'elsewhere' }))).toEqual([]);
  });

  it('may leave out a request that the limit stands for', () => {
    expect(resize(pod([container(full, full)]), pod([container(undefined, full)]))).toEqual([]);
    expect(resize(pod([container({ ...full, memory: '512Mi' }, full)]), pod([container(undefined, full)]))).toEqual(['spec: Invalid value: "": Pod QOS Class may not change as a result of resizing']);
  });
});

describe('pods that cannot be resized at all', () => {
  it('are mirrors and Windows pods, with no other error', () => {
    expect(resize(pod([container(full)], {}, undefined, { 'kubernetes.io/config.mirror': 'x' }), pod([]))).toEqual(['[]: Forbidden: static pods cannot be resized']);
    expect(resize(pod([container(full)], { os: { name: 'windows' } }), burstable)).toEqual(['[]: Forbidden: windows pods cannot be resized']);
    expect(resize(pod([container(full)], { os: { name: 'linux' } }), burstable)).toEqual([]);
  });

  it('are those with pod-level resources, up to 1.35', () => {
    const podLevel = pod([container()], { resources: { requests: full } });
    const off = '[]: Forbidden: resize of pods with pod-level resources is forbidden when InPlacePodLevelResourcesVerticalScalingEnabled feature gate is disabled';

    expect(resize(pod([container(full)]), pod([], { resources: { requests: full } }), 33)).toContain('spec.containers: Forbidden: containers may not be added or removed on resize');
    expect(resize(podLevel, podLevel, 34)).toEqual(['[]: Forbidden: pods with pod-level resources cannot be resized']);
    expect(resize(podLevel, podLevel, 35)).toEqual([off]);
    expect(resize(podLevel, podLevel)).toEqual([]);
  });

  it('run on a node whose kubelet shows no resources', () => {
    const running = (resources?: ResourceRequirements): Pod => pod([container(full)], {}, { containerStatuses: [{ name: 'w', state: { waiting: {} } }, { name: 'c', state: { running: {} }, resources }] });

    expect(resize(running(), burstable)).toEqual(['spec: Forbidden: Pod running on node without support for resize']);
    expect(resize(running({}), burstable)).toEqual([]);
    expect(resize(pod([container(full)], {}, { containerStatuses: [{ name: 'c' }] }), burstable)).toEqual([]);
  });
});

describe('the QoS class', () => {
  it('must stay, and the stated one is printed', () => {
    const change = (status?: Pod['status']): string[] => resize(pod([container(full, full)], {}, status), pod([container(full, twice)]));

    expect(change()).toEqual(['spec: Invalid value: "": Pod QOS Class may not change as a result of resizing']);
    expect(change({ qosClass: 'Guaranteed' })).toEqual(['spec: Invalid value: "Guaranteed": Pod QOS Class may not change as a result of resizing']);
    expect(change({ qosClass: 'Burstable' })).toEqual([]);
  });
});

describe('containers', () => {
  const two = pod([container(full), container(full, undefined, { name: 'd' })], { initContainers: [container(full, undefined, { name: 'i' })] });

  it('may not be added, removed, renamed or reordered', () => {
    expect(resize(two, pod([container(full)]))).toEqual(['spec.containers: Forbidden: containers may not be added or removed on resize', 'spec.initContainers: Forbidden: initContainers may not be added or removed on resize']);
    expect(resize(two, pod([...two.spec.containers].reverse(), { initContainers: [container(full, undefined, { name: 'j' })] }))).toEqual([
      'spec.containers[0].name: Forbidden: containers may not be renamed or reordered on resize',
      'spec.containers[1].name: Forbidden: containers may not be renamed or reordered on resize',
      'spec.initContainers[0].name: Forbidden: initContainers may not be renamed or reordered on resize',
    ]);
  });

  it('may not all go', () => {
    expect(resize(pod([container()]), pod([]))).toEqual(['spec.containers: Required value', 'spec.containers: Forbidden: containers may not be added or removed on resize']);
  });

  it('may lose neither requests nor limits', () => {
    expect(resize(pod([container(full, { ephemeral: '1' })]), pod([container({ cpu: '1' })])).slice(0, 2)).toEqual([`spec.containers[0].resources.requests: Forbidden: ${ REMOVED }`, 'spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed']);
    expect(resize(pod([container(full)]), pod([container({ memory: '1Gi' })]))).toEqual([`spec.containers[0].resources.requests: Forbidden: ${ REMOVED }`]);
  });

  it('may change nothing but cpu and memory', () => {
    const only = ['spec: Forbidden: only cpu and memory resources are mutable'];
    const policy = { resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }] };

    expect(resize(burstable, pod([container({ ...full, 'ephemeral-storage': '1Gi' })]))).toEqual(only);
    expect(resize(burstable, pod([container(full, undefined, policy)]))).toEqual(only);
    expect(resize(pod([container(full, undefined, policy)]), pod([container(twice, undefined, policy)]))).toEqual([]);
    expect(resize(pod([{ name: 'c', resources: { requests: full, claims: [{ name: 'gpu' }] } }]), burstable)).toEqual(only);
  });

  it('took anything into a new list up to 1.34', () => {
    const withPages = pod([container(full, { 'ephemeral-storage': '1Gi' })]);

    expect(resize(burstable, withPages, 34)).toEqual(['spec: Forbidden: only cpu and memory resources are mutable']);
    expect(resize(pod([container(full)]), pod([container({ ...full, 'ephemeral-storage': '1Gi' }, { 'ephemeral-storage': '1Gi' })]), 34)).toEqual(['spec: Forbidden: only cpu and memory resources are mutable']);
    expect(resize(pod([container({ ...full, 'ephemeral-storage': '1Gi' })]), pod([container({ ...full, 'ephemeral-storage': '1Gi' }, { 'ephemeral-storage': '1Gi' })]), 34)).toEqual([]);
    expect(resize(pod([container({ ...full, 'ephemeral-storage': '1Gi' })]), pod([container({ ...full, 'ephemeral-storage': '1Gi' }, { 'ephemeral-storage': '1Gi' })]), 35)).toEqual(['spec: Forbidden: only cpu and memory resources are mutable']);
  });

  it('kept their memory limit in 1.33 unless they restart', () => {
    const limited = (memory: string | undefined, extra: Partial<Container> = {}): Pod => pod([container({ cpu: '1' }, memory ? { memory } : {}, extra)]);
    const restart = { resizePolicy: [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }] };

    expect(resize(limited('2Gi'), limited('1Gi'), 33)).toEqual(['spec.containers[0].resources.limits[memory]: Forbidden: memory limits cannot be decreased unless resizePolicy is RestartContainer']);
    expect(resize(limited(undefined), limited('1Gi'), 33)).toContain('spec.containers[0].resources.limits[memory]: Forbidden: memory limits cannot be added unless resizePolicy is RestartContainer');
    expect(resize(limited('1Gi'), limited('2Gi'), 33)).toEqual([]);
    expect(resize(limited('2Gi', restart), limited('1Gi', restart), 33)).toEqual([]);
    expect(resize(limited('2Gi'), limited('1Gi'), 34)).toEqual([]);
    expect(resize(burstable, pod([container(twice)]), 33)).toEqual([]);
  });
});

describe('init containers', () => {
  const withInit = (requests: ResourceList, extra: Partial<Container> = {}): Pod => pod([container(full)], { initContainers: [container(requests, undefined, { name: 'i', ...extra })] });
  const sidecar = { restartPolicy: 'Always' };
  const restart = { resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }] };

  it('can be resized from 1.36 on, sidecars before', () => {
    expect(resize(withInit(full), withInit(twice))).toEqual([]);
    expect(resize(withInit(full), withInit(twice), 35)).toEqual(['spec: Forbidden: resources for non-sidecar init containers are immutable']);
    expect(resize(withInit(full), withInit(full), 35)).toEqual([]);
    expect(resize(withInit(full, sidecar), withInit(twice, sidecar), 35)).toEqual([]);
  });

  it('may change nothing but cpu and memory', () => {
    const more = { ...full, 'ephemeral-storage': '1Gi' };

    expect(resize(withInit(full), withInit(more))).toEqual(['spec.initContainers[0]: Forbidden: only cpu and memory resources for init or sidecar containers are mutable']);
    expect(resize(withInit(full, sidecar), withInit(more, sidecar), 35)).toEqual(['spec: Forbidden: only cpu and memory resources for sidecar containers are mutable']);
    expect(resize(withInit(full), withInit({ cpu: '1' }))).toEqual([`spec.initContainers[0].resources.requests: Forbidden: ${ REMOVED }`]);
  });

  it('that would restart can only be sidecars', () => {
    const immovable = ['spec.initContainers[0]: Forbidden: non-sidecar init containers with a resize policy of RestartContainer cannot be resized'];

    expect(resize(withInit(full, restart), withInit(twice, restart))).toEqual(immovable);
    expect(resize(withInit(full, restart), withInit(full, restart))).toEqual([]);
    expect(resize(withInit(full, { ...restart, ...sidecar }), withInit(twice, { ...restart, ...sidecar }))).toEqual([]);
    expect(resize(withInit(full), withInit(full, restart))).toEqual([
      'spec.initContainers[0].resizePolicy[0].restartPolicy: Invalid value: "RestartContainer": must not be set to \'RestartContainer\' for non-sidecar initContainers',
      'spec.initContainers[0]: Forbidden: only cpu and memory resources for init or sidecar containers are mutable',
      ...immovable,
    ]);
  });
});

describe('pod-level resources', () => {
  const podLevel = (resources?: ResourceRequirements, containers: readonly Container[] = [container()]): Pod => pod(containers, { resources });

  it('can be resized and given, but not taken away', () => {
    expect(resize(podLevel({ requests: full }), podLevel({ requests: twice }))).toEqual([]);
    expect(resize(pod([container(full)]), podLevel({ requests: twice }, [container(full)]))).toEqual([]);
    expect(resize(podLevel({ requests: full }), podLevel())).toEqual(['spec: Invalid value: "": Pod QOS Class may not change as a result of resizing', 'spec.resources: Forbidden: pod-level resources cannot be removed']);
    expect(resize(podLevel({ requests: full, limits: twice }), podLevel({ requests: { cpu: '1' } }))).toEqual([
      'spec.resources.requests: Forbidden: pod-level resource requests cannot be removed',
      'spec.resources.limits: Forbidden: pod-level resource limits cannot be removed',
    ]);
  });

  it('may change nothing but cpu and memory', () => {
    expect(resize(podLevel({ requests: full }), podLevel({ requests: { ...full, 'hugepages-2Mi': '2Mi' }, limits: { 'hugepages-2Mi': '2Mi' } }))).toEqual(['spec: Forbidden: only cpu and memory resources are mutable at pod-level']);
  });

  it('are a change even when empty', () => {
    expect(resize(pod([container()]), podLevel({}))).toEqual(['spec: Forbidden: only cpu and memory resources are mutable']);
    expect(resize(podLevel({}), podLevel({}))).toEqual([]);
  });

  it('default to the containers\' sum, then to the limit', () => {
    expect(resize(podLevel({ requests: { cpu: '1', memory: '2Gi' }, limits: twice }, [container({ cpu: '1' })]), podLevel({ limits: twice }, [container({ cpu: '1' })]))).toEqual([]);
  });

  it('default to the huge pages of the containers', () => {
    const pages = container({ cpu: '1', 'hugepages-2Mi': '4Mi' }, { 'hugepages-2Mi': '4Mi' });
    const taken = podLevel({ requests: { cpu: '2', memory: '1Gi' }, limits: { memory: '1Gi' } }, [pages]);
    const stated = podLevel({ requests: { cpu: '2', 'hugepages-2Mi': '4Mi' }, limits: { 'hugepages-2Mi': '4Mi' } }, [pages, { name: 'd' }]);

    expect(resize(taken, taken)).toEqual(['spec: Forbidden: only cpu and memory resources are mutable at pod-level']);
    expect(resize(stated, stated)).toEqual([]);
    expect(resize(podLevel({}, [pages]), podLevel({}, [pages]))).toEqual([]);
  });

  it('may just cover the containers', () => {
    const exact = { requests: { ...full, 'hugepages-2Mi': '2Mi' }, limits: { ...full, 'hugepages-2Mi': '2Mi' } };
    const covered = podLevel(exact, [container(exact.requests, exact.limits), { name: 'd' }]);
    const apart = podLevel(exact, [container({ 'ephemeral-storage': '1Gi' }, { 'ephemeral-storage': '1Gi' })]);

    expect(resize(covered, covered)).toEqual([]);
    expect(resize(apart, apart)).toEqual([]);
  });

  it('must cover the containers', () => {
    const pages = (requests: string, limits: string): ResourceRequirements => ({ requests: { cpu: '1', 'hugepages-2Mi': requests }, limits: { 'hugepages-2Mi': limits } });
    const big = container({ ...twice, 'hugepages-2Mi': '4Mi' }, { memory: '4Gi', 'hugepages-2Mi': '4Mi' });
    const errors = resize(podLevel(pages('2Mi', '2Mi'), [big]), podLevel({ ...pages('2Mi', '2Mi'), limits: { memory: '1Gi', 'hugepages-2Mi': '2Mi' } }, [big]));

    expect(errors).toEqual([
      'spec.resources.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi',
      'spec.resources.requests[cpu]: Invalid value: "1": must be greater than or equal to aggregate container requests of 2',
      'spec.resources.requests[hugepages-2Mi]: Invalid value: "2Mi": must be greater than or equal to aggregate container requests of 4Mi',
      'spec.resources.limits[hugepages-2Mi]: Invalid value: "2Mi": must be greater than or equal to aggregate container limits of 4Mi',
      'spec.resources.containers[0][memory].limits: Invalid value: "4Gi": must be less than or equal to pod limits of 1Gi',
      'spec.resources.containers[0][hugepages-2Mi].limits: Invalid value: "4Mi": must be less than or equal to pod limits of 2Mi',
    ].sort((a, b) => errors.indexOf(a) - errors.indexOf(b)));
  });
});

describe('the rules for resources', () => {
  it('want limits that cover requests, and nothing below zero', () => {
    expect(resize(pod([container(full, twice)]), pod([container({ cpu: '3', memory: '1Gi' }, twice)]))).toEqual(['spec.containers[0].resources.requests: Invalid value: "3": must be less than or equal to cpu limit of 2']);
    expect(resize(pod([container(full, { memory: '2Gi' })]), pod([container({ cpu: '-1', memory: '1Gi' }, { memory: '-2Gi' })]))).toEqual([
      'spec.containers[0].resources.limits[memory]: Invalid value: "-2Gi": must be greater than or equal to 0',
      'spec.containers[0].resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0',
      'spec.containers[0].resources.requests: Invalid value: "1Gi": must be less than or equal to memory limit of -2Gi',
    ]);
  });

  it('want huge pages and devices requested as they are limited, and cpu or memory beside pages', () => {
    const pages = pod([container({ 'hugepages-2Mi': '2Mi' }, { 'hugepages-2Mi': '4Mi' })]);
    const device = pod([container({ ...full, 'nvidia.com/gpu': '1' })]);

    expect(resize(pages, pages)).toEqual([
      'spec.containers[0].resources.requests: Invalid value: "2Mi": must be equal to hugepages-2Mi limit of 4Mi',
      'spec.containers[0].resources: Forbidden: HugePages require cpu or memory',
    ]);
    expect(resize(device, device)).toEqual(['spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources']);
  });

  it('want resize policies of one kind per resource, and no restart in a pod that never restarts', () => {
    const policies = (resizePolicy: Container['resizePolicy']): Pod => pod([container(full, undefined, { resizePolicy })], { restartPolicy: 'Never' });
    const odd = policies([{ resourceName: 'cpu', restartPolicy: 'NotRequired' }, { resourceName: 'cpu', restartPolicy: 'Maybe' }, { resourceName: 'gpu', restartPolicy: '' }, { resourceName: '', restartPolicy: 'NotRequired' }]);
    const path = 'spec.containers[0].resizePolicy';

    expect(resize(odd, odd)).toEqual([
      `${ path }[1]: Duplicate value: "cpu"`,
      `${ path }: Unsupported value: "Maybe": supported values: "NotRequired", "RestartContainer"`,
      `${ path }: Invalid value: "Maybe": must be 'NotRequired' when pod \`restartPolicy\` is 'Never'`,
      `${ path }: Unsupported value: "gpu": supported values: "cpu", "memory"`,
      `${ path }: Required value`,
      `${ path }: Invalid value: "": must be 'NotRequired' when pod \`restartPolicy\` is 'Never'`,
      `${ path }: Required value`,
    ]);
    expect(resize(odd, odd, 35)).toContain(`${ path }: Invalid value: "Maybe": must be 'NotRequired' when \`restartPolicy\` is 'Never'`);
  });
});
