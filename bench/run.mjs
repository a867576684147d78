// Measures what docs/performance.md claims, each figure beside its peer in the same run, and writes that file.
// `make bench` builds the programs first. LUYTRE_BENCH_SECONDS: length of one measurement (default 5); LUYTRE_BENCH_ROUNDS: how often (default 3).
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { writeFileSync } from 'node:fs';
import { checkins } from './checkins/run.mjs';
import { presence } from './presence/run.mjs';
import { province } from './province/run.mjs';
import { Stage } from './stage.mjs';
import { startPage } from './start_page/run.mjs';
import { root } from './support.mjs';

const seconds = Number(process.env.LUYTRE_BENCH_SECONDS ?? 5);
const rounds = Number(process.env.LUYTRE_BENCH_ROUNDS ?? 3);

const machine = `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim()}`;

const sections = [await startPage()];
const stage = new Stage();
try {
  await stage.fill();
  sections.push(await province(stage, { rounds }));
  sections.push(await checkins(stage, { seconds, rounds }));
} finally {
  stage.close();
}
sections.push(await presence());
const text = `# Performance

Written by \`make bench\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${machine}; the load, the server and the database share it.
Medians of ${rounds} rounds of ${seconds} s; every figure stands beside its peer of the same run.

${sections.join('\n\n')}
`;
writeFileSync(`${root}/docs/performance.md`, text);
console.log(`\n${text}`);
