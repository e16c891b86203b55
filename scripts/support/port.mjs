/** Free ports on the loopback interface. */
import { createServer } from 'node:net';
import { Problem } from './say.mjs';

const FIRST = 8888;
const TRIES = 50;

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * The port that the user asked for, which must be free, or else the first free one from 8888 on.
 * @param {string | undefined} wish
 * @returns {Promise<number>}
 */
export async function choosePort(wish) {
  if (wish !== undefined) {
    const port = Number(wish);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new Problem(`"${wish}" is no port: use a number from 1 to 65535.`);
    if (!(await isFree(port)))
      throw new Problem(`port ${port} is taken: choose another with \`npm start -- --port N\`.`);
    return port;
  }
  for (let port = FIRST; port < FIRST + TRIES; port++) {
    if (await isFree(port)) return port;
  }
  throw new Problem(`no free port from ${FIRST} to ${FIRST + TRIES - 1}: choose one with \`npm start -- --port N\`.`);
}
