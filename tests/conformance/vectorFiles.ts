/** The committed vectors: questions with the kubelet's own answers, one file for each group of operations. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Input, Output } from './protocol';

export interface Vector {
  readonly input: Input;
  readonly output: Output;
}

const FOLDER = join(__dirname, 'vectors');
const EXTENSION = '.jsonl';

/** The groups that have a file, sorted. */
export function vectorGroups(): string[] {
  return readdirSync(FOLDER).filter((file) => file.endsWith(EXTENSION)).map((file) => file.slice(0, -EXTENSION.length)).sort();
}

export function readVectors(group: string): Vector[] {
  const lines = readFileSync(join(FOLDER, group + EXTENSION), 'utf8').split('\n');

  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Vector);
}

/** Writes each group's file, a vector's JSON text to a line. Files of other groups go unless they are to be kept. */
export function writeVectorFiles(groups: ReadonlyMap<string, readonly string[]>, { keepOthers }: { keepOthers: boolean }): void {
  if (!keepOthers) {
    rmSync(FOLDER, { recursive: true, force: true });
  }
  mkdirSync(FOLDER, { recursive: true });
  for (const [group, lines] of groups) {
    writeFileSync(join(FOLDER, group + EXTENSION), lines.map((line) => `${ line }\n`).join(''));
  }
}
