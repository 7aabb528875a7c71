/** What a boot file asks of its node before it writes settings there: later nodes were never looked at by anybody. */

/** Harvester writes this on witness nodes, and only there. */
const WITNESS_FILE = '/etc/rancher/rke2/config.yaml.d/99-harvester-witness.yaml';

/** Survives reboots and upgrades: `/var/lib/rancher` is one of Harvester's persistent paths. */
const MARKERS = '/var/lib/rancher/node-pressure';

/**
 * The share of memory by which a node may fall short of the smallest one that was checked: nodes of one kind differ by some
 * pages, and so does a node from boot to boot. Settings that leave less than that to pods are not saved at all, so that
 * every kubelet within it starts. Our choice.
 */
export const MEMORY_TOLERANCE = 0.01;

const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;

/** FNV-1a, 64 bits, as 16 hexadecimal digits: tells contents apart, and is no secret. */
function fingerprint(text: string): string {
  const hash = new TextEncoder().encode(text).reduce((value, byte) => BigInt.asUintN(64, (value ^ BigInt(byte)) * FNV_PRIME), FNV_OFFSET);

  return hash.toString(16).padStart(16, '0');
}

/** The file whose presence on a node says that this very settings file was tried there and taken back. */
export function refusalMarker(settingsFile: string): string {
  return `${ MARKERS }/refused-${ fingerprint(settingsFile) }`;
}

/**
 * A shell condition: no witness, at least as much memory as any node that the settings were checked for, and not
 * refused here before. Only fixed texts and a whole number go in, so there is nothing to quote.
 *
 * @param minimumMemoryKib MemTotal of `/proc/meminfo`, KiB; a whole number
 */
export function guardCondition(settingsFile: string, minimumMemoryKib: number): string {
  return [
    `[ ! -e ${ WITNESS_FILE } ]`,
    `[ "$(awk '/^MemTotal:/ {print $2}' /proc/meminfo)" -ge ${ Math.ceil(minimumMemoryKib) } ]`,
    `[ ! -e ${ refusalMarker(settingsFile) } ]`,
  ].join(' && ');
}
