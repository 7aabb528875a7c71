import { computed, onBeforeUnmount, watch, type ComputedRef, type Ref } from 'vue';
import type { Node } from '../../harvester/node';
import type { KubeletConfiguration } from '../../kubelet/config/types';
import type { Pod } from '../../kubelet/pod';
import type { Summary } from '../../kubelet/summary';
import { NODE_ARGS_ANNOTATION } from '../../planner/node/nodeArgs';
import { CONFIGURATION_REFRESH_MILLISECONDS, type Reading, type ReadFailure } from '../../planner/reading';
import type { ReadProgress } from '../../planner/readProgress';
import { leanPod, leanSummary } from '../../planner/settings/lean';
import { settingsNode, type SettingsNode } from '../../planner/settings/node';
import type { Settings } from '../../planner/settings/settings';
import { knownSettings, writtenSettings } from '../../planner/settings/written';
import type { StoredPolicy } from '../../steve/cloudInits';
import { configzPlan, summaryPlan } from '../../steve/kubelet';
import { podsOfNodePlan } from '../../steve/pods';
import { createQueue } from '../../steve/queue';
import { createReadings } from '../readings';
import type { Host } from '../useHost';
import { useKubeletStarts } from '../useKubeletStarts';

/** Requests under way at once; every node takes three. */
const CONCURRENT_READS = 6;

/** Up to so many nodes are read again every minute; more are read once, and again when asked for. */
const KEPT_FRESH = 30;

export interface SettingsNodes {
  readonly nodes: ComputedRef<readonly SettingsNode[]>;
  /** How many of the nodes' answers are there, or failed to come; counted in nodes. */
  readonly reading: ComputedRef<ReadProgress>;
  /** Why some nodes are not known; a missing right before anything else. */
  readonly failure: ComputedRef<ReadFailure | undefined>;
  /** Node name to what its kubelet runs with, as far as that was read. */
  readonly configurations: ComputedRef<ReadonlyMap<string, KubeletConfiguration>>;
  /** Asks all nodes again. */
  retry(): void;
}

const isAnswered = ({ sample, failure }: Reading<unknown>): boolean => sample !== undefined || failure !== undefined;

interface Memo {
  /** What it was made from, cheap to compare. */
  readonly parts: readonly unknown[];
  readonly made: SettingsNode;
  readonly text: string;
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean => a.every((part, index) => part === b[index]);

/** All of a node that does not come with a sample. */
function textOf({ role, minor, pressures, written }: SettingsNode, { status }: Node): string {
  return JSON.stringify([role, minor, pressures, written, status?.capacity, status?.allocatable]);
}

/**
 * The nodes that settings are for, with configuration, summary and pods, read one after the other while `active`. What was
 * read last stays when a node does not answer any more. Call in `setup`.
 */
export function useSettingsNodes(host: Pick<Host, 'clusterId' | 'request'>, nodes: Readonly<Ref<readonly Node[]>>, policies: Readonly<Ref<readonly StoredPolicy[]>>, active: Readonly<Ref<boolean>>): SettingsNodes {
  const clusterId = host.clusterId.value;
  const common = { request: host.request, queue: createQueue(CONCURRENT_READS), intervalMilliseconds: CONFIGURATION_REFRESH_MILLISECONDS };
  const configurations = createReadings<KubeletConfiguration>({ ...common, plan: (name) => configzPlan(clusterId, name) });
  const summaries = createReadings<Summary>({
    ...common, plan: (name) => {
      const plan = summaryPlan(clusterId, name);

      return { ...plan, parse: (body) => leanSummary(plan.parse(body)) };
    },
  });
  const pods = createReadings<readonly Pod[]>({
    ...common, plan: (name) => {
      const plan = podsOfNodePlan(clusterId, name);

      return { ...plan, parse: (body) => plan.parse(body).map(leanPod) };
    },
  });
  const all = [configurations, summaries, pods] as const;
  const names = computed(() => nodes.value.map(({ metadata }) => metadata.name));
  const memos = new Map<string, Memo>();

  function ask(): void {
    const isFew = names.value.length <= KEPT_FRESH;

    all.forEach((readings) => {
      readings.want(new Set(isFew ? names.value : []));
      readings.wantOnce(isFew ? [] : names.value);
    });
  }

  watch(() => names.value.join(), ask, { immediate: true });
  useKubeletStarts(nodes, all);
  watch(active, (isActive) => all.forEach((readings) => (isActive ? readings.start() : readings.stop())), { immediate: true });
  onBeforeUnmount(() => all.forEach((readings) => readings.stop()));

  // Policies change with every state that a node reports, their settings rarely
  const known = computed((old?: readonly Settings[]) => {
    const now = policies.value.flatMap(({ policy }) => knownSettings(policy));

    return old && JSON.stringify(old) === JSON.stringify(now) ? old : now;
  });

  /** The same object as long as nothing about the node changed, so that whoever checked it need not check it again. */
  function settingsNodeOf(node: Node): SettingsNode {
    const { name, resourceVersion, annotations } = node.metadata;
    const [configuration, summary, list] = [configurations.of(name), summaries.of(name), pods.of(name)];
    const samples = [configuration.sample, summary.sample, list.sample];
    const parts = [...samples, resourceVersion, known.value];
    const memo = memos.get(name);

    if (memo && isSame(memo.parts, parts)) {
      return memo.made;
    }
    const fresh = settingsNode({ node, configuration, summary }, list.sample?.value, writtenSettings(known.value, annotations?.[NODE_ARGS_ANNOTATION]));
    const text = textOf(fresh, node);
    // A heartbeat brings the node's own figures anew, mostly the same ones
    const made = memo && memo.text === text && isSame(samples, memo.parts) ? memo.made : fresh;

    memos.set(name, { parts, made, text });

    return made;
  }

  const failures = computed(() => names.value.flatMap((name) => all.flatMap((readings) => readings.of(name).failure ?? [])));

  return {
    nodes:   computed(() => nodes.value.map(settingsNodeOf)),
    reading: computed(() => {
      const answers = names.value.flatMap((name) => all.filter((readings) => isAnswered(readings.of(name)))).length;
      const complete = answers === names.value.length * all.length;

      // One kind of question after the other: no node is through before the last third
      return { answered: Math.floor(answers / all.length), total: names.value.length, complete, running: !complete };
    }),
    failure:        computed(() => failures.value.find(({ kind }) => kind === 'forbidden') ?? failures.value[0]),
    configurations: computed(() => new Map(names.value.flatMap((name) => {
      const { sample } = configurations.of(name);

      return sample ? [[name, sample.value] as const] : [];
    }))),
    retry() {
      names.value.forEach((name) => all.forEach((readings) => readings.expire(name)));
      ask();
    },
  };
}
