// The main job, end to end, over the API, on both databases: register a place, declare, check in, confirm a case, trace, warn, work, undo.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ago, citizen, commune, day, officer, Server, until } from './support.mjs';

for (const engine of ['sqlite', 'postgres']) {
  describe(`main flow on ${engine}`, { concurrency: 1 }, () => {
    let server, unit, keeper, place, ill, met, others, province, kase;

    before(async () => {
      server = await Server.start({ engine });
      unit = await commune(server, '19333');
    });
    after(async () => {
      await server?.stop();
    });

    const profile = (name) => ({ name, birthYear: 1990, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });

    test('a new phone signs in, and sees nothing that runs without a decision', async () => {
      keeper = await citizen(server, '+84912000001', profile('Trần Thị Giữ'));
      assert.equal(keeper.session.level, 'full');
      const inForce = await keeper.must(keeper.get('/decisions/in-force'));
      assert.deepEqual(inForce.items.map((d) => d.purpose).sort(), ['checkIn', 'declarations', 'tracing']);
    });

    test('a place is registered with a one-time code, and its poster prints', async () => {
      const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Quán cơm Bà Năm', kind: 'restaurant', unit: unit.id, address: '5 Lê Lợi', phone: '+84912000002' }));
      const code = await server.code('+84912000002');
      place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code }));
      assert.equal(place.name, 'Quán cơm Bà Năm');
      const svg = await keeper.get(`/places/${place.id}/poster.svg`);
      assert.match(svg.headers.get('content-type'), /svg/);
      const pdf = await fetch(`${server.origin}/api/v1/places/${place.id}/poster.pdf`, { headers: { Cookie: [...keeper.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } });
      assert.equal(Buffer.from(await pdf.arrayBuffer()).subarray(0, 5).toString(), '%PDF-');
    });

    test('people check in by the typed code; twice is once; a declaration is asked for', async () => {
      ill = await citizen(server, '+84912000010', profile('Lê Văn Bệnh'));
      met = await citizen(server, '+84912000011', profile('Phạm Thị Gặp'));
      const key = 'check-in-of-the-ill-1';
      const first = await ill.must(ill.send('/visits', { placeCode: place.shortCode, at: ago(180), capacity: 'customer' }, key), 201);
      const again = await ill.must(ill.send('/visits', { placeCode: place.shortCode, at: first.in, capacity: 'customer' }, key), 201);
      assert.equal(again.id, first.id);
      assert.ok(first.outEstimated);
      assert.equal(first.declarationNeeded, 'place-entry');
      await ill.must(ill.send(`/visits/${first.id}/check-out`, { at: ago(100) }));
      await met.must(met.send('/visits', { placeCode: place.shortCode, at: ago(170), capacity: 'customer' }), 201);
      // Enough others that naming the place does not name the case.
      others = [];
      for (let i = 0; i < 10; ++i) {
        const other = await citizen(server, `+849120001${String(i).padStart(2, '0')}`, profile(`Người Khác ${'ABCDEFGHIJ'[i]}`));
        await other.must(other.send('/visits', { placeCode: place.shortCode, at: ago(165 - i), capacity: 'customer' }), 201);
        others.push(other);
      }
    });

    test('nothing is recorded without agreement, or after it is taken back; what was done under it still arrives', async () => {
      const shy = await citizen(server, '+84912000012', profile('Võ Thị Ngại'), { agrees: [] });
      const visit = { placeCode: place.shortCode, at: ago(3) };
      const asked = await shy.send('/visits', visit, 'shy-1');
      assert.deepEqual([asked.status, asked.body.code], [403, 'consent_required'], JSON.stringify(asked.body));
      const { purpose, text, version } = asked.body.params;
      assert.equal(purpose, 'tracing');
      const consent = await shy.must(shy.post('/me/consents', { text, version: Number(version) }), 201);
      await shy.must(shy.send('/visits', visit, 'shy-1'), 201);  // the same submission, once it may
      await shy.must(shy.call('DELETE', `/me/consents/${consent.id}`));
      const after = await shy.send('/visits', { placeCode: place.shortCode, at: ago(0) });
      assert.equal(after.body.code, 'consent_required');
      assert.equal((await shy.must(shy.get('/me/visits'))).items.length, 1);
    });

    test('a declaration needs its risk questions answered, and says its result with reasons', async () => {
      const form = await met.must(met.get('/forms/place-entry'));
      const { items } = await met.must(met.get('/forms'));
      const version = items.find((f) => f.id === 'place-entry').version;
      const response = { resourceType: 'QuestionnaireResponse', status: 'completed', questionnaire: form.url, item: [] };
      const bare = await met.send('/declarations', { form: 'place-entry', version, at: ago(1), response });
      assert.equal(bare.status, 422);
      assert.ok(bare.body.errors.some((e) => e.code === 'required'), JSON.stringify(bare.body));
      // Every risk question with a plain no; what a yes would open stays closed.
      const answer = (items) =>
        items
          .map((q) => (q.item ? { linkId: q.linkId, item: answer(q.item) } : { linkId: q.linkId, answer: q.type === 'boolean' && !q.enableWhen ? [{ valueBoolean: false }] : undefined }))
          .filter((q) => q.item?.length || q.answer);
      const done = await met.send('/declarations', { form: 'place-entry', version, at: ago(1), response: { ...response, item: answer(form.item) } });
      assert.equal(done.status, 201, JSON.stringify(done.body));
      assert.equal(done.body.result.colour, 'green');
      assert.ok(done.body.result.nextStep.text.vi.length > 10);
    });

    test('confirming a case finds those exposed, with the evidence', async () => {
      province = await officer(server, 'cdc1');
      const found = await province.must(province.post('/people/search', { phone: '+84912000010', reason: 'Xét nghiệm dương tính' }));
      const person = found.items.find((p) => p.name === 'Lê Văn Bệnh');
      kase = await province.must(province.post('/cases', { person: person.id, disease: 'covid-19', onset: day(1), note: 'Sốt, ho' }), 201);
      assert.equal(kase.classification, 'suspect');
      const stale = await province.edit(`/cases/${kase.id}/confirm`, { onset: day(1), sampleAt: ago(60), resultAt: ago(30), method: 'pcr' }, kase.version + 5);
      assert.equal(stale.status, 412);
      await until('the presence index to be loaded', async () => /^luytre_presence_state\{state="ready"\} 1$/m.test(await (await fetch(`${server.origin}/metrics`)).text()));
      kase = await province.must(province.edit(`/cases/${kase.id}/confirm`, { onset: day(1), sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
      assert.equal(kase.classification, 'confirmed');
      const run = await until('the trace', async () => {
        const { items } = await province.must(province.get(`/cases/${kase.id}/runs`));
        return items.find((r) => r.state === 'done');
      });
      assert.equal(run.found[0], 11);
      assert.equal(run.engine, 'index', `SQL traced: ${run.whySql}`);
      const { items } = await province.must(province.get(`/cases/${kase.id}/candidates?level=1`));
      const one = items.find((c) => c.person.name === 'Phạm Thị Gặp');
      assert.equal(one.status, 'open', 'a lead, not a verdict');
      assert.equal(one.evidence[0].place.name, 'Quán cơm Bà Năm');
      assert.equal(one.evidence[0].minutes, 60, 'the usual stay, estimated');
      assert.equal(one.evidence[0].estimated, true);
      assert.ok(items.every((c, i) => i === 0 || items[i - 1].risk >= c.risk), 'strongest first');
    });

    test('the warning says place and time, never who; others are not warned', async () => {
      const preview = await province.must(province.get(`/cases/${kase.id}/warnings/preview`));
      assert.equal(preview.people, 11);
      assert.equal(preview.needsSecondOfficer, false);
      assert.equal(preview.items.find((i) => i.placeName === 'Quán cơm Bà Năm').mode, 'public');
      const release = await province.must(province.post(`/cases/${kase.id}/warnings`));
      assert.equal(release.state, 'released');
      const { items } = await met.must(met.get('/me/warnings'));
      assert.equal(items.length, 1);
      assert.equal(items[0].placeName, 'Quán cơm Bà Năm');
      assert.equal(JSON.stringify(items).includes('Bệnh'), false);
      assert.equal((await ill.must(ill.get('/me/warnings'))).items.length, 0);
      await met.must(met.post(`/me/warnings/${items[0].id}/read`), 204);
      const sms = await until('the text message', () => server.messages('+84912000011').find((m) => /thong bao/i.test(m)));
      assert.equal(/Quán|com Ba|COVID/i.test(sms), false, 'lock screens are read by others');
    });

    test('the station has it in its work list, reaches the person, and assigns the class', async () => {
      const station = await officer(server, 'tyt-dongha');
      const task = await until('the task', async () => (await station.must(station.get('/tasks?limit=200'))).items.find((t) => t.person.name === 'Phạm Thị Gặp'));
      assert.equal(task.kind, 'assess');
      const whole = await station.must(station.get(`/tasks/${task.id}`));
      assert.deepEqual(whole.contact.phones, ['+84912000011']);
      const noAnswer = await station.must(station.edit(`/tasks/${task.id}/outcome`, { outcome: 'noAnswer' }, whole.version));
      assert.equal(noAnswer.state, 'open', 'only reaching the person ends it');
      const candidate = await station.must(station.get(`/candidates/${task.candidate}`));
      const assigned = await station.must(station.edit(`/candidates/${task.candidate}/assign`, { class: 'F1', answers: { distanceUnder2m: 'yes', masks: 'no' } }, candidate.version));
      assert.equal(assigned.class, 'F1');
      await until('the task to end', async () => (await station.must(station.get(`/tasks/${task.id}`))).state === 'done');
      const elsewhere = await officer(server, 'tyt-hailang');
      assert.equal((await elsewhere.get(`/tasks/${task.id}`)).status, 403, 'another area');
      assert.equal((await elsewhere.get(`/cases/${kase.id}/candidates`)).status, 403);
    });

    test('tracing again adds nothing twice', async () => {
      const before = (await province.must(province.get(`/cases/${kase.id}`))).counts;
      const run = await province.must(province.post(`/cases/${kase.id}/trace`));
      await until('the second trace', async () => (await province.must(province.get(`/cases/${kase.id}/runs`))).items.find((r) => r.id === run.id && r.state === 'done'));
      assert.deepEqual((await province.must(province.get(`/cases/${kase.id}`))).counts, before);
      const again = await province.post(`/cases/${kase.id}/warnings`);
      assert.equal(again.body.code, 'nobody_to_warn');
    });

    test('citizens see who looked at their data', async () => {
      const { items } = await met.must(met.get('/me/access-log'));
      assert.ok(items.some((e) => e.action.startsWith('tracing.')), JSON.stringify(items));
    });

    test('undoing takes back what it caused, and sends a correction', async () => {
      kase = await province.must(province.get(`/cases/${kase.id}`));
      kase = await province.must(province.edit(`/cases/${kase.id}/undo`, { reason: 'Nhầm mẫu' }, kase.version));
      assert.equal(kase.classification, 'suspect');
      await until('the correction', async () => (await met.must(met.get('/me/warnings'))).items.find((w) => w.kind === 'correction'));
      const station = await officer(server, 'tyt-dongha');
      await until('the tasks to go', async () => (await station.must(station.get('/tasks?limit=200'))).items.every((t) => t.case !== kase.id));
    });

    test('a wrong or antigen-only confirmation needs a second officer', async () => {
      const runs = async () => (await province.must(province.get(`/cases/${kase.id}/runs`))).items;
      const before = (await runs()).map(({ id }) => id);
      kase = await province.must(province.edit(`/cases/${kase.id}/confirm`, { onset: day(1), sampleAt: ago(60), resultAt: ago(30), method: 'antigen', isolatedAt: ago(20) }, kase.version));
      await until('the trace', async () => (await runs()).find((r) => r.state === 'done' && !before.includes(r.id)));
      const release = await province.must(province.post(`/cases/${kase.id}/warnings`));
      assert.equal(release.state, 'awaiting');
      assert.equal((await province.post(`/releases/${release.id}/approve`)).body.code, 'second_officer_needed');
      const second = await officer(server, 'cdc2');
      assert.equal((await second.must(second.post(`/releases/${release.id}/approve`))).state, 'released');
      const { items } = await met.must(met.get('/me/warnings'));
      assert.equal(items[0].kind, 'exposure', 'warned again after the correction');
    });

    test('the figures for who watches over it', async () => {
      let text;
      const value = (name) => Number(text.match(new RegExp(`^${name} (\\d+)$`, 'm'))?.[1]);
      await until('nothing to wait, and the follower to be at the end', async () => {
        text = await (await fetch(`${server.origin}/metrics`)).text();
        return value('luytre_store_waiting') === 0 && value('luytre_follower_behind_seconds{follower="tracing.cases"}') === 0;
      });
      assert.ok(value('luytre_store_commits_total') > 0, text);
      assert.ok(value('luytre_follower_handled_total{follower="tracing.cases"}') > 0, text);
    });

    test('the log names nobody', () => {
      for (const secret of ['912000011', 'Phạm Thị Gặp', 'Lê Văn Bệnh', '12 Lê Lợi', 'Nhầm mẫu']) assert.equal(server.log.includes(secret), false, secret);
    });
  });
}
