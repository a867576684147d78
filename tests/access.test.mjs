// Who may do what where, cell by cell: every route of a running server is called as nobody, as a citizen whom it does not concern, as a program with a
// key, and as every role whose area is the data's unit, lies above it, below it, or elsewhere; what comes is compared with the table of docs/access.md.
// A record that lies elsewhere and one that is nowhere must give the same answer.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { may, officers, relations, table } from '../tools/access.mjs';
import { entry } from './entry.mjs';
import { ago, approved, citizen, Client, commune, day, local, officer, root, Server, until } from './support.mjs';

const kUnit = 2025319333n;  // phường Đông Hà
const kPart = 2021319330n;  // phường Đông Giang, a part of it since 1 July 2025: the unit lies above it
const kNowhere = '0000000000001';
const kEntryVersion = '2026-11-22.2';
const kAtOnce = 6;
const kRefusals = new Set(['unauthenticated', 'not_permitted', 'second_proof_required']);
// What they are sent is judged before whose it is, and nothing is told or done. Exactly these.
const kJudgedFirst = ['POST /units/{id}/places', 'POST /foreign/visits', 'POST /foreign/declarations', 'POST /teams/{id}/list', 'POST /laboratories/{id}/result-list', 'POST /laboratories/{id}/fhir', 'POST /inspections/{id}/photos'];
// There is nothing to show of them in a house of one day, or only once, and what is not there is refused to officers of an area: that they may is for
// the rooms' tests.
const kNothingThere = new Set([
  'POST /places/registrations/{id}/confirm', 'POST /places/{id}/passengers/look', 'GET /places/{id}/passengers/declared', 'POST /cards/{id}/end',
  'POST /places/{id}/guards/{guard}/remove', 'POST /teams/{id}/volunteers/{volunteer}/remove', 'POST /test-results/{id}/weighed',
]);
const kLast = ['PUT /auth/password', 'POST /auth/sign-out'];

// As the API writes an id.
function idText(number) {
  let out = '';
  for (let rest = number; out.length < 13; rest >>= 5n) out = '0123456789abcdefghjkmnpqrstvwxyz'[Number(rest & 31n)] + out;
  return out;
}

describe('access', { concurrency: 1 }, () => {
  const ids = {};  // of a record of the unit, by the start of the path that names it; of a part of it, by that and the part's name
  const by = {};  // who calls
  let server, rows, schemas, unit, elsewhere, admin, accounts;

  before(async () => {
    server = await Server.start({});
    admin = await officer(server, 'quantri');
    const description = (await admin.get('/api/openapi.json')).body;
    schemas = description.components.schemas;
    rows = table(description);
    unit = await commune(server, '19333');
    elsewhere = await commune(server, '19702');
    assert.equal(unit.id, idText(kUnit));
    await makeRecords();
    await makeDesks();
  });
  after(async () => {
    await server?.stop();
  });

  async function makeRecords() {
    const [cdc, station, keeper] = [await officer(server, 'cdc1'), await officer(server, 'tyt-dongha'), await citizen(server, '+84916000001', profile('Chủ Quán'))];
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Quán Thử', kind: 'restaurant', unit: unit.id, address: '1 Lê Lợi', phone: '+84916000002' }));
    const place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84916000002') }));
    await approved(server, place, 'tyt-dongha');
    const [ill, met] = [await citizen(server, '+84916000003', profile('Người Bệnh')), await citizen(server, '+84916000004', profile('Người Gặp'))];
    for (const person of [ill, met]) await person.must(person.send('/visits', { placeCode: place.shortCode, at: ago(120) }), 201);
    let kase = await cdc.must(cdc.post('/cases', { person: ill.self.id, disease: 'covid-19', onset: day(1) }), 201);
    kase = await cdc.must(cdc.edit(`/cases/${kase.id}/confirm`, { onset: day(1), sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
    const candidate = await until('the candidate', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/candidates?limit=200`))).items.find((one) => one.person.id === met.self.id));
    const task = await until('the task', async () => (await station.must(station.get('/tasks?limit=200'))).items.find((one) => one.candidate === candidate.id));
    await station.must(station.edit(`/candidates/${candidate.id}/assign`, { class: 'F1', answers: { distanceUnder2m: 'yes', masks: 'no' } }, candidate.version));
    const [colleague] = (await station.must(station.get(`/colleagues?unit=${unit.id}`))).items;
    const crew = await station.must(station.post('/officer-teams', { unit: unit.id, name: 'Tổ truy vết', members: [colleague.id] }), 201);
    const followed = await until('the follow-up', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/follow-ups`))).items[0]?.followUp);
    const outbreak = await cdc.must(cdc.post('/outbreaks', { name: 'Ổ dịch chợ', disease: 'covid-19', unit: unit.id }), 201);
    await cdc.must(cdc.post(`/outbreaks/${outbreak.id}/cases`, { cases: [kase.id] }));
    const session = await station.must(station.post('/sampling-sessions', { unit: unit.id, site: 'Trạm', disease: 'covid-19', specimen: 'saliva' }));
    const laboratory = await cdc.must(cdc.post('/laboratories', { unit: unit.id, name: 'Phòng xét nghiệm Đông Hà' }));
    const commander = await officer(server, 'chihuy');
    await commander.must(commander.post('/decisions', { purpose: 'declarations', disease: 'covid-19', unit: unit.id, form: 'daily-health', duty: 'health-staff-daily-2021-05', from: ago(60), until: ago(-60 * 24 * 20), basis: 'Quyết định 12' }), 201);
    // A point of entry in the unit, its form switched on, and a traveller who declared and shows a code.
    const asked = await keeper.must(keeper.post('/places/registrations', { name: 'Cửa khẩu Thử', kind: 'pointOfEntry', unit: unit.id, address: 'Quốc lộ 15D', phone: '+84916000006', functions: [] }));
    const gate = await keeper.must(keeper.post(`/places/registrations/${asked.id}/confirm`, { code: await server.code('+84916000006') }));
    await approved(server, gate, 'tyt-dongha');
    await commander.must(commander.post('/decisions', { purpose: 'declarations', disease: 'covid-19', unit: unit.id, form: 'entry', from: ago(60), until: ago(-60 * 24 * 20), basis: 'Quyết định 12' }), 201);
    const response = entry(gate.id);
    const declared = await met.must(met.send('/declarations', { form: 'entry', version: kEntryVersion, at: ago(5), unit: unit.id, response }), 201);
    const shown = await met.must(met.get(`/me/people/${met.self.id}/code`));
    const arrival = await cdc.must(cdc.send('/arrivals', { place: gate.id, code: shown.text, outcome: 'examine', towards: unit.id }), 201);
    const team = await station.must(station.post('/teams', { unit: unit.id, name: 'Tổ 1', form: 'daily-health', basis: 'Quyết định 12', until: day(-9) }));
    const helper = await station.must(station.post('/helpers', { unit: unit.id, organisation: 'youth', name: 'Lê Thị Đoàn', phone: '0916000009', firstDay: day(0), lastDay: day(-6) }));
    const roster = await station.must(station.post('/rosters', { unit: unit.id, name: 'Bệnh viện Đông Hà', sector: 'health' }));
    const site = await cdc.must(cdc.send('/quarantine-sites', { kind: 'site', owner: 'health', name: 'Khu cách ly', address: 'Đường 9', unit: unit.id }));
    // Two who lie there: one stays, the other leaves when it is asked for.
    await cdc.must(cdc.post(`/quarantine-sites/${site.id}/rooms`, { name: 'P1', beds: 4 }));
    const there = { kind: 'site', name: 'Khu cách ly', address: 'Đường 9' };
    const bound = async (wish, bed) => {
      const draft = await until('the draft', async () => { const made = await station.send('/orders', { ...wish, place: there, reason: 'Kiểm tra' }); return made.status === 201 && made.body; });
      const order = await cdc.must(cdc.edit(`/orders/${draft.id}/sign`, { authority: 'Phó Giám đốc CDC' }, draft.version));
      const { rooms } = await cdc.must(cdc.get(`/quarantine-sites/${site.id}`));
      const lodged = await cdc.must(cdc.post(`/quarantine-sites/${site.id}/stays`, { order: order.id, room: rooms[0].id, bed }));
      return { order: order.id, stay: lodged.rooms[0].people.find((one) => one.order === order.id).stay };
    };
    const stays = await bound({ kind: 'observation', candidate: candidate.id }, 1);
    const leaves = await bound({ kind: 'isolation', case: kase.id, decided: { lastDay: day(-9), source: 'Hướng dẫn số 12/SYT' } }, 2);
    await cdc.must(cdc.post(`/orders/${stays.order}/needs`, { kind: 'food', via: 'site' }));
    const need = (await cdc.must(cdc.get(`/order-needs?site=${site.id}`))).items[0];
    const call = (await cdc.must(cdc.post(`/quarantine-sites/${site.id}/roll-calls`))).rollCall;
    const cards = await station.must(station.post('/cards', { items: [{ person: met.self.id, named: true }] }));
    const search = await station.must(station.post('/searches', { person: met.self.id, unit: unit.id, ask: 'Nhờ gọi trạm y tế.', reason: 'Không liên lạc được', dueAt: ago(-60 * 24) }));
    const errand = await station.must(station.post('/searches', { person: ill.self.id, unit: unit.id, ask: 'Nhờ gọi trạm y tế.', reason: 'Không liên lạc được', dueAt: ago(-60 * 24) }));
    const milestone = await cdc.must(cdc.send(`/cases/${kase.id}/milestones`, { where: 'Chợ', from: ago(100), to: ago(80), precision: 'about', companions: [{ name: 'Chị Bán Cá' }] }), 201);
    const companion = (await cdc.must(cdc.get(`/cases/${kase.id}/companions`))).items[0];
    const contact = await cdc.must(cdc.send(`/cases/${kase.id}/contacts`, { person: met.self.id, from: ago(100), to: ago(90), how: 'officer' }), 201);
    const list = await cdc.must(cdc.post(`/units/${unit.id}/line-lists`, 'name\nNgười Mới', { 'Content-Type': 'text/csv', 'Idempotency-Key': randomUUID() }), 201);
    await makeMore({ cdc, station, commander, keeper, ill, met, place, kase, session, laboratory, team });
    const told = await admin.must(admin.post('/keys', { name: 'Chương trình', area: unit.id, days: 3 }));
    by.program = new Client(server);
    by.program.bearer = { Authorization: `Bearer ${told.token}` };
    Object.assign(ids, {
      '/orders': stays.order, '/order-needs': need.id, '/quarantine-stays': leaves.stay, '/quarantine-roll-calls': call.id,
      number: kase.number, gate: gate.id, response, code: shown.text, card: cards.items[0].number,
      '/cases': kase.id, '/candidates': candidate.id, '/tasks': task.id, '/people': met.self.id, '/places': place.id, '/outbreaks': outbreak.id, '/sampling-sessions': session.id,
      '/laboratories': laboratory.id, '/teams': team.id, '/helpers': helper.id, '/rosters': roster.id, '/quarantine-sites': site.id, '/cards': cards.items[0].id, '/units': unit.id,
      '/follow-ups': followed.id, '/officer-teams': crew.id, '/keys': told.key.id, '/searches': search.id, '/errands': errand.id, '/milestones': milestone.id, '/companions': companion.id, '/contacts': contact.id, '/declarations': declared.id, '/arrivals': arrival.id, '/line-lists': list.id,
    });
  }

  // What comes of these in one room and another, so that there is something to open, sign, correct or undo.
  async function makeMore({ cdc, station, commander, keeper, ill, met, place, kase, session, laboratory, team }) {
    const tube = await station.must(station.send(`/sampling-sessions/${session.id}/samples`, { tube: 'DH-0001', person: ill.self.id }), 201);
    await station.must(station.send(`/sampling-sessions/${session.id}/batches`, { laboratory: laboratory.id, count: 1 }), 201);
    const tested = await cdc.must(cdc.post(`/laboratories/${laboratory.id}/results`, { tube: 'DH-0001', method: 'pcr', outcome: 'positive', at: ago(0) }));
    const { day: on, clock } = local(1);
    await cdc.must(cdc.post(`/laboratories/${laboratory.id}/result-list`, `tube,method,result,date\nDH-9999,RT-PCR,Âm tính,${on} ${clock}\n`, { 'Content-Type': 'text/csv' }));
    const [unmatched] = (await cdc.must(cdc.get(`/laboratories/${laboratory.id}`))).unmatched;
    const release = await cdc.must(cdc.post(`/cases/${kase.id}/warnings`), 201);
    const decision = await commander.must(commander.post('/decisions', { purpose: 'checkIn', disease: 'covid-19', unit: unit.id, from: ago(60), until: ago(-60 * 24 * 20), basis: 'Quyết định 13' }), 201);
    const twice = [];
    for (const phone of ['+84916000010', '+84916000011']) twice.push((await citizen(server, phone, { ...profile('Người Trùng'), address: '12 Lê Lợi' })).self.id);
    const merge = await cdc.must(cdc.post('/person-merges', { person: twice[1], kept: twice[0], reason: 'Cùng một người' }));
    const shops = [];
    for (const phone of ['+84916000012', '+84916000013']) {
      const asked = await keeper.must(keeper.post('/places/registrations', { name: 'Tạp hóa Trùng', kind: 'shop', unit: unit.id, address: '3 Lê Lợi', phone }));
      shops.push((await keeper.must(keeper.post(`/places/registrations/${asked.id}/confirm`, { code: await server.code(phone) }))).id);
    }
    const joined = await station.must(station.post('/place-merges', { place: shops[1], kept: shops[0] }), 201);
    const parted = await keeper.must(keeper.post(`/places/${place.id}/zones`, { name: 'Tầng hai' }));
    const guard = await keeper.must(keeper.post(`/places/${place.id}/guards`, { name: 'Ông Bảo', phone: '0916000014' }), 201);
    const volunteer = await station.must(station.post(`/teams/${team.id}/volunteers`, { name: 'Lê Thị Tổ', phone: '0916000015' }), 201);
    const household = await station.must(station.post(`/teams/${team.id}/households`, { number: 'H1', address: '1 Lê Lợi', members: [{ name: 'Lê Văn Nhà', birthYear: 1960, sex: 'male', head: true }] }), 201);
    await met.must(met.send('/declarations', { ...daily(true), person: undefined }), 201);
    const referral = await until('the referral', async () => (await station.must(station.get('/referrals'))).items.find((one) => one.person?.id === met.self.id));
    Object.assign(ids, {
      '/samples': tube.samples[0].id, '/test-results': tested.results[0].id, '/unmatched-results': unmatched.id, '/releases': release.id,
      '/decisions': decision.id, '/person-merges': merge.id, '/place-merges': joined.id, '/places zone': parted.zones[0].id, '/places guard': guard.id, '/teams volunteer': volunteer.id,
      '/teams household': household.id, '/teams member': household.members[0].id, '/referrals': referral.id,
    });
  }

  const profile = (name) => ({ name, birthYear: 1980, sex: 'female', unit: unit.id });

  // One account for each role; its area changes from relation to relation, and the session goes on.
  async function makeDesks() {
    const names = { stationOfficer: 'tyt-namdongha', provinceOfficer: 'cdc2', commander: 'chihuy', auditor: 'kiemtoan' };
    const { officer: district, temporaryPassword } = await admin.must(admin.post('/officers', { username: 'ttyt', name: 'Trung tâm y tế', grants: [{ role: 'districtOfficer', area: unit.id }] }));
    const tracer = await admin.must(admin.post('/officers', { username: 'congan', name: 'Công an', grants: [{ role: 'tracer', area: unit.id }] }));
    const information = await admin.must(admin.post('/officers', { username: 'tttt', name: 'Sở TT&TT', grants: [{ role: 'informationOffice', area: unit.id }] }));
    const keeping = await admin.must(admin.post('/officers', { username: 'trungdoan', name: 'Trung đoàn 842', grants: [{ role: 'siteKeeper', area: unit.id }] }));
    const hotel = await admin.must(admin.post('/officers', { username: 'khachsan', name: 'Khách sạn', grants: [{ role: 'siteKeeper', area: unit.id }] }));
    const local = await admin.must(admin.post('/officers', { username: 'quantri-xa', name: 'Quản trị địa bàn', grants: [{ role: 'administrator', area: unit.id }] }));
    const spare = await admin.must(admin.post('/officers', { username: 'thua', name: 'Tài khoản thừa', grants: [{ role: 'auditor', area: unit.id }] }));
    ids['/officers'] = spare.officer.id;
    for (const [role, username, password] of [['districtOfficer', 'ttyt', temporaryPassword], ['tracer', 'congan', tracer.temporaryPassword], ['informationOffice', 'tttt', information.temporaryPassword], ['siteKeeper', 'trungdoan', keeping.temporaryPassword], ['otherKeeper', 'khachsan', hotel.temporaryPassword], ['administrator', 'quantri-xa', local.temporaryPassword]]) {
      by[role] = new Client(server);
      await by[role].must(by[role].post('/auth/officer/sign-in', { username, password }));
      await by[role].must(by[role].call('PUT', '/auth/password', { current: password, next: 'chin con trau gam co 2026' }));
    }
    for (const [role, name] of Object.entries(names)) by[role] = await officer(server, name);
    const all = (await admin.must(admin.get('/officers?limit=200'))).items;
    accounts = { districtOfficer: district.id, tracer: tracer.officer.id, informationOffice: information.officer.id, siteKeeper: keeping.officer.id, administrator: local.officer.id };
    await by.provinceOfficer.must(by.provinceOfficer.post(`/quarantine-sites/${ids['/quarantine-sites']}/keepers`, { account: keeping.officer.id }));
    const letter = { number: '1/SYT', date: day(0), authority: 'Sở Y tế', signedBy: 'Lê Thu Hà', purpose: 'Kiểm tra', caseNumber: ids.number };
    const request = await by.informationOffice.must(by.informationOffice.post('/trace-requests', letter), 201);
    ids['/trace-requests'] = request.id;
    for (const [role, name] of Object.entries(names)) accounts[role] = all.find((one) => one.username === name).id;
    by.nobody = new Client(server);
    by.stranger = await citizen(server, '+84916000005', profile('Người Lạ'));
  }

  // From which the data lie in that relation: "below" is the province's officer, who has the unit below.
  async function move(relation) {
    const area = { own: unit.id, below: unit.parent, above: idText(kPart), elsewhere: elsewhere.id }[relation];
    for (const [role, account] of Object.entries(accounts)) await admin.must(admin.call('PUT', `/officers/${account}/grants`, { grants: [{ role, area }] }));
  }

  const start = (path) => `/${path.replace('/api/v1/', '').split('/')[0]}`;
  const named = (row) => row.path.includes('{');
  // Whether there is a record that the path can name.
  const keyOf = (row, name) => (name === 'id' ? start(row.path) : `${start(row.path)} ${name}`);
  const there = (row) => [...row.path.matchAll(/\{(\w+)\}/g)].every(([, name]) => ids[keyOf(row, name)] !== undefined);

  // Something of the right form, of the unit and its people.
  function sample(schema, name = '') {
    if (schema.$ref) return sample(schemas[schema.$ref.split('/').at(-1)], name);
    if (schema.enum) return schema.enum[0];
    if (schema.type === 'array') return [sample(schema.items, name)];
    if (schema.properties) return Object.fromEntries((schema.required ?? []).map((key) => [key, sample(schema.properties[key], key)]));
    if (schema.additionalProperties) return {};
    if (schema.type === 'boolean') return true;
    if (schema.type === 'integer' || schema.type === 'number') return name === 'birthYear' ? 1980 : 1;
    if (schema.format === 'date') return name === 'lastDay' || name === 'until' ? day(-3) : day(0);
    if (schema.format === 'date-time') return name === 'until' || name === 'to' ? ago(-600) : ago(10);
    if (schema.format === 'id') return { unit: unit.id, area: unit.id, towards: unit.id, place: ids['/places'], case: ids['/cases'], cases: ids['/cases'], candidate: ids['/candidates'], tasks: ids['/tasks'], milestones: ids['/milestones'], one: ids['/people'], kept: ids['/people'], laboratory: ids['/laboratories'] }[name] ?? ids['/people'];
    return { phone: '0916000099', disease: 'covid-19', kind: 'shop', form: 'place-entry', day: day(0), from: day(0), to: day(0), departure: ago(10), system: 'tokhaiyte', tube: 'TEST123456', rule: 'health-staff-daily-2021-05', cards: ids['/cards'] ?? kNowhere }[name] ?? 'Kiểm tra';
  }

  const atGate = () => ({ place: ids.gate, code: ids.code });
  const daily = (fever = false) => {
    const item = ['fever', 'cough', 'breath', 'throat', 'aches', 'contact-case'].map((linkId) => ({ linkId, answer: [{ valueBoolean: fever && linkId === 'fever' }] }));
    return { form: 'daily-health', version: '2020-03-10', person: ids['/people'], at: ago(5), response: { resourceType: 'QuestionnaireResponse', status: 'completed', item: [{ linkId: 'today', item }] } };
  };

  // Which of several optional things a body is about.
  const kAbout = {
    'POST /cases': () => ({ newPerson: { ...profile('Người Mới') } }),
    'POST /sampling-sessions': () => ({ unit: unit.id, site: 'Trạm' }),
    'POST /rosters': () => ({ unit: unit.id, name: 'Đơn vị' }),
    'POST /decisions': () => ({ unit: unit.id }),
    'POST /people': () => ({ birthYear: 1980 }),
    'POST /declarations': () => ({ person: ids['/people'] }),
    'POST /orders': () => ({ candidate: ids['/candidates'] }),
    'POST /outbreaks/{id}/facts': () => ({ unit: unit.id }),
    'POST /teams': () => ({ form: 'daily-health', until: day(-3) }),
    'POST /searches': () => ({ dueAt: ago(-600) }),
    'POST /helpers': () => ({ firstDay: day(0), lastDay: day(-3) }),
    'PATCH /people/{id}': () => ({ address: '2 Lê Lợi' }),
    'POST /declarations': () => daily(),
    'POST /arrivals/look': () => atGate(),
    'POST /arrivals/pictures/look': () => atGate(),
    'POST /arrivals/travellers': () => ({ place: ids.gate, person: profile('Khách Mới') }),
    'POST /arrivals/declarations': () => ({ ...atGate(), version: kEntryVersion, response: ids.response }),
    'POST /arrivals/corrections': () => ({ ...atGate(), declaration: ids['/declarations'], response: ids.response }),
    'POST /arrivals': () => ({ ...atGate(), outcome: 'pass' }),
    'POST /arrivals/queue/look': () => ({ place: ids.gate, onTheWay: '00' }),
    'POST /errands/{id}/answer': () => ({ at: ago(0) }),
    'POST /place-merges': () => ({ place: ids['/places'], kept: ids['/places'] }),
    'POST /place-duplicates/tell-apart': () => ({ one: ids['/places'], other: ids.gate }),
    'POST /people/{id}/housemates': () => ({ person: ids['/people'] }),
    'POST /cards/lost': () => ({ number: ids.card }),
    // Dismissed it would be there no more.
    'POST /unmatched-results/{id}/settle': () => ({ tube: 'DH-8888' }),
    'POST /sampling-sessions/{id}/samples': () => ({ person: ids['/people'] }),
    'PUT /places/{id}/stated': () => ({ hours: [{ day: 1, from: '07:00', to: '17:30' }] }),
  };

  async function call(row, client, id) {
    const path = row.path.replace(/\{(\w+)\}/g, (_, name) => (name === 'id' ? id : (ids[keyOf(row, name)] ?? id)));
    const wanted = (row.route.parameters ?? []).filter((one) => one.in === 'query' && (one.required || (row.kind === 'unit' && ['unit', 'system', 'basis'].includes(one.name))));
    const query = wanted.map((one) => `${one.name}=${encodeURIComponent(sample(one.schema, one.name))}`).join('&');
    const headers = { Accept: 'application/json', ...client.bearer };
    if (client.cookies.size) headers.Cookie = [...client.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
    if (row.method !== 'GET') headers['X-Requested-With'] = 'luytre';
    if (row.route.parameters?.some((one) => one.name === 'Idempotency-Key')) headers['Idempotency-Key'] = randomUUID();
    if (row.route.parameters?.some((one) => one.name === 'If-Match')) headers['If-Match'] = '"1"';
    const [[type, content] = []] = Object.entries(row.route.requestBody?.content ?? {});
    if (type) headers['Content-Type'] = type;
    const body = !type ? undefined : type === 'application/json' ? JSON.stringify({ ...sample(content.schema), ...kAbout[row.name]?.() }) : 'name\nx';
    const answer = await fetch(`${server.origin}${path}${query ? `?${query}` : ''}`, { method: row.method, headers, body, redirect: 'manual' });
    const problem = answer.headers.get('content-type')?.includes('problem') ? await answer.json() : undefined;
    await answer.body?.cancel().catch(() => undefined);
    return { status: answer.status, code: problem?.code ?? '' };
  }

  // Runs them a few at a time, and says what was wrong of them.
  async function wrongOf(cells, judge) {
    const wrong = [];
    const queue = [...cells];
    const work = async () => {
      for (let cell = queue.shift(); cell; cell = queue.shift()) {
        const found = await judge(cell);
        if (found) wrong.push(`${cell.row.name} as ${cell.as}${cell.relation ? ` (${cell.relation})` : ''}: ${found}`);
      }
    };
    await Promise.all(Array.from({ length: kAtOnce }, work));
    return wrong;
  }
  const allRight = (wrong) => assert.equal(wrong.length, 0, `${wrong.length} cells are not as the table says:\n${wrong.sort().join('\n')}`);
  const compare = async (cells, judge) => allRight(await wrongOf(cells, judge));

  const said = ({ status, code }) => `${status} ${code}`.trim();
  const idOf = (row) => (there(row) ? (ids[start(row.path)] ?? kNowhere) : kNowhere);
  const refused = async ({ row, as }) => {
    const answer = await call(row, by[as], idOf(row));
    return kRefusals.has(answer.code) ? undefined : `should be refused, was ${said(answer)}`;
  };

  test('the table is what docs/access.md says', () => {
    execFileSync(process.execPath, [join(root, 'tools/access.mjs'), '--check']);
    assert.ok(rows.length > 300);
    assert.throws(() => table({ paths: { '/api/v1/new': { get: { 'x-roles': ['stationOfficer'], 'x-purpose': 'audit' } } } }), /GET \/new has no area relation/);
  });

  test('nobody, and roles that a route is not for, are refused at the door', async () => {
    const cells = rows.flatMap((row) => {
      if (row.kind === 'public') return [];
      const others = officers.filter((role) => !row.roles.includes(role));
      if (!row.roles.includes('citizen')) others.push('stranger');
      if (!row.roles.includes('integrator')) others.push('program');
      return ['nobody', ...others].map((as) => ({ row, as }));
    });
    assert.ok(cells.length > 1500, String(cells.length));
    await compare(cells, refused);
  });

  test('what is for everybody, for every citizen, and for programs lets them in', async () => {
    const cells = rows.flatMap((row) => {
      if (row.kind === 'public') return [{ row, as: 'nobody' }];
      if (row.roles.includes('integrator')) return [{ row, as: 'program' }];
      return row.kind === 'self' && row.method === 'GET' && !named(row) && row.roles.includes('citizen') ? [{ row, as: 'stranger' }] : [];
    });
    await compare(cells, async ({ row, as }) => {
      const { status, code } = await call(row, by[as], kNowhere);
      return ['not_permitted', 'second_proof_required'].includes(code) ? `should be let in, was ${status} ${code}` : undefined;
    });
  });

  test('who keeps another site of the same unit finds none, whether it is there or not', async () => {
    const cells = rows.filter((row) => row.kind === 'site').map((row) => ({ row, as: 'otherKeeper' }));
    assert.ok(cells.length >= 12, String(cells.length));
    await compare(cells, async ({ row }) => {
      const [real, none] = [await call(row, by.otherKeeper, idOf(row)), await call(row, by.otherKeeper, kNowhere)];
      return said(real) === '403 not_permitted' && said(none) === said(real) ? undefined : `${said(real)}, and ${said(none)} of one that is nowhere`;
    });
  });

  test('a citizen finds no place or roster of others, whether it is there or not', async () => {
    const cells = rows.filter((row) => ['kept', 'keeper', 'station', 'head'].includes(row.kind) && row.roles.includes('citizen')).map((row) => ({ row, as: 'stranger' }));
    await compare(cells, async ({ row }) => {
      const [real, none] = [await call(row, by.stranger, idOf(row)), await call(row, by.stranger, kNowhere)];
      if (real.status < 400) return `should be refused, was ${said(real)}`;
      return said(real) === said(none) ? undefined : `${said(real)}, but ${said(none)} of one that is nowhere`;
    });
  });

  for (const relation of [...relations].reverse()) {
    test(`data that lie ${relation === 'own' ? 'in the own unit' : relation}`, async () => {
      await move(relation);
      const cells = rows.filter((row) => row.kind !== 'public').flatMap((row) => officers.filter((role) => row.roles.includes(role)).map((as) => ({ row, as, relation })));
      const shut = cells.filter((cell) => !may(cell.row, cell.as, relation));
      assert.equal(shut.length === 0, false, 'there is always something that a role may not do');
      const early = new Set();
      await compare(shut, async ({ row, as }) => {
        const answer = await call(row, by[as], idOf(row));
        const hidden = named(row) && row.kind !== 'unit';  // which units there are everybody may read
        const same = hidden ? await call(row, by[as], kNowhere) : answer;
        if (said(same) !== said(answer)) return `${said(answer)}, but ${said(same)} of one that is nowhere`;
        if (kRefusals.has(answer.code) || answer.code === 'not_found') return undefined;
        if (![400, 409, 412, 415, 422].includes(answer.status)) return `should be refused, was ${said(answer)}`;
        early.add(row.name);
        return kJudgedFirst.includes(row.name) ? undefined : `what it was sent was judged before whose it is: ${said(answer)}`;
      });
      if (relation === 'elsewhere') assert.deepEqual([...early].sort(), [...kJudgedFirst].sort(), 'kJudgedFirst names others');

      const open = cells.filter(({ row, as }) => may(row, as, relation) && there(row) && !kNothingThere.has(row.name));
      const order = ({ row }) => (row.method === 'GET' ? 0 : kLast.includes(row.name) ? 3 + kLast.indexOf(row.name) : row.method === 'DELETE' ? 2 : 1);
      const passes = async ({ row, as }) => {
        const answer = await call(row, by[as], idOf(row));
        return kRefusals.has(answer.code) ? `should be let in, was ${said(answer)}` : undefined;
      };
      // What ends a session or changes a password is done once, at the very end.
      const wrong = [];
      for (const step of relation === relations[0] ? [0, 1, 2, 3, 4] : [0, 1, 2]) wrong.push(...(await wrongOf(open.filter((cell) => order(cell) === step), passes)));
      allRight(wrong);
    });
  }
});
