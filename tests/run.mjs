// Runs everything and counts: house rules, C++ tests on both databases, web unit tests, API contract and browser tests.
// The last line is `N passed, N failed, N skipped`; exit 1 when anything failed. LUYTRE_ONLY=name limits it to programs whose name contains that.
// Tests that draw at random say by which seed; the line before the last names all of them.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const only = process.env.LUYTRE_ONLY ?? '';
const build = join(root, process.env.LUYTRE_BUILD ?? 'build/asan');
// As root, PostgreSQL runs as another user and must reach its folder in here.
function folderIn(parent) {
  const folder = mkdtempSync(join(parent, 'luytre-tests-'));
  chmodSync(folder, 0o711);
  return folder;
}
const scratch = folderIn(tmpdir());
// The databases of tests commit tens of thousands of times, and each commit waits for the disk: they lie in memory, where there is room. Not so
// those that are about what a disk keeps.
const kRoom = 4 * 2 ** 30;
const kTmpfs = 0x01021994;  // TMPFS_MAGIC, statfs(2)
const shm = existsSync('/dev/shm') ? statfsSync('/dev/shm') : undefined;
const memory = shm?.type === kTmpfs && shm.bavail * shm.bsize >= kRoom ? folderIn('/dev/shm') : scratch;
const aboutDisks = (name) => /platform\/store|crash/.test(name);
const kLongest = ['modules/integration/integration_test', 'modules/tracing/tracing_test', 'tests/presence.test.mjs', 'tests/command_line.test.mjs', 'tests/browser_interviews.test.mjs', 'tests/browser_story.test.mjs', 'tests/browser_graph.test.mjs'];
// What only computes, and does not mind how long that takes: it runs beside the browsers, on what they leave of the machine.
const patient = (name) => name.startsWith('engines/') || ['modules/integration/integration_test', 'lint', 'web types', 'web first load'].includes(name);
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const seeds = [];

// What failed is said at once, shortly, and at the end as far as it was printed.
function fail(what) {
  failures.push(what);
  const said = what.split('\n').filter((line) => line.trim() && !/^\s*(\.\.\.|---)$/.test(line));
  console.log(said.slice(0, 25).map((line) => `     | ${line.slice(0, 300)}`).join('\n'));
}

function find(folder, accept) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'CMakeFiles' ? [] : find(path, accept);
    return accept(path) ? [path] : [];
  });
}

function add(name, counts, seconds) {
  for (const key of Object.keys(total)) total[key] += counts[key];
  const mark = counts.failed ? 'FAIL' : 'ok  ';
  console.log(`${mark} ${name.padEnd(34)} ${String(counts.passed).padStart(5)} passed ${counts.failed} failed ${counts.skipped} skipped  ${seconds.toFixed(1)} s`);
}

function start(command, args, options = {}) {
  return new Promise((resolve) => {
    const began = Date.now();
    const words = options.nice ? ['nice', '-n', '15', command, ...args] : [command, ...args];
    const env = { ...process.env, TMPDIR: aboutDisks(command + args.join()) ? scratch : memory };
    const child = spawn(words[0], words.slice(1), { cwd: options.cwd ?? root, stdio: ['ignore', 'pipe', 'pipe'], env });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    const timer = setTimeout(() => child.kill('SIGKILL'), (options.minutes ?? 15) * 60_000);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, signal, output, seconds: (Date.now() - began) / 1000 });
    });
  });
}

// What a failed program printed, without its list of what passed.
const passing = / info migration applied |^\s*(\[ RUN|\[ +OK |\[-----|ok \d|# Subtest|---$|\.\.\.$|duration_ms:|type: '|$)/;
const printed = (text) => text.split('\n').filter((line) => !passing.test(line)).slice(-120).join('\n');

// rapidcheck prints RC_PARAMS, once a program; other random tests LUYTRE_SEED, once a world.
function noteSeeds(name, output) {
  const drawn = [...output.matchAll(/^Using configuration: (.*seed=\d+.*)$/gm)].map(([, params]) => `RC_PARAMS="${params.trim()}"`);
  drawn.push(...[...output.matchAll(/^LUYTRE_SEED=\d+$/gm)].map(([line]) => line));
  if (drawn.length) seeds.push(`${name} ${drawn.join(' ')}`);
}

async function cppTest(program, nice) {
  const name = relative(build, program);
  const report = join(scratch, name.replaceAll('/', '_') + '.json');
  const run = await start(program, [`--gtest_output=json:${report}`], { nice, minutes: nice ? 30 : 15 });
  noteSeeds(name, run.output);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(report)) {
    for (const suite of JSON.parse(readFileSync(report, 'utf8')).testsuites) {
      for (const test of suite.testsuite) {
        if (test.failures) {
          counts.failed++;
          fail(`${name}: ${suite.name}.${test.name}\n${test.failures.map((f) => f.failure).join('\n')}`);
        } else if (test.result === 'SKIPPED') {
          counts.skipped++;
          console.log(`SKIPPED ${name}: ${suite.name}.${test.name} (its data are absent, see the test)`);
        } else if (test.result === 'COMPLETED') counts.passed++;
      }
    }
  }
  if (run.code !== 0 && counts.failed === 0) counts.failed++;  // a crash, a sanitizer report or a time-out
  if (counts.failed) fail(`${name}: ended with ${run.signal ?? run.code}; it printed\n${printed(run.output)}`);
  add(name, counts, run.seconds);
}

async function commandTest(name, command, args, nice) {
  const run = await start(command, args, { nice });
  if (run.code !== 0) fail(`${name}\n${printed(run.output)}`);
  add(name, { passed: run.code === 0 ? 1 : 0, failed: run.code === 0 ? 0 : 1, skipped: 0 }, run.seconds);
}

// node --test prints TAP-like totals when told to; each file is one program with its own server.
async function nodeTest(file) {
  const run = await start(process.execPath, ['--test', '--test-reporter=tap', '--test-concurrency=1', file], { minutes: 20 });
  const count = (word) => Number(run.output.match(new RegExp(`^# ${word} (\\d+)`, 'm'))?.[1] ?? 0);
  const counts = { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') };
  if (run.code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.failed) fail(`${relative(root, file)}\n${printed(run.output)}`);
  add(relative(root, file), counts, run.seconds);
}

// The demonstration, loaded once for all browser tests: each begins with a copy of it.
async function loadDemo() {
  const began = Date.now();
  const data = join(memory, 'demo');
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const wrong = await import('./support.mjs')
    .then(({ Server }) => Server.start({ data }))
    .then((server) => server.end())
    .catch((error) => String(error));
  if (wrong) {
    counts.failed = 1;
    fail(`demonstration\n${wrong}`);
  } else {
    counts.passed = 1;
    process.env.LUYTRE_TEST_DEMO = data;
  }
  add('demonstration', counts, (Date.now() - began) / 1000);
}

async function vitest(workspace) {
  const name = `web/${workspace} unit tests`;
  const report = join(scratch, `vitest-${workspace}.json`);
  const run = await start('npx', ['vitest', 'run', '--reporter=json', `--outputFile=${report}`], { cwd: join(root, 'web', workspace) });
  const counts = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(report)) {
    const found = JSON.parse(readFileSync(report, 'utf8'));
    counts.passed = found.numPassedTests;
    counts.failed = found.numFailedTests;
    counts.skipped = found.numPendingTests + found.numTodoTests;
    for (const file of found.testResults) {
      const where = relative(root, file.name);
      const failed = file.assertionResults.filter((one) => one.status === 'failed');
      for (const one of failed) fail(`${where}: ${one.fullName}\n${one.failureMessages.join('\n')}`);
      if (file.status === 'failed' && failed.length === 0) fail(`${where}: ${file.message}`);  // not one test of it ran
    }
  }
  if (run.code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.failed) fail(`${name}\n${printed(run.output)}`);
  add(name, counts, run.seconds);
}

const postgres = join(scratch, 'pg');
try {
  process.env.LUYTRE_TEST_POSTGRES = execFileSync('tests/postgres.sh', ['start', postgres], { encoding: 'utf8' }).trim();
  process.env.LUYTRE_SERVER = join(build, 'apps/luytre/luytre');
  const wanted = (name) => name.includes(only);

  const jobs = [];
  // `run` is told whether it has to be nice to others.
  const plan = (name, run) => wanted(name) && jobs.push({ name, run });
  const planCommand = (name, command, args) => plan(name, (nice) => commandTest(name, command, args, nice));
  planCommand('lint', process.execPath, ['tools/lint.mjs']);
  for (const program of find(build, (p) => p.endsWith('_test') && statSync(p).isFile())) plan(relative(build, program), (nice) => cppTest(program, nice));
  // A change of the contract reaches the pages' types, or fails here.
  planCommand('web knows the API as it is', process.execPath, ['web/shared/tools/api.mjs', '--check', process.env.LUYTRE_SERVER]);
  for (const workspace of ['shared', 'citizen', 'console']) plan(`web/${workspace} unit tests`, () => vitest(workspace));
  planCommand('web first load', 'npm', ['run', '--silent', 'size', '--prefix', 'web']);
  planCommand('web types', 'npm', ['run', '--silent', 'typecheck', '--prefix', 'web']);
  for (const file of find(join(root, 'tests'), (p) => p.endsWith('.test.mjs'))) plan(relative(root, file), () => nodeTest(file));

  // For two cores: first two at a time, then two browsers, which wait for each other more than they work, and before everything else that runs
  // beside them. What takes minutes first, so that nothing long is left for the end.
  const rank = ({ name }) => (kLongest.includes(name) ? kLongest.indexOf(name) : kLongest.length);
  jobs.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  const browsers = jobs.filter(({ name }) => name.startsWith('tests/browser'));
  const beside = jobs.filter(({ name }) => patient(name));
  const queue = jobs.filter((job) => !browsers.includes(job) && !beside.includes(job));
  const worker = async (list, nice) => {
    for (let job = list.shift(); job; job = list.shift()) await job.run(nice);
  };
  await Promise.all([worker(queue), worker(queue)]);
  if (browsers.length > 1) await loadDemo();
  await Promise.all([worker(browsers).then(() => worker(beside)), worker(browsers), worker(beside, true)]);
} finally {
  execFileSync('tests/postgres.sh', ['stop', postgres]);
  for (const folder of new Set([scratch, memory])) rmSync(folder, { recursive: true, force: true });
}

for (const failure of failures) console.log(`\n---- ${failure}`);
if (seeds.length) console.log(`\nseeds: ${seeds.join('; ')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed ? 1 : 0);
