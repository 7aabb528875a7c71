import fc from 'fast-check';

import { computePodResizeAction, type ResizableContainer, resizeSteps } from '../action';
import type { Container, ResourceList } from '../../pod';

type Policy = NonNullable<Container['resizePolicy']>;

function container(name: string, desired: ResourceList, actuated: ResourceList, resizePolicy?: Policy): ResizableContainer {
  return { container: { name, resources: { limits: desired, requests: desired }, resizePolicy }, actuated: { limits: actuated, requests: actuated }, isRunning: true };
}

const RESTART_MEMORY: Policy = [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }, { resourceName: 'memory', restartPolicy: 'RestartContainer' }];

describe('a resize', () => {
  it('does nothing where desired and actuated agree', () => {
    expect(computePodResizeAction([container('a', { memory: '1Gi', cpu: '1' }, { memory: '1024Mi', cpu: '1000m' })])).toEqual({
      keepContainer:           { a: true },
      containersToKill:        [],
      containersToStart:       [],
      containersToUpdate:      { memory: [], cpu: [] },
      updatePodResources:      false,
      updatePodLevelResources: false,
    });
  });

  it('sees no difference below a byte or a milli-CPU', () => {
    expect(computePodResizeAction([container('a', { cpu: '100m' }, { cpu: '99500u' })]).containersToUpdate).toEqual({ memory: [], cpu: [] });
  });

  it('updates in place, decreases first and the latest of them at the head', () => {
    const pods = [
      container('up1', { memory: '2Gi' }, { memory: '1Gi' }),
      container('down1', { memory: '1Gi', cpu: '2' }, { memory: '2Gi', cpu: '1' }),
      container('up2', { memory: '3Gi' }, { memory: '1Gi' }),
      container('down2', { memory: '1Gi', cpu: '1' }, { memory: '3Gi', cpu: '2' }),
    ];

    expect(computePodResizeAction(pods).containersToUpdate).toEqual({ memory: ['down2', 'down1', 'up1', 'up2'], cpu: ['down2', 'down1'] });
  });

  it('goes by the limit where it changes, else by the request', () => {
    const mixed: ResizableContainer = {
      container: { name: 'a', resources: { requests: { memory: '1Gi', cpu: '2' }, limits: { memory: '4Gi' } } },
      actuated:  { requests: { memory: '2Gi', cpu: '1' }, limits: { memory: '3Gi' } },
      isRunning: true,
    };
    const down = container('b', { memory: '1Gi' }, { memory: '2Gi' });

    expect(computePodResizeAction([mixed, down]).containersToUpdate).toEqual({ memory: ['b', 'a'], cpu: ['a'] });
  });

  it('restarts a container whose policy says so, and updates nothing else of it', () => {
    const action = computePodResizeAction([container('a', { memory: '2Gi', cpu: '2' }, { memory: '1Gi', cpu: '1' }, RESTART_MEMORY), container('b', { cpu: '2' }, { cpu: '1' })]);

    expect(action).toMatchObject({
      keepContainer:      { a: false, b: true },
      containersToKill:   [{ name: 'a', message: 'Container a resize requires restart' }],
      containersToStart:  ['a'],
      containersToUpdate: { memory: [], cpu: ['b'] },
      updatePodResources: true,
    });
  });

  it('does not restart for a resource that does not change', () => {
    expect(computePodResizeAction([container('a', { memory: '1Gi', cpu: '2' }, { memory: '1Gi', cpu: '1' }, RESTART_MEMORY)])).toMatchObject({ keepContainer: { a: true }, containersToUpdate: { cpu: ['a'] } });
  });

  it('leaves containers alone that do not run', () => {
    expect(computePodResizeAction([{ ...container('a', { memory: '2Gi' }, { memory: '1Gi' }, RESTART_MEMORY), isRunning: false }])).toMatchObject({ keepContainer: { a: true }, containersToKill: [] });
  });

  it('takes nothing for what is not known', () => {
    expect(computePodResizeAction([{ container: { name: 'a', resources: { requests: { memory: '1Gi' } } }, isRunning: true }]).containersToUpdate.memory).toEqual(['a']);
    expect(computePodResizeAction([{ container: { name: 'a' }, isRunning: true }]).containersToUpdate.memory).toEqual([]);
  });

  it('of a pod reaches containers without a limit of their own', () => {
    const podLevel = { desired: { limits: { memory: '2Gi' } }, actuated: { limits: { memory: '1Gi' } } };
    const own = container('own', { memory: '1Gi' }, { memory: '1Gi' });
    const none: ResizableContainer = { container: { name: 'none' }, isRunning: true };

    expect(computePodResizeAction([own, none], podLevel)).toMatchObject({ containersToUpdate: { memory: ['none'] }, updatePodLevelResources: true });
  });

  it('either restarts a changed container or updates it, and touches no other', () => {
    const amount = fc.integer({ min: 0, max: 3 }).map((n) => ({ memory: `${ n }Gi`, cpu: `${ n }` }));
    const any = fc.array(fc.record({ desired: amount, actuated: amount, restarts: fc.boolean() }), { maxLength: 5 });

    fc.assert(fc.property(any, (shapes) => {
      const containers = shapes.map(({ desired, actuated, restarts }, index) => container(`c${ index }`, desired, actuated, restarts ? RESTART_MEMORY : undefined));
      const { containersToStart, containersToUpdate } = computePodResizeAction(containers);

      return shapes.every(({ desired, actuated, restarts }, index) => {
        const isChanged = desired.memory !== actuated.memory;

        return containersToStart.includes(`c${ index }`) === (isChanged && restarts) && containersToUpdate.memory.includes(`c${ index }`) === (isChanged && !restarts);
      });
    }));
  });
});

describe('the order of writes', () => {
  const action = computePodResizeAction([container('a', { memory: '2Gi', cpu: '1' }, { memory: '1Gi', cpu: '2' })]);
  const same = { from: 1n, to: 1n };

  it('grows the pod before its containers', () => {
    expect(resizeSteps(action, { memoryLimit: { from: 1n, to: 2n }, cpuLimit: { from: 1n, to: 2n }, cpuRequest: { from: 1n, to: 2n } })).toEqual([
      { resource: 'memory', target: 'pod-limit' },
      { resource: 'memory', target: 'container', name: 'a' },
      { resource: 'cpu', target: 'pod-limit' },
      { resource: 'cpu', target: 'pod-request' },
      { resource: 'cpu', target: 'container', name: 'a' },
    ]);
  });

  it('shrinks the pod after its containers, requests before limits', () => {
    expect(resizeSteps(action, { memoryLimit: { from: 2n, to: 1n }, cpuLimit: { from: 2n, to: 1n }, cpuRequest: { from: 2n, to: 1n } })).toEqual([
      { resource: 'memory', target: 'container', name: 'a' },
      { resource: 'memory', target: 'pod-limit' },
      { resource: 'cpu', target: 'container', name: 'a' },
      { resource: 'cpu', target: 'pod-request' },
      { resource: 'cpu', target: 'pod-limit' },
    ]);
  });

  it('follows a restart, or a pod-level resize, with the pod alone', () => {
    const restart = computePodResizeAction([container('a', { memory: '2Gi' }, { memory: '1Gi' }, RESTART_MEMORY)]);
    const podLevel = computePodResizeAction([], { desired: { requests: { cpu: '1' } } });
    const changes = { memoryLimit: { from: 1n, to: 2n }, cpuLimit: same, cpuRequest: same };

    expect(resizeSteps(restart, changes)).toEqual([{ resource: 'memory', target: 'pod-limit' }]);
    expect(resizeSteps(podLevel, changes)).toEqual([{ resource: 'memory', target: 'pod-limit' }]);
    expect(resizeSteps(computePodResizeAction([]), changes)).toEqual([]);
  });
});
