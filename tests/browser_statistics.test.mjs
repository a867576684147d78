// How places take part, in a real browser: figures by unit with a curve and a list of silent places, a denominator entered with its source, drill down
// to a unit below, a file taken out; and on a phone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe } from 'node:test';
import { Browser, commune, officer, Server, steps } from './support.mjs';

// As openpyxl reads it.
const workbook = (path) =>
  JSON.parse(execFileSync('/usr/bin/python3', ['-c', 'import json, openpyxl, sys; print(json.dumps([list(r) for r in openpyxl.load_workbook(open(sys.argv[1], "rb")).active.values]))', path]));

describe('statistics in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, page, unit;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    page = await browser.officer('cdc1');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  step('figures of the own area, by unit, with the curve of a fortnight', async () => {
    await page.getByRole('link', { name: 'Mức độ tham gia', exact: true }).click();
    await page.getByRole('heading', { name: 'Mức độ tham gia', level: 1 }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Phường Đông Hà' }).first().waitFor();
    await page.getByRole('row').filter({ hasText: 'Tỉnh Quảng Trị' }).getByText('chưa có mẫu số').first().waitFor();
    await page.getByRole('img', { name: /Đường lượt quét/ }).waitFor();
    await browser.check(page, 'statistics-units');
  });

  step('a denominator is entered with its source, and only then there is a share', async () => {
    await page.getByRole('button', { name: 'Nhập mẫu số' }).click();
    const dialog = page.getByRole('dialog').last();
    assert.equal(await dialog.getByRole('button', { name: 'Ghi' }).isDisabled(), true);
    await dialog.getByLabel('Số gì').and(dialog.locator('input')).first().click();
    await page.getByRole('option', { name: 'Dân số', exact: true }).click();
    await dialog.getByLabel('Con số').fill('1000');
    await dialog.getByLabel('Nguồn').fill('Niên giám thống kê');
    await dialog.getByRole('textbox', { name: 'Tính đến ngày' }).fill('31/12/2025');
    await browser.check(page, 'statistics-denominator');
    await dialog.getByRole('button', { name: 'Ghi' }).click();
    await page.getByTitle(/1000 · Niên giám thống kê · 2025-12-31/).waitFor();
  });

  step('a list of many units is judged line by line, and changes nothing when it is sent again', async () => {
    await page.getByRole('link', { name: 'Nhập cả danh sách' }).click();
    await page.getByRole('heading', { name: 'Nhập mẫu số của nhiều đơn vị', level: 1 }).waitFor();
    const send = async () => {
      const lines = ['unit,population,smartphones,staff,source,asOf', 'Phường Đông Hà,900,400,,Báo cáo 7,31/12/2025', 'Xã Không Có,10,,,Báo cáo 7,31/12/2025'];
      await page.locator('input[type=file]').setInputFiles({ name: 'mau-so.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) });
      await page.getByRole('button', { name: 'Gửi' }).click();
    };
    await send();
    await page.getByRole('status').getByText('Đã ghi 1 dòng, 0 dòng đã có sẵn, 1 dòng không ghi.').waitFor();
    await page.getByRole('row').filter({ hasText: 'Xã Không Có' }).getByText(/^Đơn vị: /).waitFor();
    await browser.check(page, 'statistics-list');
    await send();
    await page.getByRole('status').getByText('Đã ghi 0 dòng, 1 dòng đã có sẵn, 1 dòng không ghi.').waitFor();
    await page.getByRole('link', { name: 'Mức độ tham gia' }).first().click();
    await page.getByRole('row').filter({ hasText: 'Phường Đông Hà' }).getByTitle(/900 · Báo cáo 7 · 2025-12-31/).first().waitFor();
  });

  step('by kind of place, ranked', async () => {
    await page.getByRole('radiogroup', { name: 'Chia theo' }).getByText('Loại địa điểm').click();
    await page.getByRole('row').filter({ hasText: 'Chợ' }).first().waitFor();
    await page.getByRole('radiogroup', { name: 'Xếp hạng theo' }).getByText('Lượt mỗi nơi').click();
    await browser.check(page, 'statistics-kinds');
    await page.getByRole('radiogroup', { name: 'Chia theo' }).getByText('Đơn vị').click();
  });

  step('by organisation, held against its staff, and by sector', async () => {
    const commander = await officer(server, 'chihuy');
    const [from, until] = [-1, 72].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString().replace(/\.\d+/, ''));
    const duty = { form: 'daily-health', duty: 'health-staff-daily-2021-05', disease: 'covid-19' };
    await commander.must(commander.post('/decisions', { purpose: 'declarations', unit: unit.id, ...duty, from, until, basis: 'Công văn 9/SYT' }));
    const station = await officer(server, 'tyt-dongha');
    await station.must(station.post('/rosters', { unit: unit.id, name: 'Bệnh viện Đông Hà', sector: 'health' }));
    await page.goto(`${server.origin}/console/statistics?by=organisation`);
    const row = page.getByRole('row').filter({ hasText: 'Bệnh viện Đông Hà' });
    await row.getByRole('button', { name: 'chưa có mẫu số' }).click();
    const dialog = page.getByRole('dialog', { name: 'Bệnh viện Đông Hà' });
    await dialog.getByLabel('Con số').fill('240');
    await dialog.getByLabel('Nguồn').fill('Báo cáo tổ chức cán bộ');
    await dialog.getByRole('textbox', { name: 'Tính đến ngày' }).fill('31/12/2025');
    await dialog.getByRole('button', { name: 'Ghi' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await browser.check(page, 'statistics-organisations');
    await page.getByRole('radiogroup', { name: 'Chia theo' }).getByText('Lĩnh vực').click();
    await page.getByRole('row').filter({ hasText: 'Y tế' }).first().waitFor();
    await page.getByRole('radiogroup', { name: 'Chia theo' }).getByText('Đơn vị').click();
  });

  step('a silent place opens from the list', async () => {
    // What comes in above pushes the list out of sight, and an open choice with it.
    await page.getByRole('row').getByTitle(/900 · Báo cáo 7 · 2025-12-31/).first().waitFor();
    await page.getByRole('img', { name: /Đường lượt quét/ }).waitFor();
    const silent = page.locator('section').filter({ hasText: 'Đăng ký mà im lặng' });
    await silent.getByLabel('Không có lượt quét trong').and(silent.locator('input')).first().click();
    await Promise.all([page.waitForResponse(/\/statistics\/places\?.*silentDays=3(&|$)/), page.getByRole('option', { name: '3 ngày', exact: true }).click()]);
    await silent.getByText(/Không có nơi nào im lặng lâu như vậy|dòng|Đăng ký/).first().waitFor();
    await browser.check(page, 'statistics-silent');
  });

  step('who is choosing below keeps the list before them while the figures above come and go', async () => {
    let answer;
    const asked = new Promise((done) => (answer = done));
    const kinds = /\/api\/v1\/statistics\?.*by=kind/;
    await page.route(kinds, async (route) => {
      await asked;
      await route.continue();
    });
    await page.getByRole('radiogroup', { name: 'Chia theo' }).getByText('Loại địa điểm').click();
    const waiting = page.locator('div[aria-busy="true"]').filter({ has: page.locator('table') });
    await waiting.getByRole('columnheader', { name: 'Địa bàn', exact: true }).waitFor(); // the earlier rows under their own heads
    const silent = page.locator('section').filter({ hasText: 'Đăng ký mà im lặng' });
    const field = silent.getByLabel('Không có lượt quét trong').and(silent.locator('input')).first();
    await field.click();
    const option = page.getByRole('option', { name: '14 ngày', exact: true });
    await option.waitFor();
    answer();
    await waiting.waitFor({ state: 'detached' });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const { y } = await field.boundingBox(); // where it was, or as near as a page that has become shorter allows
    assert.ok(y >= 0 && y < page.viewportSize().height, `the field is still to be seen: ${y}`);
    await option.click();
    await page.unroute(kinds);
    await page.getByRole('radiogroup', { name: 'Chia theo' }).getByText('Đơn vị').click();
    await page.getByRole('row').getByTitle(/900 · Báo cáo 7 · 2025-12-31/).first().waitFor();
  });

  step('what is taken out is marked, and what lies elsewhere stays closed', async () => {
    const cdc = await officer(server, 'cdc1');
    const out = await cdc.must(cdc.get('/statistics/export'));
    assert.match(out, /^"?Lũy Tre: /);
    assert.match(out, /,Tỉnh Quảng Trị,,\d+,\d+,/);
    const taking = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Lấy bảng Excel (XLSX)' }).click();
    const rows = workbook(await (await taking).path());
    assert.match(rows[0][0], /^Lũy Tre: /);
    assert.deepEqual(rows[1].slice(0, 4), ['Hạng', 'Tên', 'Đơn vị', 'Địa điểm đã đăng ký']);
    const province = rows.find(([, name]) => name === 'Tỉnh Quảng Trị');
    assert.equal(typeof province[3], 'number');
    assert.equal(province[rows[1].indexOf('Dân số')], 1000);
    const silent = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Lấy danh sách (XLSX)' }).click();
    assert.deepEqual(workbook(await (await silent).path())[1].slice(0, 3), ['Tên', 'Loại địa điểm', 'Đơn vị']);
    const station = await officer(server, 'tyt-dongha');
    assert.equal((await station.get('/statistics')).status, 200);
    const other = await commune(server, '19702');
    assert.equal((await station.get(`/statistics?unit=${other.id}`)).status, 403);
    assert.equal((await station.post('/statistics/denominators', { unit: unit.id, measure: 'population', value: 1, source: 'x', asOf: '2025-01-01' })).status, 403);
  });

  step('on a phone each row is a card', async () => {
    const phone = await browser.officer('cdc1', { width: 390, height: 844 });
    await phone.goto(`${server.origin}/console/statistics`);
    await phone.getByText('Phường Đông Hà').first().waitFor();
    await browser.check(phone, 'statistics-phone');
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
