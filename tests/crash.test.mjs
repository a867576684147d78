// kill -9 in the middle of 2,000 check-ins, 1,000 of them under way at once: every answered one is a row of the database after the restart, none is
// there twice, and whoever asks again gets the answer that was given.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ago, citizen, commune, Server } from './support.mjs';

const [kAccounts, kHousehold, kSpots] = [10, 10, 20];  // people are those of the households; each goes to every spot once
const kAtOnce = 1000;    // as many may be written and answered in one go
const kKillAfter = 100;  // answers

// A public id is the row's number in Crockford's base 32.
const numberOf = (id) => [...id].reduce((sum, symbol) => sum * 32n + BigInt('0123456789abcdefghjkmnpqrstvwxyz'.indexOf(symbol)), 0n);

for (const engine of ['sqlite', 'postgres']) {
  describe(`crash on ${engine}`, { concurrency: 1 }, () => {
    let server, jobs, places;
    before(async () => {
      server = await Server.start({ engine });
      const unit = await commune(server, '19333');
      const profile = { name: 'Người Đi Nhiều', birthYear: 1980, sex: 'male', unit: unit.id };
      const people = [];
      for (let i = 0; i < kAccounts; ++i) {
        const client = await citizen(server, `+8491400000${i}`, profile);
        people.push({ client });
        for (let j = 1; j < kHousehold; ++j) {
          const child = await client.must(client.post('/me/people', { ...profile, name: `Con Thứ ${'ABCDEFGHI'[j - 1]}`, birthYear: 2015, relation: 'child' }), 201);
          people.push({ client, person: child.id });
        }
      }
      const spots = [];
      const { client } = people[0];
      places = [];
      for (let i = 0; i < 2; ++i) {
        const phone = `+8491400001${i}`;
        const pending = await client.must(client.post('/places/registrations', { name: `Nơi ${i}`, kind: 'shop', unit: unit.id, address: 'x', phone }));
        let place = await client.must(client.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code(phone) }));
        for (let zone = 0; zone < kSpots / 2; ++zone) place = await client.must(client.post(`/places/${place.id}/zones`, { name: `Khu ${zone}` }));
        places.push(numberOf(place.id));
        spots.push(...place.zones.map((zone) => zone.shortCode));
      }
      // Twenty minutes after each other, each elsewhere: every check-in is a visit of its own.
      jobs = people.flatMap(({ client: who, person }, i) =>
        spots.map((placeCode, j) => ({ who, key: `check-in-${i}-${j}`, body: { placeCode, at: ago(420 - 20 * j), ...(person && { person }) } })));
    });
    after(async () => {
      await server?.stop();
    });

    const rows = () => server.rows(`SELECT id, person, place, zone, entered FROM visits_visit WHERE place IN (${places.join()})`);
    const send = ({ who, key, body }) => who.send('/visits', body, key);

    test('every answered check-in is there, none twice, and retries do not double', async () => {
      assert.equal(jobs.length, 2 * kAtOnce);
      const answered = new Map();
      let others = 0;
      const waiting = [...jobs];
      const sender = async () => {
        for (let job = waiting.shift(); job; job = waiting.shift()) {
          const answer = await send(job).catch(() => undefined);
          if (!answer) continue;
          if (answer.status !== 201) ++others;
          else answered.set(job.key, numberOf(answer.body.id).toString());
          if (answered.size === kKillAfter) server.child.kill('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: kAtOnce }, sender));
      await server.exited;
      assert.equal(others, 0, 'answered otherwise');
      assert.ok(answered.size >= kKillAfter && answered.size < jobs.length, `killed in the middle, after ${answered.size}`);

      await server.launch();
      const found = rows();
      const there = new Set(found.map(([id]) => id));
      for (const [key, id] of answered) assert.ok(there.has(id), `${key} was answered and is lost`);
      const what = ([, ...visit]) => visit.join();
      assert.equal(new Set(found.map(what)).size, found.length, 'none twice');
      assert.ok(found.length <= jobs.length, `${found.length}`);

      const queue = [...jobs];
      const worker = async () => {
        for (let job = queue.shift(); job; job = queue.shift()) {
          const again = await send(job);
          assert.equal(again.status, 201, JSON.stringify(again.body));
          const id = numberOf(again.body.id).toString();
          assert.equal(id, answered.get(job.key) ?? id, `${job.key} is answered otherwise than before`);
          answered.set(job.key, id);
        }
      };
      await Promise.all(Array.from({ length: 32 }, worker));
      const all = rows();
      assert.equal(new Set(all.map(what)).size, jobs.length);
      assert.deepEqual(all.map(([id]) => id).sort(), [...answered.values()].sort(), 'the rows are the answers');
    });
  });
}
