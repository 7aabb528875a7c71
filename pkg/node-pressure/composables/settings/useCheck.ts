import { computed, onBeforeUnmount, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { gatherFindings, nodeFindings } from '../../planner/settings/check';
import { bySeverity, type Finding } from '../../planner/settings/finding';
import { kubeletFindings } from '../../planner/settings/kubeletRules';
import type { SettingsNode } from '../../planner/settings/node';
import { gatherPreviews, nodePreview, type NodePreview, type Preview } from '../../planner/settings/preview';
import type { Settings } from '../../planner/settings/settings';

/** Work at a stretch before the browser gets its turn. A task is twice this at most: one node may take as long again. */
const SLICE_MILLISECONDS = 20;

export interface Check {
  readonly findings: ComputedRef<readonly Finding[]>;
  /** Of the settings that were checked last. */
  readonly preview: Ref<Preview | undefined>;
  /** Findings and preview are not yet those of the present settings and nodes. */
  readonly checking: Ref<boolean>;
}

/** What was found on one node, with the settings that it was found for. */
interface Checked {
  readonly key: string;
  readonly findings: readonly Finding[];
  readonly preview: NodePreview;
}

/**
 * Checks settings against nodes whenever either changes: what every kubelet would say at once, what single nodes would say
 * slice by slice, so that the page stays responsive with any number of them. A node that was checked is not checked again
 * before it or the settings change. Witness nodes are left out, as by the guard. Call in `setup`.
 */
export function useCheck(settings: Readonly<Ref<Settings>>, nodes: Readonly<Ref<readonly SettingsNode[]>>): Check {
  const known = new WeakMap<SettingsNode, Checked>();
  const own = computed(() => kubeletFindings(settings.value));
  const gathered = shallowRef<readonly Finding[]>([]);
  const preview = shallowRef<Preview>();
  const checking = ref(true);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function checked(node: SettingsNode, key: string): Checked {
    const before = known.get(node);

    if (before?.key === key) {
      return before;
    }
    const now = { key, findings: nodeFindings(node, settings.value), preview: nodePreview(node, settings.value) };

    known.set(node, now);

    return now;
  }

  function finish(list: readonly SettingsNode[], results: readonly Checked[]): void {
    gathered.value = gatherFindings(settings.value, results.flatMap(({ findings }, index) => findings.map((each) => [(list[index] as SettingsNode).name, each] as const)));
    preview.value = gatherPreviews(results.map((each) => each.preview));
    checking.value = false;
  }

  function proceed(list: readonly SettingsNode[], key: string, results: Checked[]): void {
    const end = performance.now() + SLICE_MILLISECONDS;

    while (results.length < list.length && performance.now() < end) {
      results.push(checked(list[results.length] as SettingsNode, key));
    }
    // Gathering is a task of its own
    timer = setTimeout(() => (results.length < list.length ? proceed(list, key, results) : finish(list, results)));
  }

  watch([() => JSON.stringify(settings.value), nodes], ([key, list]) => {
    clearTimeout(timer);
    checking.value = own.value.length === 0;
    if (own.value.length === 0) {
      // What was typed is on the screen first
      timer = setTimeout(() => proceed(list.filter(({ role }) => role !== 'witness'), key, []));
    } else {
      preview.value = undefined;
    }
  }, { immediate: true });
  onBeforeUnmount(() => clearTimeout(timer));

  return {
    findings: computed(() => (own.value.length > 0 ? bySeverity(own.value) : gathered.value)),
    preview,
    checking,
  };
}
