/** Errors of the API server about a field. Follows k8s.io/apimachinery/pkg/util/validation/field. */

import { goQuote } from '../go/quote';

/** `field.Forbidden` */
export function forbidden(path: string, detail: string): string {
  return `${ path }: Forbidden: ${ detail }`;
}

/** `field.Invalid` with a text as its value. */
export function invalid(path: string, value: string, detail: string): string {
  return `${ path }: Invalid value: ${ goQuote(value) }: ${ detail }`;
}

/** `field.Required` */
export function required(path: string, detail = ''): string {
  return `${ path }: Required value${ detail && `: ${ detail }` }`;
}

/** `field.Duplicate` */
export function duplicate(path: string, value: string): string {
  return `${ path }: Duplicate value: ${ goQuote(value) }`;
}

/** `field.NotSupported` */
export function notSupported(path: string, value: string, supported: readonly string[]): string {
  return `${ path }: Unsupported value: ${ goQuote(value) }: supported values: ${ supported.map(goQuote).join(', ') }`;
}
