/** @param {number} n */
export default (n) => {
  if (n < 0) throw new RangeError('below zero');
  return n * 2;
};

/** @param {string} text */
export const length = (text) => text.length;
