/**
 * How `decodeImage` works, in this process.
 *
 * @example
 * decodeSettings.memory = 4 * 2 ** 30;
 */
export const decodeSettings = {
  /**
   * Bytes of pixels that all images being decoded may take together; 1 GiB by default. An image is started when what
   * its header announces fits: width × height × channels × bytes per sample, times the copies that its decoder holds,
   * plus the result. An image that is larger than the limit is decoded alone.
   */
  memory: 2 ** 30,
};
