import { annotation } from './keys';
import type { NamespaceLimits } from './namespaceLimits';
import type { Namespace, ObjectMeta } from './objects';

/** management.cattle.io/v3 Project, as far as it limits its namespaces. */
export interface Project {
  readonly metadata?: ObjectMeta;
  readonly spec?: {
    readonly resourceQuota?: {
      readonly limit?: NamespaceLimits | null;
      /** What the limits of its namespaces sum up to. */
      readonly usedLimit?: NamespaceLimits | null;
    } | null;
  };
}

/** Rancher's name of the cluster that it runs in itself: for Harvester, that it manages itself alone. */
const LOCAL = 'local';

/** Annotation of a namespace: cluster and project that it is in, with a colon between. */
const PROJECT_ID = 'field.cattle.io/projectId';

/** The name of the namespace's project in this cluster; an annotation of an earlier import names another cluster. */
export function projectName({ metadata }: Namespace, clusterId: string): string | undefined {
  const [cluster, name] = (annotation(metadata, PROJECT_ID) ?? '').split(':');

  return cluster === clusterId && name ? name : undefined;
}

/** Whether a Rancher outside of the cluster manages the namespace's project, and carries its annotation into its quota. */
export function isManagedByRancher(namespace: Namespace, clusterId: string): boolean {
  return clusterId !== LOCAL && projectName(namespace, clusterId) !== undefined;
}

/** The namespace's project, undefined where it has none or it is not among those. */
export function projectOf(namespace: Namespace, clusterId: string, projects: readonly Project[]): Project | undefined {
  const name = projectName(namespace, clusterId);

  return name === undefined ? undefined : projects.find(({ metadata }) => metadata?.namespace === clusterId && metadata.name === name);
}
