import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Reply } from '../request';

/** A built UI extension, to be served as Rancher serves the ones that are installed. */
export interface Extension {
  name: string;
  version: string;
  /** `rancher.annotations` of its package.json: the Dashboard refuses an extension without them. */
  metadata: Record<string, string>;
  /** Holds `<name>-<version>.umd.min.js` and its chunks. */
  folder: string;
}

/** @throws Error when an extension cannot be what the Dashboard will ask for */
export function checkExtensions(extensions: readonly Extension[]): void {
  for (const { name, version, metadata, folder } of extensions) {
    const main = join(folder, `${ name }-${ version }.umd.min.js`);

    if (!metadata['catalog.cattle.io/ui-extensions-version']) {
      throw new Error(`extension ${ name }: no annotation catalog.cattle.io/ui-extensions-version`);
    }
    if (!existsSync(main)) {
      throw new Error(`extension ${ name }: there is no ${ main }`);
    }
  }
}

/** `/v1/uiplugins`, the index of the installed extensions. */
export function pluginIndex(extensions: readonly Extension[]): Reply {
  const entries = extensions.map(({ name, version, metadata }) => [
    name,
    { name, version, endpoint: `/v1/uiplugins/${ name }/${ version }`, noCache: false, noAuth: false, metadata },
  ]);

  return { status: 200, body: { entries: Object.fromEntries(entries) } };
}

/** The file on disk behind `/v1/uiplugins/<name>/<version>/plugin/<file>`. */
export function pluginFile(extensions: readonly Extension[], path: string): { folder: string; file: string } | undefined {
  const [, name, version, file] = /^\/v1\/uiplugins\/([^/]+)\/([^/]+)\/plugin\/(.+)$/.exec(path) ?? [];
  const extension = extensions.find((candidate) => candidate.name === name && candidate.version === version);

  return extension && file ? { folder: extension.folder, file } : undefined;
}
