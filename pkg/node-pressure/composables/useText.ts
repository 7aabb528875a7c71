import { useStore } from 'vuex';
import { displayParams, type Message, type MessageParams } from '../planner/display';

/** Root key of this extension's texts: the Dashboard merges those of all extensions into one tree. */
const ROOT = 'nodePressure';

export interface Text {
  /** The text of a key below our root, for `{{ }}` and attributes, never for HTML. */
  t(key: string, params?: MessageParams): string;
  /** The sentence of a code from the pure layers: the text of `<group>.<code>`. */
  say(group: string, message: Message): string;
}

/** Texts in the user's language; call in `setup`. Values with a unit in their name are printed with it. */
export function useText(): Text {
  const store = useStore();
  const t = (key: string, params: MessageParams = {}): string => store.getters['i18n/t'](`${ ROOT }.${ key }`, displayParams(params)) ?? key;

  return { t, say: (group, { code, params }) => t(`${ group }.${ code }`, params) };
}
