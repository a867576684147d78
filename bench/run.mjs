// Measures what docs/performance.md claims, each figure beside its peer in the same run, and writes that file.
//
//   node bench/run.mjs [start-page] [province] [checkins] [linelists] [cases] [presence]
//
// Parts that are named are measured, without names all; the others' sections stay as they are. `make bench` builds the programs first.
// LUYTRE_BENCH_SECONDS: length of one measurement (default 5); LUYTRE_BENCH_ROUNDS: how often (default 3).
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { cases } from './cases/run.mjs';
import { checkins } from './checkins/run.mjs';
import { linelists } from './linelists/run.mjs';
import { presence } from './presence/run.mjs';
import { province } from './province/run.mjs';
import { Stage } from './stage.mjs';
import { startPage } from './start_page/run.mjs';
import { merged } from './sections.mjs';
import { root } from './support.mjs';

const seconds = Number(process.env.LUYTRE_BENCH_SECONDS ?? 5);
const rounds = Number(process.env.LUYTRE_BENCH_ROUNDS ?? 3);
const file = `${root}/docs/performance.md`;

const kParts = ['start-page', 'province', 'checkins', 'linelists', 'cases', 'presence'];
const wanted = process.argv.length > 2 ? process.argv.slice(2) : kParts;
const unknown = wanted.filter((name) => !kParts.includes(name));
if (unknown.length) throw new Error(`no such part: ${unknown}; there are ${kParts}`);

const machine = `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim()}`;

// What is measured is written at once, so that a part that fails loses none before it.
function write(section) {
  const measured = `*Measured on ${new Date().toISOString().slice(0, 10)}, ${machine}.*`;
  writeFileSync(file, merged(existsSync(file) ? readFileSync(file, 'utf8') : '', section.replace('\n', `\n\n${measured}\n`), { rounds, seconds }));
  console.log(`\n${section}`);
}

if (wanted.includes('start-page')) write(await startPage());
if (wanted.includes('province') || wanted.includes('checkins')) {
  const stage = new Stage();
  try {
    await stage.fill();
    if (wanted.includes('province')) write(await province(stage, { rounds }));
    if (wanted.includes('checkins')) write(await checkins(stage, { seconds, rounds }));
  } finally {
    stage.close();
  }
}
if (wanted.includes('linelists') || wanted.includes('cases')) {
  const stage = new Stage();
  try {
    if (wanted.includes('linelists')) write(await linelists(stage, { rounds }));
    if (wanted.includes('cases')) write(await cases(stage));
  } finally {
    stage.close();
  }
}
if (wanted.includes('presence')) write(await presence());
