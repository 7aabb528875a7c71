/**
 * `npm run vectors [-- --group NAME]`: asks the kubelet's own functions and writes the committed vectors anew, of all
 * operations or of one group (`quantity`). The same generators give the same files. Every corner case is kept; of generated questions the first few, then those that look new, answer included.
 */
import { parseArgs } from 'node:util';
import { canonicalJson, comparable, ourAnswer } from './equality';
import { allCorners, allGenerators, allShares, type Generator } from './generators';
import { randomFor } from './generators/random';
import { Oracle } from './oracle';
import type { Input } from './protocol';
import { writeVectorFiles } from './vectorFiles';

const SEED = 1;
/** Generated questions to choose from, and how many are kept at most, for each operation. */
const CANDIDATES = 4_000;
const KEPT = 150;
/** The first generated questions are kept whatever they look like. */
const KEPT_FIRST = 30;
/** Generated vectors of one operation stay below this size. */
const KEPT_BYTES = 96 * 1024;

/** What questions and their answers have in common when they likely exercise the same code: all but the digits. */
const form = (line: string): string => line.replace(/[0-9]+/g, '0');

const groupOf = (op: string): string => op.slice(0, op.indexOf('.'));

async function vectorLines(oracle: Oracle, questions: readonly Input[]): Promise<string[]> {
  const asked = questions.filter((question) => ourAnswer(question) !== null);
  const answers = await oracle.ask(asked);

  return asked.map((question, index) => {
    const output: unknown = JSON.parse(comparable(String(question.op), answers[index] ?? {}));

    if (canonicalJson(output) === '{"unsupported":true}') {
      throw new Error(`the oracle does not know ${ String(question.op) }`);
    }

    return JSON.stringify({ input: question, output });
  });
}

function chooseVarious(lines: readonly string[]): string[] {
  const forms = new Set<string>();
  const chosen: string[] = [];
  let bytes = 0;

  for (const [index, line] of lines.entries()) {
    if (chosen.length < KEPT && bytes + line.length < KEPT_BYTES && (index < KEPT_FIRST || !forms.has(form(line)))) {
      forms.add(form(line));
      chosen.push(line);
      bytes += line.length;
    }
  }

  return chosen;
}

async function opVectors(oracle: Oracle, op: string, generate: Generator): Promise<string[]> {
  const candidates = Math.ceil(CANDIDATES * (allShares.get(op) ?? 1));
  const generated = Array.from({ length: candidates }, (_, index) => generate(randomFor(SEED, op, index)));
  const corners = await vectorLines(oracle, allCorners.filter((question) => question.op === op));

  return [...new Set([...corners, ...chooseVarious(await vectorLines(oracle, generated))])];
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { group: { type: 'string' } } });
  const selected = [...allGenerators].filter(([op]) => !values.group || groupOf(op) === values.group);
  const oracle = new Oracle();
  const groups = new Map<string, string[]>();

  for (const [op, generate] of selected) {
    const group = groupOf(op);
    const lines = await opVectors(oracle, op, generate);

    console.log(`${ op }: ${ lines.length }`);
    groups.set(group, [...(groups.get(group) ?? []), ...lines]);
  }
  oracle.close();
  writeVectorFiles(groups, { keepOthers: values.group !== undefined });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
