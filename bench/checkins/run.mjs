// Durable check-ins over HTTP, on both databases.
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { kClients, kPeople, kPlaces, names, tool } from '../stage.mjs';
import { median, root, run, say, Server, sleep, table, whole } from '../support.mjs';

const kIdle = 2_000;
const kSlowFsync = tool('checkins/libslow_fsync.so');

async function load(server, copy, seconds, rate) {
  const words = [server.port, copy.cast, kClients, seconds, ...(rate ? [rate] : [])].map(String);
  const result = JSON.parse((await run(tool('checkins/checkins_load'), words)).stdout);
  if (result.failed) throw new Error(`${result.failed} check-ins failed`);
  return result;
}

async function overHttp(stage, engine, { seconds, settings, rate, env }) {
  const copy = stage.copy(engine);
  const server = await Server.start({ ...copy, settings, env });
  try {
    return await load(server, copy, seconds, rate);
  } finally {
    await server.stop();
    stage.drop(copy);
  }
}

async function raw(stage, engine, seconds, answerBytes) {
  const copy = stage.copy(engine);
  const result = JSON.parse((await run(tool('checkins/checkins_raw'), [copy.db, copy.cast, seconds, answerBytes].map(String))).stdout);
  stage.drop(copy);
  return result;
}

const kOneByOne = 'group_commit = false\nconnections = 8';

// The answer's length, as the server keeps it: what the raw driver writes must be as long.
async function answerBytes(stage) {
  const copy = stage.copy('sqlite');
  const server = await Server.start(copy);
  await load(server, copy, 1).finally(() => server.stop());
  const bytes = execFileSync('sqlite3', [copy.db.slice('sqlite:'.length), 'SELECT CAST(avg(length(answer)) AS integer) FROM store_idempotency'], { encoding: 'utf8' });
  stage.drop(copy);
  return Number(bytes);
}

async function throughput(stage, { seconds, rounds }) {
  const bytes = await answerBytes(stage);
  const out = {};
  for (const engine of ['sqlite', 'postgres']) {
    const found = { raw: [], batch: [], raw64: [], grouped: [], alone: [] };
    for (let round = 1; round <= rounds; ++round) {
      say(`${engine}: round ${round} of ${rounds}`);
      const peer = await raw(stage, engine, seconds, bytes);
      found.raw.push(peer.perSecond);
      found.batch.push(peer.batch);
      found.raw64.push(peer.inBatchesOf64);
      found.grouped.push((await overHttp(stage, engine, { seconds })).perSecond);
      found.alone.push((await overHttp(stage, engine, { seconds, settings: kOneByOne })).perSecond);
    }
    out[engine] = Object.fromEntries(Object.entries(found).map(([k, v]) => [k, median(v)]));
  }
  return out;
}

async function onSlowDisk(stage, { seconds, rounds }) {
  const out = {};
  for (const engine of ['sqlite', 'postgres']) {
    const env = engine === 'sqlite' ? { LD_PRELOAD: kSlowFsync } : {};
    const found = { grouped: [], alone: [] };
    for (let round = 1; round <= rounds; ++round) {
      say(`${engine}, fsync + 2 ms: round ${round} of ${rounds}`);
      found.grouped.push((await overHttp(stage, engine, { seconds, env })).perSecond);
      found.alone.push((await overHttp(stage, engine, { seconds, env, settings: kOneByOne })).perSecond);
    }
    out[engine] = { grouped: median(found.grouped), alone: median(found.alone) };
  }
  return out;
}

async function latency(stage, figures, { seconds, rounds }) {
  const out = {};
  for (const engine of ['sqlite', 'postgres']) {
    const rate = Math.round(figures[engine].grouped / 2);
    const found = [];
    for (let round = 1; round <= rounds; ++round) {
      say(`${engine}: ${rate} a second, round ${round} of ${rounds}`);
      found.push(await overHttp(stage, engine, { seconds, rate }));
    }
    out[engine] = { rate, p50: median(found.map((f) => f.p50Ms)), p99: median(found.map((f) => f.p99Ms)) };
  }
  return out;
}

// A keep-alive connection that has had one answer.
function idleConnection(port) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`));
    socket.once('data', () => resolve(socket));
    socket.once('error', reject);
  });
}

async function atRest(stage, rounds) {
  const started = [], empty = [], crowded = [];
  for (let round = 0; round < Math.max(rounds, 3); ++round) {
    const copy = stage.copy('sqlite');
    const server = await Server.start(copy);
    started.push(server.startedInMs);
    empty.push(server.memory());
    const sockets = [];
    for (let i = 0; i < kIdle; i += 100) sockets.push(...await Promise.all(Array.from({ length: 100 }, () => idleConnection(server.port))));
    await sleep(500);
    crowded.push(server.memory());
    sockets.forEach((socket) => socket.destroy());
    await server.stop();
    stage.drop(copy);
  }
  return { started: median(started), empty: median(empty), crowded: median(crowded) };
}

function citizenBytes() {
  const text = execFileSync('npm', ['run', '--silent', 'size', '--prefix', join(root, 'web')], { encoding: 'utf8' });
  return text.trim().split('\n').at(-1).trim();
}

function report({ figures, slow, delays, rest, citizen }) {
  const engines = Object.keys(names);
  return `## Check-ins

${kClients} keep-alive clients, ${whole(kPeople)} people, ${whole(kPlaces)} places, all random; each check-in is answered after its commit is durable and leaves a visit, an event and
the kept answer. *Raw*: a database library that writes the same rows without anything around it, in its best batch size, with \`synchronous=FULL\` or
\`synchronous_commit=on\`; *64 at a time*: as many as wait here, when every client waits. The raw writer has the machine to itself; here, the load and the HTTP of
both ends share it. *One by one*: the same server, one transaction per request, each waiting for its own sync, 8 connections.

${table(['', 'a second', 'raw', 'of raw', 'raw, 64 at a time', 'of that', 'one by one', 'times one by one'], engines.map((e) => {
    const f = figures[e];
    return [names[e], whole(f.grouped), `${whole(f.raw)} (batch ${f.batch})`, `${Math.round((100 * f.grouped) / f.raw)} %`, whole(f.raw64), `${Math.round((100 * f.grouped) / f.raw64)} %`, whole(f.alone), (f.grouped / f.alone).toFixed(1)];
  }))}

With every fsync 2 ms slower, as on a disk that is worse than this one:

${table(['', 'a second', 'one by one', 'times one by one'], engines.map((e) => [names[e], whole(slow[e].grouped), whole(slow[e].alone), (slow[e].grouped / slow[e].alone).toFixed(1)]))}

From requests that fall due at a fixed rate, half of the load above, counted from when each fell due:

${table(['', 'a second', 'median', 'p99'], engines.map((e) => [names[e], whole(delays[e].rate), `${delays[e].p50.toFixed(1)} ms`, `${delays[e].p99.toFixed(1)} ms`]))}

At rest (SQLite): ready ${whole(rest.started)} ms after its start; ${whole(rest.empty)} MiB resident, ${whole(rest.crowded)} MiB with ${whole(kIdle)} idle connections.
Citizen app, first load: ${citizen}.`;
}

// Leaves PostgreSQL on a slow disk: to be the last on the stage.
export async function checkins(stage, { seconds, rounds }) {
  const figures = await throughput(stage, { seconds, rounds });
  const delays = await latency(stage, figures, { seconds, rounds });
  const rest = await atRest(stage, rounds);
  stage.postgres('halt');
  stage.startPostgres(kSlowFsync);
  const slow = await onSlowDisk(stage, { seconds, rounds });
  return report({ figures, slow, delays, rest, citizen: citizenBytes() });
}
