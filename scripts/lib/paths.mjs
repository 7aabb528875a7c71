import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The repository's root. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A path below the root. */
export const at = (...parts) => join(ROOT, ...parts);

/** What can be thrown away: builds, installation state, durations. */
export const CACHE = at('.cache');
