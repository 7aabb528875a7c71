import type { Pod } from '../../pod';
import type { PodStats } from '../../summary';
import { activePodsWithStats } from '../activePods';
import { exemption, rankPods } from '../rank';
import { getResourceRequestQuantity } from '../request';
import { Gi, names, podOf } from './builders';

const statsOf = (uid: string, workingSetBytes = Gi): PodStats => ({ podRef: { name: uid, namespace: 'default', uid }, memory: { workingSetBytes } });
const seen = (pods: readonly Pod[], ...podStats: PodStats[]) => activePodsWithStats(pods, { node: { nodeName: 'node' }, pods: podStats });
const inPhase = (phase: string): Pod => ({ ...podOf(phase).pod, status: { phase } });

describe('the pods that a kubelet ranks', () => {
  it('are those that are not over', () => {
    const pods = [podOf('no status').pod, ...['Pending', 'Running', 'Unknown', 'Succeeded', 'Failed'].map(inPhase)];

    expect(names(seen(pods))).toEqual(['no status', 'Pending', 'Running', 'Unknown']);
  });

  it('have the stats of their uid', () => {
    const pod = podOf('p').pod;

    expect(seen([pod], statsOf('q'), statsOf('p', 7))[0]?.stats?.memory).toEqual({ workingSetBytes: 7 });
    expect(seen([pod], statsOf('q'))[0]?.stats).toBeUndefined();
    expect(seen([{ ...pod, metadata: { name: 'p' } }], statsOf('p'))[0]?.stats).toBeUndefined();
  });

  it('include static pods, whose stats go by the hash that their mirror names', () => {
    const mirror = podOf('etcd', { annotations: { 'kubernetes.io/config.mirror': 'hash', 'kubernetes.io/config.source': 'file' } }).pod;
    const [active] = seen([mirror], statsOf('hash', 7));

    expect(active?.stats?.memory).toEqual({ workingSetBytes: 7 });
    expect(active && exemption(active.pod)).toBe('mirror');
  });

  it('count with what is allocated to them while a resize waits', () => {
    const pod: Pod = { ...podOf('vm', { requests: { memory: '8Gi' } }).pod, status: { phase: 'Running', containerStatuses: [{ name: 'vm', allocatedResources: { memory: '2Gi' } }] } };
    const active = seen([pod], statsOf('vm', 4 * Gi));

    expect(active.map((each) => getResourceRequestQuantity(each.pod, 'memory').toString())).toEqual(['2Gi']);
    expect(rankPods('memory.available', 'single', active)).toMatchObject([{ exceedsRequest: true, excess: 2 * Gi }]);
  });

  it('are not spared because a user wrote the annotation of a static pod', () => {
    const [active] = seen([podOf('p', { annotations: { 'kubernetes.io/config.source': 'file' } }).pod]);

    expect(active && exemption(active.pod)).toBeUndefined();
  });
});
