import type { SettingField } from '../../planner/settings/settings';
import { useText } from '../useText';

/** Names an input of the form in a sentence, such as "memory.available: hard threshold". Call in `setup`. */
export function useFieldName(): (field: SettingField) => string {
  const { t } = useText();

  return ({ setting, key }) => t(`settings.form.field.${ setting }`, { key });
}
