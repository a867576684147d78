// Runs the tests that feed, merge and ask the presence index from several threads, built by the tsan preset, on both databases. A data race ends
// the run with exit 1, and so does a filter that matches no test.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const kPrograms = [
  ['build/tsan/engines/presence/index/presence_index_test', 'Concurrency*:*AllPairs*'],
  ['build/tsan/modules/tracing/tracing_test', '*ItFollowsWhileItIsWrittenAndAsked*:*OfTwoAtOnceOneLoads*:*PresenceOfManyWriters*'],
];

// A filter that matches nothing passes everything: each pattern must find a test.
function unmatched(program, tests, env) {
  const found = (pattern) => /^ {2}\S/m.test(execFileSync(program, ['--gtest_list_tests', `--gtest_filter=${pattern}`], { env, encoding: 'utf8' }));
  return tests.split(':').filter((pattern) => !found(pattern));
}

const scratch = mkdtempSync(join(tmpdir(), 'luytre-tsan-'));
chmodSync(scratch, 0o755); // PostgreSQL may run as another user
const postgres = join(scratch, 'pg');
let races = 0;
try {
  const url = execFileSync('tests/postgres.sh', ['start', postgres], { encoding: 'utf8' }).trim();
  const env = { ...process.env, LUYTRE_TEST_POSTGRES: url, TSAN_OPTIONS: `halt_on_error=1 ${process.env.TSAN_OPTIONS ?? ''}`, RC_PARAMS: process.env.RC_PARAMS ?? 'max_success=50' };
  for (const [program, tests] of kPrograms) {
    console.log(`==> ${program} ${tests}`);
    const missing = unmatched(program, tests, env);
    if (missing.length) {
      console.log(`no test matches ${missing.join(' and ')}`);
      ++races;
      continue;
    }
    const run = spawnSync(program, [`--gtest_filter=${tests}`], { env, stdio: 'inherit' });
    if (run.status !== 0) ++races;
  }
} finally {
  execFileSync('tests/postgres.sh', ['stop', postgres]);
  rmSync(scratch, { recursive: true, force: true });
}
console.log(races ? 'the thread sanitizer found something, or a test failed or was not there' : 'no data race');
process.exit(races ? 1 : 0);
