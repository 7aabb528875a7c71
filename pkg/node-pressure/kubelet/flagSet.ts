/** A command line. Follows FlagSet.Parse of github.com/spf13/pflag 1.0.9 with the kubelet's normalisation of names. */
import { KubeletError } from './errors';
import type { FlagValue } from './flags';
import { goQuote } from './go/quote';
import { utf8Bytes } from './go/strings';

/** One flag that a command knows. */
export interface Flag {
  /** Without dashes in front, words joined by `-`. */
  readonly name: string;
  /** One ASCII character, for `-v` beside `--v`. */
  readonly shorthand?: string;
  readonly value: FlagValue;
}

/** WordSepNormalizeFunc of component-base: `eviction_hard` is `eviction-hard`. */
export function normalizeFlagName(name: string): string {
  return name.replaceAll('_', '-');
}

/** The flags of a command, by name and shorthand. */
export class FlagSet {
  private readonly byName: ReadonlyMap<string, Flag>;
  private readonly byShorthand: ReadonlyMap<string, Flag>;
  private pending: string[] = [];

  constructor(flags: readonly Flag[]) {
    this.byName = new Map(flags.map((flag) => [flag.name, flag]));
    this.byShorthand = new Map(flags.flatMap((flag) => flag.shorthand ? [[flag.shorthand, flag]] : []));
  }

  /** The flag of that name, `_` counting as `-`. */
  lookup(name: string): Flag | undefined {
    return this.byName.get(normalizeFlagName(name));
  }

  /**
   * Sets the flags that the arguments name, in order, and returns the arguments that belong to no flag.
   *
   * Throws KubeletError with pflag's text at the first wrong one: `unknown flag: --x`, `unknown shorthand flag: 'x' in
   * -x`, `flag needs an argument: --x`, `bad flag syntax: --=`, `invalid argument "y" for "--x" flag: …`, and
   * `pflag: help requested` for a help flag that the command does not have itself.
   */
  parse(args: readonly string[]): string[] {
    const positional: string[] = [];

    this.pending = [...args].reverse();
    for (let arg = this.pending.pop(); arg !== undefined; arg = this.pending.pop()) {
      if (arg === '--') {
        return [...positional, ...this.pending.reverse()];
      }
      if (arg.startsWith('--')) {
        this.parseLong(arg);
      } else if (arg.startsWith('-') && arg !== '-') {
        this.parseShort(arg.slice(1));
      } else {
        positional.push(arg);
      }
    }

    return positional;
  }

  private parseLong(arg: string): void {
    const [, name, attached] = /^--([^=]*)(?:=([^]*))?$/.exec(arg) as unknown as readonly [string, string, string | undefined];

    if (name === '' || name.startsWith('-')) {
      throw new KubeletError(`bad flag syntax: ${ arg }`);
    }

    const flag = this.lookup(name);

    if (!flag) {
      throw new KubeletError(name === 'help' ? 'pflag: help requested' : `unknown flag: --${ name }`);
    }
    setFlag(flag, attached ?? this.valueOf(flag, `--${ name }`));
  }

  /** Letters in a row (`-vh`), the last of which may carry a value (`-v5`, `-v=5`, `-v 5`). */
  private parseShort(letters: string): void {
    let rest = letters;

    // Go leaves what its own test runner adds
    while (rest !== '' && !rest.startsWith('test.')) {
      const shorthands = rest;
      const letter = rest.charAt(0);
      const flag = this.byShorthand.get(letter);

      if (!flag) {
        throw new KubeletError(letter === 'h' ? 'pflag: help requested' : `unknown shorthand flag: ${ quoteFirstByte(rest) } in -${ rest }`);
      }
      rest = rest.slice(1);
      if (rest.length > 1 && rest.startsWith('=')) {
        setFlag(flag, rest.slice(1));
        rest = '';
      } else if (flag.value.bareText === undefined && rest !== '') {
        setFlag(flag, rest);
        rest = '';
      } else {
        setFlag(flag, this.valueOf(flag, `${ quoteFirstByte(letter) } in -${ shorthands }`));
      }
    }
  }

  /** The value of a flag without `=`: its own, or the next argument. */
  private valueOf(flag: Flag, written: string): string {
    const value = flag.value.bareText ?? this.pending.pop();

    if (value === undefined) {
      throw new KubeletError(`flag needs an argument: ${ written }`);
    }

    return value;
  }
}

function setFlag({ name, shorthand, value }: Flag, text: string): void {
  try {
    value.set(text);
  } catch (error) {
    const written = shorthand ? `-${ shorthand }, --${ name }` : `--${ name }`;

    throw new KubeletError(`invalid argument ${ goQuote(text) } for ${ goQuote(written) } flag: ${ (error as Error).message }`);
  }
}

/** `%q` of a text's first byte as a rune, which is what pflag prints of a shorthand beyond ASCII. */
function quoteFirstByte(text: string): string {
  const char = String.fromCharCode(utf8Bytes(text)[0] as number);

  if (char === '"') {
    return `'"'`;
  }

  return char === "'" ? `'\\''` : `'${ goQuote(char).slice(1, -1) }'`;
}
