import { inject, provide, type InjectionKey } from 'vue';
import type { Finding } from '../../planner/settings/finding';
import type { Meaning } from '../../planner/settings/meaning';
import type { SettingField } from '../../planner/settings/settings';
import type { MixedField } from '../../planner/settings/startFrom';

/** What every input of the form shares. All of it is reactive. */
export interface SettingsForm {
  value(field: SettingField): string;
  change(field: SettingField, text: string): void;
  findings(field: SettingField): readonly Finding[];
  meaning(field: SettingField): Meaning | undefined;
  /** Set while the nodes differ in this input and nobody has decided about it. */
  mixed(field: SettingField): MixedField | undefined;
}

const FORM: InjectionKey<SettingsForm> = Symbol('settings form');

/** Hands the form to all inputs below. Call in `setup`. */
export function provideForm(form: SettingsForm): void {
  provide(FORM, form);
}

/** The form that an input belongs to. Call in `setup`. */
export function useForm(): SettingsForm {
  const form = inject(FORM);

  if (!form) {
    throw new Error('an input of the settings form outside of the form');
  }

  return form;
}
