import { type DrawnNode, endsOf, formatCount, type Process, processesOf } from 'stemma-document';
import { timesTogetherOf, type TimesTogether } from '../model/times-together';
import { codeBlock } from './code';
import { combine } from '../elements/combine';
import type { ViewContext } from '../elements/context';
import { detailsTitle } from './details-title';
import { h, type View } from '../elements/dom';
import { failureBlock } from './failure';
import { FigureGrid } from '../elements/figure-grid';
import { optionRows } from '../format/options';
import { memberTable } from './member-table';
import { neighbours } from './neighbours';
import { rateChart } from '../charts/rate-chart';
import { samplesView } from './samples';
import { FactList, linkButton, section } from '../elements/section';
import { timeChart } from '../charts/time-chart';
import { timeSections } from './time-sections';

/** More of them are in the list of problems. */
const SKIPPED_SHOWN = 3;

/** The details of a process, or of several that are drawn as one. */
export function processDetails(host: HTMLElement, context: ViewContext, node: DrawnNode): View {
  const { store, trans } = context;
  const views: View[] = [detailsTitle(host, context, node)];
  const first = processesOf(node, store)[0];
  if (!first) {
    return combine(views);
  }
  const figures = new FigureGrid();
  const failure = h('div');
  host.append(figures.element, failure);
  let failureKey = '';
  const members = (): Process[] => processesOf(node, store);
  const own = timesTogetherOf(members, 'selfTime');
  views.push({
    update: () => {
      const processes = members();
      setFigures(figures, processes, endsOf(node, store), own(), context);
      const failures = processes.flatMap((process) => process.execution.failure ?? []).slice(0, 1);
      const skipped = processes.flatMap((process) => process.execution.skippedItems).slice(0, SKIPPED_SHOWN);
      const key = JSON.stringify([failures, skipped]);
      if (key !== failureKey) {
        failureKey = key;
        failure.replaceChildren(
          ...failures.map((one) => failureBlock(one, trans)),
          ...skipped.map((one) => failureBlock(one, trans, 'warn')),
        );
      }
    },
    dispose: () => undefined,
  });

  views.push(timeSections(host, context, node, own, timesTogetherOf(members, 'waitTime')));
  if (node.members.length === 1) {
    const rates = h('div');
    host.append(section(trans.__('Items per second'), rates));
    views.push(rateChart(rates, context, first.id));
  }
  const chartHost = h('div');
  host.append(section(trans.__('Time busy per step'), chartHost));
  views.push(timeChart(chartHost, context));

  const output = first.outputs[0];
  if (output !== undefined) {
    const samples = h('div');
    host.append(section(trans.__('Output samples'), samples));
    views.push(
      samplesView(
        samples,
        context,
        endsOf(node, store).last.flatMap((process) => process.outputs),
      ),
    );
  }
  if (node.members.length > 1) {
    const members = h('div');
    host.append(section(trans.__('The %1 steps of the group', processesOf(node, store).length), members));
    views.push(memberTable(members, context, node));
  }
  const facts = optionFacts(first, node, context);
  if (facts) {
    host.append(section(trans.__('Options'), facts));
  }
  const place = new FactList();
  host.append(section(trans.__('Location'), place.element));
  let placeKey = '';
  views.push({
    update: () => {
      const processes = processesOf(node, store);
      const ends = processes.map((one) => [one.inputs, one.outputs, one.uses, one.execution.runs]);
      const key = JSON.stringify([ends, Boolean(context.actions.revealCell)]);
      if (key !== placeKey) {
        placeKey = key;
        setPlace(place, processes, context);
      }
    },
    dispose: () => undefined,
  });
  if (first.code) {
    host.append(
      section(first.code.truncated ? trans.__('Source (truncated)') : trans.__('Source'), codeBlock(first.code.source)),
    );
  }
  return combine(views);
}

function setFigures(
  figures: FigureGrid,
  processes: readonly Process[],
  ends: { first: readonly Process[]; last: readonly Process[] },
  together: TimesTogether,
  { durations, trans }: ViewContext,
): void {
  const sum = (of: (process: Process) => number): number => processes.reduce((total, p) => total + of(p), 0);
  const into = ends.first.reduce((total, p) => total + p.execution.itemsIn, 0);
  const out = ends.last.reduce((total, p) => total + p.execution.itemsOut, 0);
  const skipped = sum((p) => p.execution.skipped);
  const failed = sum((p) => p.execution.failed);
  const times = processes.flatMap((p) => p.execution.selfTime ?? []);
  const items = times.reduce((total, t) => total + (t.meanMs > 0 ? t.totalMs / t.meanMs : 0), 0);
  const totalMs = times.reduce((total, t) => total + t.totalMs, 0);
  figures.set(trans.__('items in'), ends.first.every((p) => p.role === 'source') ? '–' : formatCount(into));
  figures.set(trans.__('items out'), ends.last.every((p) => p.role === 'sink') ? '–' : formatCount(out));
  figures.set(
    trans.__('skipped / failed'),
    `${formatCount(skipped)} / ${formatCount(failed)}`,
    failed > 0 ? 'error' : skipped > 0 ? 'warn' : 'plain',
  );
  figures.set(trans.__('mean per item'), items > 0 ? durations.format(totalMs / items) : '–');
  // Where no distribution is known: at least so many of each are below the greatest.
  const p95Ms = together.times?.p95Ms ?? Math.max(...times.map((t) => t.p95Ms));
  figures.set(trans.__('p95, all runs'), times.length > 0 ? durations.format(p95Ms) : '–');
  figures.set(trans.__('self time'), times.length > 0 ? durations.format(totalMs) : '–');
  const waits = processes.flatMap((p) => p.execution.waitMs ?? []);
  const firsts = processes.flatMap((p) => p.execution.firstItemMs ?? []);
  figures.set(trans.__('wait time'), waits.length > 0 ? durations.format(waits.reduce((a, b) => a + b, 0)) : '–');
  figures.set(trans.__('first item'), firsts.length > 0 ? durations.format(Math.min(...firsts)) : '–');
  figures.set(trans.__('buffered'), bufferText(processes));
}

/** Items held back now, where a process ever holds any. */
function bufferText(processes: readonly Process[]): string {
  const held = processes.flatMap((process) => process.execution.bufferedItems ?? []);
  return held.length > 0 ? formatCount(held.reduce((a, b) => a + b, 0)) : '–';
}

function optionFacts(first: Process, node: DrawnNode, { store, trans }: ViewContext): HTMLElement | null {
  const names = Object.keys(optionRows(first.options));
  if (names.length === 0) {
    return null;
  }
  const rows = processesOf(node, store).map((process) => optionRows(process.options));
  const facts = new FactList();
  for (const name of names) {
    const values = new Set(rows.map((row) => row[name] ?? '–'));
    facts.set(name, values.size === 1 ? ([...values][0] as string) : trans.__('%1 different values', values.size));
  }
  facts.element.classList.add('stemma-mod-code');
  return facts.element;
}

function setPlace(facts: FactList, processes: readonly Process[], context: ViewContext): void {
  const { actions, trans } = context;
  const cell = processes[0]?.cell;
  if (cell) {
    const text = trans.__('cell [%1]', cell.executionCount);
    const reveal = actions.revealCell;
    facts.set(trans.__('declared in'), reveal && cell.id !== null ? linkButton(text, () => reveal(cell)) : text);
  }
  const position = processes[0]?.position;
  if (position?.file !== undefined) {
    facts.set(trans.__('file'), `${position.file}:${position.line}:${position.column}`);
  }
  const inputs = [...new Set(processes.flatMap((process) => process.inputs))];
  facts.set(trans.__('inputs'), inputs.length > 0 ? neighbours(inputs, context) : null);
  const outputs = [...new Set(processes.flatMap((process) => process.outputs))];
  facts.set(trans.__('outputs'), outputs.length > 0 ? neighbours(outputs, context) : null);
  const uses = [...new Set(processes.flatMap((process) => process.uses))];
  facts.set(trans.__('uses value of'), uses.length > 0 ? neighbours(uses, context) : null);
  facts.set(trans.__('runs'), String(Math.max(0, ...processes.map((process) => process.execution.runs))));
}
