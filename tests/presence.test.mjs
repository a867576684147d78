// kill -9 while people check in, check out and undo, and the presence index feeds, merges and writes checkpoints every second: after each
// restart it is warm, and traces as SQL does. And what makes SQL trace: the configuration, the ceiling of memory.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ago, citizen, commune, day, officer, program, Server, sleep, until } from './support.mjs';

const kRounds = 5;

for (const engine of ['sqlite', 'postgres']) {
  describe(`presence index on ${engine}`, { concurrency: 1 }, () => {
    let server, people, places, province, kase;

    before(async () => {
      server = await Server.start({ engine, config: '[presence]\ncheckpoint = "1s"\n' });
      const unit = await commune(server, '19333');
      people = [];
      for (let i = 0; i < 8; ++i)
        people.push(await citizen(server, `+8491500000${i}`, { name: `Người Thứ ${'ABCDEFGH'[i]}`, birthYear: 1980, sex: 'male', unit: unit.id }));
      places = [];
      for (let i = 0; i < 3; ++i) {
        const phone = `+8491500001${i}`;
        const pending = await people[0].must(people[0].post('/places/registrations', { name: `Nơi ${i}`, kind: 'shop', unit: unit.id, address: 'x', phone }));
        places.push(await people[0].must(people[0].post(`/places/registrations/${pending.id}/confirm`, { code: await server.code(phone) })));
      }
      province = await officer(server, 'cdc1');
    });
    after(async () => {
      await server?.stop();
    });

    const metric = async (line) => {
      const text = await (await fetch(`${server.origin}/metrics`)).text();
      const found = text.split('\n').find((l) => l.startsWith(`${line} `));
      return found === undefined ? undefined : Number(found.slice(line.length + 1));
    };
    const state = (name) => until(`the index to be ${name}`, async () => (await metric(`luytre_presence_state{state="${name}"}`)) === 1);
    const relaunch = async (presence) => {
      if (presence !== undefined) writeFileSync(server.config, readFileSync(server.config, 'utf8').replace(/\[presence\]\n(.*\n)*?(?=\n*\[sms\])/, `[presence]\n${presence}\n`));
      await server.launch();
    };

    async function trace() {
      const asked = await province.must(province.post(`/cases/${kase.id}/trace`));
      return until('the trace', async () => {
        const { items } = await province.must(province.get(`/cases/${kase.id}/runs`));
        return items.find((r) => r.id === asked.id && r.state === 'done');
      });
    }

    async function candidates() {
      const out = [];
      for (let cursor = ''; ;) {
        const page = await province.must(province.get(`/cases/${kase.id}/candidates?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`));
        out.push(...page.items.filter((c) => c.status !== 'withdrawn'));
        if (!page.next) break;
        cursor = page.next;
      }
      return new Map(out.map((c) => [c.person.id, [c.level, Date.parse(c.exposedSince), c.risk, c.evidenceCount]]));
    }

    // `luytre trace` asks SQL, unless it is told to open the index.
    function byCommand(run, engine) {
      const words = ['trace', '--case', kase.number, '--as', 'cdc1', '--reason', 'Kiểm tra', '--until', run.at, '--format', 'json', ...(engine ? ['--engine', engine] : [])];
      const report = JSON.parse(execFileSync(program, server.arguments(...words), { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }));
      assert.equal(report.engine, engine ?? 'sql');
      return new Map(report.contacts.map((c) => [c.person, [c.level, Date.parse(c.exposedSince), c.risk, c.evidence.length]]));
    }

    async function compare(expected) {
      const run = await trace();
      assert.equal(run.engine, expected.engine, `${run.whySql}`);
      assert.equal(run.whySql, expected.whySql);
      const sql = byCommand(run);
      assert.ok(sql.size > 0);
      assert.deepEqual(await candidates(), sql);
      return run;
    }

    // One after the other, a check-in a minute from long ago on, so that all of it is over when it is traced.
    let minute = 2800;
    const kNewest = 60; // minutes ago
    async function live(over) {
      while (!over() && minute > kNewest) {
        const person = people[Math.floor(Math.random() * people.length)];
        const at = --minute;
        const answer = await person.send('/visits', { placeCode: places[at % places.length].shortCode, at: ago(at) }).catch(() => null);
        if (!answer) await sleep(20); // the server is gone
        if (answer?.status !== 201) continue;
        const luck = Math.random();
        if (luck < 0.3) await person.send(`/visits/${answer.body.id}/check-out`, { at: ago(at - 1 - Math.floor(Math.random() * 50)) }).catch(() => null);
        if (luck > 0.8) await person.post(`/visits/${answer.body.id}/cancel`).catch(() => null);
      }
    }

    test('it traces once it is loaded, and the run says so', async () => {
      for (let i = 0; i < 6; ++i) await people[i].must(people[i].send('/visits', { placeCode: places[0].shortCode, at: ago(2900 - i) }), 201);
      await state('ready');
      const found = await province.must(province.post('/people/search', { phone: '+84915000000', reason: 'Xét nghiệm dương tính' }));
      kase = await province.must(province.post('/cases', { person: found.items[0].id, disease: 'covid-19', onset: day(2) }), 201);
      kase = await province.must(province.edit(`/cases/${kase.id}/confirm`, { onset: day(2), sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
      const run = await compare({ engine: 'index' });
      assert.deepEqual(byCommand(run, 'index'), byCommand(run), 'the server has the folder: in memory');
      await until('a checkpoint', () => existsSync(join(server.data, 'presence', 'position')));
    });

    test('killed in the middle it starts warm, and traces as SQL does', async () => {
      for (let round = 0; round < kRounds; ++round) {
        let dead = false;
        const workers = Array.from({ length: 8 }, () => live(() => dead));
        const begun = minute;
        await sleep(500 + Math.random() * 2000);
        await until('people to go about', () => minute < Math.max(begun - 25, kNewest + 1));
        await server.kill();
        dead = true;
        await Promise.all(workers);
        await relaunch();
        await state('ready');
        const told = server.log.split('\n').filter((line) => line.includes('presence index'));
        assert.equal(await metric('luytre_presence_loads_total'), 0, `opened, not loaded:\n${told.join('\n')}`);
        await compare({ engine: 'index' });
      }
      assert.ok(minute < 2700, `people went about: ${minute}`);
    });

    test('beyond its memory it is given up, and SQL traces', async () => {
      await server.kill();
      await relaunch('memory = "1 KiB"');
      await state('givenUp');
      await compare({ engine: 'sql', whySql: 'memory' });
      assert.deepEqual(readdirSync(join(server.data, 'presence')), ['lock']);
      assert.match(server.log, /given up/);
    });

    test('loaded anew it traces; off, SQL does, and nothing is left on the disk', async () => {
      await server.kill();
      await relaunch('memory = "64 MiB"');
      await state('ready');
      assert.equal(await metric('luytre_presence_loads_total'), 1);
      const run = await compare({ engine: 'index' });
      assert.equal(await metric('luytre_traces_total{engine="index"}'), 1);
      await server.kill();
      assert.ok(existsSync(join(server.data, 'presence', 'position')));
      const files = readdirSync(join(server.data, 'presence'));
      assert.deepEqual(byCommand(run, 'index'), byCommand(run), 'nobody has the folder: what is in it and what came since');
      assert.deepEqual(readdirSync(join(server.data, 'presence')), files);
      await relaunch('engine = "sql"');
      await state('off');
      await compare({ engine: 'sql', whySql: 'off' });
      assert.deepEqual(readdirSync(join(server.data, 'presence')), ['lock']);
      assert.equal(await metric('luytre_traces_total{engine="sql",why="off"}'), 1);
    });
  });
}
