import type { Ink } from '../graph/svg';

/** The colours and fonts of the theme, as a canvas needs them: resolved, since it cannot read CSS variables. */
export interface Theme {
  background: string;
  surface: string;
  text: string;
  muted: string;
  faint: string;
  border: string;
  accent: string;
  ok: string;
  warn: string;
  error: string;
  font: string;
}

/**
 * Listen for changes of the theme: JupyterLab names it at the body, a browser has a light and a dark one. Returns a
 * function that ends it.
 */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributeFilter: ['data-jp-theme-name', 'data-jp-theme-light'] });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', listener);
  };
}

/**
 * Read the theme at an element. Variables that lead to other variables or to a colour function are resolved by the
 * browser itself.
 */
export function readTheme(element: HTMLElement): Theme {
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const color = (name: string): string => {
    probe.style.color = `var(--stemma-${name})`;
    return getComputedStyle(probe).color;
  };
  const background = color('background');
  const solid = (name: string): string => flatten(color(name), background);
  const theme: Theme = {
    background,
    surface: solid('surface'),
    text: solid('text'),
    muted: solid('muted'),
    faint: solid('faint'),
    border: solid('line'),
    accent: solid('accent'),
    ok: solid('ok'),
    warn: solid('warn'),
    error: solid('error'),
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return theme;
}

/** The theme for pictures that leave the page. */
export function inkOf(theme: Theme): Ink {
  const { muted, accent, ok, warn, error } = theme;
  const state = { new: muted, running: accent, complete: ok, stopped: muted, failed: error, aborted: warn };
  return { ...theme, state, shades: shadeColors(theme) };
}

/** From the faintest to the strongest. */
export function shadeColors({ accent, background }: Theme): string[] {
  return [0, 1, 2, 3, 4, 5].map((shade) => mix(accent, background, shade * 0.1));
}

/** A colour with its transparency worked in: a canvas node has one opacity for all of its parts. */
function flatten(color: string, background: string): string {
  const [r = 0, g = 0, b = 0, alpha = 1] = channels(color);
  const below = channels(background);
  const mixed = [r, g, b].map((value, i) => Math.round(value * alpha + (below[i] ?? 255) * (1 - alpha)));
  return `rgb(${mixed.join(', ')})`;
}

/** One colour with a share of another. */
export function mix(color: string, into: string, share: number): string {
  const [from, to] = [channels(color), channels(into)];
  return `rgb(${[0, 1, 2].map((i) => Math.round((from[i] ?? 0) * share + (to[i] ?? 0) * (1 - share))).join(', ')})`;
}

function channels(color: string): number[] {
  return (color.match(/[\d.]+/g) ?? []).map(Number);
}
