import type { DrawnNode } from 'stemma-document';
import { rateChart } from '../charts/rate-chart';
import { timeChart } from '../charts/time-chart';
import { combine } from '../elements/combine';
import type { ViewContext } from '../elements/context';
import { h, type View } from '../elements/dom';
import { section } from '../elements/section';
import { codeBlock } from './code';
import { detailsTitle } from './details-title';
import { memberTable } from './member-table';
import { processCommands } from './process-commands';
import { processFailures } from './process-failures';
import { processFigures } from './process-figures';
import { processFiles } from './process-files';
import { processLocation } from './process-location';
import { processMetrics } from './process-metrics';
import { processOptions } from './process-options';
import { type DetailsPart, processSubject } from './process-subject';
import { samplesView } from './samples';
import { timeSections } from './time-sections';

/** The parts of the details, from top to bottom. */
const PARTS: readonly DetailsPart[] = [
  processFigures,
  processFailures,
  processMetrics,
  outputSamples,
  members,
  processFiles,
  processOptions,
  processCommands,
  sourceCode,
  timeSections,
  itemRates,
  busyTimes,
  processLocation,
];

/** The details of a process, or of several that are drawn as one. */
export function processDetails(host: HTMLElement, context: ViewContext, node: DrawnNode): View {
  const title = detailsTitle(host, context, node);
  const subject = processSubject(node, context);
  return subject === null ? title : combine([title, ...PARTS.flatMap((part) => part(host, context, subject) ?? [])]);
}

function itemRates(...[host, context, { first, node }]: Parameters<DetailsPart>): View | null {
  return node.members.length === 1
    ? rateChart(partOf(host, context.trans.__('Items per second')), context, first.id)
    : null;
}

function busyTimes(...[host, context]: Parameters<DetailsPart>): View {
  return timeChart(partOf(host, context.trans.__('Time busy per step')), context);
}

function outputSamples(...[host, context, { first, ends }]: Parameters<DetailsPart>): View | null {
  if (first.outputs.length === 0) {
    return null;
  }
  const outputs = ends().last.flatMap((process) => process.outputs);
  return samplesView(partOf(host, context.trans.__('Output samples')), context, outputs);
}

function members(...[host, context, { node, processes }]: Parameters<DetailsPart>): View | null {
  return node.members.length > 1
    ? memberTable(partOf(host, context.trans.__('The %1 steps of the group', processes().length)), context, node)
    : null;
}

function sourceCode(...[host, { trans }, { first }]: Parameters<DetailsPart>): null {
  if (first.code) {
    const title = first.code.truncated ? trans.__('Source (truncated)') : trans.__('Source');
    host.append(section(title, codeBlock(first.code.source)));
  }
  return null;
}

/** An empty, titled part at the end of `host`. */
function partOf(host: HTMLElement, title: string): HTMLElement {
  const part = h('div');
  host.append(section(title, part));
  return part;
}
