import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { getMimeType } from 'hono/utils/mime';
import { toResponse } from '../http';
import { pluginFile } from './extensions';
import type { Extension } from './extensions';
import { UNAUTHORIZED } from './front';

/** What is served besides APIs. */
export interface Site {
  /** The built Dashboard. */
  dashboardDir?: string;
  extensions: readonly Extension[];
}

/** A path that cannot be decoded means no file. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A file below a folder, or undefined when there is none; nothing outside the folder is ever served. */
export async function fileResponse(folder: string, file: string): Promise<Response | undefined> {
  const root = resolve(folder);
  const path = resolve(join(root, decodePath(file)));

  if (path !== root && !path.startsWith(root + sep)) {
    return undefined;
  }
  const found = await stat(path).catch(() => undefined);

  if (!found?.isFile()) {
    return undefined;
  }
  const type = extname(path) === '.map' ? 'application/json' : getMimeType(path);

  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
    headers: {
      'content-length': String(found.size),
      'content-type': type ?? 'application/octet-stream',
      'cache-control': 'no-cache',
      'last-modified': found.mtime.toUTCString(),
    },
  });
}

/** The Dashboard below `/dashboard`: its files, and index.html for every route of its own. */
export async function dashboardResponse(folder: string, path: string, accept: string): Promise<Response | undefined> {
  const file = path.replace(/^\/dashboard\/?/, '');

  return (
    (file === '' ? undefined : await fileResponse(folder, file)) ??
    (accept.includes('text/html') || file === '' ? await fileResponse(folder, 'index.html') : undefined)
  );
}

/** The file that a path means: the Dashboard's, its icon or an extension's, which only who is logged in gets. Undefined for none. */
export async function siteResponse({ dashboardDir, extensions }: Site, path: string, accept: string, isLoggedIn: boolean): Promise<Response | undefined> {
  const plugin = pluginFile(extensions, path);

  if (plugin) {
    return isLoggedIn ? (await fileResponse(plugin.folder, plugin.file)) ?? new Response('', { status: 404 }) : toResponse(UNAUTHORIZED);
  }
  if (path === '/') {
    return new Response(null, { status: 302, headers: { location: '/dashboard/' } });
  }
  if (dashboardDir && /^\/dashboard(\/|$)/.test(path)) {
    return await dashboardResponse(dashboardDir, path, accept);
  }

  return dashboardDir && /^\/favicon\.\w+$/.test(path) ? await fileResponse(dashboardDir, path.slice(1)) : undefined;
}
