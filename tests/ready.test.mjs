// /readyz tells a proxy whether to send work here: not while the database is gone, again when it is back, without a restart.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { root, Server, until } from './support.mjs';

const look = (server, path = '/readyz') => fetch(server.origin + path);

describe('readiness', { concurrency: 1 }, () => {
  const servers = [];
  const folder = mkdtempSync(join(tmpdir(), 'luytre-ready-'));
  chmodSync(folder, 0o711);  // as root, PostgreSQL runs as another user and must reach its folder in here
  const postgres = (action) => execFileSync(join(root, 'tests/postgres.sh'), [action, join(folder, 'pg')], { encoding: 'utf8' }).trim();
  after(async () => {
    for (const server of servers) await server.stop();
    postgres('stop');
    rmSync(folder, { recursive: true, force: true });
  });

  test('SQLite answers', async () => {
    servers.push(await Server.start({ command: 'serve' }));
    assert.equal((await look(servers[0])).status, 200);
  });

  test('a server that is not ready in time is not left behind', async () => {
    const server = await Server.start({ command: 'serve' });
    try {
      await server.kill();
      const before = server.child;
      await assert.rejects(server.launch(0), /waited 0 s for the server to be ready/);
      assert.notEqual(server.child, before);
      assert.equal(server.child.signalCode, 'SIGKILL');
    } finally {
      await server.kill();
      server.clear();
    }
  });

  test('PostgreSQL gone and back', async () => {
    const before = process.env.LUYTRE_TEST_POSTGRES;
    process.env.LUYTRE_TEST_POSTGRES = postgres('start');  // a server of its own, because it is stopped
    const server = await Server.start({ engine: 'postgres', command: 'serve' }).finally(() => (process.env.LUYTRE_TEST_POSTGRES = before));
    servers.push(server);
    assert.equal((await look(server)).status, 200);

    postgres('halt');
    const gone = await until('a server that is not ready', async () => {
      const answer = await look(server);
      return answer.status !== 200 && answer;
    });
    assert.equal(gone.status, 503);
    assert.equal((await gone.json()).code, 'unavailable');
    assert.match(gone.headers.get('content-type'), /^application\/problem\+json/);
    assert.ok(Number(gone.headers.get('retry-after')) > 0);
    assert.equal((await look(server, '/healthz')).status, 200, 'it is alive all the same');

    postgres('start');
    await until('a server that is ready again', async () => (await look(server)).status === 200);
  });
});
