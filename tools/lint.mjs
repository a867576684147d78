// House rules that a compiler does not check. Prints every breach as file:line, exits 1 if there is one.
//   layers:   engines and platform know neither each other (but platform/base) nor modules; modules do not know apps; no private headers.
//   tables:   SQL of a module names its own tables; views that others publish are read by tracing and statistics alone. Tests may look.
//   co_await: g++ 12.2 destroys twice a capturing lambda or braced aggregate written inside a co_await expression, and lays out wrong frames
//             for a co_await that stands bare in a condition (docs/architecture.md).
//   words:    what the access log names is worded for the auditor and, where a citizen may read it, for them; nothing else is.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.h', '*.cpp'], { encoding: 'utf8' }).split('\n').filter(Boolean);
const breaches = [];

// What a floor may include, by the first folders of the included path.
const allowed = {
  engines: (to) => to.startsWith('engines/') || to.startsWith('platform/base/'),
  platform: (to) => to.startsWith('platform/'),
  modules: (to) => to.startsWith('engines/') || to.startsWith('platform/') || to.startsWith('modules/'),
  apps: () => true,
  bench: () => true,
  tests: () => true,
};

function checkLayers(file, lines) {
  const floor = file.split('/')[0];
  const room = file.split('/').slice(0, 2).join('/');
  lines.forEach((line, i) => {
    const to = line.match(/^#include "([^"]+)"/)?.[1];
    if (!to || !allowed[floor]) return;
    if (!allowed[floor](to)) breaches.push(`${file}:${i + 1}: ${floor} must not include ${to}`);
    const foreignModule = to.startsWith('modules/') && !to.startsWith(room + '/');
    if (foreignModule && /\/(storage|internal)[^/]*\.h$/.test(to)) breaches.push(`${file}:${i + 1}: ${to} is private to its module`);
    if (foreignModule && floor === 'modules' && /_test\.h$/.test(to)) breaches.push(`${file}:${i + 1}: ${to} is a test's`);
  });
}

const modules = new Set(files.filter((file) => file.startsWith('modules/')).map((file) => file.split('/')[1]));
const readers = new Set(['tracing', 'statistics']);

// A table is called after its module.
function checkTables(file, text) {
  const [floor, room] = file.split('/');
  if (floor !== 'modules' || /_(test|fixture)\.(cpp|h)$/.test(file)) return;
  for (const match of text.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+(([a-z]+)_(pub_)?\w+)/g)) {
    const [, table, owner, published] = match;
    if (owner === room || !modules.has(owner) || (published && readers.has(room))) continue;
    breaches.push(`${file}:${text.slice(0, match.index).split('\n').length}: ${table} belongs to modules/${owner}, whose header is to be asked`);
  }
}

// The text of the full expression that follows each co_await, up to its closing `;` or an unbalanced `)`.
function* awaitedExpressions(text) {
  for (const match of text.matchAll(/\bco_await\b/g)) {
    let depth = 0;
    let end = match.index;
    for (; end < text.length; ++end) {
      const c = text[end];
      if ('([{'.includes(c)) ++depth;
      if (')]}'.includes(c) && --depth < 0) break;
      if (c === ';' && depth === 0) break;
    }
    yield [match.index, text.slice(match.index, end)];
  }
}

function checkAwaits(file, text) {
  const bare = text.replace(/\/\/[^\n]*/g, (c) => ' '.repeat(c.length)).replace(/"(?:[^"\\\n]|\\.)*"/g, (s) => '"' + ' '.repeat(s.length - 2) + '"');
  for (const [at, expression] of awaitedExpressions(bare)) {
    if (/[{]|\[[^\]\w]*[&=\w][^\]]*\]\s*(\(|mutable|\{)/.test(expression)) {
      const line = bare.slice(0, at).split('\n').length;
      breaches.push(`${file}:${line}: name the lambda or braced value before co_await (g++ 12.2 destroys it twice)`);
    }
  }
}

// `if (co_await …)`, `while (… && co_await …)`, `for (…; co_await …; …)`: any condition that holds a co_await and declares no name for it.
function checkConditions(file, text) {
  for (const match of text.matchAll(/\b(if|while|for|switch)\s*(?:constexpr\s*)?\(/g)) {
    let depth = 1;
    let end = match.index + match[0].length;
    for (; end < text.length && depth > 0; ++end) depth += text[end] === '(' ? 1 : text[end] === ')' ? -1 : 0;
    const condition = text.slice(match.index + match[0].length, end - 1);
    if (!condition.includes('co_await') || /\b\w+[&*]?\s+\w+\s*=\s*co_await|\]\s*=\s*co_await/.test(condition)) continue;
    breaches.push(`${file}:${text.slice(0, match.index).split('\n').length}: name the awaited value before testing it (g++ 12.2 lays out a wrong frame)`);
  }
}

// Of no citizen's person or account: nobody but the auditor reads that they were done.
const aboutNoCitizen = new Set(`access_log.read access_log.verify arrivals.count attendance.doubtful attendance.export broadcasts.publish
  checkpoints.limit checkpoints.watch community.count decisions.decide duties.count duties.keep feed.follow foreign.declarations foreign.visits
  gates.keeper_code helpers.count helpers.name identity.keys identity.officers identity.setup inspections.photo inspections.read
  inspections.record interviews.take_companions laboratory.register laboratory.take_out laboratory.take_sessions laboratory.work outages.read outages.set outbreaks.take_out passengers.count
  passengers.read people.own places.approve places.duplicates places.edit places.import places.merge places.poster places.posters places.read
  places.search places.take_out places.waiting quarantine.name_keeper quarantine.take_out_sites staff.give staff.waiting statistics.cases statistics.enter statistics.export statistics.read
  tracing.enter_request views.use`.split(/\s+/));
// Notes about accounts of officers and programs.
const ofAccounts = new Set('firstAdministrator accountMade grantsChanged accountDisabled accountEnabled passwordReset proofsReset keyMade keyRevoked'.split(' '));

// What the range is a member of must outlive the loop: g++ 12 lets a temporary die before the first turn.
function checkLoops(file, text) {
  for (const match of text.matchAll(/\bfor \([^;{}]*? : [^;]*?\)\.(?:front|back)\(\)\)/g))
    breaches.push(`${file}:${text.slice(0, match.index).split('\n').length}: a loop over a part of a temporary`);
}

const actions = new Map(); // where each is declared

function findActions(file, text) {
  if (/_(test|fixture)\.(cpp|h)$/.test(file)) return;
  for (const match of text.matchAll(/\bAction(?:\s+\w+)?\s*\{\s*"([^"]+)"/g))
    if (!actions.has(match[1])) actions.set(match[1], `${file}:${text.slice(0, match.index).split('\n').length}`);
}

// One language is enough here: that the others say the same is a test of each app.
function checkWords() {
  const spelt = (names) => new Map([...names].map((name) => [name.replace(/\W/g, '_'), name]));
  const check = (file, words, wanted) => {
    for (const [key, name] of wanted) if (!Object.hasOwn(words, key)) breaches.push(`${actions.get(name)}: ${name} has no words in ${file}`);
    for (const key of Object.keys(words)) if (!wanted.has(key)) breaches.push(`${file}: ${key} is nothing that the access log names there`);
  };
  const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
  const auditors = 'web/console/src/i18n/vi/office.json';
  const citizens = 'web/citizen/src/i18n/later/vi.json';
  const { other, ...words } = read(citizens).access.action;
  check(auditors, read(auditors).log.action, spelt(actions.keys()));
  check(citizens, words, spelt([...actions.keys()].filter((name) => !aboutNoCitizen.has(name))));
  const notes = readFileSync('platform/identity/notes.h', 'utf8').match(/enum class LogNote \{([^}]*)\}/)[1].match(/\bk\w+/g);
  const codes = notes.map((name) => name[1].toLowerCase() + name.slice(2));
  const said = { [auditors]: read(auditors).log.note, [citizens]: read(citizens).access.note };
  for (const code of codes) {
    if (!Object.hasOwn(said[auditors], code)) breaches.push(`platform/identity/notes.h: ${code} has no words in ${auditors}`);
    if (!ofAccounts.has(code) && !Object.hasOwn(said[citizens], code)) breaches.push(`platform/identity/notes.h: ${code} has no words in ${citizens}`);
  }
  for (const [file, words] of Object.entries(said))
    for (const key of Object.keys(words)) if (key !== 'other' && !codes.includes(key)) breaches.push(`${file}: ${key} is no note of the access log`);
  for (const name of aboutNoCitizen) if (!actions.has(name)) breaches.push(`tools/lint.mjs: ${name} is no action`);
}

for (const file of files) {
  const text = readFileSync(file, 'utf8');
  findActions(file, text);
  checkLayers(file, text.split('\n'));
  checkTables(file, text);
  checkLoops(file, text);
  if (!text.includes('co_await')) continue;
  checkAwaits(file, text);
  checkConditions(file, text);
}
checkWords();

for (const breach of breaches) console.error(breach);
console.log(`lint: ${files.length} files, ${breaches.length} breaches`);
process.exit(breaches.length ? 1 : 0);
