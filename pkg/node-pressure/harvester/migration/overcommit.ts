import { KubeletError } from '../../kubelet/errors';
import { parseGoInt } from '../../kubelet/go/int';
import { parseWithNumbersAsTexts } from './json';
import type { Setting } from './objects';
import { settingText } from './ratio';

/** Harvester's overcommit-config: limits in percent of requests. 0 where the setting does not say. */
export interface Overcommit {
  readonly cpu: bigint;
  readonly memory: bigint;
}

const FIELDS = ['cpu', 'memory', 'storage'] as const;

/**
 * The setting overcommit-config, undefined where it is missing or empty. Follows getOvercommit in Harvester's
 * pkg/webhook/resources/virtualmachine/mutator.go: names in any letter case, whole numbers only.
 * @throws KubeletError if it is malformed; Harvester then refuses every VM
 */
export function overcommitOf(setting: Setting | null | undefined): Overcommit | undefined {
  const written = settingText(setting);

  return written === '' ? undefined : { cpu: 0n, memory: 0n, ...decode(written) };
}

function decode(written: string): Partial<Record<typeof FIELDS[number], bigint>> {
  const [typed, exact] = [asJson(written, JSON.parse), asJson(written, parseWithNumbersAsTexts) as Record<string, string>];

  if (typeof typed !== 'object' || Array.isArray(typed)) {
    throw new KubeletError('overcommit-config is no object');
  }

  return Object.fromEntries(Object.entries(typed ?? {}).flatMap(([key, value]) => {
    const field = FIELDS.find((name) => name === key.toLowerCase().replace('ſ', 's'));

    if (!field || value === null) {
      return [];
    }
    if (typeof value !== 'number') {
      throw new KubeletError(`overcommit-config: ${ field } is no number`);
    }

    return [[field, parseGoInt(exact[key] as string, 10, 64)]];
  }));
}

function asJson(written: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(written);
  } catch {
    throw new KubeletError('overcommit-config is no JSON');
  }
}
