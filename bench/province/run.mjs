// A morning of a province: everybody of the stage declares once, and three times as many check-ins, all at once.
import { kClients, kPeople, kPlaces, names, tool } from '../stage.mjs';
import { median, run, say, Server, table, whole } from '../support.mjs';

const kCheckIns = 300_000;
const kProvince = 1_500_000;

// The server is killed after the last answer: what it answered must be there.
async function morning(stage, engine) {
  const copy = stage.copy(engine);
  const server = await Server.start(copy);
  let found;
  try {
    found = JSON.parse((await run(tool('province/province_load'), [server.port, copy.cast, kClients, kCheckIns].map(String))).stdout);
  } finally {
    await server.stop('SIGKILL');
  }
  found.kept = { declarations: stage.count(copy, 'declarations_declaration'), visits: stage.count(copy, 'visits_visit') };
  stage.drop(copy);
  if (found.failed) throw new Error(`${found.failed} requests failed`);
  found.lost = Math.max(...['declarations', 'visits'].map((kind) => Math.abs(found[kind].different - found.kept[kind])));
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
      `${of((f) => f.visits.p50Ms).toFixed(1)} / ${of((f) => f.visits.p99Ms).toFixed(1)} ms`, whole(Math.max(...found.map((f) => f.lost))), `${Math.round(((kProvince / kPeople) * seconds) / 60)} min`]);
  }
  return `## A morning of a province

${whole(kPeople)} people declare once and ${whole(kCheckIns)} check-ins arrive at ${whole(kPlaces)} places, in random order, from ${kClients} keep-alive clients, each as soon as
its last request is answered: the highest rate that the machine sustains. The server is killed (\`kill -9\`) after the last answer; *lost* compares what was answered with
what the database has then, at worst. *The province*: how long ${whole(kProvince)} people and three check-ins of each would take at that rate.

${table(['', 'took', 'requests a second', 'declaration, median / p99', 'check-in, median / p99', 'lost', 'the province'], rows)}`;
}
