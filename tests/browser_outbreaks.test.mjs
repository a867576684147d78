// Outbreaks in real browsers: an officer opens one, puts cases in from the list, sees curve and chain, asks with a reason what the cases have in
// common, is told why a case cannot be put in, takes one out, closes and opens it again; the line list; who was looked at sees it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, day, officer, Server, steps, strike, until } from './support.mjs';

describe('outbreaks in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const wedding = 'Đám cưới thôn Đông';
  let server, browser, api, ill, first, second, third, cdc, id;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    const keeper = await citizen(server, '+84918000001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Hội trường thôn Đông', kind: 'eventHall', unit: unit.id, address: '6 Lê Lợi', phone: '+84918000002' }));
    const place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84918000002') }));
    api = await officer(server, 'cdc1');
    const report = async (phone, name, onset, there) => {
      const one = await citizen(server, phone, profile(name));
      if (there) await one.must(one.send('/visits', { placeCode: place.shortCode, at: ago(6 * 24 * 60) }), 201);
      return { one, kase: await api.must(api.post('/cases', { person: one.self.id, disease: 'covid-19', onset }), 201) };
    };
    const source = await report('+84918000010', 'Lê Thị Ốm', day(4), true);
    ill = source.one;
    first = source.kase;
    second = (await report('+84918000011', 'Phạm Thị Lây', day(1), true)).kase;
    third = (await report('+84918000012', 'Võ Thị Khác', day(2), false)).kase;
    await api.must(api.edit(`/cases/${second.id}/source`, { number: first.number }, second.version));
    const other = await api.must(api.post('/outbreaks', { name: 'Ổ dịch chợ Đông', disease: 'covid-19', unit: unit.id }), 201);
    await api.must(api.post(`/outbreaks/${other.id}/cases`, { cases: [third.id] }));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const dialogOf = (page) => page.getByRole('dialog').last();
  const toast = (text) => cdc.getByRole('status').getByText(text).first().waitFor();
  const answered = (method, path) => cdc.waitForResponse((answer) => answer.request().method() === method && answer.url().includes(path) && answer.ok());
  const opened = (name) => cdc.getByRole('heading', { name, level: 1, exact: true }).waitFor();
  const gone = () => cdc.getByRole('dialog').waitFor({ state: 'detached' });

  async function give(why, action, path) {
    const dialog = dialogOf(cdc);
    await dialog.getByLabel('Lý do').fill(why);
    const answer = answered('POST', path);
    await dialog.getByRole('button', { name: action, exact: true }).click();
    await answer;
    await gone();
  }

  async function choose(...cases) {
    await cdc.goto(`${server.origin}/console/cases`);
    await opened('Ca bệnh');
    for (const one of cases) await cdc.getByRole('checkbox', { name: `Chọn: ${one.number}` }).check();
    await cdc.getByText(`Đã chọn ${cases.length} ca`).waitFor();
    await cdc.getByRole('main').getByRole('button', { name: 'Đưa vào ổ dịch', exact: true }).click();
    const dialog = dialogOf(cdc);
    await dialog.getByLabel('Ổ dịch COVID-19 đang hoạt động').and(dialog.locator('input')).click();
    await cdc.getByRole('option', { name: wedding }).click();
    const answer = answered('POST', `/outbreaks/${id}/cases`);
    await dialog.getByRole('button', { name: 'Đưa vào ổ dịch', exact: true }).click();
    await answer;
  }

  const member = (one) => cdc.getByRole('row').filter({ hasText: one.number }).filter({ has: cdc.getByRole('button', { name: /^Đưa ra/ }) });

  step('an outbreak is opened with the keyboard; nothing but the own area is filled in', async () => {
    cdc = await browser.officer('cdc1');
    await strike(cdc, 'ge');
    await opened('Ổ dịch');
    await cdc.getByRole('link', { name: 'Ổ dịch chợ Đông' }).waitFor();
    await browser.check(cdc, 'outbreaks');
    await cdc.keyboard.press('n');
    const dialog = dialogOf(cdc);
    await dialog.getByRole('textbox', { name: 'Tên ổ dịch' }).fill(wedding);
    assert.equal(await dialog.getByRole('button', { name: 'Ghi nhận ổ dịch' }).isDisabled(), true);
    await dialog.getByRole('combobox', { name: 'Bệnh' }).or(dialog.getByLabel('Bệnh', { exact: false }).and(dialog.locator('input'))).first().click();
    await cdc.getByRole('option', { name: 'COVID-19' }).click();
    await browser.check(cdc, 'new-outbreak');
    await dialog.getByRole('button', { name: 'Ghi nhận ổ dịch' }).click();
    await opened(wedding);
    await cdc.getByText('Chưa có ca nào').first().waitFor();
    id = cdc.url().split('/').pop();
    await browser.check(cdc, 'outbreak-empty');
  });

  step('cases are put in from the list, several at once', async () => {
    await choose(first, second);
    await toast('Đã đưa 2 ca vào ổ dịch.');
    await gone();
    await cdc.getByText('Đã chọn 2 ca').waitFor({ state: 'detached' });
  });

  step('a case that belongs to another outbreak stays there, and the page says which', async () => {
    await choose(third);
    const line = dialogOf(cdc).getByRole('listitem').filter({ hasText: third.number });
    await line.getByText('đang thuộc ổ dịch khác', { exact: false }).waitFor();
    await line.getByRole('link', { name: 'Ổ dịch chợ Đông' }).waitFor();
    await browser.check(cdc, 'outbreak-refused');
    await dialogOf(cdc).getByRole('button', { name: 'Đóng', exact: true }).last().click();
    await gone();
  });

  step('the page shows curve, counts, chain and cases', async () => {
    await cdc.goto(`${server.origin}/console/outbreaks/${id}`);
    await opened(wedding);
    await member(first).getByText('Lê Thị Ốm').waitFor();
    await member(second).getByText('Phạm Thị Lây').waitFor();
    await cdc.getByRole('img', { name: /^Số ca theo ngày, từ/ }).waitFor();
    const below = cdc.getByRole('listitem').filter({ hasText: `lây từ ${first.number}` });
    await below.getByRole('link', { name: second.number }).waitFor();
    await below.getByText('cách 3 ngày', { exact: false }).waitFor();
    for (const [name, sort] of [['Số ca', 'number'], ['Nơi ở', 'residence']]) {
      const sorted = cdc.waitForResponse((one) => one.url().includes(`/outbreaks/${id}/cases?`) && one.url().includes(`sort=${sort}`) && one.ok());
      const head = cdc.getByRole('columnheader', { name, exact: true }).filter({ has: cdc.getByRole('button') });
      await head.getByRole('button').click();
      const numbers = (await (await sorted).json()).items.map((one) => one.number);
      assert.equal(numbers.length, 2);
      if (sort === 'number') assert.deepEqual(numbers, [first.number, second.number].sort());
      await until('the head to say so', async () => (await head.getAttribute('aria-sort')) === 'ascending');
    }
    await browser.check(cdc, 'outbreak');
    const phone = await browser.officer('cdc1', { width: 390, height: 844 });
    await phone.goto(`${server.origin}/console/outbreaks`);
    await phone.getByRole('heading', { name: 'Ổ dịch', level: 1, exact: true }).waitFor();
    await phone.getByRole('link', { name: wedding }).waitFor();
    await browser.check(phone, 'outbreaks-phone');
    await phone.getByRole('link', { name: wedding }).click();
    await phone.getByRole('heading', { name: wedding, level: 1, exact: true }).waitFor();
    await phone.getByText('Lê Thị Ốm').first().waitFor();
    await browser.check(phone, 'outbreak-phone');
    await phone.close();
  });

  step('what the cases have in common is asked with a reason', async () => {
    await cdc.getByRole('button', { name: 'Tìm nơi chung của các ca' }).click();
    await dialogOf(cdc).getByText('nhật ký của từng người', { exact: false }).waitFor();
    await give('Tìm nguồn lây của đám cưới', 'Xem', `/outbreaks/${id}/shared-places`);
    const place = cdc.getByRole('row').filter({ hasText: 'Hội trường thôn Đông' });
    await place.getByText('2/2').waitFor();
    await place.getByText('2 lượt đến').click();
    await place.getByText(first.number, { exact: false }).waitFor();
    await browser.check(cdc, 'outbreak-common');
    const log = (await ill.must(ill.get('/me/access-log'))).items;
    assert.ok(log.some((entry) => entry.action === 'outbreaks.shared' && entry.reason === 'Tìm nguồn lây của đám cưới'), JSON.stringify(log[0]));
  });

  step('where its cases were, as they told it, is asked for, and each look is logged', async () => {
    await api.must(api.send(`/cases/${first.id}/milestones`, { where: 'Bến xe Đông Hà', from: ago(3000), to: ago(2900), precision: 'about', companions: [] }), 201);
    await cdc.getByRole('button', { name: 'Xem mốc dịch tễ của 2 ca' }).click();
    const panel = cdc.locator('section').filter({ hasText: 'Mốc dịch tễ của các ca' });
    await panel.getByText('Bến xe Đông Hà').waitFor();
    await panel.getByRole('listitem').filter({ hasText: first.number }).waitFor();
    await browser.check(cdc, 'outbreak-milestones');
    const log = (await ill.must(ill.get('/me/access-log'))).items;
    assert.ok(log.some((entry) => entry.action === 'interviews.read'), JSON.stringify(log[0]));
  });

  step('a case is taken out with a reason, which stays in the history, and is put in again from its own page', async () => {
    await member(second).getByRole('button', { name: /^Đưa ra/ }).click();
    await give('Không dự đám cưới', 'Đưa ra', '/take-out');
    await member(second).waitFor({ state: 'detached' });
    await cdc.getByText('Không dự đám cưới', { exact: false }).waitFor();
    await cdc.goto(`${server.origin}/console/cases/${second.id}`);
    await opened(second.number);
    await cdc.getByText('Ca này chưa thuộc ổ dịch nào.').waitFor();
    await cdc.getByRole('main').getByRole('button', { name: 'Đưa vào ổ dịch', exact: true }).click();
    const dialog = dialogOf(cdc);
    await dialog.getByLabel('Ổ dịch COVID-19 đang hoạt động').and(dialog.locator('input')).click();
    await cdc.getByRole('option', { name: wedding }).click();
    await dialog.getByRole('button', { name: 'Đưa vào ổ dịch', exact: true }).click();
    await gone();
    await cdc.getByRole('main').getByRole('link', { name: wedding }).click();
    await opened(wedding);
    await member(second).waitFor();
  });

  step('it is closed with a reason, and opened again', async () => {
    await cdc.getByRole('button', { name: 'Kết thúc ổ dịch', exact: true }).click();
    await dialogOf(cdc).getByText('Hai lần thời gian ủ bệnh', { exact: false }).waitFor();
    await browser.check(cdc, 'outbreak-close');
    await give('Ghi nhận nhầm', 'Kết thúc ổ dịch', `/outbreaks/${id}/close`);
    await cdc.getByRole('button', { name: 'Mở lại ổ dịch', exact: true }).click();
    await give('Có ca mới', 'Mở lại ổ dịch', `/outbreaks/${id}/reopen`);
    await cdc.getByRole('button', { name: 'Kết thúc ổ dịch', exact: true }).waitFor();
  });

  step('the line list is for those in charge, marked, and in the log', async () => {
    const path = `/outbreaks/${id}/line-list`;
    assert.equal((await api.post(path, { reason: '', format: 'csv' })).status, 422);
    await cdc.getByRole('button', { name: 'Danh sách ca (CSV)', exact: true }).click();
    const [taken] = await Promise.all([cdc.waitForEvent('download'), give('Báo cáo tuần', 'Xuất danh sách', path)]);
    const file = await readFile(await taken.path(), 'utf8');
    assert.match(file, /Lũy Tre: outbreak/);
    assert.match(file, /\r\nnumber,name,birthYear,/, 'the heads that line lists are read by');
    assert.match(file, /Lê Thị Ốm/);
    await cdc.getByRole('button', { name: 'Thôi phụ trách' }).click();
    await cdc.getByRole('button', { name: 'Tôi phụ trách' }).waitFor();
    assert.equal((await api.post(path, { reason: 'Báo cáo tuần' })).status, 403);
    await cdc.getByText('Chỉ cán bộ phụ trách ổ dịch xem được', { exact: false }).waitFor();
    const log = (await ill.must(ill.get('/me/access-log'))).items;
    assert.ok(log.some((entry) => entry.action === 'outbreaks.takeOut' && entry.reason === 'Báo cáo tuần'), JSON.stringify(log[0]));
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
