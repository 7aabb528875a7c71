/** `npm run -s conformance`: our functions behind JSON lines, standard input to standard output. */
import { StringDecoder } from 'node:string_decoder';
import { answerLine } from './protocol';

const decoder = new StringDecoder('utf8');
let rest = '';

/** Answers the lines that are complete; whoever waits for an answer before asking again gets it at once. */
function answerComplete(text: string): void {
  const lines = (rest + text).split('\n');

  rest = lines.pop() as string;
  write(lines);
}

function write(lines: readonly string[]): void {
  const answers = lines.filter((line) => line.trim() !== '').map((line) => `${ answerLine(line) }\n`).join('');

  if (!process.stdout.write(answers)) {
    process.stdin.pause();
    process.stdout.once('drain', () => process.stdin.resume());
  }
}

process.stdin.on('data', (chunk) => answerComplete(decoder.write(chunk)));
process.stdin.on('end', () => {
  answerComplete(decoder.end());
  write([rest]);
});
