/** The Go oracle as a child process: questions in, answers out, in order. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Input, Output } from './protocol';

/** Runs the binary that NODE_PRESSURE_ORACLE names, or builds the oracle first where it is out of date. */
function startOracle(): ChildProcess {
  const binary = process.env.NODE_PRESSURE_ORACLE;
  const [command, args] = binary ? [binary, []] : [process.execPath, ['scripts/oracle.mjs']];

  return spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
}

export class Oracle {
  private readonly child = startOracle();
  private readonly lines: AsyncIterator<string>;
  private readonly reader: Interface;
  /** Batches are answered one after the other. */
  private last: Promise<unknown> = Promise.resolve();

  constructor() {
    this.reader = createInterface({ input: this.child.stdout as NodeJS.ReadableStream, crlfDelay: Infinity });
    this.lines = this.reader[Symbol.asyncIterator]();
  }

  /** The answers to a batch of questions, without their ids. Rejects when the oracle ends before it has answered. */
  ask(questions: readonly Input[]): Promise<Output[]> {
    const answers = this.last.then(() => this.exchange(questions));

    this.last = answers.catch(() => undefined);

    return answers;
  }

  /** Lets the oracle end. */
  close(): void {
    this.child.stdin?.end();
    this.reader.close();
  }

  private async exchange(questions: readonly Input[]): Promise<Output[]> {
    this.child.stdin?.write(questions.map((question) => `${ JSON.stringify({ id: 0, ...question }) }\n`).join(''));

    const answers: Output[] = [];

    while (answers.length < questions.length) {
      const { value, done } = await this.lines.next();

      if (done) {
        throw new Error(`the oracle ended before answering ${ JSON.stringify(questions[answers.length]) }`);
      }

      const answer = JSON.parse(value) as Output;

      delete answer.id;
      answers.push(answer);
    }

    return answers;
  }
}
