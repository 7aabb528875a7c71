/** The kubelet's map flags. Follows k8s.io/component-base cli/flag: LangleSeparatedMapStringString and MapStringString. */
import { KubeletError } from './errors';
import { compareStrings, trimSpace } from './go/strings';

/** What stands between a key and its value: `<` in `--eviction-hard` and `--eviction-soft`, `=` in the others. */
export type Separator = '<' | '=';

/** A Go map[string]string. Any key is possible, `__proto__` and the empty one included: look up with Object.hasOwn. */
export type StringMap = Record<string, string>;

/** The value of a command line flag (pflag.Value). */
export interface FlagValue {
  /** Takes one occurrence of the flag. Throws KubeletError with the text that pflag puts behind `invalid argument`. */
  set(text: string): void;
  /** Go's text of the value. */
  toString(): string;
  /** The text that a flag without `=` stands for (pflag.Flag.NoOptDefVal); absent when the flag needs a value. */
  readonly bareText?: string;
}

/** A map as the text of one flag: `key<value` pairs in Go's order of strings, joined by commas. */
export function formatMap(separator: Separator, map: Readonly<StringMap> | null): string {
  return Object.entries(map ?? {}).map(([key, value]) => key + separator + value).sort(compareStrings).join(',');
}

/**
 * A flag of comma-separated pairs. The first occurrence replaces the initial map, later ones add to it; of equal keys
 * the last wins. Keys and values may be empty and are trimmed; a comma cannot be escaped.
 */
export class MapFlag implements FlagValue {
  private current: StringMap | null;
  private initialized = false;

  /** `initial` is the default, null for a nil map. It is never changed. */
  constructor(private readonly separator: Separator, initial: Readonly<StringMap> | null) {
    this.current = initial;
  }

  /** Null only while the initial map is null and the flag did not occur. */
  get value(): StringMap | null {
    return this.current;
  }

  /**
   * Throws KubeletError `malformed pair, expect string<string` (or `=`) at a pair without separator; the pairs before
   * it are kept.
   */
  set(text: string): void {
    // Without a prototype, so that no key is special
    const map: StringMap = this.initialized && this.current ? this.current : Object.create(null);

    this.current = map;
    this.initialized = true;
    for (const pair of text.split(',').filter((piece) => piece !== '')) {
      const at = pair.indexOf(this.separator);

      if (at < 0) {
        throw new KubeletError(`malformed pair, expect string${ this.separator }string`);
      }
      map[trimSpace(pair.slice(0, at))] = trimSpace(pair.slice(at + 1));
    }
  }

  toString(): string {
    return formatMap(this.separator, this.current);
  }
}
