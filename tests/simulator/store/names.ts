import { createHash } from 'node:crypto';

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
