// The newcomer's ten minutes, in a real browser: register a place, check in with two phones — one whose camera sees the poster, one by its typed
// code, both a while after they came — confirm the one that scanned as a case in the console, see the other warned, and read the evidence.
// Then every page of the citizen app, light and dark. Pictures of what was seen go to LUYTRE_PICTURES, if set.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { fakeCamera, lower, showPicture } from './camera.mjs';
import { ago, Browser, citizen, commune, local, root, Server, steps } from './support.mjs';

describe('browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, folder, keeper, ill, met, console_, placeUrl, shortCode, poster;

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
    await p.addInitScript(fakeCamera);
    await p.goto(`${server.origin}/`);
    await p.getByLabel('Số điện thoại').fill(number);
    await p.getByRole('button', { name: 'Gửi mã cho tôi' }).click();
    await p.getByLabel('Mã gồm 6 số').fill(await server.code(`+84${number.slice(1)}`)); // the last digit sends it
    await p.getByLabel('Họ và tên').fill(name);
    await p.getByLabel('Ngày sinh').fill('1990');
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
    await keeper.getByText('Tải PDF để in').waitFor();
    placeUrl = keeper.url();
    await browser.picture(keeper, 'citizen-place');
  });

  // The two of them came when the poster was not hung up yet.
  async function cameEarlier(p, minutes) {
    await p.getByRole('button', { name: 'Tôi đến từ trước' }).click();
    await p.getByLabel('Tôi đến lúc').fill(local(minutes).clock);
  }
  async function record(p) {
    await p.getByRole('button', { name: 'Ghi nhận đã đến' }).click();
    await p.getByText('Đã ghi nhận').first().waitFor();
  }

  step('one phone holds its camera at the poster, says when its owner came, and is asked the short questions', async () => {
    const id = placeUrl.split('/').pop();
    const drawing = await keeper.evaluate((path) => fetch(path).then((r) => r.text()), `/api/v1/places/${id}/poster.svg`);
    const easel = await browser.page({ width: 800, height: 1130 });
    await easel.setContent(`<body style="margin:0">${drawing}</body>`);
    poster = await easel.screenshot();
    await browser.picture(easel, 'poster');

    ill = await phone('0915000003', 'Lê Thị Bệnh');
    await ill.goto(`${server.origin}/scan`);
    await showPicture(ill, poster, { tall: 0.6, degrees: 5 });  // of the frame's height; nobody holds a phone straight
    await consents(ill);
    await ill.getByText('Quán chè Cô Tư').first().waitFor();
    await lower(ill);
    await cameEarlier(ill, -90);
    await ill.getByRole('button', { name: 'Ghi nhận đã đến' }).click();
    await ill.getByText('Ghi một giờ đã qua').waitFor();
    await browser.check(ill, 'citizen-came-earlier');
    const came = local(40).clock;
    await ill.getByLabel('Tôi đến lúc').fill(came);
    await record(ill);
    await ill.getByText(`Từ ${came}`).first().waitFor();
    await ill.getByText('Còn vài câu hỏi ngắn').first().waitFor();
    await browser.check(ill, 'citizen-checked-in');
  });

  step('the other chooses a picture of it, then types the short code', async () => {
    const file = join(folder, 'poster.png');
    writeFileSync(file, poster);
    shortCode = (await keeper.innerText('main')).match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/)[0];
    met = await phone('0915000004', 'Phạm Thị Gặp');
    await met.goto(`${server.origin}/scan`);
    await met.locator('input[type=file]').setInputFiles(file);
    await consents(met);
    await met.getByText('Quán chè Cô Tư').first().waitFor();
    await met.getByRole('button', { name: 'Không phải nơi này' }).click();
    await met.getByRole('button', { name: 'Nhập mã ngắn' }).click();
    await met.getByLabel('Mã ngắn').fill(shortCode.toLowerCase());
    await met.getByRole('button', { name: 'Tiếp tục' }).click();
    await met.getByText('Quán chè Cô Tư').first().waitFor();
    await cameEarlier(met, 35);
    await record(met);
  });

  // Enough others that a warning may name the place without pointing at the case.
  step('ten others are there, too', async () => {
    const unit = await commune(server, '19333');
    for (let i = 0; i < 10; ++i) {
      const profile = { name: `Người Khác ${'ABCDEFGHIJ'[i]}`, birthYear: 1985, sex: 'male', unit: unit.id };
      const other = await citizen(server, `+849150002${String(i).padStart(2, '0')}`, profile);
      await other.must(other.send('/visits', { placeCode: shortCode, at: ago(34 - i) }), 201);
    }
  });

  step('the console: the phone that scanned is confirmed as a case, and who was there appears with the evidence', async () => {
    console_ = await browser.officer('cdc1', { width: 1440, height: 900 });
    await console_.getByText('Ca bệnh mới nhất').waitFor();
    await browser.check(console_, 'console-overview');
    await console_.goto(`${server.origin}/console/cases`);
    await console_.getByRole('link', { name: 'Báo ca nghi ngờ' }).click();
    await console_.getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').fill('0915000003');
    await console_.getByRole('button', { name: /Lê Thị Bệnh/ }).click();
    await console_.getByRole('combobox', { name: 'Bệnh' }).or(console_.getByLabel('Bệnh', { exact: false }).and(console_.locator('input'))).first().click();
    await console_.getByRole('option', { name: 'COVID-19' }).click();
    await console_.getByRole('button', { name: 'Báo ca', exact: true }).click();
    await console_.getByRole('button', { name: 'Xác định ca' }).first().click();
    const dialog = console_.getByRole('dialog').last();
    for (const [field, minutes] of [['Lấy mẫu lúc', 20], ['Có kết quả lúc', 5]]) {
      const { day, clock } = local(minutes);
      await dialog.getByRole('textbox', { name: field, exact: true }).fill(day);
      await dialog.getByLabel(`${field}, giờ`).fill(clock);
    }
    for (const choice of ['RT-PCR', 'Không triệu chứng', 'Chưa cách ly']) await dialog.getByLabel(choice).check();
    await dialog.getByRole('button', { name: 'Xác định ca' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await console_.locator('main nav').getByRole('link', { name: /Nghi tiếp xúc/ }).click();
    await console_.locator('main nav').getByText('11', { exact: true }).waitFor();
    await console_.getByRole('button', { name: /Phạm Thị Gặp/ }).waitFor();
    await console_.getByText('Quán chè Cô Tư').first().waitFor();
    await browser.picture(console_, 'console-candidates');
  });

  step('the warning is previewed, and sent', async () => {
    await console_.locator('main nav').getByRole('link', { name: 'Cảnh báo' }).click();
    await console_.getByText('người chưa được cảnh báo').waitFor();
    await console_.getByText('Đủ đông để không lộ ca bệnh').waitFor();
    await browser.check(console_, 'console-warnings');
    await console_.getByRole('button', { name: 'Phát cảnh báo' }).click();
    await console_.getByRole('dialog').last().getByRole('button', { name: 'Phát cảnh báo' }).click();
    await console_.getByRole('status').getByText('Đã phát cảnh báo cho 11 người').first().waitFor();
  });

  step('the other phone is warned: place and time, never who', async () => {
    await met.goto(`${server.origin}/`);
    await met.getByText(/cảnh báo mới|chưa đọc/).first().waitFor();
    await met.goto(`${server.origin}/warnings`);
    await met.getByText('Quán chè Cô Tư').first().waitFor();
    const text = await met.innerText('body');
    assert.equal(text.includes('Lê Thị Bệnh'), false);
    await browser.check(met, 'citizen-warning');
    await ill.goto(`${server.origin}/warnings`);
    await ill.getByText('Chưa có cảnh báo nào').or(ill.getByText(/không có cảnh báo/i)).first().waitFor();
    assert.equal((await ill.innerText('main')).includes('Quán chè Cô Tư'), false, 'the case is not warned of itself');
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

  // Of every path that the app's router names; what stands for an id leads to something of the keeper's, or to a page that says there is none.
  step('every page of the citizen app has nothing that axe finds, light and dark', async () => {
    const source = readFileSync(join(root, 'web/citizen/src/app/router.tsx'), 'utf8');
    const routes = [...source.matchAll(/below\("([^"]+)"\)|path: "([^"]+)"/g)];
    const paths = routes.map(([, inside, outside]) => inside ?? outside);
    assert.ok(paths.length > 35, `${paths.length} paths are in the router`);
    const own = (await keeper.evaluate(() => fetch('/api/v1/me/people').then((r) => r.json()))).items[0].id;
    const ids = { '/p/$code': shortCode.replace('-', ''), '/declare/$form': 'place-entry', '/family/$id': own, '/family/$id/card': own };
    const place = placeUrl.split('/').pop();
    const address = (path) => path.replace(/\$\w+/, ids[path] === undefined ? (path.startsWith('/places/') ? place : '7zzzzzzzzzzzz') : ids[path]);
    const stranger = await browser.phone();
    const nameless = await browser.phoneOf(await citizen(server, '+84915000005'));
    const unproven = await browser.phoneOf(await citizen(server, server.accounts().citizens[0].phone));
    const whose = Object.fromEntries(routes.flatMap(([, , outside]) => (outside ? [[outside, stranger]] : [])));
    Object.assign(whose, { '/welcome': nameless, '/second-proof': unproven });
    const twin = await browser.phoneOf({ cookies: new Map((await keeper.context().cookies()).map(({ name, value }) => [name, value])) });
    const flaws = [];
    const look = async (page, path) => {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(server.origin + address(path));
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'hidden' });
      flaws.push(...(await browser.flaws(page, `${path}, light`)));
      await page.emulateMedia({ colorScheme: 'dark' });
      flaws.push(...(await browser.flaws(page, `${path}, dark`, ['color-contrast'])));
      await browser.picture(page, `dark${path.replaceAll(/[/$]+/g, '-')}`);
    };
    const inside = paths.filter((path) => !whose[path]);
    const lookInside = async (page) => {
      for (let path = inside.shift(); path; path = inside.shift()) await look(page, path);
    };
    const lookOutside = async () => {
      for (const [path, page] of Object.entries(whose)) await look(page, path);
    };
    await Promise.all([lookInside(keeper), lookOutside().then(() => lookInside(twin))]);
    assert.deepEqual(flaws, []);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
