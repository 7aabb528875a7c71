import { shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { defaultQuota } from '../../harvester/migration/keys';
import type { MigrationCluster } from '../../planner/migration/cluster';
import type { QuotaSample } from '../../planner/migration/liveReport';
import { quotaSample } from '../../planner/migration/timeLine';

/** So many are kept of each quota, the latest. */
const KEPT = 240;

/** What a quota was at, and in which version that was seen. */
interface Line {
  readonly version: string | undefined;
  readonly samples: readonly QuotaSample[];
}

/** The quotas that Harvester raises, by namespace, as they changed while the page was open. Call in `setup`. */
export function useQuotaSamples(cluster: Readonly<Ref<MigrationCluster | undefined>>): Readonly<ShallowRef<ReadonlyMap<string, readonly QuotaSample[]>>> {
  const samples = shallowRef<ReadonlyMap<string, readonly QuotaSample[]>>(new Map());
  let lines: ReadonlyMap<string, Line> = new Map();

  watch(cluster, (current) => {
    const now = Date.now();

    lines = new Map((current?.namespaceNames ?? []).flatMap((name): [string, Line][] => {
      const quota = defaultQuota(current?.of(name).resourceQuotas ?? []);
      const before = lines.get(name);
      const version = quota?.metadata?.resourceVersion;

      if (!quota) {
        return [];
      }

      return [[name, before?.version === version && before ? before : { version, samples: [...(before?.samples ?? []), quotaSample(quota, now)].slice(-KEPT) }]];
    }));
    samples.value = new Map([...lines].map(([name, line]) => [name, line.samples]));
  }, { immediate: true });

  return samples;
}
