import { isHardEvictionThreshold, type Threshold } from './thresholds';
import type { Signal } from './signals';

/** The thresholds with those of the container filesystem, and the text that the kubelet logs when it overrides a user's. */
export interface ContainerFsThresholds {
  readonly thresholds: Threshold[];
  readonly error?: string;
}

const CONTAINER_FS_SIGNALS = ['containerfs.available', 'containerfs.inodesFree'] as const;

type ContainerFsSignal = typeof CONTAINER_FS_SIGNALS[number];

const MODELS: Readonly<Record<'nodefs' | 'imagefs', Readonly<Record<ContainerFsSignal, Signal>>>> = {
  nodefs:  { 'containerfs.available': 'nodefs.available', 'containerfs.inodesFree': 'nodefs.inodesFree' },
  imagefs: { 'containerfs.available': 'imagefs.available', 'containerfs.inodesFree': 'imagefs.inodesFree' },
};

const NO_THRESHOLD: Pick<Threshold, 'operator' | 'value' | 'gracePeriod' | 'minReclaim'> = {
  operator: '', value: { percentage: 0 }, gracePeriod: 0n,
};

/**
 * Gives the container filesystem the thresholds of the filesystem that it lives on: those of `nodefs` on a single
 * filesystem or with a container filesystem of its own, those of `imagefs` where images and containers share one.
 * Follows UpdateContainerFsThresholds in pkg/kubelet/eviction/helpers.go (since 1.29).
 *
 * A hard and a soft entry of both signals always result, in place of a user's own or else at the end; where the model
 * has none they are empty and never met. The kubelet does this during its first synchronize and uses the result from
 * the second one on.
 *
 * @param imageFs images have a filesystem apart from the kubelet's root directory
 * @param separateContainerImageFs containers have one apart from the images (impossible without imageFs: no change)
 */
export function updateContainerFsThresholds(thresholds: readonly Threshold[], imageFs: boolean, separateContainerImageFs: boolean): ContainerFsThresholds {
  const result = [...thresholds];
  const userSet = thresholds.filter(({ signal }) => (CONTAINER_FS_SIGNALS as readonly Signal[]).includes(signal)).at(-1);

  if (imageFs || !separateContainerImageFs) {
    const models = MODELS[imageFs && !separateContainerImageFs ? 'imagefs' : 'nodefs'];

    for (const signal of CONTAINER_FS_SIGNALS) {
      for (const hard of [true, false]) {
        const model = thresholds[lastIndex(thresholds, models[signal], hard)] ?? NO_THRESHOLD;
        const index = lastIndex(thresholds, signal, hard);

        result.splice(index < 0 ? result.length : index, 1, { ...model, signal });
      }
    }
  }

  return userSet ? { thresholds: result, error: `found ${ userSet.signal } for ${ isHardEvictionThreshold(userSet) ? 'hard' : 'soft' } eviction. ignoring` } : { thresholds: result };
}

function lastIndex(thresholds: readonly Threshold[], signal: Signal, hard: boolean): number {
  return thresholds.findLastIndex((threshold) => threshold.signal === signal && isHardEvictionThreshold(threshold) === hard);
}
