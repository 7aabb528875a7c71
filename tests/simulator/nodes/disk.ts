/** Where RKE2 reads its configuration, and where elementary boot files lie. */
export const CONFIG_DIRECTORY = '/etc/rancher/rke2/config.yaml.d';
export const OEM_DIRECTORY = '/oem';
export const KUBELET_DROP_INS = '/var/lib/rancher/rke2/agent/etc/kubelet.conf.d';

/** The files of a node that survive a reboot. */
export class Disk {
  private readonly files = new Map<string, string>();

  read(path: string): string | undefined {
    return this.files.get(path);
  }

  has(path: string): boolean {
    return this.files.has(path);
  }

  write(path: string, content: string): void {
    if (!path.startsWith('/')) {
      throw new Error(`not an absolute path: ${ path }`);
    }
    this.files.set(path, content);
  }

  remove(path: string): boolean {
    return this.files.delete(path);
  }

  /** Names of the files directly in a directory, in the byte order in which os.ReadDir returns them. */
  names(directory: string): string[] {
    const prefix = `${ directory }/`;

    return [...this.files.keys()]
      .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
      .map((path) => path.slice(prefix.length))
      .sort(byBytes);
  }

  /** Every file, for people who look. */
  all(): Record<string, string> {
    return Object.fromEntries([...this.files].sort(([a], [b]) => byBytes(a, b)));
  }
}

export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
