/** Several errors as one text, as Kubernetes' aggregates print them: each once, in brackets unless it is the only one; nothing for none. */
export function aggregate(errors: readonly string[]): string {
  const unique = [...new Set(errors)];

  return unique.length < 2 ? unique.join() : `[${ unique.join(', ') }]`;
}
