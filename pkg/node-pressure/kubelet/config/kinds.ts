import type { Nanoseconds } from '../go/duration';
import type { StringMap } from '../flags';
import type { Quantity } from '../quantity';

/** What a Go type of the kubelet's configuration is here, by a short name for it. */
export interface Values {
  bool: boolean;
  int32: number;
  uint32: number;
  int64: bigint;
  float64: number;
  string: string;
  /** metav1.Duration: text in JSON. */
  duration: Nanoseconds;
  /** TimeOrMetaDuration: a duration that may also be a bare number of nanoseconds. */
  durationOrNumber: Nanoseconds;
  /** metav1.Time: RFC 3339. */
  time: string;
  quantity: Quantity;
}

/** Maps and slices, which may be nil in Go whatever the field. */
export interface Collections {
  map: StringMap;
  boolMap: Record<string, boolean>;
  listMap: Record<string, string[]>;
  quantities: Record<string, Quantity>;
  strings: string[];
  int32s: number[];
}

export type ValueName = keyof Values;
export type CollectionName = keyof Collections;

/**
 * A field's type. `*` is a pointer in the file's version (v1beta1) that the kubelet itself holds by value: absent and
 * zero differ until defaults are set. `?` is a pointer in both, and stays null when nothing sets it.
 */
export type Kind =
  | ValueName | `*${ ValueName }` | `?${ ValueName }` | CollectionName
  | Struct | readonly ['[]', Struct] | readonly ['?', Struct];

/** Fields by their names in JSON. */
export interface Struct {
  readonly [name: string]: Kind;
}

/** The TypeScript type of what a kind holds once defaults are set. */
export type Decoded<K> =
  K extends ValueName ? Values[K] :
    K extends `*${ infer V extends ValueName }` ? Values[V] :
      K extends `?${ infer V extends ValueName }` ? Values[V] | null :
        K extends CollectionName ? Collections[K] | null :
          K extends readonly ['[]', infer S] ? Decoded<S>[] | null :
            K extends readonly ['?', infer S] ? Decoded<S> | null :
              { readonly [F in keyof K]: Decoded<K[F]> };
