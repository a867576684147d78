// What the benchmarks share: folders, medians, tables, a server under measurement.
import { execFile, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const built = join(root, 'build/release');
export const say = (text) => console.error(`==> ${text}`);
export const run = promisify(execFile);
export const whole = (n) => Math.round(n).toLocaleString('en');
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

async function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// `luytre serve` on a data directory; `settings` is TOML.
export class Server {
  static async start({ data, db, settings = '', env = {} }) {
    const server = new Server();
    const config = join(data, 'bench.toml');
    writeFileSync(config, `log = "warn"\n${settings}\n[sms]\nkind = "none"\n`);
    server.port = await freePort();
    const began = performance.now();
    server.child = spawn(join(built, 'apps/luytre/luytre'), ['serve', '--data', data, '--db', db, '--config', config, '--listen', `127.0.0.1:${server.port}`],
      { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } });
    server.exited = new Promise((resolve) => server.child.on('exit', resolve).on('error', resolve));
    for (;;) {
      if (server.child.exitCode !== null || server.child.pid === undefined) throw new Error('the server did not start; its last lines say why');
      if (await fetch(`http://127.0.0.1:${server.port}/readyz`).then((r) => r.ok, () => false)) break;
      await sleep(2);
    }
    server.startedInMs = performance.now() - began;
    return server;
  }

  // Resident memory, MiB.
  memory() {
    return Number(readFileSync(`/proc/${this.child.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
  }

  async stop(signal = 'SIGTERM') {
    this.child.kill(signal);
    await this.exited;
  }
}
