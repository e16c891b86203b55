/** How much of something a test does: `npm run soak` does all of it, `npm test` the small part. */
export function soak<T>(all: T, small: T): T {
  return process.env['STEMMA_SOAK'] ? all : small;
}
