/** Names that the kernel and the panel share. The protocol is in docs/reference/protocol.md. */
export const COMM_TARGET = 'stemma';
export const PROTOCOL_VERSION = 1;
/** In `supported_features` of a kernel's `kernel_info_reply`. */
export const FEATURE = 'stemma';
/** Name of our kernelspec. */
export const KERNEL_NAME = 'stemma';
/** Of the translations and of all plugin ids. */
export const PACKAGE = 'jupyterlab-stemma';
/** A provenance document as the value of a cell or the content of a file. */
export const MIME_TYPE = 'application/vnd.stemma.provenance.v1+json';
