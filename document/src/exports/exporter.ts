import type { ProvenanceDocument } from '../model/document';

/** A file of an export. */
export interface ExportedFile {
  /** Relative, with `/` between folders. */
  path: string;
  content: string;
}

/** What holds for all formats. */
export interface ExportOptions {
  /** The files' name without extension, e.g. that of the notebook. */
  name: string;
}

/** A format that a document can be written in. A new one is a file beside this one, and a line in `EXPORTERS`. */
export interface Exporter {
  /** As the command line, the monitor and `exportDocument` call it. */
  id: string;
  /** As menus call it. */
  title: string;
  /** Of the first file. */
  mediaType: string;
  /** Of the first file, with its dot. */
  extension: string;
  /** The first file is the one to open; most formats have no other. */
  export(document: ProvenanceDocument, options: ExportOptions): ExportedFile[];
}
