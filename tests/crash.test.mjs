// kill -9 in the middle of 1,000 concurrent check-ins: every answered one is there after the restart, none twice.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { ago, citizen, commune, Server } from './support.mjs';

for (const engine of ['sqlite', 'postgres']) {
  describe(`crash on ${engine}`, { concurrency: 1 }, () => {
    let server;
    after(async () => {
      await server?.stop();
    });

    test('answered check-ins survive, and retries do not double', async () => {
      server = await Server.start({ engine });
      const unit = await commune(server, '19333');
      const person = await citizen(server, '+84914000001', { name: 'Người Đi Nhiều', birthYear: 1980, sex: 'male', unit: unit.id });
      const places = [];
      for (let i = 0; i < 2; ++i) {
        const phone = `+8491400001${i}`;
        const pending = await person.must(person.post('/places/registrations', { name: `Nơi ${i}`, kind: 'shop', unit: unit.id, address: 'x', phone }));
        places.push(await person.must(person.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code(phone) })));
      }
      // One person, alternating places, a minute apart: every check-in is a visit of its own.
      const jobs = Array.from({ length: 1000 }, (_, i) => ({ key: `check-in-${i}`, body: { placeCode: places[i % 2].shortCode, at: ago(1100 - i) } }));
      const answered = new Map();
      let dead = false;
      const run = (job) => person.send('/visits', job.body, job.key).then((a) => {
        if (a.status === 201) answered.set(job.key, a.body.id);
      }, () => {});
      const queue = [...jobs];
      const worker = async () => {
        for (let job = queue.shift(); job && !dead; job = queue.shift()) await run(job);
      };
      const workers = Array.from({ length: 64 }, worker);
      while (answered.size < 200) await new Promise((resolve) => setTimeout(resolve, 5));
      await server.kill();
      dead = true;
      await Promise.all(workers);
      assert.ok(answered.size >= 200 && answered.size < 1000, `killed in the middle, after ${answered.size}`);

      await server.launch();
      const all = async () => {
        const out = [];
        for (let cursor = ''; ;) {
          const page = await person.must(person.get(`/me/visits?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`));
          out.push(...page.items);
          if (!page.next) return out;
          cursor = page.next;
        }
      };
      const there = new Set((await all()).map((v) => v.id));
      for (const [key, id] of answered) assert.ok(there.has(id), `${key} was answered and is lost`);

      const ids = new Set();
      for (const job of jobs) {
        const again = await person.send('/visits', job.body, job.key);
        assert.equal(again.status, 201, JSON.stringify(again.body));
        if (answered.has(job.key)) assert.equal(again.body.id, answered.get(job.key));
        ids.add(again.body.id);
      }
      // A scan that arrives out of order while the place's visit is still open answers that visit, so there are some fewer visits than scans.
      const visits = await all();
      assert.deepEqual(new Set(visits.map((v) => v.id)), ids);
      assert.equal(new Set(visits.map((v) => `${v.place} ${v.in}`)).size, visits.length, 'none twice');
    });
  });
}
