// `luytre import`, as somebody at a terminal or a script meets it: a wrong order is told from a failure by the exit code, and a file that ends early
// still says what was loaded.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
});
