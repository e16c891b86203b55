/** Ids of our commands. */
export namespace CommandIDs {
  export const showPanel = 'jupyterlab-stemma:show-panel';
  export const exportDocument = 'jupyterlab-stemma:export-document';
}
