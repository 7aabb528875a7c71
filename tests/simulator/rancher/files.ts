import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { getMimeType } from 'hono/utils/mime';

/** A file below a folder, or undefined when there is none; nothing outside the folder is ever served. */
export async function fileResponse(folder: string, file: string): Promise<Response | undefined> {
  const root = resolve(folder);
  const path = resolve(join(root, decodeURIComponent(file)));

  if (path !== root && !path.startsWith(root + sep)) {
    return undefined;
  }
  const found = await stat(path).catch(() => undefined);

  if (!found?.isFile()) {
    return undefined;
  }
  const type = extname(path) === '.map' ? 'application/json' : getMimeType(path);

  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
    headers: { 'content-length': String(found.size), 'content-type': type ?? 'application/octet-stream', 'cache-control': 'no-cache', 'last-modified': found.mtime.toUTCString() },
  });
}

/** The Dashboard below `/dashboard`: its files, and index.html for every route of its own. */
export async function dashboardResponse(folder: string, path: string, accept: string): Promise<Response | undefined> {
  const file = path.replace(/^\/dashboard\/?/, '');

  return (file === '' ? undefined : await fileResponse(folder, file)) ?? (accept.includes('text/html') || file === '' ? await fileResponse(folder, 'index.html') : undefined);
}
