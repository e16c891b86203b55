/** How the scripts speak to a person: one line for each step, one sentence for each problem. */

/** A failure that its message explains wholly, so that nobody needs a stack trace. */
export class Problem extends Error {}

/** @param {string} text */
export function step(text) {
  console.log(`stemma: ${text}`);
}

/**
 * Runs a script. A {@link Problem} becomes one sentence and exit code 1; anything else is a defect of ours and shows
 * its stack.
 * @param {() => Promise<void>} body
 */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof Problem ? `stemma: ${error.message}` : error);
    process.exitCode = 1;
  }
}
