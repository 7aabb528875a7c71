import { HEALTHY, pageUnderTest } from './page';
import { memory } from './stage';

const { open, verdict, cells } = pageUnderTest();

describe('what an admin sees first', () => {
  it('is coarse memory of every node from one list', async() => {
    const { urls } = await open(HEALTHY);

    expect(urls).toStrictEqual(['/k8s/clusters/c-1/apis/metrics.k8s.io/v1beta1/nodes']);
    expect(cells().map((row) => row[2])).toStrictEqual(['≈ 19 GiB of 64 GiB', '≈ 49 GiB of 64 GiB']);
  });

  it('is a verdict that does not need to read a kubelet where allocatable tells', async() => {
    await open(HEALTHY);

    expect(verdict()).toBe('node-2 has no hard memory eviction threshold: a fast memory peak there ends in the OOM killer. The kubelets of 2 nodes have not been asked yet.');
  });

  it('is the worst node on top', async() => {
    await open(HEALTHY);

    expect(cells().map((row) => row[1])).toStrictEqual(['node-2 Worker', 'node-1 Worker']);
  });
});

it('announces a verdict when it changes, not with every figure in it', async() => {
  const { scrollTo, answers, pass, wrapper } = await open({ nodes: [{ name: 'node-1' }], answers: { ...HEALTHY.answers, summary: () => memory(57, 7) } });
  const announced = () => wrapper.find('[data-testid="np-verdict"] [role="status"]').text();

  await scrollTo('node-1');
  expect(announced()).toContain('node-1 is past the soft memory threshold');

  Object.assign(answers, { summary: () => memory(40, 24) });
  await pass(15_300);
  expect(announced()).toBe('The node is clear of memory eviction. node-1 is the closest, 18 GiB to go.');

  Object.assign(answers, { summary: () => memory(41, 23) });
  await pass(15_300);
  expect(verdict()).toContain('17 GiB to go');
  expect(announced()).toContain('18 GiB to go');
});

describe('a node that is', () => {
  it.each([
    ['not ready', { ready: 'Unknown' }, 'Not ready NotReady (no contact)'],
    ['under pressure', { pressures: ['MemoryPressure'] }, 'Under pressure Ready, MemoryPressure'],
    ['cordoned', { unschedulable: true }, 'Not asked yet Ready, Cordoned'],
    ['a witness', { labels: { 'node-role.harvesterhci.io/witness': '', 'harvesterhci.io/managed': 'true' }, allocatable: '64Gi' }, 'Witness Ready'],
  ])('%s is shown as that', async(_what, options, state) => {
    await open({ nodes: [options] });

    expect(cells()[0]?.[0]).toBe(state);
  });

  it('not managed by Harvester says so', async() => {
    await open({ nodes: [{ labels: {} }] });

    expect(cells()[0]?.[1]).toBe('node-1 Worker Not managed by Harvester');
  });

  it('named like markup stays text', async() => {
    const name = '<img src=x onerror=alert(1)>';
    const { wrapper } = await open({ nodes: [{ name }] });

    expect(cells()[0]?.[1]).toContain(name);
    expect(wrapper.find('img').exists()).toBe(false);
  });
});

describe('searching', () => {
  it.each([
    ['a name', 'node-2', ['node-2']],
    ['a state in words', 'threshold', ['node-2']],
    ['a role in words', 'worker', ['node-2', 'node-1']],
    ['nothing that is there', 'nowhere', []],
  ])('finds %s', async(_what, words, names) => {
    const { wrapper, pass } = await open(HEALTHY);

    await wrapper.find('input[type="search"]').setValue(words);
    await pass(300);

    expect(cells().map((row) => row[1]?.split(' ')[0])).toStrictEqual(names);
  });
});

describe('node names lead', () => {
  it.each([
    ['harvester' as const, '/harvester/c/c-1/harvesterhci.io.host/node-1'],
    ['explorer' as const, '/c/c-1/explorer/node/node-1'],
  ])('in %s to %s', async(product, href) => {
    const { wrapper } = await open({ product });

    expect(wrapper.find('td a').attributes('href')).toBe(href);
  });
});
