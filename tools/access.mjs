// Who may do what where: writes docs/access.md, the table of roles, areas and actions.   node tools/access.mjs [--check]
// The permission is defined once: roles and purpose where a route is declared (platform/http/router.h), which the server enforces and tells as
// x-roles and x-purpose of its description, and the area relation here. tests/access.test.mjs calls every route as every role in every relation and
// compares with the same cells. `--check` writes nothing: it fails when the file is not what the description gives.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Where the data lie, seen from the officer's area.
export const relations = ['own', 'below', 'above', 'elsewhere'];
export const officers = ['stationOfficer', 'districtOfficer', 'provinceOfficer', 'commander', 'auditor', 'administrator', 'tracer', 'informationOffice', 'siteKeeper'];

export const meaning = {
  public: 'everybody, signed in or not; of devices, who holds the code of a shift',
  self: "the caller's own account, household, places and devices; no area",
  role: 'every holder of the role, wherever: nothing in it belongs to an area',
  list: 'every holder of the role, who finds what lies in the own area alone: the own unit and below',
  unit: 'data of the unit that is named: the own unit and below; above and elsewhere are refused',
  record: 'the record that is named: of the own unit and below, for a case also that of the unit that reported it; an officer\'s account lies where all its grants lie. One that lies above or elsewhere and one that is nowhere give the same answer, not_permitted',
  kept: 'a place: its keeper, whatever the role, and officers as for a record',
  keeper: 'a place: its keeper, whatever the role; nobody else',
  site: 'a quarantine site, who lies there and its roll-calls: officers as for a record, and the account that keeps it, as long as its own area has the unit; nothing of another site',
  head: 'a roster: its head, who opened it, for a place that they keep or for a unit of their area; nobody else',
  station: 'a place: its keeper, whatever the role, and the station officer as for a record',
};

// Of every route that officers may call; those for everybody and those for citizens alone have no area.
const areas = {
  self: `GET /auth/session, POST /auth/sign-out, GET /auth/sessions, DELETE /auth/sessions/{id}, POST /auth/totp/enrol, POST /auth/totp/confirm, PUT /auth/password, GET /views, POST /views, PUT /views/standard, PUT /views/{id}, DELETE /views/{id},
    POST /places/registrations, POST /places/registrations/{id}/confirm, POST /places/claims, POST /places/claims/{id}/confirm, GET /me/places, POST /places/resolve`,
  role: `POST /auth/station-release, GET /units/{id}/outlines, GET /access-log, GET /access-log/verify, GET /decisions, GET /laboratories, POST /trace-requests,
    GET /outages/board, PUT /outages/limits, POST /outages, POST /outages/{id}/end`,
  list: `GET /officers, GET /keys, POST /people/search, POST /person-duplicates, GET /place-approvals, GET /places, GET /place-duplicates, GET /declarations, POST /declarations/search, GET /referrals,
    GET /referrals/counts, GET /differences, GET /trips, GET /arrivals/vehicles, GET /arrivals/on-the-way, GET /arrivals/coming, GET /rosters, POST /duties/travellers/search,
    GET /duties/organisations, GET /cases, POST /cases/search, GET /candidates, GET /line-lists, GET /sampling-sessions, GET /resampling-tasks,
    GET /positive-results, GET /overturned-results, GET /releases, GET /tasks, POST /tasks/give, GET /companions, GET /follow-ups, GET /follow-up-visits,
    POST /follow-ups/give, GET /officer-teams,
    GET /waiting, GET /follow-up-transfers, GET /task-transfers, GET /outbreaks, GET /orders, POST /order-steps, POST /order-signatures, GET /order-needs,
    GET /quarantine-sites, GET /teams, GET /team-help, GET /checkpoints, POST /checkpoints/search, GET /foreign/batches,
    GET /inspections/due, POST /statistics/denominators/list, GET /helpers, GET /searches, GET /errands, GET /trace-requests, GET /broadcasts, GET /changes, GET /stream`,
  unit: `POST /officers, POST /keys, POST /decisions, POST /people, POST /rosters, POST /cases, POST /sampling-sessions, POST /laboratories, POST /outbreaks, POST /quarantine-sites, POST /teams,
    POST /units/{id}/places, POST /units/{id}/line-lists, GET /units/{id}/line-list-mappings, PUT /units/{id}/line-list-mappings,
    POST /units/{id}/line-list-file, POST /units/{id}/contact-file, POST /units/{id}/outbreak-file, POST /units/{id}/positive-file, POST /units/{id}/overturned-file,
    POST /units/{id}/resampling-file, POST /units/{id}/companion-file, POST /units/{id}/sampling-session-file,
    POST /units/{id}/declaration-file, POST /units/{id}/referral-file, POST /units/{id}/arrival-file, POST /units/{id}/follow-up-transfer-file, POST /units/{id}/task-transfer-file, POST /units/{id}/search-file, POST /units/{id}/place-file,
    POST /units/{id}/follow-up-file, POST /units/{id}/task-file, POST /units/{id}/order-file, POST /units/{id}/need-file, POST /units/{id}/quarantine-site-file, POST /foreign/visits, POST /foreign/declarations, GET /statistics, GET /statistics/trend,
    GET /statistics/places, GET /statistics/export,
    GET /colleagues, POST /officer-teams, GET /statistics/trend/export, GET /statistics/places/export, GET /statistics/cases, GET /statistics/cases/export,
    POST /statistics/denominators, POST /helpers, GET /helpers/figures, POST /broadcasts/draft, POST /broadcasts`,
  record: `PUT /officers/{id}/grants, POST /officers/{id}/disable, POST /officers/{id}/enable, POST /officers/{id}/reset-password, POST /keys/{id}/revoke,
    POST /decisions/{id}/end, POST /people/{id}/look, PATCH /people/{id}, POST /people/{id}/corrections/look, POST /people/{id}/history/look, POST /people/{id}/duplicates/look, POST /people/{id}/households/look, POST /people/{id}/housemates, POST /people/{id}/move-out,
    POST /person-duplicates/tell-apart, POST /person-merges, POST /person-merges/cases, POST /person-merges/{id}/undo, POST /people/{id}/merges/look, POST /places/{id}/approve, POST /place-duplicates/tell-apart,
    POST /place-merges, POST /place-merges/{id}/undo, POST /declarations, GET /declarations/{id}, GET /declarations/{id}/pictures/{picture}, GET /declarations/{id}/again,
    GET /referrals/{id}, POST /referrals/{id}/acknowledge, POST /referrals/{id}/outcome, POST /referrals/{id}/hand-over, GET /differences/{id}, POST /differences/{id}/decide,
    POST /places/{id}/passengers/look, POST /arrivals/look, POST /arrivals/pictures/look, POST /arrivals/travellers, POST /arrivals/declarations, POST /arrivals/corrections,
    POST /arrivals, POST /arrivals/queue/look, POST /arrivals/{id}/acknowledge, POST /arrivals/{id}/outcome,
    GET /cases/{id}, POST /cases/{id}/confirm, POST /cases/{id}/reclassify, POST /cases/{id}/dates, POST /cases/{id}/onset, POST /cases/{id}/course,
    POST /cases/{id}/source, POST /cases/{id}/undo, GET /cases/{id}/history, GET /cases/{id}/investigation, POST /cases/{id}/investigation,
    GET /cases/{id}/investigation/versions, POST /cases/{id}/fhir, GET /cases/{id}/milestones, POST /cases/{id}/milestones, POST /milestones/{id}/correct,
    POST /milestones/{id}/strike, GET /milestones/{id}/versions, GET /cases/{id}/companions, POST /companions/{id}/found, POST /companions/{id}/unfindable,
    POST /companions/{id}/look-again, GET /cases/{id}/notices, POST /cases/{id}/notices, POST /notices/{id}/release, POST /notices/{id}/withdraw,
    GET /line-lists/{id}, POST /line-lists/{id}/relationships,
    POST /line-lists/{id}/preview, POST /line-lists/{id}/run, POST /line-lists/{id}/run-again, GET /line-lists/{id}/rows, POST /line-lists/{id}/rows/{line}/decide, POST /line-lists/{id}/start,
    POST /line-lists/{id}/undo, GET /line-lists/{id}/rejects, GET /sampling-sessions/{id}, POST /sampling-sessions/{id}/close, GET /sampling-sessions/{id}/tubes, POST /sampling-sessions/{id}/samples,
    POST /samples/{id}/remove, POST /sampling-sessions/{id}/batches, PATCH /laboratories/{id}, GET /laboratories/{id}, POST /laboratories/{id}/receptions, GET /laboratories/{id}/tubes, POST /laboratories/{id}/tube-file,
    POST /laboratories/{id}/look, POST /laboratories/{id}/fhir, POST /laboratories/{id}/results, POST /laboratories/{id}/result-list, POST /test-results/{id}/correct, POST /unmatched-results/{id}/settle,
    POST /test-results/{id}/case, POST /test-results/{id}/weighed, POST /people/{id}/test-results/look, POST /cases/{id}/trace, GET /cases/{id}/runs, GET /cases/{id}/candidates, GET /candidates/{id},
    GET /cases/{id}/contacts, POST /cases/{id}/contacts, GET /candidates/{id}/contacts, POST /candidates/{id}/contacts, POST /contacts/{id}/withdraw, POST /contacts/{id}/restore,
    GET /candidates/{id}/evidence, POST /candidates/{id}/assign, GET /candidates/{id}/follow-up, POST /candidates/{id}/follow-up, GET /cases/{id}/warnings/preview, POST /cases/{id}/warnings, POST /releases/{id}/approve, POST /releases/{id}/reject,
    GET /tasks/{id}, PATCH /officer-teams/{id}, POST /tasks/acknowledge, POST /tasks/{id}/acknowledge, POST /tasks/{id}/outcome, POST /tasks/{id}/take-over,
    POST /tasks/{id}/keep, GET /follow-ups/{id}, POST /follow-ups/{id}/entries, POST /follow-ups/{id}/tests/settle, POST /follow-ups/{id}/suspect, POST /follow-ups/{id}/transfer,
    POST /follow-ups/{id}/take, GET /follow-ups/{id}/immunity, POST /follow-ups/{id}/immunity, POST /follow-ups/{id}/immunity/withdraw,
    GET /cases/{id}/follow-ups, GET /cases/{id}/contact-history, GET /outbreaks/{id}, POST /outbreaks/{id}/facts,
    POST /outbreaks/{id}/close, POST /outbreaks/{id}/reopen, POST /outbreaks/{id}/charge, DELETE /outbreaks/{id}/charge, GET /outbreaks/{id}/cases, POST /outbreaks/{id}/cases,
    POST /outbreaks/{id}/cases/{case}/take-out, GET /outbreaks/{id}/history, POST /outbreaks/{id}/shared-places, POST /outbreaks/{id}/line-list,
    GET /outbreaks/{id}/graph, POST /outbreaks/{id}/graph/take-out, GET /cases/{id}/graph, POST /cases/{id}/graph/take-out, GET /cases/{id}/outbreak,
    POST /orders, GET /orders/{id}, POST /orders/{id}/steps, POST /orders/{id}/sign, POST /orders/{id}/refuse, GET /orders/{id}/order.pdf, GET /orders/{id}/certificate.pdf,
    GET /quarantine-sites/{id}/awaited, GET /quarantine-sites/{id}/keepers, POST /quarantine-sites/{id}/keepers, POST /quarantine-sites/{id}/keepers/{account}/end,
    GET /cases/{id}/gate-entries, GET /cases/{id}/gate-declarations, GET /cases/{id}/card-entries, POST /cases/{id}/gate-entries/{entry}/asked, GET /teams/{id}, PATCH /teams/{id},
    POST /teams/{id}/volunteers, POST /teams/{id}/volunteers/{volunteer}/remove, POST /teams/{id}/volunteers/{volunteer}/phone-lost, GET /teams/{id}/households,
    POST /teams/{id}/households, PATCH /teams/{id}/households/{household}, POST /teams/{id}/households/{household}/members,
    PATCH /teams/{id}/households/{household}/members/{member}, POST /teams/{id}/list, POST /team-help/{id}/settle, GET /checkpoints/{id}, PUT /checkpoints/{id}/wait-limit,
    POST /cards, GET /cards/sheet.pdf, GET /people/{id}/cards, POST /cards/{id}/end, POST /cards/lost, GET /places/{id}/doubtful-visits, GET /place-lists/{id}/posters.pdf,
    POST /foreign/batches/{id}/match, POST /foreign/batches/{id}/undo, POST /places/{id}/inspections, GET /places/{id}/inspections, POST /inspections/{id}/photos,
    GET /inspection-photos/{id}, POST /helpers/{id}/end, POST /searches, POST /searches/{id}/withdraw, POST /errands/{id}/answer,
    POST /trace-requests/{id}/release, POST /trace-requests/{id}/refuse, POST /trace-requests/{id}/run`,
  kept: `GET /places/{id}, GET /places/{id}/stated, GET /places/{id}/poster.pdf, GET /places/{id}/poster.svg, GET /places/{id}/merges,
    GET /places/{id}/visits/summary, GET /places/{id}/passengers/declared, GET /places/{id}/guards, POST /places/{id}/guards, POST /places/{id}/guards/{guard}/remove,
    POST /places/{id}/guards/{guard}/phone-lost, GET /places/{id}/refusals, GET /places/{id}/planned-shifts, POST /places/{id}/planned-shifts,
    POST /places/{id}/planned-shifts/{shift}/remove, GET /places/{id}/slips, POST /places/{id}/slips, GET /places/{id}/slips/{sheet}/sheet.pdf, POST /places/{id}/slips/entries,
    GET /places/{id}/crowd, GET /places/{id}/attendance, GET /places/{id}/attendance.csv, GET /places/{id}/inspection-results`,
  keeper: 'POST /places/{id}/visits',
  site: `GET /quarantine-sites/{id}, GET /quarantine-sites/{id}/log, POST /quarantine-sites/{id}/rooms, POST /quarantine-sites/{id}/stays, POST /quarantine-sites/{id}/intake/look,
    POST /quarantine-sites/{id}/intake, POST /quarantine-stays/{id}/leave, POST /quarantine-sites/{id}/roll-calls, POST /quarantine-roll-calls/{id}/answers,
    POST /quarantine-roll-calls/{id}/close, POST /orders/{id}/needs, POST /order-needs/{id}/brought`,
  head: `GET /rosters/{id}, POST /rosters/{id}/code, POST /rosters/{id}/close, POST /rosters/{id}/invitations, GET /rosters/{id}/members,
    POST /rosters/{id}/members/{person}/remove, POST /rosters/{id}/reminders, POST /rosters/{id}/export`,
  station: 'PATCH /places/{id}, POST /places/{id}/zones, PATCH /places/{id}/zones/{zone}, PUT /places/{id}/stated',
};

// Every route of the description with its relation to areas; throws where the two do not fit.
export function table(description) {
  const reach = new Map();
  for (const [kind, routes] of Object.entries(areas)) {
    for (const route of routes.split(',').map((one) => one.trim())) {
      if (reach.has(route)) throw new Error(`${route} has two area relations`);
      reach.set(route, kind);
    }
  }
  const rows = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => {
      const name = `${method.toUpperCase()} ${path.replace('/api/v1', '')}`;
      const roles = route['x-roles'];
      const trivial = roles.includes('anyone') ? 'public' : roles.every((role) => role === 'citizen') ? 'self' : undefined;
      const kind = trivial ?? reach.get(name);
      if (!kind) throw new Error(`${name} has no area relation: say in tools/access.mjs whose data it opens`);
      if (trivial && reach.has(name)) throw new Error(`${name} is not for officers and has no area`);
      reach.delete(name);
      return { name, method: method.toUpperCase(), path, roles, purpose: route['x-purpose'], kind, route };
    }),
  );
  if (reach.size > 0) throw new Error(`no such route: ${[...reach.keys()].join(', ')}`);
  return rows;
}

// Whether an officer of the role may, where the data lie in that relation to the own area.
export function may(row, role, relation) {
  if (row.kind === 'public') return true;
  if (!row.roles.includes(role)) return false;
  if (row.kind === 'head' || row.kind === 'keeper') return false;  // but the head, the keeper
  if (row.kind === 'station' && role !== 'stationOfficer') return false;
  return ['self', 'role', 'list'].includes(row.kind) || relation === 'own' || relation === 'below';
}

const short = { stationOfficer: 'station', districtOfficer: 'district', provinceOfficer: 'province', commander: 'commander', auditor: 'auditor', administrator: 'administrator', tracer: 'tracer', informationOffice: 'information', siteKeeper: 'site keeper' };
const marks = { own: 'o', below: 'b', above: 'a', elsewhere: 'e' };

function cell(row, role) {
  if (row.kind === 'head' || row.kind === 'keeper') return row.roles.includes(role) ? row.kind[0] : '';
  if (row.kind === 'site' && role === 'siteKeeper') return row.roles.includes(role) ? 'k' : '';  // of what lies in the own area
  const where = relations.filter((relation) => may(row, role, relation));
  if (where.length === 0) return '';
  return where.length === relations.length ? '●' : where.map((relation) => marks[relation]).join('');
}

function written(rows) {
  const line = (row) => {
    const others = ['anyone', 'citizen', 'integrator'].map((role) => (row.kind === 'public' || row.roles.includes(role) ? '●' : ''));
    return `| \`${row.name}\` | ${row.kind} | ${row.purpose} | ${[...others, ...officers.map((role) => cell(row, role))].join(' | ')} |`;
  };
  const heads = ['route', 'relation', 'purpose', 'anyone', 'citizen', 'program', ...officers.map((role) => short[role])];
  return [
    '# Who may do what where',
    '',
    'Written by `node tools/access.mjs` from what each route declares and from the relation to areas that stands there; `tests/access.test.mjs` calls every',
    'route below as every role in every relation and compares. A route that is not here fails the tests. Every look at a person is in the access log',
    '(docs/privacy.md).',
    '',
    'A cell says where the data may lie, seen from the area of the officer\'s grant: **o** the own unit, **b** below it, **a** above it, **e** elsewhere; ● everywhere,',
    '**h** the head alone, **k** the keeper alone, empty: refused. A grant for the whole country has everything below it.',
    '',
    ...Object.entries(meaning).map(([kind, text]) => `- *${kind}*: ${text}.`),
    '',
    `| ${heads.join(' | ')} |`,
    `|${heads.map(() => '---').join('|')}|`,
    ...rows.map(line),
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const description = new URL('../web/shared/openapi.json', import.meta.url);
  const target = new URL('../docs/access.md', import.meta.url);
  const text = written(table(JSON.parse(readFileSync(description, 'utf8'))));
  if (process.argv[2] !== '--check') writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    console.error('docs/access.md is not what the API says: run `node tools/access.mjs`');
    process.exit(1);
  }
}
