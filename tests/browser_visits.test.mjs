// Visits without a network, in real browsers: the station takes along who waits today, opens and answers it offline, and what was noted reaches the
// server once; the list is there after the page was loaded anew, and gone when the round ends or the officer signs out. On paper: neither disease nor phone.
// Days of samples: on a list of their own.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, officer, Server, steps, until } from './support.mjs';

describe('visits without a network in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const yesterday = 30 * 60;  // minutes; the exposure lies on a day before today, at whatever hour this runs
  let server, browser, met, cdc, kase, phone, id;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    const keeper = await citizen(server, '+84919200001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Quán cơm Bà Tám', kind: 'restaurant', unit: unit.id, address: '6 Lê Lợi', phone: '+84919200002' }));
    const place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84919200002') }));
    const ill = await citizen(server, '+84919200010', profile('Lê Thị Ốm'));
    met = await citizen(server, '+84919200011', profile('Phạm Thị Thăm'));
    await ill.must(ill.send('/visits', { placeCode: place.shortCode, at: ago(yesterday) }), 201);
    await met.must(met.send('/visits', { placeCode: place.shortCode, at: ago(yesterday - 10) }), 201);
    cdc = await officer(server, 'cdc1');
    kase = await cdc.must(cdc.post('/cases', { person: ill.self.id, disease: 'covid-19' }), 201);
    kase = await cdc.must(cdc.edit(`/cases/${kase.id}/confirm`, { sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
    const candidate = await until('the trace', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/candidates`))).items.find((one) => one.person.name === 'Phạm Thị Thăm'));
    await cdc.must(cdc.edit(`/candidates/${candidate.id}/assign`, { class: 'F1', answers: {} }, candidate.version));
    id = (await until('the follow-up', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/follow-ups`))).items[0])).followUp.id;
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const entries = async () => (await cdc.must(cdc.get(`/follow-ups/${id}`))).entries;
  const tap = (name) => phone.getByRole('button', { name, exact: true }).click();
  const person = () => phone.getByRole('button', { name: /^Phạm Thị Thăm/ });
  const gone = () => phone.getByText('Không mang theo danh sách nào').waitFor();
  const take = async () => {
    await phone.goto(`${server.origin}/console/follow-ups`);
    await tap('Mang theo khi đi thăm');
    await phone.getByRole('heading', { name: 'Đi thăm trong ca', level: 1 }).waitFor();
  };

  step('on paper stands who is visited and where, without disease, case or phone', async () => {
    const desk = await browser.officer('tyt-dongha');
    await desk.goto(`${server.origin}/console/follow-ups`);
    await desk.getByRole('link', { name: 'Phạm Thị Thăm' }).waitFor();
    await desk.getByRole('link', { name: 'Bản in' }).click();
    const row = desk.getByRole('row').filter({ hasText: 'Phạm Thị Thăm' });
    await row.filter({ hasText: '12 Lê Lợi' }).waitFor();
    const sheet = await desk.getByRole('table').innerText();
    for (const word of ['COVID', kase.number, '919200011', '919 200 011']) assert.ok(!sheet.includes(word), word);
    await browser.check(desk, 'visits-print');
  });

  step('the station takes along who waits today, and everybody in it sees that', async () => {
    phone = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    await take();
    await person().filter({ hasText: '12 Lê Lợi' }).waitFor();
    await phone.getByText('Còn 1 người chưa hỏi được hôm nay', { exact: false }).waitFor();
    await phone.getByText('Máy này mở lại được trang khi mất mạng.').waitFor();
    await browser.check(phone, 'round-phone');
    const log = (await met.must(met.get('/me/access-log'))).items;
    assert.ok(log.some((entry) => entry.action === 'followup.work' && entry.note === 'followUpsTaken'), JSON.stringify(log[0]));
  });

  step('without a network it opens and takes what was found', async () => {
    await phone.context().setOffline(true);
    await person().click();
    assert.equal(await phone.getByRole('link', { name: /Chạm để gọi/ }).getAttribute('href'), 'tel:+84919200011');
    await tap('Có triệu chứng');
    await phone.getByLabel('Sốt').check();
    await phone.getByLabel('Đến nhà').check();
    await phone.getByLabel('Ghi chú').fill('38,5 độ từ sáng');
    await browser.check(phone, 'round-entry-phone');
    await tap('Lưu');
    await phone.getByText('chờ gửi', { exact: true }).waitFor();
    await phone.getByText('Còn 0 người chưa hỏi được hôm nay', { exact: false }).waitFor();
    await phone.getByRole('list', { name: /^Lịch theo dõi từ/ }).getByRole('listitem').filter({ hasText: ': có triệu chứng' }).first().waitFor({ state: 'attached' });
    assert.deepEqual(await entries(), []);
  });

  step('the page opens again without a network, whichever of the console is asked for, with what was noted', async () => {
    await phone.reload();
    await person().waitFor();
    await phone.goto(`${server.origin}/console/follow-ups`);
    await person().waitFor();
    assert.equal(new URL(phone.url()).pathname, '/console/round');
    await phone.getByText('chờ gửi', { exact: true }).waitFor();
    assert.deepEqual(await entries(), []);
  });

  step('with a network it reaches the server once, with the time when it was noted', async () => {
    const online = Date.now();
    await phone.context().setOffline(false);
    await phone.getByText('chờ gửi', { exact: true }).waitFor({ state: 'detached' });
    const all = await until('the entry', async () => {
      const found = await entries();
      return found.length > 0 && found;
    });
    assert.deepEqual(all.map((one) => [one.finding, one.via, one.note]), [['symptoms', 'visit', '38,5 độ từ sáng']]);
    assert.ok(Date.parse(all[0].at) <= online + 1000, all[0].at);
    assert.equal((await cdc.must(cdc.get('/follow-ups?offered=true'))).items.length, 1, 'what a visit finds is offered as ever');
  });

  step('sent again with the same key it is the same entry', async () => {
    const station = await officer(server, 'tyt-dongha');
    const noted = { key: 'once', at: ago(5), sent: ago(0) };
    for (let i = 0; i < 2; ++i) await station.must(station.post(`/follow-ups/${id}/entries`, { finding: 'none', symptoms: [], via: 'visit', noted: { ...noted, sent: new Date().toISOString() } }));
    assert.equal((await entries()).length, 2);
  });

  step('whose day of a sample has come is on a list, and an officer says that none is needed', async () => {
    // The rule in force asks for none.
    server.rows('INSERT INTO followup_test (period, day) SELECT id, first_day FROM followup_period');
    server.rows('UPDATE followup_period SET test_day = first_day');
    const desk = await browser.officer('tyt-dongha');
    await desk.goto(`${server.origin}/console/follow-ups`);
    await desk.getByLabel('Đến ngày lấy mẫu').check();
    await desk.getByRole('link', { name: 'Phạm Thị Thăm' }).click();
    await desk.getByText('lấy mẫu hôm nay', { exact: true }).waitFor();
    await browser.check(desk, 'follow-up-test-days');
    assert.match(await desk.getByRole('link', { name: 'Lấy mẫu người này' }).getAttribute('href'), /\/laboratory\?followed=/);
    await desk.getByRole('button', { name: 'Không cần lấy mẫu', exact: true }).click();
    const dialog = desk.getByRole('dialog', { name: 'Không cần lấy mẫu' });
    await dialog.getByLabel('Lý do').fill('Đã xét nghiệm ở bệnh viện hôm qua');
    await dialog.getByRole('button', { name: 'Không cần lấy mẫu', exact: true }).click();
    await desk.getByText('Đã xét nghiệm ở bệnh viện hôm qua').waitFor();
    assert.deepEqual((await cdc.must(cdc.get('/follow-ups?toSample=true'))).items, []);
  });

  step('loaded anew the list is still there; ended, it is gone', async () => {
    await phone.reload();
    await person().waitFor();
    await tap('Kết thúc đợt đi');
    await gone();
    await phone.reload();
    await gone();
  });

  step('who signs out leaves nothing behind', async () => {
    await take();
    assert.equal((await browser.kept(phone)).length, 2, 'the key of this browser, and what it seals');
    await phone.goto(`${server.origin}/console/settings`);
    await phone.getByRole('main').getByRole('button', { name: 'Đăng xuất', exact: true }).first().click();
    await phone.waitForURL(/\/sign-in/);
    await phone.getByLabel('Mật khẩu').waitFor();
    assert.equal((await browser.kept(phone)).length, 1, 'the key alone');
    await phone.goto(`${server.origin}/console/round`);
    await gone();
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
