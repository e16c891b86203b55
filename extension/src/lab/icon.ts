import { LabIcon } from '@jupyterlab/ui-components';
import { BUTTON_PATHS } from 'stemma-views';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="none" stroke="#616161" stroke-width="2">
    <path d="M7.5 8.6v2.2a2 2 0 0 0 2 2h5a2 2 0 0 1 2 2v0M16.5 8.6v2.2a2 2 0 0 1-2 2h-5" fill="none"/>
  </g>
  <g class="jp-icon3" fill="#616161">
    <rect x="3" y="3" width="9" height="5.6" rx="1.4"/>
    <circle cx="16.5" cy="5.8" r="2.8"/>
    <rect x="12" y="15.4" width="9" height="5.6" rx="1.4"/>
    <path d="M7.5 13.8v3.4h3.2v2h-5.2v-5.4z"/>
  </g>
</svg>`;

/** A box and a circle that lead to a box: a process, an artifact, a process. */
export const stemmaIcon = new LabIcon({ name: 'jupyterlab-stemma:icon', svgstr: SVG });

/** The icon of a button in the panel, for the command that does the same. */
export function actionIcon(name: keyof typeof BUTTON_PATHS): LabIcon {
  const stroke = 'fill="none" stroke="#616161" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"';
  const path = `<g class="jp-icon3-stroke" ${stroke}><path d="${BUTTON_PATHS[name]}"/></g>`;
  return new LabIcon({
    name: `jupyterlab-stemma:${name}`,
    svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16">${path}</svg>`,
  });
}
