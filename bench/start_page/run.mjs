// What Lighthouse says of the page that a citizen meets first, on its own idea of a cheap phone and a slow network.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { median, root, run, say, Server, table } from '../support.mjs';

const kRuns = 5;  // Lighthouse's own advice: the median of five
const kCategories = { performance: 'performance', accessibility: 'accessibility', 'best-practices': 'best practices' };
const kLeast = 95; // of every category
const kFlags = '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

async function audit(url, folder) {
  const words = [url, '--output=json', '--quiet', `--only-categories=${Object.keys(kCategories)}`, `--chrome-flags=${kFlags} --user-data-dir=${mkdtempSync(join(folder, 'browser-'))}`];
  const env = { ...process.env, CHROME_PATH: process.env.CHROME_PATH ?? '/usr/bin/chromium' };
  const { stdout } = await run(join(root, 'bench/node_modules/.bin/lighthouse'), words, { env, maxBuffer: 2 ** 28 });
  return JSON.parse(stdout);
}

export async function startPage() {
  const folder = mkdtempSync(join(root, 'build/bench-'));
  const server = await Server.start({ data: folder, db: `sqlite:${join(folder, 'luytre.db')}` });
  const found = [];
  try {
    for (let round = 1; round <= kRuns; ++round) {
      say(`start page: ${round} of ${kRuns}`);
      found.push(await audit(`http://127.0.0.1:${server.port}/`, folder));
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const of = (read) => median(found.map(read));
  const scores = Object.fromEntries(Object.keys(kCategories).map((id) => [id, Math.round(100 * of((f) => f.categories[id].score))]));
  const low = Object.entries(scores).filter(([, score]) => score < kLeast);
  if (low.length) throw new Error(`the start page is below ${kLeast}: ${low.map(([id, score]) => `${id} ${score}`)}`);
  const time = (id) => `${(of((f) => f.audits[id].numericValue) / 1000).toFixed(1)} s`;
  return `## The start page

Lighthouse ${found[0].lighthouseVersion}, medians of ${kRuns} first visits, on its simulation of a cheap phone (a quarter of this machine's speed) and a slow mobile network.

${table([...Object.values(kCategories), 'first paint', 'largest paint', 'blocked'],
    [[...Object.values(scores), time('first-contentful-paint'), time('largest-contentful-paint'), time('total-blocking-time')]])}`;
}
