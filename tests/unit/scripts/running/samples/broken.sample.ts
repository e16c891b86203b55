/** A file that cannot be loaded. */
throw new Error('on purpose');
