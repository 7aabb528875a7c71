import { parse } from 'yaml';
import { isRecord } from '../store/objects';
import { CONFIG_DIRECTORY } from './disk';
import type { Disk } from './disk';

/** Go's YAML library reads version 1.1 (`yes`, `0600` as octal); so does RKE2. */
export function parseYaml11(text: string): unknown {
  return parse(text, { version: '1.1', merge: true });
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);

/**
 * RKE2's configuration: every `.yaml` and `.yml` file of `config.yaml.d` in byte order; a plain key replaces what came
 * before, `key+` appends to it. Follows k3s pkg/configfilearg/parser.go.
 *
 * @throws Error when a file is no YAML mapping: RKE2 then does not start
 */
export function rke2Configuration(disk: Disk): Map<string, unknown> {
  const merged = new Map<string, unknown>();

  for (const name of disk.names(CONFIG_DIRECTORY).filter((file) => /\.ya?ml$/.test(file))) {
    const path = `${ CONFIG_DIRECTORY }/${ name }`;
    const content = parseYaml11(disk.read(path) ?? '');

    if (content === null) {
      continue;
    }
    if (!isRecord(content)) {
      throw new Error(`${ path }: yaml: cannot unmarshal into map`);
    }
    for (const [key, value] of Object.entries(content)) {
      if (key.endsWith('+')) {
        merged.set(key.slice(0, -1), [...asList(merged.get(key.slice(0, -1))), ...asList(value)]);
      } else {
        merged.set(key, value);
      }
    }
  }

  return merged;
}

/**
 * The kubelet's arguments: RKE2's own with the user's. Follows GetArgs in k3s pkg/util/args.go: `name=value` takes the
 * place of the default of that name, `name+=value` comes after it, `name-=value` before it; all of a user's
 * arguments of one name are passed on, in order.
 */
export function mergeArguments(defaults: Readonly<Record<string, string>>, given: readonly string[]): string[] {
  const byName = new Map<string, string[]>(Object.entries(defaults).map(([name, value]) => [name, [value]]));
  const replaced = new Set<string>();

  for (const argument of given) {
    const [, name = '', operator = '', value = ''] = /^([^=]*?)([+-]?=|$)(.*)$/s.exec(argument) ?? [];
    const values = byName.get(name) ?? [];

    if (operator === '-=') {
      byName.set(name, [value, ...values]);
    } else if (operator === '+=' || replaced.has(name)) {
      byName.set(name, [...values, value]);
    } else {
      byName.set(name, [value]);
      replaced.add(name);
    }
  }

  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, values]) => values.map((value) => `--${ name }=${ value }`));
}

/** The `kubelet-arg` list that the layers come to. */
export function kubeletArgs(disk: Disk): string[] {
  return asList(rke2Configuration(disk).get('kubelet-arg')).map(String);
}
