import { findRace } from './races';
import { Session } from 'node:inspector/promises';
import { writeFileSync } from 'node:fs';
const v = findRace(process.argv[3] ?? 'digits').variants.find((v) => v.name === process.argv[2])!;
const run = await v.prepare!();
for (let i = 0; i < 4; i++) await run();
const s = new Session(); s.connect(); await s.post('Profiler.enable'); await s.post('Profiler.setSamplingInterval', { interval: 500 }); await s.post('Profiler.start');
for (let i = 0; i < 4; i++) await run();
const { profile } = await s.post('Profiler.stop'); writeFileSync('/tmp/p.cpuprofile', JSON.stringify(profile)); process.exit();
