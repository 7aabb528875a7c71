import type { ContainerStatus, Pod } from '../../kubelet/pod';
import { vmOfPod } from './virtualMachine';

/** A container whose processes the kernel's OOM killer took: no event tells of it, only the container's status. */
export interface OomKill {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly vm?: string;
  /** Undefined where the status does not say when. */
  readonly ageMilliseconds?: number;
  readonly restarts: number;
}

interface Terminated {
  readonly reason?: string;
  readonly finishedAt?: string;
}

/** core/v1 ContainerStatus with how the container ended before. */
interface EndedStatus extends ContainerStatus {
  readonly lastState?: { readonly terminated?: Terminated };
}

function killOf(status: EndedStatus): Terminated | undefined {
  const now: Terminated | undefined = status.state?.terminated;

  return [now, status.lastState?.terminated].find((terminated) => terminated?.reason === 'OOMKilled');
}

/**
 * The last OOM kill of every container on the node, latest first. By its own limit or for want of memory on the node:
 * the status does not say which.
 */
export function oomKills(pods: readonly Pod[], nowMilliseconds: number): OomKill[] {
  const kills = pods.flatMap((pod) => [...pod.status?.initContainerStatuses ?? [], ...pod.status?.containerStatuses ?? []].flatMap((status): OomKill[] => {
    const terminated = killOf(status);
    const at = Date.parse(terminated?.finishedAt ?? '');

    return terminated ? [{
      namespace:       pod.metadata.namespace ?? '',
      pod:             pod.metadata.name,
      container:       status.name,
      vm:              vmOfPod(pod, undefined)?.name,
      ageMilliseconds: Number.isNaN(at) ? undefined : Math.max(0, nowMilliseconds - at),
      restarts:        status.restartCount ?? 0,
    }] : [];
  }));

  return kills.sort((a, b) => (a.ageMilliseconds ?? Number.MAX_VALUE) - (b.ageMilliseconds ?? Number.MAX_VALUE));
}
