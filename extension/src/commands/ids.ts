/** Ids of our commands. */
export namespace CommandIDs {
  export const showPanel = 'jupyterlab-stemma:show-panel';
  export const openTab = 'jupyterlab-stemma:open-tab';
  export const showCell = 'jupyterlab-stemma:show-nodes-of-cell';
  export const exportDocument = 'jupyterlab-stemma:export-document';
  export const fit = 'jupyterlab-stemma:fit-graph';
  export const tidy = 'jupyterlab-stemma:tidy-graph';
  export const find = 'jupyterlab-stemma:find-steps';
  export const toggleLineage = 'jupyterlab-stemma:toggle-lineage';
  export const toggleHistory = 'jupyterlab-stemma:toggle-history';
  export const toggleGroup = 'jupyterlab-stemma:toggle-group';
  export const toggleCells = 'jupyterlab-stemma:toggle-group-cells';
  export const toggleOrientation = 'jupyterlab-stemma:toggle-orientation';
  export const toggleLive = 'jupyterlab-stemma:toggle-live';
  export const colorBy = 'jupyterlab-stemma:color-by';
  export const showTab = 'jupyterlab-stemma:show-tab';
  export const selectNext = 'jupyterlab-stemma:select-next';
  export const selectPrevious = 'jupyterlab-stemma:select-previous';
  export const traceItem = 'jupyterlab-stemma:trace-item';
  export const showProblems = 'jupyterlab-stemma:show-problems-of-step';
  export const copyName = 'jupyterlab-stemma:copy-name-of-step';
  export const showLegend = 'jupyterlab-stemma:show-legend';
  export const revealCell = 'jupyterlab-stemma:reveal-cell';
  export const startMonitor = 'jupyterlab-stemma:start-monitor';
  export const compareWith = 'jupyterlab-stemma:compare-with';
  export const compareRuns = 'jupyterlab-stemma:compare-runs';
  export const copySvg = 'jupyterlab-stemma:copy-graph-as-svg';
  export const copyPng = 'jupyterlab-stemma:copy-graph-as-png';
  export const copyMermaid = 'jupyterlab-stemma:copy-graph-as-mermaid';
}
