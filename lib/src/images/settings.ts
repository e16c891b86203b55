/**
 * How `decodeImage` works, in this process.
 *
 * @example
 * decodeSettings.memory = 4 * 2 ** 30;
 */
export const decodeSettings = {
  /**
   * Bytes of pixels that all images which are being decoded may take together; 1 GiB unless it is set. An image is begun when
   * what its header announces is within it: width × height × channels × bytes of a sample, as often as its decoder has them in
   * memory, and the result. One that is larger by itself is decoded alone.
   */
  memory: 2 ** 30,
};
