import { createReadStream, existsSync, readFileSync, readdirSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, posix } from 'node:path';

const TYPES: { [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
};

/** Serves a folder on this machine. */
export async function serve(folder: string): Promise<{ url: string; close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url!, 'http://localhost').pathname).replace(/\/$/, '/index.html');
    const file = join(folder, path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The pages of a folder, by their path from its root: `/how-to/export.html`. */
export function pagesOf(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));
  return new Map(paths.map((path) => [`/${path.replaceAll('\\', '/')}`, readFileSync(join(folder, path), 'utf8')]));
}

/**
 * What a page asks for that is not there: pages, anchors on them, images, styles, scripts. Addresses of other servers
 * are left alone.
 */
export function brokenLinks(folder: string): string[] {
  const pages = pagesOf(folder);
  const idsOf = (html: string) => new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!));
  const ids = new Map([...pages].map(([path, html]) => [path, idsOf(html)]));
  return [...pages].flatMap(([page, html]) => {
    const targets = new Set([...html.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, target]) => target!));
    return [...targets]
      .filter((target) => !/^([a-z]+:|\/\/)/.test(target))
      .filter((target) => {
        const [path, anchor] = target.split('#') as [string, string?];
        const file = path === '' ? page : posix.join(posix.dirname(page), path.startsWith('/') ? '' : path);
        const wanted = (path.startsWith('/') ? path : file).replace(/\/$/, '/index.html');
        if (!existsSync(join(folder, decodeURIComponent(wanted)))) return true;
        return anchor !== undefined && anchor !== '' && !ids.get(wanted)?.has(decodeURIComponent(anchor));
      })
      .map((target) => `${page}: ${target}`);
  });
}
