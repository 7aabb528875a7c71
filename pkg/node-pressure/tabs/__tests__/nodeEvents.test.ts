import { axe } from 'jest-axe';
import { launcherOf, nodeOf, type PodFacts } from '../../planner/node/__tests__/pods';
import { MEASURED, open, part, settle, useNodeTab } from './scene';

useNodeTab();

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const event = (reason: string, minutes: number, more: object = {}) => ({ reason, firstTimestamp: ago(minutes), lastTimestamp: ago(minutes), count: 1, source: { component: 'kubelet', host: 'node-1' }, involvedObject: { kind: 'Node', name: 'node-1' }, ...more });
const ofPod = (name: string) => ({ involvedObject: { kind: 'Pod', namespace: 'prod', name } });
const running = (facts: Record<string, PodFacts>) => {
  const { pods, summary } = nodeOf(facts, MEASURED.summary.node);

  return { pods: { items: pods }, summary };
};

describe('recent events', () => {
  it('are grouped, explained and counted, as far as they reach', async() => {
    const tab = await open({ answers: {
      nodeEvents: { items: [event('EvictionThresholdMet', 10, { message: 'Attempting to reclaim memory' }), event('SystemOOM', 3, { count: 4, firstTimestamp: ago(90) })] },
      podEvents:  { items: [
        event('Evicted', 9, { message: 'The node was low on resource: memory. Threshold quantity: 1Gi, available: 900Mi. ', ...ofPod('db') }),
        event('OutOfmemory', 8, ofPod('late')),
        event('Evicted', 7, { ...ofPod('elsewhere'), source: { host: 'node-2' } }),
      ] },
    } });

    expect(part(tab, 'np-event-evicted')).toMatch(/the node was low on memory \(900 MiB available, threshold 1 GiB\).*VM.*prod\/db-1.*1.*9m ago/s);
    expect(part(tab, 'np-event-refused')).toMatch(/Not let in: too little memory was left\..*prod\/late/s);
    expect(part(tab, 'np-event-systemOom')).toMatch(/OOM killer took a process.*node-1.*4.*3m ago/s);
    expect(part(tab, 'np-event-count-systemOom')).toBe('OOM kills: 1 to 3 in the last hour, 4 in the last day');
    expect(part(tab, 'np-section-events')).toContain('reach back 10m');
    expect(tab.wrapper.text()).not.toContain('elsewhere');
  });

  it('say when there are none, when some are missing, and when none could be read', async() => {
    const tab = await open({ answers: { podEvents: { items: [], metadata: { continue: 'x' } } } });

    expect(part(tab, 'np-section-events')).toMatch(/None of them is about pressure.*some may be missing/s);
    tab.wrapper.unmount();
    const forbidden = { _status: 403, message: 'events is forbidden: User "u" cannot list resource "events" in API group "" at the cluster scope' };
    const without = await open({ answers: { nodeEvents: forbidden, podEvents: forbidden } });

    expect(part(without, 'np-events-failure')).toBe('Events need the right list events, which your account lacks.');
    without.wrapper.unmount();
    expect(part(await open({ answers: { nodeEvents: { _status: 500, message: 'broken' } } }), 'np-events-failure')).toContain('broken');
  });

  it('are still to come while they are read', async() => {
    const never = new Promise(() => {});

    expect(part(await open({ answers: { nodeEvents: never, podEvents: never } }), 'np-section-events')).toContain('Reading events…');
  });

  it('show the first, and all when asked', async() => {
    const items = Array.from({ length: 13 }, (_, index) => event('Preempting', index, ofPod(`p-${ index }`)));
    const tab = await open({ answers: { podEvents: { items } } });
    const rows = () => tab.wrapper.findAll('[data-testid="np-event-preempted"]').length;

    expect(rows()).toBe(10);
    await tab.wrapper.find('[data-testid="np-section-events"] [data-testid="np-show-more"]').trigger('click');
    expect([rows(), tab.wrapper.find('[data-testid="np-section-events"] [data-testid="np-show-more"]').exists()]).toStrictEqual([13, false]);
  });

  it('show hostile texts as text', async() => {
    const hostile = '<img src=x onerror=alert(1)>';
    const tab = await open({ answers: { nodeEvents: { items: [event('SystemOOM', 1, { message: hostile })] } } });

    expect([tab.wrapper.find('img').exists(), part(tab, 'np-event-systemOom').includes(hostile)]).toStrictEqual([false, true]);
  });
});

it('tells which containers the OOM killer took', async() => {
  const status = { containerStatuses: [{ name: 'compute', restartCount: 3, ...{ lastState: { terminated: { reason: 'OOMKilled', finishedAt: ago(5) } } } }] };
  const tab = await open({ answers: running({ db: { usesGi: 5, pod: launcherOf('db-1'), status }, web: { usesGi: 1, status: { containerStatuses: [{ name: 'web', state: { terminated: { reason: 'OOMKilled' } } }] } } }) });

  expect(part(tab, 'np-oom-db')).toMatch(/VM.*prod\/db-1.*compute.*5m ago.*3/s);
  expect(part(tab, 'np-oom-web')).toMatch(/Not known/);
});

describe('resizes', () => {
  const resizing = (condition: object): PodFacts => ({
    usesGi: 1, requests: { memory: '2Gi' }, limits: { memory: '4Gi' },
    status: { conditions: [{ status: 'True', ...condition } as never], containerStatuses: [{ name: 'web', restartCount: 2, allocatedResources: { memory: '1Gi' }, resources: { requests: { memory: '1Gi' }, limits: { memory: '2Gi' } } }] },
  });

  it('tell what is asked for, granted and in force, and what keeps them', async() => {
    const tab = await open({ answers: running({ web: resizing({ type: 'PodResizePending', reason: 'Deferred', message: 'Node didn\'t have enough resource: memory, requested: 1, used: 2, capacity: 3' }) }) });

    expect(part(tab, 'np-resize-web')).toMatch(/Waits for room.*too little left now.*didn't have enough resource/s);
    expect(part(tab, 'np-resize-web')).toMatch(/web, memory requests: 2Gi desired, 1Gi allocated, 1Gi in force.*web, memory limits: 4Gi desired, 2Gi in force/s);
    jest.useRealTimers();
    expect((await axe(tab.wrapper.element)).violations).toStrictEqual([]);
  });

  it('say when there are none, and when they are not known', async() => {
    const tab = await open();

    expect(part(tab, 'np-section-resizes')).toContain('No resize of a pod');
    tab.wrapper.unmount();
    const blind = await open({ answers: { pods: { _status: 500, message: 'x' } } });

    await settle();
    expect(part(blind, 'np-section-resizes')).toContain('not known yet');
  });
});
