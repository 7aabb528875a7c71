/**
 * Says what is going on while something long runs: when it starts, every now and then, and how long it took.
 * How long it may take is what it took last time on this machine.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './paths.mjs';

const REMIND_EVERY_MS = 20_000;
const FILE = join(CACHE, 'durations.json');

const readDurations = () => {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch {
    return {};
  }
};

/** Seconds as an admin reads them: `45 s`, `2 min 05 s`. */
export function duration(seconds) {
  const whole = Math.round(seconds);

  return whole < 60 ? `${ whole } s` : `${ Math.floor(whole / 60) } min ${ String(whole % 60).padStart(2, '0') } s`;
}

export const say = (text) => console.log(text);

/**
 * Runs `work`, telling meanwhile.
 * @param {string} name what is being done: "Building the Dashboard"
 * @param {number} guessSeconds how long it takes where nothing is known yet
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 */
export async function during(name, guessSeconds, work) {
  const about = readDurations()[name] ?? guessSeconds;
  const started = Date.now();
  const elapsed = () => (Date.now() - started) / 1000;

  say(`${ name } (about ${ duration(about) })`);
  const reminder = setInterval(() => say(`  … ${ name }: ${ duration(elapsed()) } of about ${ duration(about) }`), REMIND_EVERY_MS);

  try {
    const result = await work();

    say(`${ name }: done in ${ duration(elapsed()) }`);
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(FILE, JSON.stringify({ ...readDurations(), [name]: Math.round(elapsed()) }, null, 2));

    return result;
  } finally {
    clearInterval(reminder);
  }
}
