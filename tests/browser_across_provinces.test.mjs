// A contact who is followed in Quảng Trị goes to Đà Nẵng, in real browsers: handed over, taken by a station of the other province, and what either side may read
// afterwards. The one who gave opens the follow-up no more; who follows the case sees how its contact fares; who took it sees no case.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { newOfficer } from './story.mjs';
import { ago, Browser, citizen, commune, officer, Server, steps, until } from './support.mjs';

describe('a follow-up from one province to another, in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const yesterday = 30 * 60; // minutes
  let server, browser, cdc, kase, giver, taker, giving, taking, id;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    const keeper = await citizen(server, '+84935000001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Quán cơm Bà Tám', kind: 'restaurant', unit: unit.id, address: '8 Lê Lợi', phone: '+84935000002' }));
    const place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84935000002') }));
    const ill = await citizen(server, '+84935000010', profile('Lê Thị Ốm'));
    const met = await citizen(server, '+84935000011', profile('Phạm Thị Đi'));
    await ill.must(ill.send('/visits', { placeCode: place.shortCode, at: ago(yesterday) }), 201);
    await met.must(met.send('/visits', { placeCode: place.shortCode, at: ago(yesterday - 10) }), 201);
    cdc = await officer(server, 'cdc1');
    kase = await cdc.must(cdc.post('/cases', { person: ill.self.id, disease: 'covid-19' }), 201);
    kase = await cdc.must(cdc.edit(`/cases/${kase.id}/confirm`, { sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
    const candidate = await until('the trace', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/candidates`))).items.find((one) => one.person.name === 'Phạm Thị Đi'));
    await cdc.must(cdc.edit(`/candidates/${candidate.id}/assign`, { class: 'F1', answers: { distanceUnder2m: 'yes', masks: 'no' } }, candidate.version));
    id = (await until('the follow-up', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/follow-ups`))).items[0])).followUp.id;

    const provinces = (await cdc.must(cdc.get('/units'))).items;
    const daNang = provinces.find(({ code }) => code === '48');
    const haiChau = (await cdc.must(cdc.get(`/units?parent=${daNang.id}`))).items.find(({ name }) => name === 'Hải Châu');
    taking = await newOfficer(server, 'tyt-haichau', 'Trạm Y tế phường Hải Châu', 'stationOfficer', haiChau.id);
    giving = await officer(server, 'tyt-dongha');
    giver = await browser.officer('tyt-dongha');
    taker = await browser.phoneOf(taking);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  step('before it is handed over, the other province sees nothing of it', async () => {
    assert.equal((await taking.get(`/follow-ups/${id}`)).status, (await taking.get('/follow-ups/0000000000001')).status, 'as if there were none');
    assert.deepEqual((await taking.must(taking.get('/follow-up-transfers'))).items, []);
  });

  step('the station gives it to a ward of Đà Nẵng, and keeps it until it is taken', async () => {
    await giver.goto(`${server.origin}/console/follow-ups/${id}`);
    await giver.getByRole('heading', { name: 'Phạm Thị Đi', level: 1 }).waitFor();
    await giver.getByRole('button', { name: 'Chuyển cho đơn vị khác', exact: true }).click();
    await giver.getByRole('combobox', { name: 'Xã, phường nhận' }).fill('hai chau da nang');
    await giver.getByRole('option').filter({ hasText: 'Phường Hải Châu, Thành phố Đà Nẵng' }).first().click();
    await giver.getByLabel('Lý do').fill('Vào Đà Nẵng làm việc');
    const sent = giver.waitForResponse((one) => one.url().endsWith(`/follow-ups/${id}/transfer`));
    await giver.getByRole('button', { name: 'Chuyển', exact: true }).click();
    assert.equal((await sent).status(), 200);
    await giver.getByText('chờ tiếp nhận', { exact: true }).waitFor();
    await giver.getByRole('button', { name: 'Không triệu chứng', exact: true }).waitFor();
  });

  step('the ward takes it over, and asks from now on', async () => {
    await taker.goto(`${server.origin}/console/follow-ups`);
    await taker.getByRole('heading', { name: 'Chờ tiếp nhận', level: 2 }).waitFor();
    await taker.getByRole('link', { name: 'Phạm Thị Đi' }).click();
    await taker.getByText('Vào Đà Nẵng làm việc').waitFor();
    assert.equal(await taker.getByRole('button', { name: 'Không triệu chứng', exact: true }).count(), 0);
    const taken = taker.waitForResponse((one) => one.url().endsWith(`/follow-ups/${id}/take`));
    await taker.getByRole('button', { name: 'Tiếp nhận theo dõi', exact: true }).click();
    assert.equal((await taken).status(), 200);
    await taker.getByText('đã tiếp nhận', { exact: true }).waitFor();
    await taker.getByRole('button', { name: 'Không triệu chứng', exact: true }).waitFor();
    await browser.check(taker, 'across-taken-phone');
  });

  step('who gave it opens it no more, as if it were nowhere', async () => {
    const nowhere = await giving.get('/follow-ups/0000000000001');
    const gone = await giving.get(`/follow-ups/${id}`);
    assert.equal(gone.status, nowhere.status);
    assert.ok([403, 404].includes(gone.status), `${gone.status}`);
    assert.ok(!(await giving.must(giving.get('/follow-ups'))).items.some((one) => one.id === id));
    const listed = giver.waitForResponse((one) => /\/api\/v1\/follow-ups(\?|$)/.test(one.url()) && one.ok());
    await giver.goto(`${server.origin}/console/follow-ups`);
    await listed;
    await giver.getByText('Hôm nay đã hỏi hết').waitFor();  // the list is drawn, and empty
    assert.equal(await giver.getByRole('link', { name: 'Phạm Thị Đi' }).count(), 0);
  });

  step('who follows the case still sees how its contact fares; the other province sees no case', async () => {
    const seen = (await cdc.must(cdc.get(`/cases/${kase.id}/follow-ups`))).items;
    assert.deepEqual(seen.map(({ followUp }) => followUp.id), [id]);
    assert.equal((await taking.get(`/cases/${kase.id}`)).status, (await taking.get('/cases/0000000000001')).status);
    assert.notEqual((await taking.get(`/cases/${kase.id}`)).status, 200);
    assert.deepEqual((await taking.must(taking.get('/cases'))).items, []);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
