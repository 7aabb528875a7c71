import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How much of what a program last said is kept for the message of its failure. */
const KEPT_CHARACTERS = 8_000;

/** A program that runs as long as this process holds its standard input open. */
export class Child {
  private said = '';
  private readonly process: ChildProcess;
  /** Settled when the program has ended; never rejects. */
  readonly ended: Promise<void>;

  /**
   * @param cwd where it runs
   * @param onLine is told each line of its standard output
   */
  constructor(command: string, args: readonly string[], { cwd, onLine }: { cwd: string; onLine?: (line: string) => void }) {
    // A group of its own: Ctrl-C is for this process, which ends its children in order
    this.process = spawn(command, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.said = (this.said + text).slice(-KEPT_CHARACTERS);
    });
    createInterface({ input: this.process.stdout as NodeJS.ReadableStream }).on('line', (line) => onLine?.(line));
    this.ended = new Promise((resolve) => {
      this.process.once('exit', () => resolve());
      this.process.once('error', (error) => {
        this.said += error.message;
        resolve();
      });
    });
  }

  get running(): boolean {
    return this.process.pid !== undefined && this.process.exitCode === null && this.process.signalCode === null;
  }

  /** What the program last said on its standard error. */
  get lastWords(): string {
    return this.said.trim();
  }

  /** Asks the program to end, and waits for it. */
  async stop(): Promise<void> {
    this.process.kill('SIGTERM');
    await this.ended;
  }
}
