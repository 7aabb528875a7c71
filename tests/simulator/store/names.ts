import { createHash } from 'node:crypto';
import type { FieldError } from './errors';

/** Letters and digits that apimachinery's generated names are made of. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A uid or name suffix that depends on nothing but what was made before it: a scenario's objects are the same on every run. */
export class Names {
  private serial = 0;

  constructor(private readonly seed: string) {}

  uid(about: string): string {
    const hex = this.next(about).toString('hex');

    return [hex.slice(0, 8), hex.slice(8, 12), `4${ hex.slice(13, 16) }`, `a${ hex.slice(17, 20) }`, hex.slice(20, 32)].join('-');
  }

  /** The five characters that follow `generateName`. */
  suffix(): string {
    return [...this.next('').subarray(0, 5)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  }

  private next(about: string): Buffer {
    return createHash('sha256').update(`${ this.seed } ${ about } ${ ++this.serial }`).digest();
  }
}

const SUBDOMAIN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const MAX_BYTES = 253;

/** What is wrong with a name: apimachinery's validation.IsDNS1123Subdomain. */
export function nameErrors(name: string): FieldError[] {
  const hint = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
  const texts = [
    ...(Buffer.byteLength(name) > MAX_BYTES ? [`must be no more than ${ MAX_BYTES } bytes`] : []),
    ...(new RegExp(`^${ SUBDOMAIN }$`).test(name) ? [] : [`${ hint } (e.g. 'example.com', regex used for validation is '${ SUBDOMAIN }')`]),
  ];

  return texts.map((text) => ({ field: 'metadata.name', message: `Invalid value: ${ JSON.stringify(name) }: ${ text }` }));
}
