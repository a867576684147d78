// `luytre import`, as somebody at a terminal or a script meets it: a wrong order is told from a failure by the exit code, and a file that ends early
// still says what was loaded.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { program } from './support.mjs';

describe('luytre import', { concurrency: 1 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'luytre-import-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, 'data');
  const luytre = (...words) => spawnSync(program, [...words, '--data', data], { encoding: 'utf8' });
  const file = join(folder, 'visits.csv.gz');
  const rows = Array.from({ length: 9_000 }, (_, i) => `p${i % 300},market,,${1000 + i},${5000 + i}\n`).join('');

  test('what the command line has wrong exits 2, and makes no data directory', () => {
    writeFileSync(file, gzipSync(rows));
    for (const words of [
      ['import', 'visits', file, '--format', 'sociopatterns'],
      ['import', 'visits', file, '--format', 'xml'],
      ['import', 'visits', file, '--time-base', 'gestern'],
      ['trace', '--person', '1', '--from', 'gestern', '--to', '5'],
    ]) {
      const { status, stderr } = luytre(...words);
      assert.equal(status, 2, `${words.join(' ')}: ${stderr}`);
    }
    assert.ok(!existsSync(data));
  });

  test('a file that ends early says what was loaded, and exits 1', () => {
    const whole = gzipSync(rows);
    writeFileSync(file, whole.subarray(0, whole.length / 2));
    const { status, stdout, stderr } = luytre('import', 'visits', file, '--study');
    assert.equal(status, 1);
    assert.match(stdout, /[1-9]\d{2,} rows in .* s: \d+ visits added/);
    assert.match(stderr, /ends early/);
  });

  test('a line list of another hand becomes people and cases, and twice changes nothing', () => {
    const lists = join(folder, 'lists');
    const list = join(folder, 'so-lieu.csv');
    writeFileSync(list, 'Mã ca,Họ và tên,Ngày sinh,Giới tính,Mã xã,Chẩn đoán,Phân loại,Ngày khởi phát\n' +
      'A1,Nguyễn Văn An,04/05/1980,Nam,19333,Sởi,nghi ngờ,01/02/2025\nA2,Trần Bình,40/13/1990,Nữ,19333,Sởi,nghi ngờ,\n');
    const load = (...more) => spawnSync(program, ['import', 'cases', list, ...more, '--data', lists], { encoding: 'utf8' });
    assert.equal(load('--mapping', 'known').status, 2, 'whose list it is must be said');
    assert.equal(spawnSync(program, ['import', 'people', list, '--mapping', 'known', '--unit', '44', '--data', lists], { encoding: 'utf8' }).status, 2);
    assert.ok(!existsSync(lists));
    const first = load('--mapping', 'known', '--unit', '44');
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stdout, /^2 rows: 1 cases added, 0 known already, 0 undecided, 1 rejected$/m);
    assert.match(readFileSync(join(lists, 'so-lieu.csv.rejects.csv'), 'utf8'), /\r\n3,Birth date: cannot be read,A2,Trần Bình,/);
    assert.match(load('--mapping', 'known', '--unit', '44').stdout, /^2 rows: 0 cases added, 1 known already, 0 undecided, 1 rejected$/m);

    const own = join(folder, 'mapping.json');
    const use = (field, column, fixed) => ({ field, ...(column ? { column } : {}), ...(fixed ? { fixed } : {}), values: [] });
    writeFileSync(own, JSON.stringify({ compare: true, uses: [use('id', 'Mã ca'), use('name', 'Họ và tên'), use('age', undefined, '40'), use('disease', undefined, 'dengue'), use('classification', undefined, 'suspect'), use('commune', 'Mã xã')] }));
    const put = load('--mapping', own, '--unit', '44');
    assert.match(put.stdout, /^2 rows: 1 cases added, 0 known already, 0 undecided, 1 rejected$/m, put.stderr);
    writeFileSync(own, '{}');
    assert.equal(load('--mapping', own, '--unit', '44').status, 1);
  });
});
