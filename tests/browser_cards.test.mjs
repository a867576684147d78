// People without a phone, in real browsers: a printed card made by the family, read from its PDF and held up to a guard's camera; typed; lost. A sheet of
// cards by the station. What a card leads to: a call, and a visit only when an officer has asked. Paper slips, printed and keyed in.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import * as camera from './camera.mjs';
import { printed as codesOf } from './printed.mjs';
import { ago, approved, Browser, citizen, commune, officer, Server, steps, until } from './support.mjs';

describe('people without a phone', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, keeper, keeperPage, grandma, place, guard, card, code;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1990, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    keeper = await citizen(server, '+84918000001', profile('Trần Thị Giữ'));
    grandma = await keeper.must(keeper.post('/me/people', { ...profile('Hồ Thị Cụ Bà'), birthYear: 1941, relation: 'parent', nationality: 'VN' }));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Nhà văn hóa phường', kind: 'office', unit: unit.id, address: '5 Lê Lợi', phone: '+84918000002' }));
    place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84918000002') }));
    await approved(server, place, 'tyt-dongha');
    await keeper.must(keeper.post(`/places/${place.id}/guards`, { name: 'Ông Bảo', phone: '0918000004' }));
    keeperPage = await browser.phoneOf(keeper);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const count = async (id) => Number(await guard.getByTestId(id).innerText());
  const verdict = () => guard.getByRole('status').first();
  const lower = () => camera.lower(guard);
  const holdUp = (text) => camera.holdUp(guard, text);

  step('the family makes a card: initials unless the name is chosen, nothing chosen beforehand', async () => {
    await keeperPage.goto(`${server.origin}/family/${grandma.id}`);
    await keeperPage.getByRole('link', { name: 'Thẻ in để mang theo' }).click();
    await keeperPage.getByRole('heading', { name: 'Thẻ in để mang theo', level: 1 }).waitFor();
    await keeperPage.getByRole('radio').first().waitFor();
    assert.equal(await keeperPage.getByRole('radio', { checked: true }).count(), 0);
    await browser.check(keeperPage, 'card-new-phone');
    await keeperPage.getByLabel('Chỉ chữ cái đầu của tên').check();
    await keeperPage.getByRole('button', { name: 'Làm thẻ' }).click();
    await keeperPage.getByText('Trên thẻ in: H. T. C. B.').waitFor();
    card = (await keeper.must(keeper.get(`/me/people/${grandma.id}/cards`))).items[0];
    await keeperPage.getByText(card.number).waitFor();
    await browser.check(keeperPage, 'card-made-phone');
  });

  step('its PDF has a code that a camera reads, and nothing of the person in it', async () => {
    const { codes, text } = await codesOf(keeperPage, await keeperPage.getByRole('link', { name: 'Mở tệp để in' }).getAttribute('href'));
    assert.equal(codes.length, 1);
    [code] = codes;
    assert.match(code, /^LTC\.[0-9A-HJKMNP-TV-Z]{116}$/);
    assert.match(text, new RegExp(card.number));
    assert.doesNotMatch(text, /Cụ Bà|1941|0918/);
  });

  step('a guard scans it: yellow, no name, and no visit', async () => {
    guard = await browser.phone();
    await guard.addInitScript(camera.fakeCamera);
    await guard.goto(`${server.origin}/guard`);
    await guard.getByLabel('Số điện thoại của người trực').fill('0918000004');
    await guard.getByRole('button', { name: 'Gửi mã cho tôi' }).click();
    await guard.getByLabel('Mã gồm 6 số').fill(await server.code('+84918000004'));
    await guard.getByText('Sẵn sàng').waitFor();
    await holdUp(code);
    await until('the card to count', async () => (await count('admitted')) === 1);
    await verdict().getByText('VÀNG').waitFor();
    await browser.check(guard, 'card-scanned');
    await lower();
    assert.doesNotMatch(await guard.innerText('body'), /Cụ Bà/);
    assert.equal((await keeper.must(keeper.get(`/me/visits?person=${grandma.id}`)).catch(() => ({ items: [] }))).items.length, 0);
  });

  step('a home-made card is refused on the device; a number is typed when the camera fails', async () => {
    const asked = [];
    guard.on('request', (request) => request.url().includes('/gate/admissions') && asked.push(request));
    await holdUp(code.slice(0, 60) + (code[60] === '7' ? '8' : '7') + code.slice(61));
    await verdict().getByText('Mã không phải do Lũy Tre cấp').waitFor();
    await lower();
    assert.equal(asked.length, 0);
    await guard.getByRole('button', { name: 'Gõ số thẻ' }).click();
    const box = guard.getByLabel('Số trên thẻ in');
    await box.fill('LTC-123');
    await guard.getByRole('button', { name: 'Cho vào', exact: true }).click();
    await guard.getByText('Số thẻ gồm 8 ký tự').waitFor();
    await browser.check(guard, 'card-typed');
    await box.fill(card.number.slice(4).replace('-', ' ').toLowerCase());
    await guard.getByRole('button', { name: 'Cho vào', exact: true }).click();
    await until('the number to count', async () => (await count('admitted')) === 2);
  });

  step('a lost card ends at once', async () => {
    await keeperPage.getByRole('button', { name: 'Báo mất thẻ' }).click();
    await browser.check(keeperPage, 'card-lost-phone');
    await keeperPage.getByRole('dialog').getByRole('button', { name: 'Báo mất' }).click();
    await keeperPage.getByRole('button', { name: 'Làm thẻ' }).waitFor();
    await holdUp(code);
    await verdict().getByText('đã được báo mất').waitFor();
    await lower();
    assert.equal(await count('admitted'), 2);
  });

  step('the station prints a sheet of cards for people it has looked up', async () => {
    const station = await browser.officer('tyt-dongha');
    await station.goto(`${server.origin}/console/people/cards`);
    await station.getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').fill('0918000001');
    await station.getByLabel('Lý do').fill('In thẻ cho người già');
    await station.keyboard.press('Enter');
    for (const name of ['Trần Thị Giữ', 'Hồ Thị Cụ Bà']) await station.getByRole('button', { name: `Chọn: ${name}` }).click();
    await station.getByRole('checkbox', { name: 'Đã đồng ý in họ tên: Hồ Thị Cụ Bà' }).check();
    await station.getByRole('button', { name: 'Làm thẻ' }).click();
    const link = station.getByRole('link', { name: 'Mở tệp in 2 thẻ (PDF)' });
    await link.waitFor();
    await browser.check(station, 'cards-station');
    const { codes, text } = await codesOf(station, await link.getAttribute('href'));
    assert.equal(new Set(codes).size, 2);
    assert.match(text, /Hồ Thị Cụ Bà/);
    assert.doesNotMatch(text, /Trần Thị Giữ/);
    assert.match(text, /T\. T\. G\./);
    const fresh = (await keeper.must(keeper.get(`/me/people/${grandma.id}/cards`))).items[0];
    const health = await officer(server, 'tyt-dongha');
    const search = (shown) => health.post('/people/search', { code: shown, reason: 'Quét thẻ khi lấy mẫu' });
    const found = await Promise.all([fresh.number, ...codes].map(async (shown) => (await health.must(search(shown))).items.map((one) => one.id)));
    assert.deepEqual(found[0], [grandma.id], 'its number finds the holder');
    assert.deepEqual(found.slice(1).flat().sort(), [grandma.id, keeper.self.id].sort(), 'and so do the codes');
    await station.getByLabel('Số thẻ').fill(fresh.number);
    await station.getByRole('button', { name: 'Ngừng thẻ' }).click();
    await station.getByText(`Thẻ ${fresh.number} đã ngừng`).waitFor();
    assert.equal((await keeper.must(keeper.get(`/me/people/${grandma.id}/cards`))).items.length, 0);
    assert.equal((await search(fresh.number)).body.code, 'card_lost');
    const auditor = await officer(server, 'kiemtoan');
    const log = (await auditor.must(auditor.get('/access-log?limit=200'))).items.map((each) => `${each.action} ${each.person}`);
    for (const action of ['cards.make', 'cards.print', 'cards.end']) assert.ok(log.includes(`${action} ${grandma.id}`), action);
  });

  step('the keeper prints slips and keys them in: a typing error is found, a slip is one', async () => {
    await keeperPage.goto(`${server.origin}/places/${place.id}`);
    await keeperPage.getByRole('link', { name: 'Phiếu giấy' }).click();
    await keeperPage.getByRole('button', { name: 'Đánh số phiếu' }).click();
    await keeperPage.getByText(/^000001-\d đến 000012-\d$/).waitFor();
    const href = await keeperPage.getByRole('link', { name: 'Mở tệp để in' }).getAttribute('href');
    const { text } = await codesOf(keeperPage, href);
    const numbers = [...text.matchAll(/\d{6}-\d/g)].map(([number]) => number);
    assert.equal(new Set(numbers).size, 12);
    const [first] = numbers;
    const wrong = first.slice(0, -1) + ((Number(first.at(-1)) + 1) % 10);
    const keyIn = async (number, name, reach, into, out) => {
      await keeperPage.getByLabel('Số phiếu').first().fill(number);
      await keeperPage.getByLabel('Số phiếu').first().press('Tab');
      await keeperPage.keyboard.type(name);
      await keeperPage.keyboard.press('Tab');
      await keeperPage.keyboard.type(reach);
      await keeperPage.keyboard.press('Tab');
      await keeperPage.keyboard.type(into);
      await keeperPage.keyboard.press('Tab');
      await keeperPage.keyboard.type(out);
      await keeperPage.keyboard.press('Enter');
    };
    await keyIn(wrong, 'Lê Thị Giấy', '0918 000 009', '0001', '');
    await keeperPage.getByText('gõ nhầm, không khớp chữ số kiểm tra').waitFor();
    await browser.check(keeperPage, 'slips-mistyped-phone');
    await keeperPage.getByLabel('Số phiếu').first().fill(first.replace('-', '').replace(/^0+/, ''));
    await keeperPage.keyboard.press('Enter');
    await keeperPage.getByText('đã nhận').waitFor();
    assert.equal(await keeperPage.evaluate(() => document.activeElement.name), 'number', 'ready for the next one');
    await keyIn(first, 'Somebody else', '', '0001', '');
    await keeperPage.getByText('phiếu này đã nhập với nội dung khác').waitFor();
    await keeperPage.getByRole('button', { name: `Ghi lại phiếu ${first}` }).click();
    await keeperPage.getByText(`Phiếu ${first}: đã sửa`).waitFor();
    await keeperPage.getByText('đã nhập 1/12').waitFor();
    await browser.check(keeperPage, 'slips-phone');
  });

  step('for a case there the officer reads whom to call, and what the holder of the card confirms becomes a visit', async () => {
    const cdc = await officer(server, 'cdc1');
    const { items } = await cdc.must(cdc.get('/cases'));
    const suspect = items.find((each) => each.classification === 'suspect');
    const { version } = await cdc.must(cdc.get(`/cases/${suspect.id}`));
    await cdc.must(cdc.edit(`/cases/${suspect.id}/confirm`, { sampleAt: ago(180), resultAt: ago(60), method: 'antigen' }, version));
    const desk = await browser.officer('cdc1');
    await desk.goto(`${server.origin}/console/cases/${suspect.id}`);
    await desk.getByRole('link', { name: 'Ở cổng' }).click();
    await desk.getByRole('button', { name: 'Xem nơi thẻ được quét' }).click();
    await desk.getByText('Thẻ không được quét ở đâu').waitFor();
    await desk.getByRole('searchbox', { name: 'Tìm địa điểm theo tên' }).fill('nha van hoa phuong');
    await desk.getByRole('button', { name: /Nhà văn hóa phường/ }).first().click();
    const rows = desk.getByRole('row');
    await rows.filter({ hasText: 'Somebody else' }).filter({ hasText: 'phiếu giấy' }).waitFor();
    const cards = rows.filter({ hasText: 'Hồ Thị Cụ Bà' }).filter({ hasText: 'thẻ in của Lũy Tre' });
    await cards.nth(1).waitFor();
    assert.equal(await cards.count(), 2);
    await browser.check(desk, 'cards-call-list');
    await cards.first().getByRole('button', { name: 'Đã hỏi, đúng là có đến' }).click();
    await until('the entry to become a visit', async () => (await cards.count()) === 1);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
