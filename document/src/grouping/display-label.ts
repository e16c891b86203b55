import type { Process } from '../model/document';

/** What views call a step: the variable that it was assigned to, where nobody named it; else its label. */
export function displayLabel({ label, position }: Process): string {
  return position?.variable ?? label;
}
