/** One question, one answer: how our functions speak the conformance protocol (docs/conformance.md). */
import { KubeletError } from '../../pkg/node-pressure/kubelet/errors';
import { allOps } from './ops';

/** A question's fields, `op` included. */
export type Input = Readonly<Record<string, unknown>>;
/** An answer's fields, without the id. */
export type Output = Record<string, unknown>;
export type Operation = (input: Record<string, unknown>) => Output;

/** Half a surrogate pair, which Go's decoder of JSON replaces. */
const LONE_SURROGATE = /\p{Cs}/gu;

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(LONE_SURROGATE, '\uFFFD');
  }
  if (Array.isArray(value)) {
    return value.map(wellFormed);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [wellFormed(key), wellFormed(item)]));
  }

  return value;
}

/** Our answer to a question. An error of the kubelet core becomes the answer's `error`; any other one is a defect and passes. */
export function evaluate(input: Input): Output {
  const op = allOps.get(String(input.op));

  if (!op) {
    return { unsupported: true };
  }
  try {
    return op(input);
  } catch (error) {
    if (error instanceof KubeletError) {
      return { error: error.message };
    }
    throw error;
  }
}

function parseQuestion(line: string): Record<string, unknown> {
  const question: unknown = JSON.parse(line);

  return (/\\u[dD][89a-fA-F]/.test(line) ? wellFormed(question) : question) as Record<string, unknown>;
}

/** The answer's line to a question's line. What is no question, or breaks us, is answered too: whoever asks counts lines. */
export function answerLine(line: string): string {
  let id: unknown = null;

  try {
    const { id: asked = null, ...input } = parseQuestion(line);

    id = asked;

    return JSON.stringify({ id, ...evaluate(input) });
  } catch (error) {
    return JSON.stringify({ id, error: `conformance: ${ String(error) }` });
  }
}
