// The presence index on an invented country (world.h), without database or server.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { built, root, say } from '../support.mjs';

const kVisits = process.env.LUYTRE_BENCH_VISITS ?? '1000000,10000000';

export async function presence() {
  say(`presence index: ${kVisits} visits`);
  const folder = mkdtempSync(join(root, 'build/bench-'));
  try {
    const lines = execFileSync(join(built, 'bench/presence/presence_bench'), ['--visits', kVisits, '--folder', folder], { encoding: 'utf8' });
    return `## The presence index

The engine alone (\`engines/presence/index\`), on an invented country; a case has a window of seven days. Traces are CPU time of their thread, the rest is wall
clock. \`LUYTRE_BENCH_VISITS\` chooses the sizes.

\`\`\`
${lines.trimEnd()}
\`\`\``;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
