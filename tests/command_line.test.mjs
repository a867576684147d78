// The command line is a contract: --help of each command, what it prints, and how it ends — 0 done, 1 failed, 2 the command was wrong, with the
// reason on stderr and nothing on stdout.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { program } from './support.mjs';

describe('command line', { concurrency: 1 }, () => {
  let folder, study, real, visits;
  const at = (name) => join(folder, name);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'luytre-commands-'));
    [study, real, visits] = ['study', 'real', 'visits.csv'].map(at);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(...words) {
    const { status, signal, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8', timeout: 300_000, cwd: folder });
    assert.equal(signal, null, `${words.join(' ')}: ${stderr}`);
    return { status, stdout, stderr };
  }
  function done(...words) {
    const ran = run(...words);
    assert.equal(ran.status, 0, `${words.join(' ')}: ${ran.stderr}`);
    return ran.stdout;
  }
  function ends(status, says, ...words) {
    const ran = run(...words);
    assert.deepEqual([ran.status, ran.stdout], [status, ''], `${words.join(' ')}: ${ran.stdout}${ran.stderr}`);
    assert.match(ran.stderr, says, words.join(' '));
  }

  const commands = ['', 'serve', 'demo', 'db', 'db migrate', 'db backup', 'db restore', 'user', 'user add', 'user list', 'user disable', 'import', 'trace', 'who', 'pairs', 'forms', 'forms skeleton', 'openapi'];
  for (const command of commands) {
    test(`luytre ${command} --help`, () => {
      const { status, stdout, stderr } = run(...command.split(' ').filter(Boolean), '--help');
      assert.deepEqual([status, stderr], [0, '']);
      assert.match(stdout, /--help/);
      if (command) assert.ok(stdout.includes(command.split(' ').at(-1)), stdout);
    });
  }

  // An is ill. Bình is with An for an hour, Chi for ten minutes and later for five; Dung meets Bình afterwards.
  const rows = [
    'person,place,zone,in,out',
    'an,cho,,2013-12-02T08:00:00Z,2013-12-02T10:00:00Z',
    'binh,cho,,2013-12-02T15:30:00+07:00,2013-12-02T16:30:00+07:00',
    'chi,cho,,2013-12-02T09:50:00Z,2013-12-02T11:00:00Z',
    'binh,truong,A1,1385978400,1385985600',
    'dung,truong,A1,1385980200,1385983800',
    'em,cho,,2013-12-02T09:00:00Z,2013-12-02T08:00:00Z',
    'giang,cho,,yesterday,',
    'an,cho,,2013-12-02T12:00:00Z,2013-12-02T12:05:00Z',
    'chi,cho,,2013-12-02T12:00:00Z,2013-12-02T12:05:00Z',
  ];

  test('import: bad rows go to a rejects file with line and reason, the rest is loaded; the same file twice changes nothing', () => {
    writeFileSync(visits, rows.join('\n') + '\n');
    const first = run('import', 'visits', visits, '--study', '--data', study);
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stdout, /^9 rows in [\d.]+ s: 7 visits added, 0 known already, 2 rejected\n$/);
    const rejects = join(study, 'visits.csv.rejects.csv');
    assert.ok(first.stderr.includes(rejects), first.stderr);
    const lines = readFileSync(rejects, 'utf8').trimEnd().split('\n');
    assert.equal(lines[0], 'line,reason,row');
    assert.match(lines[1], /^7,out is not after in,"em,/);
    assert.match(lines[2], /^8,"?in is not a time/);
    assert.equal(lines.length, 3);
    assert.match(done('import', 'visits', visits, '--data', study), /: 0 visits added, 7 known already, 2 rejected\n$/);
  });

  const window = ['--from', '2013-12-02T00:00:00Z', '--to', '1386028800'];
  const trace = (...words) => done('trace', '--person', 'an', ...window, '--data', study, ...words);
  const visit = (from, to, place = 'cho', who = 'an') => ({ kind: 'visit', with: who, place, from: `2013-12-02T${from}:00Z`, to: `2013-12-02T${to}:00Z` });

  test('trace as JSON has exactly the keys that were promised', () => {
    for (const engine of ['index', 'sql']) {
      const report = JSON.parse(trace('--depth', '2', '--format', 'json', '--engine', engine));
      assert.deepEqual(Object.keys(report), ['person', 'from', 'to', 'ruleSet', 'engine', 'elapsedMs', 'contacts']);
      assert.deepEqual([report.person, report.from, report.to, report.ruleSet, report.engine], ['an', '2013-12-02T00:00:00Z', '2013-12-03T00:00:00Z', null, engine]);
      assert.equal(typeof report.elapsedMs, 'number');
      const [binh, dung] = report.contacts;
      assert.equal(report.contacts.length, 2, 'Chi shared ten minutes');
      assert.deepEqual(Object.keys(binh), ['person', 'level', 'exposedSince', 'risk', 'evidence']);
      assert.deepEqual([binh.person, binh.level, binh.exposedSince], ['binh', 1, '2013-12-02T08:30:00Z']);
      assert.ok(Number.isInteger(binh.risk) && binh.risk > 0 && binh.risk <= 1000, `${binh.risk}`);
      assert.deepEqual(Object.keys(binh.evidence[0]), ['kind', 'with', 'place', 'from', 'to']);
      assert.deepEqual(binh.evidence, [visit('08:30', '09:30')]);
      assert.deepEqual([dung.person, dung.level, dung.exposedSince], ['dung', 2, '2013-12-02T10:30:00Z']);
      assert.deepEqual(dung.evidence, [visit('10:30', '11:30', 'truong', 'binh')]);
    }
  });

  test('trace by a shorter overlap, by a rule set, until a time, and back', () => {
    const persons = (...words) => JSON.parse(trace('--format', 'json', ...words)).contacts.map((c) => `${c.person} ${c.level}`);
    assert.deepEqual(persons('--min-overlap', '5m'), ['binh 1', 'chi 1']);
    for (const engine of ['index', 'sql']) {
      assert.deepEqual(persons('--sum-within', '24h', '--engine', engine), ['binh 1', 'chi 1'], 'ten minutes and five');
      assert.deepEqual(persons('--sum-within', '2h', '--engine', engine), ['binh 1'], 'too far apart');
    }
    const ruled = JSON.parse(trace('--format', 'json', '--rule-set', 'vn-covid-19-2020-08'));
    assert.equal(ruled.ruleSet, 'vn-covid-19-2020-08');
    assert.equal(ruled.contacts.length, 2, 'its depth is 2');
    assert.deepEqual(persons('--depth', '2', '--until', '2013-12-02T10:40:00Z'), ['binh 1']);
    for (const engine of ['index', 'sql']) {
      const back = done('trace', '--person', 'dung', ...window, '--back', '--depth', '2', '--data', study, '--format', 'json', '--engine', engine);
      assert.deepEqual(JSON.parse(back).contacts.map((c) => c.person), ['binh', 'an'], engine);
    }
  });

  test('trace several cases as one outbreak, and stop where it is told to, saying so', () => {
    const outbreak = JSON.parse(trace('--person', 'dung', '--format', 'json'));
    assert.deepEqual(Object.keys(outbreak), ['persons', 'from', 'to', 'ruleSet', 'engine', 'elapsedMs', 'contacts']);
    assert.deepEqual(outbreak.persons, ['an', 'dung']);
    assert.deepEqual(outbreak.contacts.map((c) => `${c.person} ${c.level}`), ['binh 1']);
    for (const engine of ['index', 'sql']) {
      const stopped = JSON.parse(trace('--depth', '3', '--most', '1', '--format', 'json', '--engine', engine));
      assert.deepEqual([stopped.stopped, stopped.contacts.length], ['count', 1], engine);
      assert.equal(JSON.parse(trace('--depth', '3', '--budget', '10m', '--format', 'json', '--engine', engine)).stopped, undefined, engine);
    }
    assert.match(trace(), /\nStopped at the depth asked for/);
  });

  test('pairs of a day by kind of place, by place and by age', () => {
    const pairs = (...words) => done('pairs', '--day', '2013-12-02', '--data', study, '--format', 'csv', ...words).trimEnd().split('\n');
    // An and Bình an hour, Bình and Dung an hour.
    assert.deepEqual(pairs()[1], 'all,2,7200');
    assert.deepEqual(pairs('--by', 'place').map((line) => line.split(',')[0]), ['place', 'cho', 'truong']);
    const people = at('people.csv');
    writeFileSync(people, 'person,birthYear\nan,1950\nbinh,2000\n');
    assert.deepEqual(pairs('--by', 'age', '--people', people).filter((line) => line.startsWith('all,60-69')), ['all,60-69,10-19,1,3600']);
  });

  test('trace as a table and as CSV', () => {
    const table = trace();
    assert.match(table, /^F0 an, from 2013-12-02T00:00:00Z to 2013-12-03T00:00:00Z\n/);
    assert.match(table, /F1 +binh +2013-12-02T08:30:00Z +\d+ +1\n +visit with an at cho, 2013-12-02T08:30:00Z – 2013-12-02T09:30:00Z/);
    assert.match(table, /Found 1 F1 in \d+ ms \(engine index\); searched the histories of \d+ people/);
    const csv = trace('--format', 'csv').trimEnd().split('\n');
    assert.equal(csv[0], 'person,level,exposedSince,risk,kind,with,place,from,to');
    assert.match(csv[1], /^binh,1,2013-12-02T08:30:00Z,\d+,visit,an,cho,2013-12-02T08:30:00Z,2013-12-02T09:30:00Z$/);
    assert.equal(csv.length, 2);
  });

  test('who was at a place', () => {
    const who = (...words) => done('who', '--place', 'truong', ...window, '--data', study, ...words);
    const report = JSON.parse(who('--format', 'json'));
    assert.deepEqual(Object.keys(report), ['place', 'from', 'to', 'present']);
    assert.deepEqual(report.present.map((p) => [p.person, p.zone, p.estimated]), [['binh', 'A1', false], ['dung', 'A1', false]]);
    assert.match(who(), /^At truong, from .*\n[^]*binh[^]*Stays: 2\n$/);
    assert.equal(who('--format', 'csv').split('\n')[0], 'person,zone,from,to,estimated');
    assert.equal(who('--engine', 'sql', '--format', 'csv'), who('--format', 'csv'));
  });

  test('db and user: made, listed, disabled; a backup put back elsewhere has them', () => {
    assert.match(done('db', 'migrate', '--data', real), /the database is up to date\n$/);
    assert.match(done('user', 'add', 'hoa', '--name', 'Bác sĩ Hoa', '--role', 'provinceOfficer', '--area', '44', '--data', real), /^hoa  Bác sĩ Hoa  provinceOfficer @ [^\n]*\ntemporary password [^\n]*: \S+\n$/);
    const backup = at('a.backup');
    assert.match(done('db', 'backup', backup, '--data', real), /^wrote [^\n]* \(\d+ bytes\)/);
    assert.match(done('user', 'disable', 'hoa', '--data', real), /DISABLED/);
    assert.match(done('user', 'list', '--data', real), /^hoa .*DISABLED\n$/);
    const other = at('other');
    assert.match(done('db', 'restore', backup, '--data', other), /^restored from /);
    copyFileSync(join(real, 'master.key'), join(other, 'master.key'));
    const listed = done('user', 'list', '--data', other);
    assert.match(listed, /^hoa  Bác sĩ Hoa/);
    assert.ok(!listed.includes('DISABLED'), 'as it was when the backup was made');
    assert.match(done('db', 'migrate', '--data', other), /up to date/);
    assert.match(done('user', 'add', 'trungdoan', '--name', 'Trung đoàn 842', '--role', 'siteKeeper', '--area', '44', '--data', other), /^trungdoan  Trung đoàn 842  siteKeeper @ /);
    ends(1, /exists already; name another file/, 'db', 'backup', backup, '--data', real);
  });

  test('what fails ends with 1 and says what to do', () => {
    ends(1, /no person nobody in this study/, 'trace', '--person', 'nobody', ...window, '--data', study);
    ends(1, /no place nowhere in this study/, 'who', '--place', 'nowhere', ...window, '--data', study);
    ends(1, /no officer nobody: luytre user list/, 'user', 'disable', 'nobody', '--data', real);
    ends(1, /./, 'user', 'add', 'hoa', '--name', 'Another', '--data', real);
    ends(1, /No decision|no decision/, 'import', 'visits', visits, '--data', real);
    const torn = at('torn.backup');
    writeFileSync(torn, 'not a backup');
    ends(1, /./, 'db', 'restore', torn, '--data', at('third'));
  });

  test('a wrong command ends with 2 and says what to write', () => {
    const traced = ['trace', '--person', 'an', '--data', study];
    const wrong = [
      [/--help/],
      [/--help/, 'frobnicate'],
      [/--help/, 'user'],
      [/ADDRESS:PORT/, 'serve', '--listen', 'nowhere', '--data', at('unused')],
      [/threads/, 'serve', '--threads', '0'],
      [/config/, 'serve', '--config', at('missing.toml')],
      [/--from and --to/, ...traced],
      [/--from takes an instant like/, ...traced, '--from', 'yesterday', '--to', '1386028800'],
      [/--to takes an instant like/, ...traced, '--from', '0', '--to', 'tomorrow'],
      [/--until takes an instant like/, ...traced, ...window, '--until', '2013-12-02'],
      [/--since takes an instant like/, ...traced, ...window, '--back', '--since', '12 o\'clock'],
      [/--to must be after --from/, ...traced, '--from', '1386028800', '--to', '1385942400'],
      [/depth/, ...traced, ...window, '--depth', '5'],
      [/--min-overlap takes a duration like 15m/, ...traced, ...window, '--min-overlap', 'soon'],
      [/at least one second/, ...traced, ...window, '--min-overlap', '0s'],
      [/--sum-within takes a duration like 24h/, ...traced, ...window, '--sum-within', 'a day'],
      [/no less than the shortest shared time/, ...traced, ...window, '--sum-within', '10m'],
      [/./, ...traced, ...window, '--rule-set', 'none-of-ours'],
      [/format/, ...traced, ...window, '--format', 'xml'],
      [/--budget takes a duration like 5s/, ...traced, ...window, '--budget', 'soon'],
      [/most/, ...traced, ...window, '--most', '0'],
      [/--day takes a day like 2013-12-02/, 'pairs', '--day', 'today', '--data', study],
      [/--by age needs the file of people/, 'pairs', '--day', '2013-12-02', '--by', 'age', '--data', study],
      [/study data alone/, 'pairs', '--day', '2013-12-02', '--data', real],
      [/import some first/, 'trace', '--person', 'an', ...window, '--data', at('empty')],
      [/--case, --as and --reason/, 'trace', '--person', 'an', ...window, '--data', real],
      [/luytre user list/, 'trace', '--case', 'COV-1', '--as', 'nobody', '--reason', 'r', '--data', real],
      [/--from takes an instant like/, 'who', '--place', 'cho', '--from', 'x', '--to', '0', '--data', study],
      [/study data alone/, 'who', '--place', 'cho', ...window, '--data', real],
      [/./, 'import', 'animals', visits],
      [/./, 'import', 'visits', at('missing.csv')],
      [/./, 'import', 'visits', visits, '--format', 'pdf'],
      [/luytre import encounters/, 'import', 'visits', visits, '--format', 'sociopatterns', '--data', study],
      [/--time-base takes an instant like/, 'import', 'visits', visits, '--time-base', 'noon', '--data', study],
      [/name/, 'user', 'add', 'lan', '--data', real],
      [/--role must be/, 'user', 'add', 'lan', '--name', 'Lan', '--role', 'king', '--data', real],
      [/no unit in force today has the code 999/, 'user', 'add', 'lan', '--name', 'Lan', '--area', '999', '--data', real],
      [/user name has 3 to 40/, 'user', 'add', 'l an!', '--name', 'Lan', '--data', real],
      [/./, 'db', 'restore', at('missing.backup'), '--data', real],
    ];
    for (const [says, ...words] of wrong) ends(2, says, ...words);
    assert.equal(existsSync(at('empty')), false, 'a command that only asks makes no data directory');
    assert.deepEqual(readdirSync(real).filter((name) => name.endsWith('.rejects.csv')), []);
  });
});
