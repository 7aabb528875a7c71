import { configzPlan, summaryPlan } from '../kubelet';
import { nodeMetricsPlan, oneNodeMetricsPlan } from '../nodeMetrics';
import { podsOfNodePlan } from '../pods';

describe('configz', () => {
  it('is read through the node proxy, whatever the name contains', () => {
    expect(configzPlan('c-m-1', '../../x?').url).toBe('/k8s/clusters/c-m-1/api/v1/nodes/..%2F..%2Fx%3F/proxy/configz');
  });

  it('is the kubelet’s configuration', () => {
    expect(configzPlan('c', 'n').parse({ kubeletconfig: { evictionHard: { 'memory.available': '6Gi' } } })).toMatchObject({ evictionHard: { 'memory.available': '6Gi' } });
  });

  it.each([[{}], [null], ['kubelet'], [[]]])('is not %j', (body) => {
    expect(() => configzPlan('c', 'n').parse(body)).toThrow();
  });
});

describe('stats/summary', () => {
  const { url, verb, parse } = summaryPlan('c-m-1', 'node-1');

  it('is read through the node proxy', () => {
    expect({ url, verb }).toStrictEqual({ url: '/k8s/clusters/c-m-1/api/v1/nodes/node-1/proxy/stats/summary', verb: 'get nodes/proxy' });
  });

  it('keeps the figures and leaves what is none', () => {
    const memory = { time: 't', availableBytes: 1, workingSetBytes: 2, usageBytes: '3', rssBytes: null };
    const fs = { availableBytes: 4, inodes: 5, surplus: 6 };
    const parsed = parse({
      node: {
        nodeName: 'node-1', memory, fs, runtime: { imageFs: fs }, rlimit: { maxpid: 7, curproc: Infinity }, swap: { swapUsageBytes: 8 }, systemContainers: [{ name: 'pods', memory }, null, 'x', { memory: 5 }],
      },
      pods: [
        { podRef: { name: 'p', namespace: 'ns', uid: 'u' }, containers: [{ name: 'c', startTime: 's', memory, rootfs: fs, logs: fs }], volume: [{ name: 'v', ...fs, pvcRef: { name: 'pvc', namespace: 'ns' } }, { pvcRef: {} }], process_stats: { process_count: 9 } },
        { podRef: 'odd' },
        7,
      ],
    });

    expect(JSON.parse(JSON.stringify(parsed))).toStrictEqual({
      node: {
        nodeName:         'node-1',
        memory:           { time: 't', availableBytes: 1, workingSetBytes: 2 },
        fs:               { availableBytes: 4, inodes: 5 },
        runtime:          { imageFs: { availableBytes: 4, inodes: 5 } },
        rlimit:           { maxpid: 7 },
        swap:             { swapUsageBytes: 8 },
        systemContainers: [{ name: 'pods', memory: { time: 't', availableBytes: 1, workingSetBytes: 2 } }, { name: '' }],
      },
      pods: [
        {
          podRef:        { name: 'p', namespace: 'ns', uid: 'u' },
          containers:    [{ name: 'c', startTime: 's', memory: { time: 't', availableBytes: 1, workingSetBytes: 2 }, rootfs: { availableBytes: 4, inodes: 5 }, logs: { availableBytes: 4, inodes: 5 } }],
          volume:        [{ name: 'v', availableBytes: 4, inodes: 5, pvcRef: { name: 'pvc', namespace: 'ns' } }, { name: '', pvcRef: { name: '', namespace: '' } }],
          process_stats: { process_count: 9 },
        },
        { podRef: { name: '', namespace: '', uid: '' }, containers: [], volume: [] },
      ],
    });
  });

  it('needs nothing but a node', () => {
    expect(JSON.parse(JSON.stringify(parse({ node: {} })))).toStrictEqual({ node: { nodeName: '', systemContainers: [], runtime: {} }, pods: [] });
  });

  it.each([[{}], [null], [{ node: [] }], ['text']])('is not %j', (body) => {
    expect(() => parse(body)).toThrow(/is not an object/);
  });
});

describe('metrics of all nodes', () => {
  const { url, verb, parse } = nodeMetricsPlan('local');

  it('are one list', () => {
    expect({ url, verb }).toStrictEqual({ url: '/k8s/clusters/local/apis/metrics.k8s.io/v1beta1/nodes', verb: 'list nodes.metrics.k8s.io' });
  });

  it('give each node’s working set and skip what is none', () => {
    const items = [
      { metadata: { name: 'a' }, usage: { memory: '1024Ki' } },
      { metadata: { name: 'b' }, usage: { memory: 'much' } },
      { metadata: { name: 'c' } },
      { usage: { memory: '1' } },
      null,
    ];

    expect([...parse({ items })]).toStrictEqual([['a', 1_048_576]]);
  });

  it.each([[{}], [{ items: {} }], [7]])('are not %j', (body) => {
    expect(() => parse(body)).toThrow();
  });
});

describe('pods of a node', () => {
  const { url, verb, parse } = podsOfNodePlan('local', 'node-1');

  it('are selected by the API server', () => {
    expect({ url, verb }).toStrictEqual({ url: '/k8s/clusters/local/api/v1/pods?fieldSelector=spec.nodeName%3Dnode-1', verb: 'list pods' });
  });

  it('are those that look like one', () => {
    const pod = { metadata: { name: 'p' }, spec: { containers: [] } };

    expect(parse({ items: [pod, { metadata: {}, spec: { containers: [] } }, { metadata: { name: 'q' }, spec: {} }, { metadata: { name: 'r' } }, 5] })).toStrictEqual([pod]);
  });

  it.each([[{}], [{ items: 1 }], [undefined]])('are not %j', (body) => {
    expect(() => parse(body)).toThrow();
  });
});

describe('metrics of one node', () => {
  const { url, verb, parse } = oneNodeMetricsPlan('c-m-1', '../x');

  it('are read by its name, whatever the name contains', () => {
    expect({ url, verb }).toStrictEqual({ url: '/k8s/clusters/c-m-1/apis/metrics.k8s.io/v1beta1/nodes/..%2Fx', verb: 'get nodes.metrics.k8s.io' });
  });

  it('are its memory in use', () => {
    expect(parse({ usage: { memory: '2Mi' } })).toBe(2 ** 21);
  });

  it.each([[{}], [null], [{ usage: { memory: 'much' } }], [{ usage: 'x' }]])('are not %j', (body) => {
    expect(() => parse(body)).toThrow('nodes.metrics.k8s.io');
  });
});
