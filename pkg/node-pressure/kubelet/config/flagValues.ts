import type { Nanoseconds } from '../go/duration';
import { KubeletError } from '../errors';
import { MapFlag, type FlagValue, type StringMap } from '../flags';
import { BoolFlag, DurationFlag, Int32Flag, StringFlag, StringSliceFlag } from '../flagsScalar';
import { parseGoInt } from '../go/int';
import { goQuote } from '../go/quote';
import { trimSpace } from '../go/strings';
import type { FlagKind } from './flagTable';

/** A flag of a kubelet, holding what it sets a field to. */
export interface BoundFlag extends FlagValue {
  readonly value: unknown;
}

const LEVEL_LIMIT = 2 ** 31;

/** A whole number within int64, written as for Int32Flag. Follows pflag's int64Value. */
class Int64Flag implements BoundFlag {
  constructor(public value: bigint) {}

  set(text: string): void {
    this.value = parseGoInt(text, 0, 64);
  }

  toString(): string {
    return String(this.value);
  }
}

/** How much is logged: decimal digits below 2^31. Follows verbosityLevelPflag of k8s.io/component-base/logs/api/v1. */
class LevelFlag implements BoundFlag {
  constructor(public value: number) {}

  set(text: string): void {
    if (!/^[0-9]+$/.test(text)) {
      throw new KubeletError(`strconv.ParseUint: parsing ${ goQuote(text) }: invalid syntax`);
    }
    if (Number(text) >= LEVEL_LIMIT) {
      throw new KubeletError(`strconv.ParseUint: parsing ${ goQuote(text) }: value out of range`);
    }
    this.value = Number(text);
  }

  toString(): string {
    return String(this.value);
  }
}

/** Feature gates: `name=bool` pairs; the first occurrence replaces, later ones add. Follows MapStringBool of component-base. */
class FeatureGatesFlag implements BoundFlag {
  private readonly given = new Map<string, boolean>();

  constructor(public value: Readonly<Record<string, boolean>> | null) {}

  set(text: string): void {
    for (const pair of text.split(',').filter((piece) => piece !== '')) {
      const at = pair.indexOf('=');

      if (at < 0) {
        throw new KubeletError('malformed pair, expect string=bool');
      }

      const name = trimSpace(pair.slice(0, at));

      this.given.set(name, parseGate(name, trimSpace(pair.slice(at + 1))));
    }
    this.value = Object.fromEntries(this.given);
  }

  toString(): string {
    return Object.entries(this.value ?? {}).map(([name, enabled]) => `${ name }=${ enabled }`).sort().join(',');
  }
}

function parseGate(name: string, text: string): boolean {
  const flag = new BoolFlag(false);

  try {
    flag.set(text);
  } catch (error) {
    throw new KubeletError(`invalid value of ${ name }: ${ text }, err: ${ (error as KubeletError).message }`);
  }

  return flag.value;
}

/** A flag of each kind that starts from a field's present value. */
export const FLAG_VALUES: { readonly [K in FlagKind]: (value: unknown) => BoundFlag } = {
  bool:      (value) => new BoolFlag(value as boolean),
  int32:     (value) => new Int32Flag(value as number),
  int64:     (value) => new Int64Flag(value as bigint),
  duration:  (value) => new DurationFlag(value as Nanoseconds),
  string:    (value) => new StringFlag(value as string),
  strings:   (value) => new StringSliceFlag((value ?? []) as readonly string[]),
  'map<':    (value) => new MapFlag('<', value as StringMap | null),
  'map=':    (value) => new MapFlag('=', value as StringMap | null),
  gates:     (value) => new FeatureGatesFlag(value as Readonly<Record<string, boolean>> | null),
  level:     (value) => new LevelFlag(value as number),
  unchecked: () => new StringFlag(''),
};
