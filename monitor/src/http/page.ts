import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Guard } from './guard';
import { Representation, type Representations } from './representation';

const FOLDER = join(__dirname, '..', 'page');

/** By path: read once, at the start. No request ever names a file. */
const FILES: { [path: string]: { file: string; type: string } } = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/page.js': { file: 'page.js', type: 'text/javascript; charset=utf-8' },
  '/tidy-worker.js': { file: 'tidy-worker.js', type: 'text/javascript; charset=utf-8' },
  '/style.css': { file: 'style.css', type: 'text/css; charset=utf-8' },
  '/icon.svg': { file: 'icon.svg', type: 'image/svg+xml' },
};

/** The page, and the start link that leads to it: `/?token=…` sets the cookie. */
export function servePage(app: FastifyInstance, guard: Guard, representations: Representations): void {
  for (const [path, { file, type }] of Object.entries(FILES)) {
    const body = readFileSync(join(FOLDER, file));
    app.get(path, (request, reply) => {
      if (!guard.isStartLink(request))
        return representations.get(path, 'page', (tag) => new Representation(body, type, tag)).send(request, reply);
      guard.setCookie(reply);
      return reply.header('cache-control', 'no-store').redirect('/', 303);
    });
  }
}
