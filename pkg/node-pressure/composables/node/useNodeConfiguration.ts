import { computed, type ComputedRef, type Ref } from 'vue';
import { attempt } from '../../harvester/amounts';
import type { Node } from '../../harvester/node';
import { minorOf } from '../../kubelet/config/version';
import { configurationRows, type ConfigurationRow } from '../../planner/node/configurationRows';
import { desiredSettings } from '../../planner/node/desired';
import { NODE_ARGS_ANNOTATION } from '../../planner/node/nodeArgs';
import type { ReadFailure } from '../../planner/reading';
import type { NodeDrift } from '../../planner/settings/nodeDrift';
import { CLOUD_INIT_RESOURCE, CLOUD_INIT_TYPE } from '../../planner/settings/policy';
import { cloudInitsIn } from '../../steve/cloudInits';
import type { Host } from '../useHost';
import { useList } from '../useList';
import { useNodeDrift } from '../useNodeDrift';
import type { Kubelet } from './useKubelet';

export interface NodeConfiguration {
  /** Undefined while the kubelet was not read. */
  readonly rows: ComputedRef<readonly ConfigurationRow[] | undefined>;
  /** How the node stands to the policies; undefined where they may not be read. */
  readonly drift: ComputedRef<NodeDrift | undefined>;
  /** Why the policies are not known. */
  readonly failure: Readonly<Ref<ReadFailure | undefined>>;
}

/** What the kubelet in view runs with, what its policy wants, and who sets each value. Call in `setup`. */
export function useNodeConfiguration(host: Host, { configuration }: Pick<Kubelet, 'configuration'>, node: ComputedRef<Node>, isHarvester: ComputedRef<boolean>, active: ComputedRef<boolean>): NodeConfiguration {
  const { objects, failure } = useList<unknown>(host, CLOUD_INIT_TYPE, CLOUD_INIT_RESOURCE, active);
  const drifts = useNodeDrift(host, active);
  const cloudInits = computed(() => objects.value && cloudInitsIn(objects.value));
  const drift = computed(() => (isHarvester.value ? drifts.of(node.value, configuration.value) : undefined));

  return {
    drift,
    failure,
    rows: computed(() => {
      const { metadata: { annotations }, status } = node.value;
      const settings = configuration.value;

      return settings && attempt(() => configurationRows({
        configuration: settings,
        desired:       drift.value && desiredSettings(drift.value, cloudInits.value ?? []),
        minor:         minorOf(status?.nodeInfo?.kubeletVersion ?? ''),
        nodeArgs:      annotations?.[NODE_ARGS_ANNOTATION],
        cloudInits:    cloudInits.value,
        isHarvester:   isHarvester.value,
      })).value;
    }),
  };
}
