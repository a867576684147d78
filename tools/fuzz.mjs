// Runs every fuzz target of the fuzz preset for a while (LUYTRE_FUZZ_SECONDS, default 60 each), from what it reached before (build/fuzz/corpus) and
// from the inputs in <target>.seeds beside its source, if any. A finding is kept in build/fuzz/findings and ends the run with exit 1.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

const seconds = process.env.LUYTRE_FUZZ_SECONDS ?? '60';
const build = 'build/fuzz';
const findings = join(build, 'findings');
mkdirSync(findings, { recursive: true });

const find = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'CMakeFiles' ? [] : find(path);
    return path.endsWith('_fuzz') && statSync(path).isFile() ? [path] : [];
  });

let found = 0;
for (const target of find(build).sort()) {
  console.log(`==> ${basename(target)}: ${seconds} s`);
  const corpus = join(build, 'corpus', basename(target));
  mkdirSync(corpus, { recursive: true });
  const from = [corpus, `${relative(build, target)}.seeds`].filter((folder) => existsSync(folder));
  const run = spawnSync(target, [`-max_total_time=${seconds}`, '-print_final_stats=1', `-artifact_prefix=${findings}/${basename(target)}-`, ...from], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (run.status !== 0) ++found;
}
console.log(found ? `${found} targets found something: see ${findings}` : 'nothing found');
process.exit(found ? 1 : 0);
