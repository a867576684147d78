// House rules that a compiler does not check. Prints every breach as file:line, exits 1 if there is one.
//   layers:   engines and platform know neither each other (but platform/base) nor modules; modules do not know apps; no private headers.
//   tables:   SQL of a module names its own tables; views that others publish are read by tracing and statistics alone. Tests may look.
//   co_await: g++ 12.2 destroys twice a capturing lambda or braced aggregate written inside a co_await expression, and lays out wrong frames
//             for a co_await that stands bare in a condition (docs/architecture.md).
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

for (const file of files) {
  const text = readFileSync(file, 'utf8');
  checkLayers(file, text.split('\n'));
  checkTables(file, text);
  if (!text.includes('co_await')) continue;
  checkAwaits(file, text);
  checkConditions(file, text);
}

for (const breach of breaches) console.error(breach);
console.log(`lint: ${files.length} files, ${breaches.length} breaches`);
process.exit(breaches.length ? 1 : 0);
