// What waits on the lists of work, page by page, as officers of each level see them.
import { say } from '../support.mjs';
import { Client, kListMs, kOfficers, officersOf, timed } from './client.mjs';

export const kDeep = 2_000; // lines
const kLines = 200; // read at once on the way down; as many as a page may have

const path = (list, ...more) => {
  const query = [list.query, ...more].filter(Boolean).join('&');
  return query ? `${list.at}?${query}` : list.at;
};

// `filter` and `sort` are those of the list's own page; a list without pages has neither.
const kLists = [
  { name: 'follow-ups', at: '/follow-ups', filter: 'class=F2', sort: 'sort=lastDay&order=descending' },
  { name: 'follow-ups, own level', at: '/follow-ups', query: 'yours=true', filter: 'nobodys=true', sort: 'sort=lastDay' },
  { name: 'follow-ups with symptoms', at: '/follow-ups', query: 'offered=true', filter: 'class=F2', sort: 'sort=lastDay' },
  { name: 'follow-ups to be sampled', at: '/follow-ups', query: 'toSample=true', filter: 'class=F2', sort: 'sort=lastDay' },
  { name: 'visits of today', at: '/follow-up-visits', filter: 'class=F2', sort: 'sort=lastDay' },
  { name: 'follow-ups to be taken', at: '/follow-up-transfers', filter: 'yours=true' },
  { name: 'orders that wait', at: '/orders', filter: 'kind=isolation', sort: 'sort=lastDay' },
  { name: 'orders in force', at: '/orders', query: 'view=running', filter: 'place=site', sort: 'sort=signed&order=descending' },
  { name: 'orders that end tomorrow', at: '/orders', query: 'view=tomorrow', filter: 'place=site', sort: 'sort=signed' },
  { name: 'orders past their day', at: '/orders', query: 'view=overdue', filter: 'place=site', sort: 'sort=signed' },
  { name: 'orders that ended', at: '/orders', query: 'view=ended', filter: 'kind=isolation', sort: 'sort=lastDay' },
  { name: 'sites', at: '/quarantine-sites' },
  { name: 'needs', at: '/order-needs', filter: 'kind=medicine', sort: 'order=descending' },
  { name: 'referrals', at: '/referrals', filter: 'source=order', sort: 'sort=arrival&order=descending' },
  { name: 'referrals that are done', at: '/referrals', query: 'state=done', filter: 'source=passage', sort: 'sort=arrival&order=descending' },
  { name: 'outbreaks', at: '/outbreaks', filter: 'status=open', sort: 'sort=cases' },
  { name: 'sampling sessions', at: '/sampling-sessions', query: 'from=2020-01-01', filter: 'disease=measles', sort: 'order=ascending' },
  { name: 'positive results', at: '/positive-results', filter: 'method=antigen', sort: 'sort=sampled&order=descending' },
  { name: 'people to be sampled again', at: '/resampling-tasks', filter: 'disease=measles', sort: 'order=descending' },
  { name: 'results that do not stand', at: '/overturned-results' },
  { name: 'what nobody has', at: '/waiting', filter: 'yours=true' },
];

// The fullest of what the officer sees: who lies at a site and who is awaited, a session's tubes, an outbreak's cases; and a laboratory's tubes.
async function listsWithin(officer) {
  const out = [];
  const [site] = (await officer.get('/quarantine-sites?limit=200')).items.sort((a, b) => b.taken - a.taken);
  if (site) out.push({ name: 'who lies at a site', at: `/quarantine-sites/${site.id}` }, { name: 'who is awaited at a site', at: `/quarantine-sites/${site.id}/awaited` });
  const [session] = (await officer.get('/sampling-sessions?from=2020-01-01')).items.sort((a, b) => b.persons - a.persons);
  if (session) out.push({ name: 'tubes of a session', at: `/sampling-sessions/${session.id}/tubes` });
  const [outbreak] = (await officer.get('/outbreaks?sort=cases')).items;
  if (outbreak) out.push({ name: 'cases of an outbreak', at: `/outbreaks/${outbreak.id}/cases` });
  const laboratory = (await officer.get('/laboratories')).items.find(({ mine }) => mine);
  if (!laboratory) return out; // of the district and above
  const at = `/laboratories/${laboratory.id}`;
  out.push({ name: 'a laboratory', at }, { name: 'tubes of a laboratory', at: `${at}/tubes`, filter: 'state=waiting', sort: 'sort=result' });
  return out;
}

// Where the page begins that is kDeep lines down, or halfway; nothing where there is one page.
async function deep(officer, list) {
  const starts = [];
  let { next } = await officer.get(path(list));
  if (!next) return undefined;
  next = (await officer.get(path(list, `limit=${kLines}`))).next ?? next;
  for (let lines = kLines; next; lines += kLines) {
    starts.push(next);
    if (lines >= kDeep) return next;
    next = (await officer.get(path(list, `limit=${kLines}`, `cursor=${encodeURIComponent(next)}`))).next;
  }
  return starts[starts.length >> 1];
}

export async function workLists(server, copy) {
  const [province, , commune, region] = officersOf(copy);
  const rows = [];
  for (const [kind, token] of Object.entries({ province, region, commune })) {
    const officers = Array.from({ length: kOfficers }, () => new Client(server, token));
    const measure = async (what, asked) => {
      const took = await timed(officers, (officer) => officer.get(asked));
      say(`${copy.engine}: ${kind}: ${what}: ${took.median.toFixed(1)} ms, 95th percentile ${took.p95.toFixed(1)} ms`);
      rows.push({ kind, what, most: kListMs, ...took });
    };
    for (const list of [...kLists, ...(await listsWithin(officers[0]))]) {
      await measure(list.name, path(list));
      if (list.filter) await measure(`${list.name}, filtered`, path(list, list.filter));
      if (list.sort) await measure(`${list.name}, sorted`, path(list, list.sort));
      const start = await deep(officers[0], list);
      if (start) await measure(`${list.name}, deep`, path(list, `cursor=${encodeURIComponent(start)}`));
    }
  }
  return rows;
}
