// The newcomer's ten minutes, in a real browser: register a place, check in with two phones — one by the picture of the poster, one by its typed
// code — confirm one of them as a case in the console, see the other warned, and read the evidence.
// Pictures of what was seen go to LUYTRE_PICTURES, if set.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, officer, Server, steps, until } from './support.mjs';

describe('browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, folder, keeper, ill, met, console_, placeUrl;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    folder = mkdtempSync(join(tmpdir(), 'luytre-browser-'));
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
    await server?.stop();
  });

  async function phone(number, name) {
    const p = await browser.phone();
    await p.goto(`${server.origin}/`);
    await p.getByLabel('Số điện thoại').fill(number);
    await p.getByRole('button', { name: 'Gửi mã cho tôi' }).click();
    const box = p.getByLabel('Mã gồm 6 số');
    await box.waitFor();
    await box.fill(await server.code(`+84${number.slice(1)}`));
    const birth = p.getByLabel('Ngày sinh');
    const enter = p.getByRole('button', { name: 'Vào', exact: true });
    await Promise.race([birth.waitFor(), enter.click({ timeout: 5000 }).catch(() => {})]);
    await p.getByLabel('Họ và tên').fill(name);
    await birth.fill('1990');
    await p.getByText('Nữ', { exact: true }).click();
    await p.getByLabel('Xã, phường đang ở').fill('dong ha');
    await p.getByRole('option').filter({ hasText: 'Phường Đông Hà' }).first().click();
    await p.getByRole('button', { name: 'Xong' }).click();
    await p.getByRole('button', { name: 'Để sau' }).click();
    await p.getByText('Quét mã nơi đến').first().waitFor();
    return p;
  }

  // The consent that scanning needs is asked for once, and never ticked beforehand.
  async function consents(p) {
    const agree = p.getByRole('button', { name: 'Tôi đồng ý' });
    await agree.or(p.getByText('Quán chè Cô Tư')).first().waitFor();
    if (await agree.count()) await agree.click();
  }

  step('a place is registered, with a poster and a short code', async () => {
    keeper = await phone('0915000001', 'Trần Thị Chủ');
    await browser.check(keeper, 'citizen-home');
    await keeper.goto(`${server.origin}/places/new`);
    await keeper.getByLabel('Tên địa điểm').fill('Quán chè Cô Tư');
    await keeper.getByLabel('Loại địa điểm').selectOption({ label: 'Quán ăn, quán cà phê' });
    const unit = keeper.getByLabel('Xã, phường');
    if ((await unit.count()) && (await unit.inputValue()) === '') {
      await unit.fill('dong ha');
      await keeper.getByRole('option').filter({ hasText: 'Phường Đông Hà' }).first().click();
    }
    await keeper.getByLabel('Địa chỉ').fill('7 Hùng Vương');
    await keeper.getByLabel('Số điện thoại của địa điểm').fill('0915000002');
    await keeper.getByRole('button', { name: 'Gửi mã xác nhận' }).click();
    await keeper.getByLabel('Mã gồm 6 số').fill(await server.code('+84915000002'));
    const confirm = keeper.getByRole('button', { name: 'Xác nhận', exact: true });
    await confirm.click({ timeout: 3000 }).catch(() => {});
    await keeper.getByText('Tải PDF để in').waitFor();
    placeUrl = keeper.url();
    await browser.picture(keeper, 'citizen-place');
  });

  step('one phone checks in by a picture of the poster, and is asked the short questions', async () => {
    const id = placeUrl.split('/').pop();
    const drawing = await keeper.evaluate((path) => fetch(path).then((r) => r.text()), `/api/v1/places/${id}/poster.svg`);
    const easel = await browser.page({ width: 800, height: 1130 });
    await easel.setContent(`<body style="margin:0">${drawing}</body>`);
    const file = join(folder, 'poster.png');
    writeFileSync(file, await easel.screenshot());
    await browser.picture(easel, 'poster');

    ill = await phone('0915000003', 'Lê Thị Bệnh');
    await ill.goto(`${server.origin}/scan`);
    await ill.locator('input[type=file]').setInputFiles(file);
    await consents(ill);
    await ill.getByText('Quán chè Cô Tư').first().waitFor();
    await ill.getByRole('button', { name: 'Ghi nhận đã đến' }).click();
    await ill.getByText('Đã ghi nhận').first().waitFor();
    await ill.getByText('Còn vài câu hỏi ngắn').first().waitFor();
    await browser.check(ill, 'citizen-checked-in');
  });

  step('the other types the short code', async () => {
    const shortCode = (await keeper.innerText('main')).match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/)[0];
    met = await phone('0915000004', 'Phạm Thị Gặp');
    await met.goto(`${server.origin}/scan`);
    await met.getByRole('button', { name: 'Nhập mã ngắn' }).click();
    await met.getByLabel('Mã ngắn').fill(shortCode.toLowerCase());
    await met.getByRole('button', { name: 'Tiếp tục' }).click();
    await consents(met);
    await met.getByRole('button', { name: 'Ghi nhận đã đến' }).click();
    await met.getByText('Đã ghi nhận').first().waitFor();
  });

  step('the console: a suspect of the demonstration is confirmed, and those exposed appear', async () => {
    console_ = await browser.officer('cdc1', { width: 1440, height: 900 });
    await console_.getByText('Ca bệnh mới nhất').waitFor();
    await browser.check(console_, 'console-overview');
    await console_.goto(`${server.origin}/console/cases`);
    await console_.getByText('Phan Minh Nam').first().click();
    await console_.getByRole('button', { name: 'Xác định ca' }).first().click();
    const yesterday = new Date(Date.now() + 7 * 3600_000 - 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/');
    const dialog = console_.getByRole('dialog');
    for (const field of ['Lấy mẫu lúc', 'Có kết quả lúc']) {
      await dialog.getByLabel(new RegExp(`^${field}( \\*)?$`)).first().fill(yesterday);
      await dialog.getByLabel(`${field}, giờ`).fill(field === 'Lấy mẫu lúc' ? '08:00' : '16:00');
    }
    await dialog.getByText('RT-PCR').click();
    await dialog.getByText('Có triệu chứng').click();
    await dialog.getByText('Chưa cách ly').click();
    await dialog.getByRole('button', { name: 'Xác định ca' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await console_.getByRole('link', { name: /Nghi tiếp xúc/ }).or(console_.getByRole('tab', { name: /Nghi tiếp xúc/ })).first().click();
    await console_.getByText('Chợ Đông Hà').first().waitFor();
    await console_.locator('main nav').getByText('30', { exact: true }).waitFor();
    await browser.picture(console_, 'console-candidates');
  });

  step('the warning is previewed', async () => {
    await console_.getByRole('link', { name: 'Cảnh báo', exact: true }).or(console_.getByRole('tab', { name: 'Cảnh báo', exact: true })).first().click();
    await console_.getByText('người chưa được cảnh báo').waitFor();
    await browser.check(console_, 'console-warnings');
  });

  step('whoever was there is warned on the phone: place and time, never who', async () => {
    // Two phones of this test at one place, an hour together, and ten others; the officers act over the API, the phone is real.
    const unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1985, sex: 'male', unit: unit.id });
    const code = (await keeper.innerText('main')).match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/)[0];
    const f0 = await citizen(server, '+84915000100', profile('Người Bệnh Thử'));
    await f0.must(f0.send('/visits', { placeCode: code, at: ago(200) }), 201);
    for (let i = 0; i < 10; ++i) {
      const other = await citizen(server, `+849150002${String(i).padStart(2, '0')}`, profile(`Người Khác ${'ABCDEFGHIJ'[i]}`));
      await other.must(other.send('/visits', { placeCode: code, at: ago(199 - i) }), 201);
    }
    const own = await met.evaluate(async ([placeCode, at]) => {
      const answer = await fetch('/api/v1/visits', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'luytre', 'Idempotency-Key': 'earlier-visit' }, body: JSON.stringify({ placeCode, at }) });
      return answer.status;
    }, [code, ago(195)]);
    assert.equal(own, 201);
    const cdc = await officer(server, 'cdc1');
    const { items } = await cdc.must(cdc.get('/people?phone=%2B84915000100&reason=Dương tính'));
    const suspect = await cdc.must(cdc.post('/cases', { person: items[0].id, disease: 'covid-19' }), 201);
    await cdc.must(cdc.edit(`/cases/${suspect.id}/confirm`, { sampleAt: ago(60), resultAt: ago(30), method: 'pcr' }, suspect.version));
    await until('the trace', async () => (await cdc.must(cdc.get(`/cases/${suspect.id}/runs`))).items.find((r) => r.state === 'done'));
    await cdc.must(cdc.post(`/cases/${suspect.id}/warnings`));

    await met.goto(`${server.origin}/`);
    await met.getByText(/cảnh báo mới|chưa đọc/).first().waitFor();
    await met.goto(`${server.origin}/warnings`);
    await met.getByText('Quán chè Cô Tư').first().waitFor();
    const text = await met.innerText('body');
    assert.equal(text.includes('Người Bệnh Thử'), false);
    await browser.check(met, 'citizen-warning');
    await met.goto(`${server.origin}/access`);
    await met.getByText('Thấy điều gì lạ?').waitFor();
    await browser.picture(met, 'citizen-access-log');
  });

  step('the station works its list on a phone', async () => {
    const station = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    await station.goto(`${server.origin}/console/tasks`);
    await station.getByText('Phạm Thị Gặp').first().waitFor();
    await browser.check(station, 'console-work-list');
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
