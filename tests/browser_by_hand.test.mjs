// A contact with a class of which no rule says how long (an F2 of COVID-19) in a real browser: the station that assigns is told, finds the contact on the
// list of what nobody has, names the days with ground and source, and the contact is followed as any other; then says that nobody follows.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, officer, Server, steps, until } from './support.mjs';

describe('follow-up by an officer\'s word, in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const yesterday = 30 * 60;  // minutes
  const kind = 'Người tiếp xúc chưa ai theo dõi: chưa có quy định số ngày';
  let server, browser, api, station, task;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    const keeper = await citizen(server, '+84919100001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Quán cơm Bà Sáu', kind: 'restaurant', unit: unit.id, address: '6 Lê Lợi', phone: '+84919100002' }));
    const place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84919100002') }));
    const [ill, met] = [await citizen(server, '+84919100010', profile('Lê Thị Ốm')), await citizen(server, '+84919100011', profile('Phạm Thị Gặp'))];
    for (const person of [ill, met]) await person.must(person.send('/visits', { placeCode: place.shortCode, at: ago(yesterday) }), 201);
    const cdc = await officer(server, 'cdc1');
    const kase = await cdc.must(cdc.post('/cases', { person: ill.self.id, disease: 'covid-19' }), 201);
    await cdc.must(cdc.edit(`/cases/${kase.id}/confirm`, { sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
    api = await officer(server, 'tyt-dongha');
    task = await until('the task', async () => (await api.must(api.get('/tasks'))).items.find((one) => one.person.name === 'Phạm Thị Gặp'));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const waiting = async () => (await api.must(api.get('/waiting?yours=true'))).items.filter((one) => one.kind === 'unfollowed');
  const answered = (path) => station.waitForResponse((one) => one.url().endsWith(path) && one.request().method() === 'POST' && one.ok());
  const save = () => station.getByRole('button', { name: 'Lưu', exact: true });

  step('whoever assigns is told that nobody follows by itself', async () => {
    station = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    await station.goto(`${server.origin}/console/tasks/${task.id}`);
    for (const question of ['dưới 1 mét', 'phòng kín', 'khẩu trang', 'bắt tay'])
      await station.getByRole('radiogroup', { name: new RegExp(question) }).getByLabel('Không rõ').check();
    await station.getByRole('radiogroup', { name: /Phân loại/ }).getByLabel('F2').check();
    assert.equal(await station.getByText('Chưa có quy định theo dõi', { exact: false }).count(), 0);
    const assigned = answered(`/candidates/${task.candidate}/assign`);
    await station.getByRole('button', { name: 'Lưu phân loại' }).click();
    assert.equal((await (await assigned).json()).unruled, true);
    await station.getByText('Chưa có quy định theo dõi F2 này bao nhiêu ngày').waitFor();
    await station.getByRole('radiogroup', { name: /Phân loại/ }).waitFor({ state: 'detached' }); // the task is done, and it is still said
    await station.getByText('Chưa có quy định theo dõi F2 này bao nhiêu ngày').waitFor();
    await browser.check(station, 'task-unruled');
  });

  step('the contact is on the list of what nobody has', async () => {
    await until('the list', async () => (await waiting()).length === 1);
    await station.goto(`${server.origin}/console/waiting`);
    await station.getByRole('link', { name: kind }).click();
    await station.getByRole('heading', { name: 'Phạm Thị Gặp', level: 1 }).waitFor();
    await station.getByRole('radiogroup', { name: /Cách xử lý/ }).waitFor();
    assert.equal(await station.getByRole('radio', { checked: true }).count(), 0, 'nothing is chosen beforehand');
    assert.equal(await save().isDisabled(), true);
    await browser.check(station, 'by-hand');
  });

  step('days, ground and source begin a follow-up as any other', async () => {
    await station.getByRole('radio', { name: 'Theo dõi', exact: true }).check();
    await station.getByLabel('Số ngày từ lần tiếp xúc cuối').fill('7');
    await station.getByLabel('Lý do').fill('Ngồi cùng bàn với F1');
    assert.equal(await save().isDisabled(), true, 'by what is asked, too');
    await station.getByLabel('Căn cứ').fill('Giám đốc CDC quyết định');
    const said = answered(`/candidates/${task.candidate}/follow-up`);
    await save().click();
    assert.equal((await (await said).json()).said.days, 7);
    await station.getByText('Theo dõi 7 ngày từ lần tiếp xúc cuối.').waitFor();
    assert.deepEqual(await waiting(), []);
    await station.getByRole('link', { name: 'Mở đợt theo dõi' }).click();
    await station.getByText('Giám đốc CDC quyết định', { exact: false }).waitFor();
    await station.getByText('Ngồi cùng bàn với F1', { exact: false }).waitFor();
    await browser.check(station, 'follow-up-by-hand');
    assert.equal((await api.must(api.get('/follow-ups'))).items.length, 1);
  });

  step('it can be said anew: nobody follows', async () => {
    await station.getByRole('link', { name: 'Ghi lại' }).click();
    await station.getByRole('button', { name: 'Ghi lại' }).click();
    await station.getByRole('radio', { name: 'Không ai theo dõi.' }).check();
    await station.getByLabel('Lý do').fill('F1 đã có kết quả âm tính');
    const said = answered(`/candidates/${task.candidate}/follow-up`);
    await save().click();
    assert.equal((await (await said).json()).followUp, undefined);
    await station.getByText('F1 đã có kết quả âm tính').waitFor();
    assert.equal((await api.must(api.get('/follow-ups'))).items.length, 0);
    assert.deepEqual(await waiting(), []);
  });
});
