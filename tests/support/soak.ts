/** How much of something a test does: `npm run soak` does all of it, `npm test` the small part. */
export function soak(all: number, small: number): number {
  return process.env['STEMMA_SOAK'] ? all : small;
}
