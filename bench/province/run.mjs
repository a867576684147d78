// A morning of a province: everybody of the stage declares once, and three times as many check-ins, all at once.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kClients, kPeople, kPlaces, names, tool } from '../stage.mjs';
import { median, run, say, Server, table, whole } from '../support.mjs';

const kCheckIns = 300_000;
const kProvince = 1_500_000;

const kTables = { declarations: 'declarations_declaration', visits: 'visits_visit' };

// What was answered must be there, and nothing else: neither lost nor doubled.
function compare(stage, copy, answered) {
  for (const [kind, table] of Object.entries(kTables)) {
    const there = stage.ids(copy, table);
    const kept = new Set(there);
    const lost = answered[kind].filter((id) => !kept.has(id));
    if (lost.length) throw new Error(`${copy.engine}: ${lost.length} of ${answered[kind].length} ${kind} were answered and are not in the database, as ${lost[0]}`);
    if (there.length !== answered[kind].length) throw new Error(`${copy.engine}: ${there.length} ${kind} are in the database, ${answered[kind].length} were answered`);
  }
}

// The server is killed after the last answer.
async function morning(stage, engine) {
  const copy = stage.copy(engine);
  const server = await Server.start(copy);
  const ids = join(copy.data, 'answered.txt');
  let found;
  try {
    found = JSON.parse((await run(tool('province/province_load'), [server.port, copy.cast, kClients, kCheckIns, ids].map(String))).stdout);
  } finally {
    await server.stop('SIGKILL');
  }
  if (found.failed) throw new Error(`${found.failed} requests failed`);
  const answered = { declarations: [], visits: [] };
  for (const line of readFileSync(ids, 'utf8').split('\n').filter(Boolean)) {
    const [kind, id] = line.split(' ');
    answered[kind].push(id);
  }
  compare(stage, copy, answered);
  stage.drop(copy);
  return found;
}

export async function province(stage, { rounds }) {
  const rows = [];
  for (const engine of Object.keys(names)) {
    const found = [];
    for (let round = 1; round <= rounds; ++round) {
      say(`${engine}: a morning, round ${round} of ${rounds}`);
      found.push(await morning(stage, engine));
    }
    const of = (read) => median(found.map(read));
    const requests = kPeople + kCheckIns;
    const seconds = of((f) => f.seconds);
    rows.push([names[engine], `${seconds.toFixed(1)} s`, whole(requests / seconds), `${of((f) => f.declarations.p50Ms).toFixed(1)} / ${of((f) => f.declarations.p99Ms).toFixed(1)} ms`,
      `${of((f) => f.visits.p50Ms).toFixed(1)} / ${of((f) => f.visits.p99Ms).toFixed(1)} ms`, '0', `${Math.round(((kProvince / kPeople) * seconds) / 60)} min`]);
  }
  return `## A morning of a province

${whole(kPeople)} people declare once and ${whole(kCheckIns)} check-ins arrive at ${whole(kPlaces)} places, in random order, from ${kClients} keep-alive clients, each as soon as
its last request is answered: the highest rate that the machine sustains. The server is killed (\`kill -9\`) after the last answer; *lost*: the id of every answer was
looked up in the database then, and nothing else was there; one that is missing ends the measurement. *The province*: how long ${whole(kProvince)} people and three check-ins of each would take at that rate.

${table(['', 'took', 'requests a second', 'declaration, median / p99', 'check-in, median / p99', 'lost', 'the province'], rows)}`;
}
