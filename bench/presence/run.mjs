// The presence index on an invented country (world.h), without server: alone, and beside PostgreSQL with the same visits.
// LUYTRE_BENCH_VISITS: the sizes alone; LUYTRE_BENCH_POSTGRES_VISITS: the size beside PostgreSQL. Absent: those of the plan, as far as memory and
// disk suffice; what did not fit is told.
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { logPlot } from '../plot.mjs';
import { built, root, say, table } from '../support.mjs';

const kVisits = [1e6, 10e6, 100e6, 300e6];
const kPostgresVisits = 20e6;
const kCases = 200; // at least, of the medians beside PostgreSQL
// What a visit takes, with room to spare: segments mapped and the day that is being loaded; beside PostgreSQL its table, indexes and write-ahead log.
const kAlone = { memory: 40, disk: 24 };
const kBeside = { memory: 250, disk: 400 };
// All of the table and its indexes in PostgreSQL's own memory, and plans as for a disk that is memory.
const kPostgresOptions = '-c shared_buffers=4GB -c effective_cache_size=8GB -c work_mem=256MB -c random_page_cost=1.1 -c jit=off';

const run = promisify(execFile);

const gib = (bytes) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

// Which sizes the machine can hold, and a sentence for each that it cannot.
function fitting(sizes, needed, named) {
  const wished = named?.split(',').map(Number);
  const memory = 1024 * Number(readFileSync('/proc/meminfo', 'utf8').match(/MemAvailable:\s+(\d+)/)[1]);
  const disk = ((stat) => stat.bavail * stat.bsize)(statfsSync(join(root, 'build')));
  const left = [];
  const fits = (wished ?? sizes).filter((size) => {
    const [memoryNeeded, diskNeeded] = [size * needed.memory, size * needed.disk];
    if (wished || (memoryNeeded <= memory && diskNeeded <= disk)) return true;
    left.push(`${millions(size)} visits were left out: they need ${gib(memoryNeeded)} of memory and ${gib(diskNeeded)} of disk, ${gib(memory)} and ${gib(disk)} were free.`);
    return false;
  });
  for (const size of wished ? sizes.filter((n) => !wished.includes(n)) : []) left.push(`${millions(size)} visits were left out by the environment.`);
  return { fits, left };
}

async function figures(program, words) {
  const { stdout } = await run(join(built, 'bench/presence', program), words, { maxBuffer: 1 << 26 });
  return stdout.trim().split('\n').map((line) => JSON.parse(line));
}

async function alone(folder, sizes) {
  say(`presence index: ${sizes.map(millions)} visits`);
  return figures('presence_bench', ['--visits', sizes.join(), '--folder', join(folder, 'index')]);
}

async function besidePostgres(folder, size) {
  say(`presence index and PostgreSQL: ${millions(size)} visits`);
  const script = join(root, 'tests/postgres.sh');
  const env = { ...process.env, LUYTRE_POSTGRES_OPTIONS: kPostgresOptions };
  const url = execFileSync(script, ['start', join(folder, 'pg'), 'durable'], { encoding: 'utf8', env }).trim();
  try {
    return await figures('presence_postgres', ['--url', url, '--visits', String(size), '--cases', String(kCases)]);
  } finally {
    execFileSync(script, ['stop', join(folder, 'pg')]);
  }
}

const whole = (n) => Math.round(n).toLocaleString('en');
const millions = (n) => `${n / 1e6} M`;
const time = (us) => (us < 1000 ? `${us.toFixed(us < 100 ? 1 : 0)} µs` : `${(us / 1000).toFixed(us < 1e5 ? 1 : 0)} ms`);

export function plots(alone) {
  const sizes = [...new Set(alone.map((f) => f.visits))];
  const line = (what, name) => ({ name, line: true, points: alone.filter((f) => f.what === what).map((f) => [f.visits, f.p50]) });
  const folder = join(root, 'docs/plots');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'presence-growth.svg'), logPlot({
    title: 'Time of a trace by visits held', x: 'visits held', y: 'median, µs',
    series: [line('F1, persons', 'F1'), line('F1-F2, all evidence', 'F1–F2, evidence'), line('F1-F3, persons', 'F1–F3'), line('F1-F3, persons, wide', 'F1–F3, three cases, 14 days')],
  }));
  writeFileSync(join(folder, 'presence-found.svg'), logPlot({
    title: 'F1–F3 of three cases over 14 days: time by people found', x: 'people found', y: 'µs',
    series: sizes.map((size) => ({ name: `${millions(size)} visits`, points: alone.filter((f) => f.what === 'case' && f.visits === size).map((f) => [f.found, f.us]) })),
  }));
}

export function report(alone, peer, left = []) {
  const sizes = [...new Set(alone.map((f) => f.visits))];
  const of = (what, size) => alone.find((f) => f.what === what && f.visits === size);
  const rows = (cells) => sizes.map((size) => [millions(size), ...cells((what) => of(what, size))]);
  const trace = (f) => `${time(f.p50)} (${time(f.p99)})`;
  return `## The presence index

The engine alone (\`engines/presence/index\`), on an invented country (\`bench/presence/world.h\`), fed in order of entry; a case has a window of seven days, unless
another is named. \`LUYTRE_BENCH_VISITS\` and \`LUYTRE_BENCH_POSTGRES_VISITS\` choose other sizes.${left.map((line) => `\n${line}`).join('')}

### Beside PostgreSQL 15

${whole(peer[0].visits)} visits in both, ${peer[0].cases} random cases, one prepared statement each (\`bench/presence/trace_sql.cpp\`), indexes on (place, in) and (person, in), everything in
PostgreSQL's own memory, parallel plans allowed. Wall clock at the client, the second time through the same cases on both sides. Every answer, each person with level and
exposed-since, was the same.

${table(['', 'found (median)', 'index', 'p99', 'SQL', 'p99', 'times'], peer.map((f) => [
    f.depth === 1 ? 'F1' : `F1–F${f.depth}`, whole(f.found), time(f.index_p50), time(f.index_p99), time(f.sql_p50), time(f.sql_p99), whole(f.ratio)]))}

### Growth

Traces: median (99th percentile) of CPU time of their thread, at least ${whole(Math.min(...alone.filter((f) => f.what === 'same').map((f) => f.cases)))} random cases, each traced once before. At every size and for every case the answers
with and without evidence were the same.

${table(['visits', 'F1', 'F1, all evidence', 'F1–F2, all evidence', 'F1–F3', 'F1–F3, all evidence', 'found', 'F1–F3, three cases, 14 days', 'found'], rows((f) => [
    trace(f('F1, persons')), trace(f('F1, all evidence')), trace(f('F1-F2, all evidence')), trace(f('F1-F3, persons')), trace(f('F1-F3, all evidence')), whole(f('F1-F3, persons').found),
    trace(f('F1-F3, persons, wide')), whole(f('F1-F3, persons, wide').found)]))}

![Median of a trace by visits held](plots/presence-growth.svg)

![Time of F1–F3 by people found](plots/presence-found.svg)

### Loading, feeding, restarting

*Loading*: ids into numbers, sorting, writing to disk and verifying, one thread, CPU time (wall clock), beside \`std::sort\` of the same visits as 16-byte records by
(person, in) and by (place, in), a day at a time. *Bytes*: days on disk and mapped, and the numbers of ids. *Feeding*: one thread into today while another traces;
F1 with all evidence before and meanwhile. *Restart*: opening and 200 traces, beside loading.

${table(['visits', 'loading', '`std::sort`', 'times', 'bytes a visit', 'of 16', 'fed a second (of CPU)', 'F1 p99 before', 'meanwhile', 'restart', 'times'], rows((f) => [
    `${f('bulk load').cpu.toFixed(2)} s (${f('bulk load').wall.toFixed(2)} s)`, `${f('bulk load').sort_cpu.toFixed(2)} s`, f('bulk load').ratio.toFixed(2),
    `${f('bytes a visit').all.toFixed(1)} (names ${f('bytes a visit').names.toFixed(1)})`, f('bytes a visit').of_raw.toFixed(2),
    `${(f('feed').per_second / 1e6).toFixed(2)} M (${(f('feed').per_cpu_second / 1e6).toFixed(2)} M)`, time(f('feed').quiet_p99), time(f('feed').busy_p99),
    `${whole(f('restart').open_ms + f('restart').traces_ms)} ms`, whole(f('restart').ratio)]))}

### Many cases at once

F1–F2 of the cases of one outbreak, in one trace and in as many as there are cases, CPU time.

${table(['visits', 'cases', 'found', 'at once', 'singly', 'times'], rows((f) => [
    whole(f('many cases').cases), whole(f('many cases').found), `${f('many cases').at_once.toFixed(1)} ms`, `${f('many cases').singly.toFixed(1)} ms`, f('many cases').ratio.toFixed(1)]))}`;
}

export async function presence() {
  const folder = mkdtempSync(join(root, 'build/bench-'));
  chmodSync(folder, 0o711);  // as root, PostgreSQL runs as another user and must reach its folder in here
  try {
    const beside = fitting([kPostgresVisits], kBeside, process.env.LUYTRE_BENCH_POSTGRES_VISITS);
    if (beside.fits.length === 0) beside.fits.push(kPostgresVisits / 4);
    const growth = fitting(kVisits, kAlone, process.env.LUYTRE_BENCH_VISITS);
    const peer = await besidePostgres(folder, beside.fits[0]);
    const found = await alone(folder, growth.fits);
    plots(found);
    return report(found, peer, [...beside.left.map((line) => `Beside PostgreSQL, ${line}`), ...growth.left]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
