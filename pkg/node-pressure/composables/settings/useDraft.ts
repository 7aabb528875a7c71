import { computed, shallowRef, type ComputedRef } from 'vue';
import type { Draft } from '../../planner/settings/draft';
import { applyChange, beginEditing, followNodes, isDirty, undoChange, type Change, type Editing } from '../../planner/settings/editing';
import type { Settings } from '../../planner/settings/settings';
import type { StoredPolicy } from '../../steve/cloudInits';

export interface DraftState {
  readonly draft: ComputedRef<Draft>;
  /** The policy that the draft would change; none for a new one. */
  readonly base: ComputedRef<StoredPolicy | undefined>;
  readonly dirty: ComputedRef<boolean>;
  readonly canUndo: ComputedRef<boolean>;
  /** Inputs that were changed by hand. */
  readonly decided: ComputedRef<readonly string[]>;
  change(change: Change): void;
  undo(): void;
  /** Back to what the form started from. */
  discard(): void;
  /** What the nodes have: a new policy's settings until they are changed. */
  follow(settings: Settings): void;
  /** Starts from something else; `draft` is laid over it as a change that is not saved. */
  restart(start: Draft, base: StoredPolicy | undefined, draft?: Draft): void;
}

function begin(start: Draft, follows: boolean, draft: Draft): Editing {
  return { ...beginEditing(start, follows), draft };
}

/** The draft of one policy, with undo. */
export function useDraft(start: Draft, policy: StoredPolicy | undefined, follows: boolean, draft: Draft = start): DraftState {
  const base = shallowRef(policy);
  const editing = shallowRef(begin(start, follows, draft));

  return {
    draft:   computed(() => editing.value.draft),
    base:    computed(() => base.value),
    dirty:   computed(() => isDirty(editing.value)),
    canUndo: computed(() => editing.value.past.length > 0),
    decided: computed(() => editing.value.decided),
    change(change) {
      editing.value = applyChange(editing.value, change);
    },
    undo() {
      editing.value = undoChange(editing.value);
    },
    discard() {
      editing.value = beginEditing(editing.value.start, !base.value && follows);
    },
    follow(settings) {
      editing.value = followNodes(editing.value, settings);
    },
    restart(newStart, newBase, newDraft = newStart) {
      base.value = newBase;
      editing.value = begin(newStart, false, newDraft);
    },
  };
}
