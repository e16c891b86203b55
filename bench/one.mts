import { findRace } from './races';
import { PerformanceObserver } from 'node:perf_hooks';
let gcs: [number, number][] = [];
new PerformanceObserver((l) => { for (const e of l.getEntries()) gcs.push([(e as any).detail.kind, e.duration]); }).observe({ entryTypes: ['gc'] });
const race = process.argv[3] ?? 'digits';
const v = findRace(race).variants.find((v) => v.name === process.argv[2])!;
const run = await v.prepare!();
const out: any = {};
for (let i = 0; i < 14; i++) {
  const n = i % 2; (globalThis as any).NUDGE = n ? 1 : 0;
  await new Promise((r) => setTimeout(r, 50)); gcs = [];
  const b = process.cpuUsage(); const t = performance.now();
  const cpu0 = performance.eventLoopUtilization();
  await run();
  const ms = performance.now() - t;
  const u = process.cpuUsage(b);
  const elu = performance.eventLoopUtilization(cpu0);
  await new Promise((r) => setTimeout(r, 50));
  const k = (x: number) => { const g = gcs.filter(([a]) => a === x); return `${g.length}/${g.reduce((a, [, d]) => a + d, 0).toFixed(0)}`; };
  if (i >= 4) console.log('nudge', n, 'ms', ms.toFixed(0), 'cpu', ((u.user + u.system) / 1e3).toFixed(0), 'elu', elu.utilization.toFixed(2), 'scav', k(1), 'mc', k(4), 'inc', k(8), 'ext', (process.memoryUsage().external/1e6).toFixed(0), 'rss', (process.memoryUsage().rss/1e6).toFixed(0));
}
process.exit();
