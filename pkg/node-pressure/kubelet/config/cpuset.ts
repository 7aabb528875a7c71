import { KubeletError } from '../errors';
import { parseGoInt } from '../go/int';
import { goQuote } from '../go/quote';

/** CPUs from first to last, both included. */
export interface CpuRange {
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * A list of CPUs such as `0-3,7`, as `--reserved-cpus` takes it: no spaces, overlaps allowed, empty for none.
 * Follows k8s.io/utils/cpuset.Parse, but keeps ranges, so that a range of any size costs nothing.
 *
 * @throws KubeletError with Go's text: `strconv.Atoi: …`, `invalid range "3-1" (3 > 1)`
 */
export function parseCpuSet(text: string): CpuRange[] {
  return text === '' ? [] : text.split(',').map(parseRange);
}

function parseRange(range: string): CpuRange {
  const dash = range.indexOf('-');
  const first = parseCpu(dash < 0 ? range : range.slice(0, dash));
  const last = dash < 0 ? first : parseCpu(range.slice(dash + 1));

  if (first > last) {
    throw new KubeletError(`invalid range ${ goQuote(range) } (${ first } > ${ last })`);
  }

  return { first, last };
}

function parseCpu(text: string): bigint {
  try {
    return parseGoInt(text, 10, 64);
  } catch (error) {
    throw new KubeletError((error as KubeletError).message.replace('ParseInt', 'Atoi'));
  }
}
