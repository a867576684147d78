// What else officers do, in real browsers: decisions that switch things on and off, people without a phone, a record given back at the station,
// officers' access; the texts in English; the phone's menu.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Browser, citizen, commune, Server, steps } from './support.mjs';

describe('office work in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, commander, phone, station;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    phone = await browser.phoneOf(await citizen(server, '+84919000001', { name: 'Hồ Thị Dân', birthYear: 1991, sex: 'female', unit: unit.id }));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const toast = (page, text) => page.getByRole('status').getByText(text).first().waitFor();
  const dialogOf = (page) => page.getByRole('dialog').last();
  const day = (after) => new Date(Date.now() + 7 * 3600_000 + after * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/');

  step('a decision is ended before its time, and what it had switched on is off at once', async () => {
    commander = await browser.officer('chihuy');
    await browser.check(commander, 'overview-commander');
    assert.equal(await commander.getByRole('link', { name: 'Ca bệnh' }).count(), 0, 'the command sees no persons');
    await commander.getByRole('link', { name: 'Quyết định', exact: true }).click();
    const row = commander.getByRole('row').filter({ hasText: 'Khai báo y tế' }).filter({ hasText: 'Đang áp dụng' });
    await row.waitFor();
    await browser.check(commander, 'decisions');
    await row.getByRole('button', { name: 'Chấm dứt' }).click();
    const dialog = dialogOf(commander);
    await dialog.getByLabel('Lý do').fill('Hết dịch tại địa bàn');
    await dialog.getByRole('button', { name: 'Chấm dứt' }).click();
    await toast(commander, 'Đã chấm dứt quyết định');
    await dialog.waitFor({ state: 'hidden' });
    await commander.getByText('Chấm dứt vì: Hết dịch tại địa bàn').waitFor();
    await phone.goto(`${server.origin}/declare`);
    await phone.getByText('Hiện không yêu cầu khai báo').waitFor();
    await browser.check(phone, 'declare-off-phone');
  });

  step('a new one has a disease, an area, a basis and an end, and nothing is chosen beforehand', async () => {
    await commander.keyboard.press('n');
    const dialog = dialogOf(commander);
    await dialog.getByText('Bật việc gì').waitFor();
    assert.equal(await dialog.getByRole('radio', { checked: true }).count(), 0);
    await dialog.getByLabel('Khai báo y tế').check();
    await dialog.getByRole('combobox', { name: 'Tờ khai nào' }).or(dialog.getByLabel('Tờ khai nào').and(dialog.locator('input'))).first().click();
    await commander.getByRole('option', { name: 'Các tờ khai thông thường' }).click();
    await dialog.getByRole('combobox', { name: 'Bệnh' }).or(dialog.getByLabel('Bệnh').and(dialog.locator('input'))).first().click();
    await commander.getByRole('option', { name: 'COVID-19' }).click();
    await dialog.getByLabel('Một địa bàn').check();
    await dialog.getByLabel('Địa bàn', { exact: false }).and(dialog.locator('input:not([type=radio])')).first().fill('quang tri');
    await commander.getByRole('option', { name: 'Tỉnh Quảng Trị', exact: true }).click();
    const until = async (after) => {
      await dialog.getByRole('textbox', { name: 'Đến', exact: true }).fill(day(after));
      await dialog.getByLabel('Đến, giờ').fill('17h00');
    };
    await dialog.getByRole('textbox', { name: 'Từ', exact: true }).fill(day(0));
    await dialog.getByLabel('Từ, giờ').fill('0h00');
    await until(-1);
    await dialog.getByText('Phải sau thời điểm bắt đầu').waitFor();
    await until(30);
    await dialog.getByLabel('Căn cứ').fill('Quyết định 123/QĐ-UBND');
    await browser.check(commander, 'new-decision');
    const sent = commander.waitForRequest((request) => request.method() === 'POST' && /\/decisions$/.test(request.url()));
    await dialog.getByRole('button', { name: 'Ban hành' }).click();
    assert.ok((await sent).headers()['idempotency-key'], 'sent again after a lost answer, it is decided once');
    await toast(commander, 'Đã ban hành quyết định');
    await commander.getByText('Quyết định 123/QĐ-UBND').first().waitFor();
    await phone.reload();
    await phone.getByRole('link', { name: /di chuyển/i }).waitFor();
  });

  step('a person without a phone is registered by the station', async () => {
    station = await browser.officer('tyt-dongha');
    await station.getByRole('link', { name: 'Người dân' }).click();
    await station.getByRole('heading', { name: 'Người dân', level: 1 }).waitFor();
    await browser.check(station, 'people');
    await station.getByRole('link', { name: 'Đăng ký người mới' }).click();
    await station.getByLabel('Họ và tên').waitFor();
    assert.equal(await station.getByRole('radio', { checked: true }).count(), 0);
    await station.getByLabel('Họ và tên').fill('Cụ Lê Văn Lão');
    await station.getByRole('textbox', { name: 'Năm sinh' }).fill('1938');
    await station.getByLabel('Nam', { exact: true }).check();
    await station.getByLabel('Nơi ở').and(station.locator('input')).first().fill('dong ha');
    await station.getByRole('option', { name: /^Phường Đông Hà/ }).click();
    await browser.check(station, 'new-person');
    const sent = station.waitForRequest((request) => request.method() === 'POST' && /\/people$/.test(request.url()));
    await station.getByRole('button', { name: 'Đăng ký người mới' }).click();
    assert.ok((await sent).headers()['idempotency-key'], 'sent again after a lost answer, it makes one record');
    await toast(station, 'Đã đăng ký Cụ Lê Văn Lão');
    await station.getByRole('heading', { name: 'Cụ Lê Văn Lão', level: 1 }).waitFor();
    await browser.check(station, 'person');
    // A reload forgets why the record was opened, and asks again.
    await station.reload();
    await dialogOf(station).getByText('Vì sao mở hồ sơ này?').waitFor();
    assert.equal((await station.innerText('body')).includes('Cụ Lê Văn Lão'), false);
    await dialogOf(station).getByLabel('Lý do').fill('Kiểm tra lại địa chỉ');
    await dialogOf(station).getByRole('button', { name: 'Mở hồ sơ' }).click();
    await station.getByText('Bạn mở hồ sơ này với lý do: Kiểm tra lại địa chỉ').waitFor();
  });

  step('a new patient is looked for among those registered before a record is made', async () => {
    await station.getByRole('link', { name: 'Ca bệnh', exact: true }).click();
    await station.getByRole('link', { name: 'Báo ca nghi ngờ' }).click();
    await station.getByLabel('Đăng ký mới').check();
    await station.getByLabel('Họ và tên').fill('Lê Văn Lão');
    await station.getByRole('textbox', { name: 'Năm sinh' }).fill('1938');
    await station.getByText('Có thể đã có hồ sơ').waitFor();
    await browser.check(station, 'new-patient');
    await station.getByRole('button', { name: /Cụ Lê Văn Lão/ }).click();
    await station.getByLabel('Đã có hồ sơ').and(station.locator(':checked')).waitFor();
  });

  step('a word given at the station is shown once', async () => {
    await station.goto(`${server.origin}/console/people`);
    await station.getByRole('button', { name: 'Mở lại hồ sơ cho người dân' }).click();
    const dialog = dialogOf(station);
    await dialog.getByLabel('Số điện thoại đang đăng nhập').fill('0919000001');
    await dialog.getByLabel('Lý do').fill('Đổi điện thoại, đã xem CCCD');
    await browser.check(station, 'station-release');
    await dialog.getByRole('button', { name: 'Cấp từ xác nhận' }).click();
    assert.match(await dialog.locator('output').innerText(), /^\S{4}-\S{4}$/);
    await browser.check(station, 'station-word');
  });

  step('on a phone the menu holds what the bar does not, and English is one tap away', async () => {
    await station.keyboard.press('Escape');
    await station.setViewportSize({ width: 390, height: 844 });
    await station.goto(`${server.origin}/console/`);
    await station.getByRole('heading', { name: 'Tổng quan', level: 1 }).waitFor();
    await browser.check(station, 'overview-phone');
    await station.getByRole('navigation').getByRole('button', { name: 'Thêm' }).click();
    await station.getByRole('menuitem', { name: 'Tờ khai' }).waitFor();
    await browser.check(station, 'menu-phone');
    await station.keyboard.press('Escape');
    await station.getByRole('button', { name: 'Eng', exact: true }).click();
    await station.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    for (const path of ['', 'decisions', 'tasks', 'cases', 'declarations', 'places', 'people', 'people/new', 'cases/new', 'settings']) {
      await station.goto(`${server.origin}/console/${path}`);
      await station.getByRole('heading', { level: 1 }).waitFor();
      await browser.check(station, `english-${path.replace('/', '-') || 'overview'}-phone`);
      const words = (await station.innerText('main')).match(/\b[a-z]+(\.[a-zA-Z]+){1,3}\b/g) ?? [];
      assert.deepEqual(words, [], `texts without words on /${path}`);
    }
  });

  step('the keyboard leads everywhere, and says so', async () => {
    await station.setViewportSize({ width: 1280, height: 800 });
    await station.getByRole('button', { name: 'Việt', exact: true }).first().click();
    await station.getByRole('heading', { name: 'Cài đặt', level: 1 }).waitFor(); // before that the choice is not kept
    await station.goto(`${server.origin}/console/`);
    await station.getByRole('heading', { name: 'Tổng quan', level: 1 }).waitFor();
    await station.keyboard.press('?');
    await station.getByRole('dialog').getByText('Đến Tờ khai').waitFor();
    await browser.check(station, 'key-help');
    await station.keyboard.press('Escape');
    await station.getByRole('dialog').waitFor({ state: 'hidden' });
    for (const [key, title] of [['t', 'Việc cần làm'], ['k', 'Tờ khai'], ['c', 'Ca bệnh'], ['p', 'Người dân'], ['l', 'Địa điểm'], ['d', 'Quyết định'], ['s', 'Cài đặt'], ['h', 'Tổng quan']]) {
      await station.evaluate(() => document.activeElement?.blur());
      await Promise.all([station.keyboard.press('g'), station.keyboard.press(key)]); // the second within a second or so of the first
      await station.getByRole('heading', { name: title, level: 1 }).waitFor();
    }
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
