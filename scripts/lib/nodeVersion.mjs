/** The oldest Node that the toolchain runs on (ESLint 10 asks for it). */
export const OLDEST_NODE = [20, 19];

/**
 * Whether a Node version (`process.versions.node`) is new enough.
 * @param {string} version
 */
export function isSupported(version) {
  const [major, minor] = version.split('.').map(Number);

  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

/** Ends the process with a way out when Node is too old. Imports nothing, so that an old Node gets this far. */
export function requireNode() {
  if (!isSupported(process.versions.node)) {
    console.error(`Node ${ process.versions.node } is too old: Node Pressure needs ${ OLDEST_NODE.join('.') } or newer.`);
    process.exit(1);
  }
}
