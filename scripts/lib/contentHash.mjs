import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './paths.mjs';

// What no build reads, or what a build leaves behind
const SKIPPED = new Set(['__tests__', 'node_modules', '.shell', 'README.md']);

function filesBelow(path) {
  if (statSync(path).isFile()) {
    return [path];
  }

  return readdirSync(path)
    .filter((name) => !SKIPPED.has(name))
    .flatMap((name) => filesBelow(join(path, name)));
}

/**
 * A short hash of everything below some files and folders (relative to the root) and of some further text:
 * equal content gives an equal hash, wherever and whenever.
 * @param {readonly string[]} inputs
 * @param {string} text
 */
export function contentHash(inputs, text = '') {
  const hash = createHash('sha256').update(text);

  for (const file of inputs.flatMap((input) => filesBelow(join(ROOT, input))).sort()) {
    hash.update(`\0${ relative(ROOT, file) }\0`).update(readFileSync(file));
  }

  return hash.digest('hex').slice(0, 16);
}
