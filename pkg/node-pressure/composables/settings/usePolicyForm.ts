import { computed, watch, type ComputedRef, type Ref } from 'vue';
import { bytesOf } from '../../harvester/amounts';
import type { Node } from '../../harvester/node';
import { draftFindings } from '../../planner/settings/draftFindings';
import { fieldId, formRows, valueAt, type FormRows } from '../../planner/settings/fields';
import { bySeverity, type Finding } from '../../planner/settings/finding';
import { findingsByField } from '../../planner/settings/findingDisplay';
import { harvesterCpu } from '../../planner/settings/harvesterCpu';
import { nodeMatches, type NodeMatches } from '../../planner/settings/matches';
import { extremesOf, meaningOf } from '../../planner/settings/meaning';
import { guardMemoryKib } from '../../planner/settings/node';
import { currentSettings, type CurrentSettings } from '../../planner/settings/startFrom';
import { startPoints, type StartPoint } from '../../planner/settings/startPoints';
import type { StoredPolicy } from '../../steve/cloudInits';
import type { Host } from '../useHost';
import type { SettingsForm } from './settingsForm';
import { useCheck, type Check } from './useCheck';
import type { DraftState } from './useDraft';
import { useSettled } from './useSettled';
import { useSettingsNodes, type SettingsNodes } from './useSettingsNodes';

export interface PolicyForm {
  readonly form: SettingsForm;
  readonly matches: ComputedRef<NodeMatches>;
  readonly nodes: SettingsNodes;
  readonly current: ComputedRef<CurrentSettings>;
  readonly points: ComputedRef<readonly StartPoint[]>;
  readonly rows: ComputedRef<FormRows>;
  /** What Harvester reserves of CPU. */
  readonly cpu: ComputedRef<readonly string[]>;
  readonly preview: Check['preview'];
  /** Findings and preview are not yet those of what is typed, or not of all nodes. */
  readonly checking: ComputedRef<boolean>;
  /** All of them: the form's own, and what every kubelet and every node would say. */
  readonly findings: ComputedRef<readonly Finding[]>;
  /** What the guard asks of every node. */
  readonly minimumMemoryKib: ComputedRef<number | undefined>;
}

export interface PolicyFormOptions {
  readonly host: Pick<Host, 'clusterId' | 'request'>;
  /** All of the cluster. */
  readonly nodes: Readonly<Ref<readonly Node[]>>;
  readonly policies: Readonly<Ref<readonly StoredPolicy[]>>;
  readonly active: Readonly<Ref<boolean>>;
  readonly state: DraftState;
  /** The settings start as those of the nodes, which may differ. */
  readonly fromNodes: boolean;
}

/** Everything that the editor of one policy shows beside the draft itself. Call in `setup`. */
export function usePolicyForm({ host, nodes: allNodes, policies, active, state, fromNodes }: PolicyFormOptions): PolicyForm {
  const { draft, decided } = state;
  const settings = computed(() => draft.value.settings);
  const matchSelector = computed(() => draft.value.matchSelector);
  const matches = computed(() => nodeMatches(matchSelector.value, allNodes.value));
  const nodes = useSettingsNodes(host, computed(() => matches.value.matched), policies, active);
  const { list: settled, isUpToDate } = useSettled(nodes.nodes);
  const current = computed(() => currentSettings(settled.value));
  const mixed = computed(() => new Map(fromNodes ? current.value.mixed.map((each) => [fieldId(each.field), each]) : []));
  const extremes = computed(() => extremesOf(settled.value));
  const check = useCheck(settings, settled);
  const findings = computed(() => bySeverity([...draftFindings(draft.value, [...mixed.value.values()], decided.value), ...check.findings.value]));
  const byField = computed(() => findingsByField(findings.value));
  const points = computed(() => {
    const smallest = extremes.value.get('memory.available')?.smallest;

    return startPoints(current.value.settings, smallest && bytesOf(smallest.capacity), settled.value);
  });

  // Every node that is read brings them anew, mostly the same ones
  watch(() => JSON.stringify(current.value.settings), () => state.follow(current.value.settings), { immediate: true });

  return {
    matches, nodes, current, points, findings,
    preview:          check.preview,
    checking:         computed(() => check.checking.value || nodes.reading.value.running || !isUpToDate.value),
    rows:             computed(() => formRows(settings.value, ...points.value.slice(0, 1).map((point) => point.settings))),
    cpu:              computed(() => harvesterCpu(settled.value)),
    minimumMemoryKib: computed(() => guardMemoryKib(matches.value.matched)),
    form:             {
      value:    (field) => valueAt(settings.value, field),
      change:   (field, text) => state.change({ kind: 'field', field, text }),
      findings: (field) => byField.value.get(fieldId(field)) ?? [],
      meaning:  (field) => meaningOf(field, valueAt(settings.value, field), extremes.value),
      mixed:    (field) => (valueAt(settings.value, field) === '' && !decided.value.includes(fieldId(field)) ? mixed.value.get(fieldId(field)) : undefined),
    },
  };
}
