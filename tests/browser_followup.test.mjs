// Follow-up of contacts in real browsers: an officer assigns the class; the station finds the contact in today's list on a phone, is not answered, then
// hears of symptoms, corrects itself, and reports a suspect with one tap; the case's page shows the calendar of each contact. The suspect is confirmed: the
// follow-up ends, its case shows what came before and proposes the source; undone, the follow-up goes on.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, officer, Server, steps, strike, until } from './support.mjs';

describe('follow-up in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const yesterday = 30 * 60;  // minutes; the exposure lies on a day before today, at whatever hour this runs
  let server, browser, place, gap, met, other, cdc, kase, own, station, desk;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    const keeper = await citizen(server, '+84919000001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Quán cơm Bà Sáu', kind: 'restaurant', unit: unit.id, address: '6 Lê Lợi', phone: '+84919000002' }));
    place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84919000002') }));
    const ill = await citizen(server, '+84919000010', profile('Lê Thị Ốm'));
    gap = profile('Phạm Thị Gặp');
    met = await citizen(server, '+84919000011', gap);
    await ill.must(ill.send('/visits', { placeCode: place.shortCode, at: ago(yesterday) }), 201);
    await met.must(met.send('/visits', { placeCode: place.shortCode, at: ago(yesterday - 10) }), 201);
    other = await citizen(server, '+84919000012', profile('Võ Thị Hai'));
    await other.must(other.send('/visits', { placeCode: place.shortCode, at: ago(yesterday - 5) }), 201);
    cdc = await officer(server, 'cdc1');
    kase = await cdc.must(cdc.post('/cases', { person: ill.self.id, disease: 'covid-19' }), 201);
    kase = await cdc.must(cdc.edit(`/cases/${kase.id}/confirm`, { sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
    const candidate = await until('the trace', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/candidates`))).items.find((one) => one.person.name === 'Phạm Thị Gặp'));
    const answers = { distanceUnder2m: 'yes', masks: 'no' };
    await cdc.must(cdc.edit(`/candidates/${candidate.id}/assign`, { class: 'F1', answers }, candidate.version));
    await until('the follow-up', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/follow-ups`))).items.length === 1);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const row = (page) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Phạm Thị Gặp' }) });
  const cells = (page, words) => page.getByRole('list', { name: /^Lịch theo dõi từ/ }).getByRole('listitem').filter({ hasText: words });
  const tap = (name) => station.getByRole('button', { name, exact: true }).click();

  step('who is to be asked today stands in the station\'s list, with the whole period', async () => {
    station = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    await station.goto(`${server.origin}/console/follow-ups`);
    await station.getByRole('heading', { name: 'Theo dõi hôm nay', level: 1 }).waitFor();
    await row(station).waitFor();
    await cells(row(station), 'hôm nay, chưa hỏi').waitFor({ state: 'attached' });
    await browser.check(station, 'follow-ups-phone');
    desk = await browser.officer('tyt-dongha');
    await strike(desk, 'gf');
    await row(desk).waitFor();
    await browser.check(desk, 'follow-ups');
  });

  step('why and until when is explained; nothing is chosen beforehand', async () => {
    await station.getByRole('link', { name: 'Phạm Thị Gặp' }).click();
    await station.getByRole('heading', { name: 'Phạm Thị Gặp', level: 1 }).waitFor();
    await station.getByText(`F1 của ca ${kase.number}`, { exact: false }).waitFor();
    await station.getByText('theo dõi 10 ngày', { exact: false }).waitFor();
    assert.equal(await station.getByRole('link', { name: /Chạm để gọi/ }).getAttribute('href'), 'tel:+84919000011');
    await tap('Không liên lạc được');
    assert.equal(await station.getByRole('radio', { checked: true }).count(), 0);
    assert.equal(await station.getByRole('button', { name: 'Lưu', exact: true }).isDisabled(), true);
    await browser.check(station, 'follow-up-phone');
  });

  step('not reached leaves the day waiting; an answer ends it, on the other screen without a reload', async () => {
    await station.getByLabel('Gọi điện').check();
    await tap('Lưu');
    await cells(station, 'không liên lạc được').first().waitFor({ state: 'attached' });
    await station.getByText('Ngày này vẫn chờ', { exact: false }).waitFor({ state: 'detached' });
    await row(desk).waitFor();
    await tap('Không triệu chứng');
    await station.getByLabel('Gọi điện').check();
    await tap('Lưu');
    await cells(station, 'không có triệu chứng').first().waitFor({ state: 'attached' });
    await row(desk).waitFor({ state: 'detached' });
    await desk.getByText('Hôm nay đã hỏi hết').waitFor();
  });

  step('a wrong entry is put right, and kept', async () => {
    await station.getByRole('listitem').filter({ hasText: 'Không triệu chứng' }).getByRole('button', { name: 'Ghi sai, sửa' }).click();
    await station.locator('p:focus').filter({ hasText: 'Ghi lại thay cho lần ghi sai' }).waitFor();
    await tap('Có triệu chứng');
    await station.getByLabel('Sốt').check();
    await station.getByLabel('Đến nhà').check();
    await station.getByLabel('Ghi chú').fill('38,5 độ từ tối qua');
    await browser.check(station, 'follow-up-symptoms-phone');
    await tap('Lưu');
    await station.getByText('Có triệu chứng: Sốt').waitFor();
    await station.getByText('đã sửa', { exact: true }).waitFor();
    await cells(station, ': có triệu chứng').first().waitFor({ state: 'attached' });
  });

  step('the case\'s page shows the calendar of its contact', async () => {
    const page = await browser.officer('cdc1');
    await page.goto(`${server.origin}/console/cases/${kase.id}/candidates`);
    const contact = page.getByRole('row').filter({ hasText: 'Phạm Thị Gặp' });
    await cells(contact, ': có triệu chứng').first().waitFor({ state: 'attached' });
    await browser.check(page, 'candidates-followed');
    await contact.getByRole('link', { name: 'Mở theo dõi của Phạm Thị Gặp' }).click();
    await page.getByRole('heading', { name: 'Phạm Thị Gặp', level: 1 }).waitFor();
    await browser.check(page, 'follow-up');
  });

  step('symptoms are offered, and one tap reports', async () => {
    const cases = async () => (await cdc.must(cdc.get('/cases?classification=suspect&limit=200'))).items.filter((one) => one.person.name === 'Phạm Thị Gặp');
    assert.equal((await cases()).length, 0, 'nothing is reported by itself');
    await tap('Báo ca nghi ngờ');
    await station.waitForURL(/\/cases\//);
    await station.getByText('Phạm Thị Gặp').first().waitFor();
    assert.equal((await cases()).length, 1);
    await until('the offer to end', async () => (await cdc.must(cdc.get('/follow-ups?offered=true'))).items.length === 0);
  });

  const followUp = async () => (await cdc.must(cdc.get(`/cases/${kase.id}/follow-ups`))).items[0].followUp;
  const read = (page) => page.waitForResponse((one) => one.url().endsWith('/contact-history') && one.ok());

  step('a positive result ends the follow-up; the case shows whose contact it was and proposes the source', async () => {
    const suspect = (await cdc.must(cdc.get('/cases?classification=suspect&limit=200'))).items.find((one) => one.person.name === 'Phạm Thị Gặp');
    own = await cdc.must(cdc.edit(`/cases/${suspect.id}/confirm`, { onset: suspect.onset, sampleAt: ago(3), resultAt: ago(2), method: 'pcr', isolatedAt: ago(1) }, suspect.version));
    await until('the follow-up to end', async () => (await followUp()).state === 'becameCase');
    const page = await browser.officer('cdc1');
    const told = read(page);
    await page.goto(`${server.origin}/console/cases/${own.id}`);
    await page.getByRole('heading', { name: own.number, level: 1 }).waitFor();
    await told;
    await page.getByRole('heading', { name: 'Từng là người tiếp xúc' }).waitFor();
    const before = page.getByRole('listitem').filter({ hasText: `của ca ${kase.number}` });
    await before.getByText('F1', { exact: true }).waitFor();
    await before.getByText('Tiếp xúc lần cuối', { exact: false }).waitFor();
    await page.getByText('Đã thành ca bệnh', { exact: true }).waitFor();
    await browser.check(page, 'case-was-contact');
    await page.getByRole('button', { name: `Chọn ca ${kase.number}`, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Ghi nguồn lây của ca ${own.number}` });
    await dialog.waitFor();
    assert.equal(await dialog.getByLabel('Số ca của nguồn lây').inputValue(), kase.number);
    const recorded = page.waitForResponse((one) => one.url().endsWith(`/cases/${own.id}/source`) && one.request().method() === 'POST');
    await dialog.getByRole('button', { name: 'Ghi nguồn lây' }).click();
    assert.equal((await recorded).status(), 200);
    await page.getByRole('link', { name: kase.number, exact: true }).waitFor();
    await page.getByRole('button', { name: `Chọn ca ${kase.number}`, exact: true }).waitFor({ state: 'detached' });
  });

  step('a wrong positive undone takes the follow-up up again where it was', async () => {
    own = await cdc.must(cdc.get(`/cases/${own.id}`));
    for (const reason of ['Ghi nhầm nguồn lây', 'Nhầm mẫu']) own = await cdc.must(cdc.edit(`/cases/${own.id}/undo`, { reason }, own.version));
    assert.equal(own.classification, 'suspect');
    await until('the follow-up to go on', async () => (await followUp()).state === 'open');
    const page = await browser.officer('tyt-dongha');
    await page.goto(`${server.origin}/console/follow-ups/${(await followUp()).id}`);
    await page.getByRole('heading', { name: 'Phạm Thị Gặp', level: 1 }).waitFor();
    await cells(page, ': có triệu chứng').first().waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Không triệu chứng', exact: true }).waitFor();
  });

  step('a second case is one more reason, shown before anybody has asked, and gone with its case', async () => {
    const { id } = await followUp();
    let second = await cdc.must(cdc.post('/cases', { person: other.self.id, disease: 'covid-19' }), 201);
    second = await cdc.must(cdc.edit(`/cases/${second.id}/confirm`, { sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, second.version));
    const candidate = await until('the second trace', async () => (await cdc.must(cdc.get(`/cases/${second.id}/candidates`))).items.find((one) => one.person.name === 'Phạm Thị Gặp'));
    const page = await browser.officer('tyt-dongha');
    const shows = async (words) => {
      await page.goto(`${server.origin}/console/follow-ups/${id}`);
      await page.getByRole('heading', { name: 'Phạm Thị Gặp', level: 1 }).waitFor();
      await page.getByText(words, { exact: false }).waitFor();
    };
    await shows(`Nghi F1 của ca ${second.number}`);
    await cdc.must(cdc.edit(`/candidates/${candidate.id}/assign`, { class: 'F1', answers: {} }, candidate.version));
    const reasons = async () => (await cdc.must(cdc.get(`/follow-ups/${id}`))).reasons;
    await until('both reasons', async () => (await reasons()).length === 2);
    await shows(`F1 của ca ${second.number}: tiếp xúc lần cuối`);
    await page.getByText(`F1 của ca ${kase.number}: tiếp xúc lần cuối`, { exact: false }).waitFor();
    await page.getByText('Có nhiều lý do', { exact: false }).waitFor();
    await browser.check(page, 'follow-up-two-reasons');
    await cdc.must(cdc.edit(`/cases/${second.id}/undo`, { reason: 'Nhầm mẫu' }, second.version));
    await until('the second reason to go', async () => (await reasons()).some((one) => one.gone === 'case'));
    await shows('Ca này đã được rút lại');
    assert.equal((await followUp()).state, 'open');
  });

  step('two records of one person that officers merge are followed as one, until the merge is undone', async () => {
    const first = await followUp();
    const again = await citizen(server, '+84919000013', { ...gap, address: '14 Lê Lợi' });
    await again.must(again.send('/visits', { placeCode: place.shortCode, at: ago(yesterday - 8) }), 201);
    await cdc.must(cdc.post(`/cases/${kase.id}/trace`));
    const candidate = await until('the second record', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/candidates`))).items.find((one) => one.person.id === again.self.id));
    await cdc.must(cdc.edit(`/candidates/${candidate.id}/assign`, { class: 'F1', answers: {} }, candidate.version));
    const ids = async () => new Set((await cdc.must(cdc.get(`/cases/${kase.id}/follow-ups`))).items.map((one) => one.followUp.id)).size;
    await until('two follow-ups', async () => (await ids()) === 2);
    const merge = await cdc.must(cdc.post('/person-merges', { person: again.self.id, kept: met.self.id, reason: 'Cùng một người, hai số điện thoại' }));
    await until('one follow-up', async () => (await ids()) === 1);
    const page = await browser.officer('tyt-dongha');
    await page.goto(`${server.origin}/console/follow-ups/${first.id}`);
    await page.getByRole('heading', { name: 'Phạm Thị Gặp', level: 1 }).waitFor();
    await page.getByText('Gồm cả theo dõi của 1 hồ sơ khác', { exact: false }).waitFor();
    await cells(page, ': có triệu chứng').first().waitFor({ state: 'attached' });
    await browser.check(page, 'follow-up-joined');
    await cdc.must(cdc.post(`/person-merges/${merge.id}/undo`, { reason: 'Hai người khác nhau' }));
    await until('two again', async () => (await ids()) === 2);
    assert.equal((await followUp()).joined, 0);
  });

  step('a contact who moved is transferred, and stays with the station until the other takes over', async () => {
    const { id } = await followUp();
    const page = await browser.officer('tyt-dongha');
    await page.goto(`${server.origin}/console/follow-ups/${id}`);
    await page.getByRole('heading', { name: 'Phạm Thị Gặp', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Chuyển cho đơn vị khác', exact: true }).click();
    await page.getByRole('combobox', { name: 'Xã, phường nhận' }).fill('nam dong ha');
    await page.getByRole('option').filter({ hasText: 'Phường Nam Đông Hà' }).first().click();
    await page.getByLabel('Lý do').fill('Đang ở nhà chị gái');
    await browser.check(page, 'follow-up-transfer');
    const sent = page.waitForResponse((one) => one.url().endsWith(`/follow-ups/${id}/transfer`));
    await page.getByRole('button', { name: 'Chuyển', exact: true }).click();
    assert.equal((await sent).status(), 200);
    await page.getByText('chờ tiếp nhận', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Không triệu chứng', exact: true }).waitFor();

    const taker = await browser.officer('tyt-namdongha');
    await taker.goto(`${server.origin}/console/follow-ups`);
    await taker.getByRole('heading', { name: 'Chờ tiếp nhận', level: 2 }).waitFor();
    await browser.check(taker, 'follow-ups-arriving');
    const coming = (page) => page.getByRole('region', { name: 'Chờ tiếp nhận', exact: true });
    assert.equal(await coming(taker).getByRole('button', { name: 'Xuất danh sách', exact: true }).count(), 0, 'not by a station');
    const cdc = await browser.officer('cdc1');
    await cdc.goto(`${server.origin}/console/follow-ups`);
    await coming(cdc).getByRole('link', { name: 'Phạm Thị Gặp' }).waitFor();
    const turned = cdc.waitForResponse((one) => one.url().includes('/follow-up-transfers?') && one.url().includes('order=descending') && one.ok());
    await coming(cdc).getByRole('combobox', { name: 'Sắp xếp theo', exact: true }).or(coming(cdc).getByLabel('Sắp xếp theo', { exact: true }).and(cdc.locator('input'))).first().click();
    await cdc.getByRole('option', { name: 'Lúc chuyển, giảm dần', exact: true }).click();
    await turned;
    await cdc.waitForURL(/arriving=descending/);
    await coming(cdc).getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByRole('heading', { name: 'Xuất danh sách chuyển đến' }).waitFor();
    await dialog.getByLabel('CSV', { exact: true }).check();
    await dialog.getByLabel('Lý do').fill('Giao ban chiều');
    await browser.check(cdc, 'follow-ups-arriving-taken-out');
    const download = cdc.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    assert.match(file, /Lũy Tre: /, 'marked');
    assert.ok(file.includes('Phạm Thị Gặp'));
    assert.ok(!file.includes('Đang ở nhà chị gái'), 'why somebody moves is left out');
    await dialog.waitFor({ state: 'hidden' });
    await cdc.close();

    await taker.getByRole('link', { name: 'Phạm Thị Gặp' }).click();
    await taker.getByRole('heading', { name: 'Phạm Thị Gặp', level: 1 }).waitFor();
    await taker.getByText('Đang ở nhà chị gái').waitFor();
    assert.equal(await taker.getByRole('button', { name: 'Không triệu chứng', exact: true }).count(), 0);
    const taken = taker.waitForResponse((one) => one.url().endsWith(`/follow-ups/${id}/take`));
    await taker.getByRole('button', { name: 'Tiếp nhận theo dõi', exact: true }).click();
    assert.equal((await taken).status(), 200);
    await taker.getByText('đã tiếp nhận', { exact: true }).waitFor();
    await taker.getByRole('button', { name: 'Không triệu chứng', exact: true }).waitFor();
    assert.equal((await followUp()).transfer, undefined);
  });

  step('the contact sees who looked', async () => {
    const log = (await met.must(met.get('/me/access-log'))).items;
    assert.ok(log.some((entry) => entry.action === 'followup.work' && entry.note === 'followUp' && entry.reason === ''), JSON.stringify(log[0]));
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
