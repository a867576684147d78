// What officers wait for at the size of a province: pages of lists, those of work each as province, region and commune see them, the search of people, a
// new case whose patient is compared with everybody, the graph of the largest outbreak that is drawn, and warnings from their release until everybody can
// read theirs.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { names, tool } from '../stage.mjs';
import { run, say, Server, sleep, table, whole } from '../support.mjs';
import { Client, kAsked, kListMs, kOfficers, officersOf, timed } from './client.mjs';
import { kDeep, workLists } from './work_lists.mjs';

const kPeople = Number(process.env.LUYTRE_BENCH_PEOPLE ?? 1_000_000);
const kCases = kPeople / 2;
const kContacts = kPeople * 2;
const kGraphAsked = 20;
const kGraphPeople = 20_000; // the server draws no more (modules/outbreaks)
const kWarned = 1_000; // people at one place
const kSearchMs = 50;
const kCreateMs = 50;
const kWarnMs = 1_000;
const kPatienceMs = 60_000;
const kReason = 'Đo tốc độ';

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ'];
const middles = ['Văn', 'Thị', 'Đức', 'Minh', 'Ngọc', 'Thanh', 'Hữu', 'Quang', 'Thu', 'Kim'];
const given = ['An', 'Anh', 'Bình', 'Cường', 'Dung', 'Hà', 'Hải', 'Hạnh', 'Hùng', 'Hương', 'Khánh', 'Lan', 'Linh', 'Mai', 'Nam', 'Nga', 'Phúc', 'Sơn', 'Thảo', 'Tuấn', 'Vân', 'Yến'];

// The same questions in every round.
function drawn(seed) {
  let state = seed;
  return (of) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return of[Math.floor((state / 2 ** 32) * of.length)];
  };
}
const anyName = (any) => `${any(families)} ${any(middles)} ${any(given)}`;
// As a hurried hand writes: a letter of the given name is missing, or stands twice.
const misspelt = (name) => (name.length % 2 ? name.slice(0, -1) : name + name.at(-1));

async function filled(stage, engine) {
  const name = `cases_${engine}`;
  const data = join(stage.folder, name);
  mkdirSync(data);
  if (engine === 'postgres') stage.psql(`CREATE DATABASE ${name}`);
  const copy = { engine, name, data, db: stage.url(engine, name, name) };
  say(`${engine}: ${whole(kPeople)} people, ${whole(kCases)} cases, ${whole(kContacts)} contacts`);
  const env = { ...process.env, PGOPTIONS: '-c synchronous_commit=off' }; // filling need not be durable
  await run(tool('cases/cases_prepare'), [data, copy.db, ...[kPeople, kCases, kContacts].map(String)], { env });
  return copy;
}

// Until those that follow the feed have seen what the filling wrote: they would share the database with what is measured.
async function settled(server) {
  const behind = async () => {
    const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
    return [...text.matchAll(/^luytre_(?:follower|presence)_behind_seconds\S* ([\d.]+)/gm)].some(([, age]) => Number(age) > 0);
  };
  for (let quiet = 0; quiet < 3; await sleep(1000)) quiet = (await behind()) ? 0 : quiet + 1;
}

async function asked(server, copy) {
  const [first, , station] = officersOf(copy);
  const province = Array.from({ length: kOfficers }, () => new Client(server, first));
  const commune = Array.from({ length: kOfficers }, () => new Client(server, station));
  const { items: communes } = await province[0].get('/units/search?q=dong%20ha%20quang%20tri');
  const unit = communes[0].unit.id;
  const some = (await province[0].get('/cases?limit=200')).items;
  const rows = [];
  const measure = async (kind, what, most, clients, ask) => {
    const took = await timed(clients, ask);
    say(`${copy.engine}: ${what}: ${took.median.toFixed(1)} ms, 95th percentile ${took.p95.toFixed(1)} ms`);
    rows.push({ kind, what, most, ...took });
  };
  const list = (what, path, clients = province) => measure('list', what, kListMs, clients, (client, i) => client.get(typeof path === 'function' ? path(i) : path));

  await list('cases, newest first', '/cases');
  await list('cases, suspects', '/cases?classification=suspect');
  await list('cases, open', '/cases?status=open');
  await list('cases, awaiting notification', '/cases?awaiting=true');
  await list('cases of one commune', `/cases?unit=${unit}`);
  await list('cases of one commune, suspects', `/cases?unit=${unit}&classification=suspect`);
  await list('cases, the station\'s own', '/cases', commune);
  for (const sort of ['onset', 'deadline', 'number']) await list(`cases, by ${sort}`, `/cases?sort=${sort}`);
  await list('contacts', '/candidates');
  await list('contacts, by risk', '/candidates?sort=risk');
  await list('contacts, by decision', '/candidates?sort=decision');
  await list('contacts, nobody has decided', '/candidates?status=open&sort=risk');
  await list('contacts, F2', '/candidates?class=F2');
  await list('contacts, of dengue', '/candidates?disease=dengue');
  await list('contacts, of a disease that nobody has', '/candidates?disease=mpox');
  await list('contacts, of the first level whom nobody follows up', '/candidates?level=1&followUp=none');
  await list('contacts, followed up', '/candidates?followUp=open');
  await list('follow-ups', '/follow-ups');
  await list('follow-ups, by the last day', '/follow-ups?sort=lastDay');
  await list('follow-ups, F2', '/follow-ups?class=F2');
  await list('follow-ups, the station\'s own', '/follow-ups', commune);
  await list('contacts of one commune, by risk', `/candidates?unit=${unit}&sort=risk`);
  await list('contacts, the station\'s own', '/candidates', commune);
  await list('contacts of a case', (i) => `/cases/${some[i % some.length].id}/candidates`);

  const search = async (what, make) => {
    const any = drawn(1);
    await measure('search', what, kSearchMs, province, (client) => client.post('/people/search', { ...make(any), reason: kReason }));
  };
  const year = (any) => 1940 + any([...Array(80).keys()]);
  await search('a name and a birth year', (any) => ({ name: anyName(any), birthYear: year(any) }));
  await search('a name alone', (any) => ({ name: anyName(any) }));
  await search('a misspelt name and a birth year', (any) => ({ name: misspelt(anyName(any)), birthYear: year(any) }));
  await search('a misspelt name', (any) => ({ name: misspelt(anyName(any)) }));
  await search('a telephone', (any) => ({ phone: `090${1_000_000 + any([...Array(1000).keys()])}` }));

  // Of people who had dengue, for whom this is another illness; and of people nobody knows, each compared with everybody.
  const people = some.map((one) => one.person.id ?? one.person);
  let at = 0;
  await measure('create', 'of somebody known', kCreateMs, [province[0]], (client) => client.post('/cases', { person: people[at++ % people.length], disease: ['measles', 'cholera', 'mpox'][Math.floor(at / people.length)] }));
  const any = drawn(2);
  // Where somebody is like that, the officer is asked, and says that it is none of them: both answers are waited for.
  await measure('create', 'of a new person, compared', kCreateMs, [province[0]], async (client) => {
    const report = { newPerson: { name: anyName(any), birthYear: year(any), sex: 'female', unit, phone: `+8497${1_000_000 + at++}` }, disease: 'measles' };
    await client.post('/cases', report).catch((error) => {
      if (!error.message.includes('person_may_be_known')) throw error;
      return client.post('/cases', { ...report, noneOfThese: true });
    });
  });
  return rows;
}

// One officer after another: the page is opened now and then, not by four at once.
async function graphOf(server, copy) {
  const file = join(copy.data, 'outbreak');
  if (!existsSync(file)) return undefined; // fewer people than it needs
  say(`${copy.engine}: graph`);
  const officer = new Client(server, officersOf(copy)[0]);
  const path = `/outbreaks/${readFileSync(file, 'utf8').trim()}/graph?level=1`;
  const graph = await officer.get(path);
  if (graph.nodes.id.length !== kGraphPeople) throw new Error(`a graph of ${graph.nodes.id.length} people`);
  const bytes = Buffer.byteLength(JSON.stringify(graph));
  return { cases: graph.nodes.level.filter((level) => level === 0).length, lines: graph.edges.from.length, bytes, ...(await timed([officer], (client) => client.get(path), kGraphAsked)) };
}

// From the second officer's click until the last of them has fetched the warning.
async function warned(stage, engine) {
  const name = `warned_${engine}`;
  const data = join(stage.folder, name);
  mkdirSync(data);
  if (engine === 'postgres') stage.psql(`CREATE DATABASE ${name}`);
  const copy = { engine, name, data, db: stage.url(engine, name, name) };
  await run(tool('checkins/checkins_prepare'), [data, copy.db, String(kWarned + 1), '1']);
  await run(tool('cases/cases_prepare'), [data, copy.db, '0', '0', '0']);
  const cast = readFileSync(join(data, 'cast'), 'utf8').trim().split('\n').map((line) => line.split(' '));
  const place = cast.find(([kind]) => kind === 'place')[1];
  const server = await Server.start(copy);
  try {
    // The keepers of the accounts: they stand first, and of the grown members of a household nobody else reads.
    const keepers = new Map();
    for (const [kind, token, id] of cast) if (kind === 'person' && !keepers.has(token)) keepers.set(token, id);
    const owners = [...keepers].map(([token, id]) => ({ id, client: new Client(server, token) }));
    const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString().replace(/\.\d+/, '');
    for (let i = 0; i < owners.length; i += 50)
      await Promise.all(owners.slice(i, i + 50).map(({ id, client }) => client.post('/visits', { placeCode: place, person: id, at: ago(50) })));
    const [first, second] = officersOf(copy).map((token) => new Client(server, token));
    let one = await first.post('/cases', { person: owners[0].id, disease: 'covid-19' });
    one = await first.edit(`/cases/${one.id}/confirm`, { sampleAt: ago(20), resultAt: ago(10), method: 'pcr' }, one.version);
    for (let done = false; !done; await sleep(50)) done = (await first.get(`/cases/${one.id}/runs`)).items.some(({ state }) => state === 'done');
    const release = await first.post(`/cases/${one.id}/warnings`);
    const began = performance.now();
    if (release.state === 'awaiting') await second.post(`/releases/${release.id}/approve`);
    const released = performance.now() - began;
    const read = (await owners.at(-1).client.get('/me/warnings')).items.length;
    const warnedAfter = performance.now() - began;
    if (!read) throw new Error('who was warned cannot read it');
    let waiting = owners.slice(1);
    while (waiting.length && performance.now() - began < kPatienceMs) {
      const without = [];
      for (let i = 0; i < waiting.length; i += 50)
        await Promise.all(waiting.slice(i, i + 50).map(async (owner) => (await owner.client.get('/me/warnings')).items.length || without.push(owner)));
      waiting = without;
    }
    if (waiting.length) throw new Error(`${waiting.length} of ${kWarned} people have no warning`);
    return { released, warned: warnedAfter, all: performance.now() - began };
  } finally {
    await server.stop();
    stage.drop(copy);
  }
}

export async function cases(stage) {
  const rows = [];
  const work = [];
  const releases = [];
  const graphs = [];
  for (const engine of Object.keys(names)) {
    const took = await warned(stage, engine);
    releases.push([names[engine], `${whole(took.released)} ms`, `${whole(took.warned)} ms`, took.warned <= kWarnMs ? 'yes' : 'no', `${whole(took.all)} ms`]);
    const copy = await filled(stage, engine);
    const server = await Server.start(copy);
    try {
      await settled(server);
      const line = ({ kind, what, most, median, p95 }) => [names[engine], kind, what, `${median.toFixed(1)} ms`, `${p95.toFixed(1)} ms`, `${most} ms`, p95 <= most ? 'yes' : 'no'];
      rows.push(...(await asked(server, copy)).map(line));
      work.push(...(await workLists(server, copy)).map(line));
      const graph = await graphOf(server, copy);
      if (graph) graphs.push([names[engine], whole(graph.cases), whole(graph.lines), `${whole(graph.median)} ms`, `${whole(graph.p95)} ms`, `${(graph.bytes / 1e6).toFixed(1)} MB`]);
    } finally {
      await server.stop();
      stage.drop(copy);
    }
  }
  return `## A province's office

${whole(kPeople)} people, ${whole(kCases)} cases, ${whole(kContacts)} contacts; ${kAsked} requests a row by ${kOfficers} officers at once (a new case by one), pages of the usual length.

${table(['database', '', 'what', 'median', '95th percentile', 'to reach', 'reached'], rows)}

Lists of work as officers of the province, of a region of eight communes and of one commune see them: the first page, a filtered one, one sorted otherwise, and
one as deep as ${whole(kDeep)} lines, or as half of the list. ${work.filter((line) => line.at(-1) === 'yes').length} of ${work.length} within their figure.

${table(['database', 'officer', 'what', 'median', '95th percentile', 'to reach', 'reached'], work)}

The transmission graph of an outbreak of ${whole(kGraphPeople)} people, ${kGraphAsked} requests by one officer, each with a line in the access log for every case; nobody is
looked for backwards in it.

${table(['database', 'cases', 'lines', 'median', '95th percentile', 'answer'], graphs)}

Warnings of one place to ${whole(kWarned)} people: from the second officer's click until it is answered, until one of them who asks then has it, and until each of them has
asked, fifty at once.

${table(['database', 'released', 'one has it', `within ${kWarnMs / 1000} s`, 'all have it'], releases)}`;
}
