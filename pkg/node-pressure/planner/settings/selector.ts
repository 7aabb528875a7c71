import type { Draft } from './draft';

/** Whether two selectors ask for the same labels. */
export function sameSelector(a: Draft['matchSelector'], b: Draft['matchSelector']): boolean {
  return Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([key, value]) => Object.hasOwn(b, key) && b[key] === value);
}

/** A selector as `kubectl` takes it: `a=b,c=d`. */
export function selectorText(selector: Draft['matchSelector']): string {
  return Object.entries(selector).map(([key, value]) => `${ key }=${ value }`).sort().join(',');
}
