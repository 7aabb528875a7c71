/**
 * `npm run oracle:compare -- --seed N --count M [--op PREFIX]`: asks the kubelet's own functions and ours the same
 * generated questions, and prints where the answers differ, each with the smallest question that shows it.
 * Ends with 1 when anything differs.
 */
import { parseArgs } from 'node:util';
import { comparable, ourAnswer } from './equality';
import { allGenerators, allShares, type Generator } from './generators';
import { randomFor } from './generators/random';
import { Oracle } from './oracle';
import { evaluate, type Input, type Output } from './protocol';
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

/** What the oracle answers when it has waited long enough for upstream. */
const GIVEN_UP = 'oracle: upstream computes without end';

interface Tally {
  compared: number;
  refused: number;
  differing: number;
}

interface Difference extends Case {
  readonly theirs: Output;
}

async function differingOnce(oracle: Oracle, cases: readonly Case[]): Promise<Difference[]> {
  const answers = await oracle.ask(cases.map(({ question }) => question));

  return cases
    .map((asked, index) => ({ ...asked, theirs: answers[index] as Output }))
    .filter(({ question, ours, theirs }) => ours !== comparable(String(question.op), theirs));
}

/**
 * The questions that the oracle answers differently. Where upstream may not end, the oracle gives up after seconds, which
 * on a busy machine can be too early: those questions are asked a second time.
 */
async function differing(oracle: Oracle, cases: readonly Case[]): Promise<Difference[]> {
  const different = await differingOnce(oracle, cases.filter(({ ours }) => ours !== null));
  const givenUp = different.filter(({ theirs }) => theirs.error === GIVEN_UP);

  return [...different.filter(({ theirs }) => theirs.error !== GIVEN_UP), ...await differingOnce(oracle, givenUp)];
}

const withOurs = (question: Input): Case => ({ question, ours: ourAnswer(question) });

/** Leaving things out can leave a question that is none: ours throws then, and the oracle complains in its own name. */
async function firstDiffering(oracle: Oracle, questions: readonly Input[]): Promise<Input | undefined> {
  const answerable = questions.filter((question) => {
    try {
      evaluate(question);

      return true;
    } catch {
      return false;
    }
  });
  const different = await differing(oracle, answerable.map(withOurs));

  return different.find(({ theirs }) => !String(theirs.error).startsWith('oracle: '))?.question;
}

async function shrink(oracle: Oracle, question: Input): Promise<Input> {
  const candidates = [...smallerQuestions(question)];

  for (let start = 0; start < candidates.length; start += SHRINK_BATCH) {
    const found = await firstDiffering(oracle, candidates.slice(start, start + SHRINK_BATCH));

    if (found) {
      return shrink(oracle, found);
    }
  }

  return question;
}

function print({ question, ours, theirs }: Difference): void {
  console.log(`differs: ${ JSON.stringify(question) }`);
  console.log(`  kubelet: ${ comparable(String(question.op), theirs) }`);
  console.log(`  ours:    ${ ours }`);
}

/** Prints the smallest question that shows a difference; the original one when it does not show it twice. */
async function report(oracle: Oracle, difference: Difference): Promise<void> {
  const question = await shrink(oracle, difference.question);
  const [again] = await differing(oracle, [withOurs(question)]);

  print(again ?? difference);
  if (!again) {
    console.log('  (not when asked again)');
  }
}

async function compareOp(oracle: Oracle, op: string, generate: Generator, seed: number, count: number): Promise<Tally> {
  const tally: Tally = { compared: 0, refused: 0, differing: 0 };
  const check = async(cases: readonly Case[]): Promise<void> => {
    const different = await differing(oracle, cases);
    const printed = Math.max(0, PRINTED - tally.differing);

    tally.refused += cases.filter(({ ours }) => ours === null).length;
    tally.differing += different.length;
    tally.compared += cases.length;
    for (const difference of different.slice(0, printed)) {
      await report(oracle, difference);
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
    const { compared, refused, differing: found } = await compareOp(oracle, op, generate, Number(values.seed), selected.length === 1 ? each : Math.ceil(each * (allShares.get(op) ?? 1)));

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
