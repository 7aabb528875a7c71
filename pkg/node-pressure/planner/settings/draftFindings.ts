/** What the form itself finds before any kubelet is asked. */
import type { Draft } from './draft';
import { finding, type Finding } from './finding';
import { fieldId, valueAt } from './fields';
import { selectorFindings } from './labels';
import { EVICTION_MAPS, type SettingField, type Settings } from './settings';
import type { MixedField } from './startFrom';

/** An eviction map that is written replaces each node's own, and what it leaves out is turned off there. */
function isReplaced(settings: Settings, { setting }: SettingField): boolean {
  return EVICTION_MAPS.some((map) => map === setting) && settings[setting] !== undefined;
}

/**
 * Inputs whose value differs between nodes and would be turned off on some of them without anybody having said so. What is
 * not written at all stays on each node as it is.
 *
 * @param decided inputs, by `fieldId`, that were changed by hand
 */
export function undecidedFields(mixed: readonly MixedField[], settings: Settings, decided: readonly string[]): MixedField[] {
  return mixed.filter(({ field }) => isReplaced(settings, field) && valueAt(settings, field) === '' && !decided.includes(fieldId(field)));
}

/** The findings on a draft that have nothing to do with any kubelet's rules. */
export function draftFindings({ matchSelector, settings }: Draft, mixed: readonly MixedField[], decided: readonly string[]): Finding[] {
  return [
    ...selectorFindings(matchSelector),
    ...undecidedFields(mixed, settings, decided).map(({ field }) => finding('mixedUndecided', field)),
  ];
}
