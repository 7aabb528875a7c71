/**
 * `npm run oracle:compare -- --seed N --count M [--op PREFIX]`: asks the kubelet's own functions and ours the same
 * generated questions, and prints where the answers differ, each with the smallest question that shows it.
 * Ends with 1 when anything differs.
 */
import { parseArgs } from 'node:util';
import { comparable, ourAnswer } from './equality';
import { allGenerators, type Generator } from './generators';
import { randomFor } from './generators/random';
import { Oracle } from './oracle';
import { evaluate, type Input } from './protocol';
import { smallerQuestions } from './shrink';

const BATCH = 5_000;
/** Differences of one operation that are shrunk and printed; all are counted. */
const PRINTED = 5;
/** Smaller questions asked at a time. */
const SHRINK_BATCH = 400;

interface Case {
  readonly question: Input;
  readonly ours: string | null;
}

interface Tally {
  compared: number;
  refused: number;
  differing: number;
}

/** The questions in which the oracle's answer differs from ours. */
async function differing(oracle: Oracle, cases: readonly Case[]): Promise<Input[]> {
  const asked = cases.filter(({ ours }) => ours !== null);
  const answers = await oracle.ask(asked.map(({ question }) => question));

  return asked.filter(({ question, ours }, index) => ours !== comparable(String(question.op), answers[index] ?? {})).map(({ question }) => question);
}

const withOurs = (question: Input): Case => ({ question, ours: ourAnswer(question) });

/** Our answer may be an exception where a shrunk question is no longer well-formed. */
function isAnswerable(question: Input): boolean {
  try {
    evaluate(question);

    return true;
  } catch {
    return false;
  }
}

async function shrink(oracle: Oracle, question: Input): Promise<Input> {
  let pending: Input[] = [];

  for (const smaller of smallerQuestions(question)) {
    pending.push(smaller);
    if (pending.length === SHRINK_BATCH) {
      const [found] = await differing(oracle, pending.filter(isAnswerable).map(withOurs));

      if (found) {
        return shrink(oracle, found);
      }
      pending = [];
    }
  }

  const [found] = await differing(oracle, pending.filter(isAnswerable).map(withOurs));

  return found ? shrink(oracle, found) : question;
}

async function report(oracle: Oracle, question: Input): Promise<void> {
  const smallest = await shrink(oracle, question);
  const [theirs] = await oracle.ask([smallest]);

  console.log(`differs: ${ JSON.stringify(smallest) }`);
  console.log(`  kubelet: ${ comparable(String(smallest.op), theirs ?? {}) }`);
  console.log(`  ours:    ${ ourAnswer(smallest) }`);
}

async function compareOp(oracle: Oracle, op: string, generate: Generator, seed: number, count: number): Promise<Tally> {
  const tally: Tally = { compared: 0, refused: 0, differing: 0 };
  const check = async(cases: readonly Case[]): Promise<void> => {
    const different = await differing(oracle, cases);
    const printed = Math.max(0, PRINTED - tally.differing);

    tally.refused += cases.filter(({ ours }) => ours === null).length;
    tally.differing += different.length;
    tally.compared += cases.length;
    for (const question of different.slice(0, printed)) {
      await report(oracle, question);
    }
  };
  let checking = Promise.resolve();

  for (let start = 0; start < count; start += BATCH) {
    const length = Math.min(BATCH, count - start);
    const cases = Array.from({ length }, (_, index) => withOurs(generate(randomFor(seed, op, start + index))));

    // The oracle works on one batch while we make the next
    await checking;
    checking = check(cases);
    checking.catch(() => undefined);
  }
  await checking;
  tally.compared -= tally.refused;

  return tally;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '10000' }, op: { type: 'string', default: '' } } });
  const selected = [...allGenerators].filter(([op]) => op.startsWith(values.op));
  const each = Math.ceil(Number(values.count) / selected.length);
  const oracle = new Oracle();
  let different = 0;

  if (selected.length === 0 || !Number.isInteger(each) || !Number.isInteger(Number(values.seed))) {
    throw new Error('usage: npm run oracle:compare -- --seed N --count M [--op PREFIX], with a prefix of some operation');
  }
  for (const [op, generate] of selected) {
    const { compared, refused, differing: found } = await compareOp(oracle, op, generate, Number(values.seed), each);

    console.log(`${ op }: ${ compared } compared, ${ found } differ${ refused ? `, ${ refused } beyond our bound` : '' }`);
    different += found;
  }
  oracle.close();
  console.log(`seed ${ values.seed }: ${ different === 0 ? 'no difference' : `${ different } differences` }`);

  return different === 0 ? 0 : 1;
}

main().then((code) => {
  process.exitCode = code;
}, (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
