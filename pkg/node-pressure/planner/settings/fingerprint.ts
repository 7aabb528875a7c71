/** A text that is the same for objects that say the same, in any order of their keys. */
export function fingerprint(object: object): string {
  return JSON.stringify(object, (_, value: unknown) => {
    if (typeof value === 'bigint') {
      return value.toString();
    }

    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
  });
}
