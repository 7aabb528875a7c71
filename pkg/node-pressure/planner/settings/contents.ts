/**
 * The boot file that a CloudInit brings to every node: what Harvester's node-manager copies to `/oem` and yip runs at
 * each boot (`stages.<stage>[].{if,files,commands}`).
 */
import { parseSettingsFile, renderSettings, SETTINGS_FILE } from './file';
import { guardCondition } from './guard';
import type { Settings } from './settings';

/** Settings and the smallest memory that they were checked for. */
export interface GuardedSettings {
  readonly settings: Settings;
  /** MemTotal, KiB: nodes with less are left alone. */
  readonly minimumMemoryKib: number;
}

/** What a CloudInit's contents mean; `foreign` is anything that is not, byte for byte, what we would have written. */
export type ParsedContents = ({ readonly kind: 'settings' } & GuardedSettings) | { readonly kind: 'removal' } | { readonly kind: 'foreign' };

/**
 * 0600 in decimal. yip takes a number, never a quoted text, and reads it as YAML 1.1, where `0600` is octal; to YAML 1.2
 * that is six hundred. Decimal means the same to both.
 */
const PERMISSIONS = 384;

const INDENT = ' '.repeat(8);

/** Contents that write the settings at the next boot. They hold no `{{`, which yip would take for a template.
 *
 * @throws UnwritableSettingsError for settings that no kubelet starts with
 */
export function cloudInitContents({ settings, minimumMemoryKib }: GuardedSettings): string {
  const file = renderSettings(settings);

  return [
    'stages:',
    '  initramfs:',
    '  - name: "Node Pressure: write kubelet settings"',
    `    if: ${ JSON.stringify(guardCondition(file, minimumMemoryKib)) }`,
    '    files:',
    `    - path: ${ SETTINGS_FILE }`,
    `      permissions: ${ PERMISSIONS }`,
    '      owner: 0',
    '      group: 0',
    '      content: |',
    file.replace(/^(?=.)/gm, INDENT),
  ].join('\n');
}

/** Contents that take the settings away at the next boot: deleting a CloudInit leaves the file that it wrote. */
export const REMOVAL_CONTENTS = [
  'stages:',
  '  initramfs:',
  '  - name: "Node Pressure: remove kubelet settings"',
  '    commands:',
  `    - "rm -f ${ SETTINGS_FILE }"`,
  '',
].join('\n');

/** What contents mean, by writing anew what they seem to say. */
export function parseCloudInit(contents: string): ParsedContents {
  if (contents === REMOVAL_CONTENTS) {
    return { kind: 'removal' };
  }
  const minimumMemoryKib = Number(/ -ge ([0-9]{1,15}) \]/.exec(contents)?.[1]);
  const file = contents.slice(contents.indexOf(INDENT)).replaceAll(new RegExp(`^${ INDENT }`, 'gm'), '');
  const settings = parseSettingsFile(file);

  return settings && !Number.isNaN(minimumMemoryKib) && cloudInitContents({ settings, minimumMemoryKib }) === contents ? { kind: 'settings', settings, minimumMemoryKib } : { kind: 'foreign' };
}
