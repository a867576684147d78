// Helpers of the unions, in real browsers: a station names one until a day; the helper's own app shows the steps and the code of the app and counts;
// no record opens; statistics show how many, and once ended nothing counts any more.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Browser, citizen, commune, officer, Server, steps } from './support.mjs';

describe('helpers in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, station, helper, phone;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19702');
    helper = await citizen(server, '+84917500001', { name: 'Lê Thị Đoàn', birthYear: 2003, sex: 'female', unit: unit.id });
    phone = await browser.phoneOf(helper);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const day = (after) => new Date(Date.now() + 7 * 3600_000 + after * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/');

  step('who is not named counts nothing', async () => {
    await phone.goto(`${server.origin}/settings`);
    await phone.getByRole('link', { name: 'Giúp bà con cài và khai' }).click();
    await phone.getByText('Bạn chưa được cử giúp ở đâu.').waitFor();
    await browser.check(phone, 'helping-none-phone');
  });

  step('a station names a helper for its own commune, until a day', async () => {
    station = await browser.officer('tyt-hailang');
    await station.getByRole('link', { name: 'Người dân', exact: true }).click();
    await station.getByRole('link', { name: 'Người giúp cài và khai' }).click();
    await station.getByText('Chưa cử ai.').waitFor();
    await station.getByRole('button', { name: 'Cử người giúp' }).click();
    const dialog = station.getByRole('dialog').last();
    await dialog.getByLabel('Họ tên').fill('Lê Thị Đoàn');
    await dialog.getByLabel('Số điện thoại').fill('0917 500 001');
    await dialog.getByLabel('Tổ chức').and(dialog.locator('input')).first().click();
    await station.getByRole('option', { name: 'Đoàn Thanh niên' }).click();
    await dialog.getByRole('textbox', { name: 'Từ ngày' }).fill(day(0));
    await dialog.getByRole('textbox', { name: 'Đến hết ngày' }).fill(day(6));
    await dialog.getByRole('textbox', { name: 'Đến hết ngày' }).press('Tab');
    await browser.check(station, 'helpers-name');
    await dialog.getByRole('button', { name: 'Cử người giúp' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await station.getByRole('row').filter({ hasText: 'Lê Thị Đoàn' }).filter({ hasText: 'Đoàn Thanh niên' }).waitFor();
    const narrowed = station.waitForResponse((one) => one.url().includes('/api/v1/helpers?') && one.url().includes('organisation=women') && one.ok());
    await station.goto(`${server.origin}/console/people/helpers?organisation=women`);
    assert.deepEqual((await (await narrowed).json()).items, []);
    await station.getByText('Không có ai khớp bộ lọc.').waitFor();
    await station.goto(`${server.origin}/console/people/helpers`);
    await station.getByRole('row').filter({ hasText: 'Lê Thị Đoàn' }).waitFor();
    assert.doesNotMatch(await station.innerText('main'), /917 ?500 ?001/);
    await browser.check(station, 'helpers-list');
  });

  step('the helper shows the code, follows the steps and counts', async () => {
    await phone.reload();
    await phone.getByRole('img', { name: 'Mã QR địa chỉ ứng dụng' }).waitFor();
    await phone.getByText('Đừng nhập hộ mã, đừng hỏi mã.').waitFor();
    await phone.getByRole('button', { name: 'Đã cài xong' }).click();
    await phone.getByText('Hôm nay: cài 1, khai 0.').waitFor();
    await phone.getByRole('button', { name: 'Đã khai xong' }).click();
    await phone.getByText('Hôm nay: cài 1, khai 1.').waitFor();
    await browser.check(phone, 'helping-phone');
  });

  step('being a helper opens no record', async () => {
    assert.equal((await helper.post('/people/search', { phone: '0917500001', reason: 'giup' })).status, 403);
    for (const path of ['/declarations', '/helpers', '/helpers/figures', '/statistics']) assert.equal((await helper.get(path)).status, 403, path);
  });

  step('statistics show how many, and nobody', async () => {
    await station.getByRole('link', { name: 'Mức độ tham gia', exact: true }).click();
    const panel = station.locator('section').filter({ hasText: 'Người giúp cài và khai, 28 ngày qua' });
    await panel.getByRole('row').filter({ hasText: 'Đoàn Thanh niên' }).waitFor();
    const cdc = await officer(server, 'cdc1');
    assert.deepEqual((await cdc.must(cdc.get('/helpers/figures'))).items, [{ organisation: 'youth', helpers: 1, installed: 1, declared: 1 }]);
    await browser.check(station, 'helpers-figures');
  });

  step('ended, nothing counts any more', async () => {
    await station.goto(`${server.origin}/console/people/helpers`);
    await station.getByRole('button', { name: 'Thôi cử: Lê Thị Đoàn' }).click();
    await station.getByRole('row').filter({ hasText: 'đã thôi' }).waitFor();
    await phone.getByRole('button', { name: 'Đã khai xong' }).click();
    await phone.getByRole('alert').waitFor();
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
