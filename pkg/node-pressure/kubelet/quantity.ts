/** Kubernetes' resource.Quantity. Follows k8s.io/apimachinery pkg/api/resource/quantity.go (1.25 to 1.36 agree). */
import { addAmounts, type Amount, compareAmounts, negateAmount, scaledValue, subtractAmounts } from './quantityAmount';
import { canonicalText, type Format } from './quantityFormat';
import { toInteger, wrapInt64 } from './quantityInteger';
import { parseAmount } from './quantityParse';

export type { Format } from './quantityFormat';
export { MAX_QUANTITY_DIGITS, QuantityErrors } from './quantityParse';

/** Scale of thousandths (resource.Milli). */
const MILLI = -3;

/**
 * An exact amount of a resource, with the format that it is written in. Immutable: what changes a quantity in Go
 * returns a new one here. (In Go a copy of a quantity can share its digits with the original, and comparing can change
 * how a negative fraction is rounded later; neither happens here.)
 */
export class Quantity {
  /** Made by parseQuantity, newQuantity and newMilliQuantity. */
  constructor(private readonly amount: Amount, readonly format: Format, private text?: string) {}

  /**
   * Whole units (bytes, cores, …) as an int64 (Quantity.Value): fractions round up, a negative fraction away from zero
   * if Go holds it as an int64. Values beyond int64 wrap around or become zero, as they do in Go on amd64.
   */
  value(): bigint {
    return scaledValue(this.amount, 0);
  }

  /** Thousandths of a unit as an int64 (Quantity.MilliValue), rounded and wrapped like {@link value}. */
  milliValue(): bigint {
    return scaledValue(this.amount, MILLI);
  }

  /** Sum (Quantity.Add). In this one's format, or in that of `other` if this is zero. */
  add(other: Quantity): Quantity {
    return new Quantity(addAmounts(this.amount, other.amount), this.formatBeside(other));
  }

  /** Difference (Quantity.Sub). In this one's format, or in that of `other` if this is zero. */
  sub(other: Quantity): Quantity {
    return new Quantity(subtractAmounts(this.amount, other.amount), this.formatBeside(other));
  }

  /** The negative (Quantity.Neg). */
  neg(): Quantity {
    return new Quantity(negateAmount(this.amount), this.format);
  }

  /** Numeric comparison, whatever the formats (Quantity.Cmp). */
  cmp(other: Quantity): -1 | 0 | 1 {
    return compareAmounts(this.amount, other.amount);
  }

  /** Whether Go holds it as an inf.Dec (`1.5Gi`), whose digits a copy shares: what is then done to the copy changes both. */
  sharesDigits(): boolean {
    return this.amount.backing === 'dec';
  }

  isZero(): boolean {
    return this.amount.mantissa === 0;
  }

  sign(): -1 | 0 | 1 {
    if (this.amount.mantissa === 0) {
      return 0;
    }

    return this.amount.mantissa > 0 ? 1 : -1;
  }

  /**
   * The text that Go prints (Quantity.String): the parsed text where Go keeps it (`+1`, `1.Mi`, `1E3`, …), else the
   * canonical form.
   */
  toString(): string {
    this.text ??= canonicalText(this.amount, this.format);

    return this.text;
  }

  /**
   * The fields of a calculated quantity as Go's `%v` prints them, for the errors that show a quantity that way:
   * `{{8694792192 0} {<nil>}  BinarySI}`. Of an inf.Dec Go prints the address, which nobody can foresee: `0x…` here.
   */
  fieldsText(): string {
    const { mantissa, scale, backing } = this.amount;

    return backing === 'int64' ? `{{${ mantissa } ${ scale }} {<nil>}  ${ this.format }}` : `{{0 0} {0x…}  ${ this.format }}`;
  }

  private formatBeside(other: Quantity): Format {
    return this.isZero() ? other.format : this.format;
  }
}

/**
 * resource.ParseQuantity.
 *
 * Throws KubeletError with one of {@link QuantityErrors}. One error is ours: beyond {@link MAX_QUANTITY_DIGITS} digits,
 * or an exponent beyond ± that, a quantity is refused, where upstream would compute until memory ends.
 */
export function parseQuantity(text: string): Quantity {
  const parsed = parseAmount(text);

  return new Quantity(parsed.amount, parsed.format, parsed.text);
}

/** resource.NewQuantity: `value` units, an int64 (a larger one wraps). */
export function newQuantity(value: bigint, format: Format): Quantity {
  return new Quantity({ mantissa: toInteger(wrapInt64(value)), scale: 0, backing: 'int64' }, format);
}

/** resource.NewMilliQuantity: `milli` thousandths of a unit, an int64 (a larger one wraps). */
export function newMilliQuantity(milli: bigint, format: Format): Quantity {
  return new Quantity({ mantissa: toInteger(wrapInt64(milli)), scale: MILLI, backing: 'int64' }, format);
}
