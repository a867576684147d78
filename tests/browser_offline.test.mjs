// The citizen app without a network, against the real server: it is installable, opens and reloads offline, takes check-ins and declarations, keeps
// drafts, and sends what waits exactly once, with the time when it was made.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Browser, citizen, commune, Server, steps, until } from './support.mjs';

describe('the citizen app without a network', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, place, keeper, person, phone, checkedInAt, declaredAt, flakyKeys;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1990, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    keeper = await citizen(server, '+84918000001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Quán cơm Bà Năm', kind: 'restaurant', unit: unit.id, address: '5 Lê Lợi', phone: '+84918000002' }));
    place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84918000002') }));
    person = await citizen(server, '+84918000003', profile('Hồ Thị Sóng'), { agrees: [] });
    phone = await browser.phoneOf(person);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const offline = (on) => phone.context().setOffline(on);
  const visits = async () => (await person.must(person.get('/me/visits'))).items;
  const declarations = async () => (await person.must(person.get('/me/declarations'))).items;
  const within = (at, { from, until }) => Date.parse(at) >= from - 1000 && Date.parse(at) <= until + 1000; // times are whole seconds
  const door = (page) => page.getByRole('textbox', { name: 'Số điện thoại', exact: true });
  const waiting = () => phone.getByRole('region', { name: 'Đang chờ gửi' });
  const say = (text, answer) => phone.locator('[data-question]').filter({ hasText: text }).getByText(answer, { exact: true }).click();
  const questions = ['nào khác nơi ở không?', 'sốt, ho, khó thở, viêm phổi, đau họng', 'nghi ngờ mắc bệnh', 'nước có bệnh', 'người có biểu hiện'];
  // A page that stands says nothing of what has come beside it: the forms, what is asked here and now, what was agreed to.
  const keepsTheAccount = () =>
    until('what is kept of the account', async () => {
      const rows = (await browser.kept(phone)).map((row) => JSON.parse(row));
      const agreed = (purpose) => rows.some((row) => Array.isArray(row) && row.some((one) => one.purpose === purpose && one.givenAt && !one.withdrawnAt));
      return (
        rows.some((row) => row.resourceType === 'Questionnaire' && row.id === 'place-entry') &&
        rows.some((row) => row.now && row.items?.some(({ id }) => id === 'place-entry')) &&
        rows.some((row) => Array.isArray(row) && row.some(({ id, version }) => id === 'place-entry' && version)) &&
        rows.some((row) => row.account === person.session.account) &&
        agreed('tracing') &&
        agreed('declarations')
      );
    });
  // Without a network no server can say which agreement is current: it is given before.
  const agree = async (path, seen) => {
    await phone.goto(server.origin + path);
    const button = phone.getByRole('button', { name: 'Tôi đồng ý' });
    await button.or(phone.getByText(seen)).first().waitFor();
    if (await button.count()) await button.click();
    await phone.getByText(seen).first().waitFor();
  };

  step('it can be installed: manifest, icons and service worker are served as they must be', async () => {
    const get = (path) => fetch(server.origin + path);
    const manifest = await get('/manifest.webmanifest');
    assert.match(manifest.headers.get('content-type'), /^application\/manifest\+json/);
    const { icons, start_url: start, display, scope } = await manifest.json();
    assert.deepEqual([start, display, scope], ['/', 'standalone', '/']);
    for (const { src, type, sizes } of icons) {
      const icon = await get(src);
      assert.ok(icon.ok, src);
      assert.ok(icon.headers.get('content-type').startsWith(type), `${src} ${icon.headers.get('content-type')}`);
      if (sizes === 'any') continue;
      const bytes = Buffer.from(await icon.arrayBuffer());
      assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
    }
    const worker = await get('/sw.js');
    assert.match(worker.headers.get('content-type'), /javascript/);
    assert.equal(worker.headers.get('cache-control'), 'no-cache', 'a new version must be found');
    const page = await get('/');
    assert.equal(page.headers.get('cache-control'), 'no-cache');
    const script = (await page.text()).match(/src="(\/assets\/[^"]+\.js)"/)[1];
    assert.match((await get(script)).headers.get('cache-control'), /immutable/);

    await phone.goto(`${server.origin}/`);
    await phone.getByText('Quét mã nơi đến').first().waitFor();
    await phone.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const session = await phone.context().newCDPSession(phone);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // Private profiles, as the test's are, never install.
    assert.deepEqual(installabilityErrors.map((e) => e.errorId).filter((id) => id !== 'in-incognito'), []);
  });

  step('offline it opens and reloads, on any of its pages', async () => {
    await agree('/declare/place-entry', 'Trong 14 ngày qua');
    await phone.goto(`${server.origin}/scan`);
    await phone.getByRole('button', { name: 'Nhập mã ngắn' }).click();
    await phone.getByLabel('Mã ngắn').fill(place.shortCode);
    await phone.getByRole('button', { name: 'Tiếp tục' }).click();
    await phone.getByRole('button', { name: 'Tôi đồng ý' }).click();
    await phone.getByRole('button', { name: 'Ghi nhận đã đến' }).waitFor();
    await phone.goto(`${server.origin}/`);
    await phone.getByText('Quét mã nơi đến').first().waitFor();
    await until('the app to be kept', () => phone.evaluate(async () => navigator.serviceWorker.controller !== null && (await caches.match('/')) !== undefined));
    await keepsTheAccount();
    await offline(true);
    for (const path of ['/', '/scan', '/code', '/declare', '/visits', '/warnings', '/settings']) {
      await phone.goto(server.origin + path);
      await phone.getByRole('heading', { level: 1 }).first().waitFor();
    }
    await phone.goto(`${server.origin}/`);
    await phone.reload();
    await phone.getByRole('heading', { name: /Sóng/ }).waitFor();
    await phone.getByText('Bạn đang ngoại tuyến').waitFor();
    assert.equal(await phone.getByText('Không có gì mới').count(), 0, 'nobody knows that without a network');
    await browser.check(phone, 'offline-home-phone');
  });

  step('a check-in by the typed code is kept on the device', async () => {
    await phone.goto(`${server.origin}/scan`);
    await phone.getByRole('button', { name: 'Nhập mã ngắn' }).click();
    await phone.getByLabel('Mã ngắn').fill(place.shortCode.toLowerCase());
    checkedInAt = { from: Date.now() };
    await phone.getByRole('button', { name: 'Tiếp tục' }).click();
    await phone.getByText('Ghi nhận khi chưa có mạng').waitFor();
    checkedInAt.until = Date.now();
    await browser.check(phone, 'offline-scan-phone');
    await phone.getByRole('button', { name: 'Ghi nhận đã đến' }).click();
    await phone.getByText('Đã lưu trên máy').waitFor();
    await browser.check(phone, 'offline-checked-in-phone');
    await phone.goto(`${server.origin}/`);
    await waiting().getByText('Đến nơi vừa quét').waitFor();
    assert.equal((await visits()).length, 0);
  });

  step('a declaration is filled in from the list of forms; its draft outlives a reload', async () => {
    await phone.goto(`${server.origin}/declare`);
    await phone.getByRole('link', { name: /Khai báo nhanh/ }).click();
    await phone.getByText('Trong 14 ngày qua').waitFor();
    for (const question of questions.slice(0, 3)) await say(question, 'Không');
    await until('the draft to be kept', async () => (await browser.kept(phone)).some((row) => /"answers":.*"contact-case"/.test(row)));
    await phone.reload();
    await phone.getByText('Trong 14 ngày qua').waitFor();
    await until('the draft', async () => (await phone.locator('input:checked').count()) === 3);
    for (const question of questions.slice(3)) await say(question, 'Không');
    declaredAt = { from: Date.now() };
    await phone.getByRole('button', { name: 'Gửi khai báo' }).click();
    await phone.getByText('Khai báo đang chờ gửi').waitFor();
    declaredAt.until = Date.now();
    await browser.check(phone, 'offline-declared-phone');
    await phone.reload();
    await phone.goto(`${server.origin}/`);
    await waiting().getByRole('listitem').nth(1).waitFor();
    assert.equal(await waiting().getByRole('listitem').count(), 2);
    await browser.check(phone, 'offline-waiting-phone');
  });

  step('back online both are sent by themselves, once, with the time when they were made', async () => {
    // The first answers get lost on the way, as in a tunnel: the server has taken them, the phone does not know.
    flakyKeys = [];
    await phone.context().route(/\/api\/v1\/(visits|declarations)$/, async (route) => {
      const key = route.request().headers()['idempotency-key'];
      const known = flakyKeys.includes(key);
      flakyKeys.push(key);
      if (known) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await offline(false);
    await waiting().waitFor({ state: 'detached', timeout: 120_000 });
    await phone.getByText('Bạn đang ngoại tuyến').waitFor({ state: 'detached' });
    await phone.getByText('Không có gì mới').waitFor();
    await phone.context().unrouteAll({ behavior: 'wait' });
    assert.equal(new Set(flakyKeys).size, 2);
    assert.ok(flakyKeys.length >= 4, 'each was sent again after its answer was lost');
    const [visit, ...others] = await visits();
    assert.deepEqual(others, []);
    assert.equal(visit.placeName, 'Quán cơm Bà Năm');
    assert.ok(within(visit.in, checkedInAt), `${visit.in} is when the codes met`);
    const [declaration, ...more] = await declarations();
    assert.deepEqual(more, []);
    assert.ok(within(declaration.at, declaredAt), `${declaration.at} is when it was declared`);
    await phone.goto(`${server.origin}/visits`);
    await phone.getByText('Quán cơm Bà Năm').first().waitFor();
    await browser.check(phone, 'visits-phone');
  });

  step('coming back online again sends nothing again', async () => {
    await offline(true);
    await offline(false);
    await phone.reload();
    await phone.getByText('Quán cơm Bà Năm').first().waitFor();
    assert.deepEqual([(await visits()).length, (await declarations()).length], [1, 1]);
  });

  step('what was made after the agreement was taken back waits until it is given again', async () => {
    await offline(true);
    const { items } = await person.must(person.get('/me/consents'));
    const { id } = items.find((consent) => consent.purpose === 'tracing' && !consent.withdrawnAt);
    await person.must(person.call('DELETE', `/me/consents/${id}`));  // on another device
    await new Promise((resolve) => setTimeout(resolve, 1100));  // times are whole seconds
    await phone.goto(`${server.origin}/scan`);
    await phone.getByRole('button', { name: 'Nhập mã ngắn' }).click();
    await phone.getByLabel('Mã ngắn').fill(place.shortCode);
    await phone.getByRole('button', { name: 'Tiếp tục' }).click();
    await phone.getByRole('button', { name: 'Ghi nhận đã đến' }).click();
    await phone.getByText('Đã lưu trên máy').waitFor();
    await phone.goto(`${server.origin}/`);
    await offline(false);
    await waiting().getByText('Cần bạn đồng ý trước khi gửi').waitFor();
    await browser.check(phone, 'consent-needed-phone');
    await waiting().getByRole('link', { name: 'Đọc và trả lời' }).click();
    const agree = phone.locator('section').filter({ hasText: 'truy vết' }).getByRole('button', { name: 'Tôi đồng ý' });
    const [answer] = await Promise.all([phone.waitForResponse((r) => r.request().method() === 'POST' && /\/visits$/.test(r.url())), agree.click()]);
    assert.equal(answer.status(), 201, 'the same submission, now that it may');
    await phone.goto(`${server.origin}/`);
    await phone.getByText('Quét mã nơi đến').first().waitFor();
    await waiting().waitFor({ state: 'detached' });
  });

  step('what the server refuses is shown with its reason until it is read', async () => {
    await offline(true);
    await phone.goto(`${server.origin}/scan`);
    await phone.getByRole('button', { name: 'Nhập mã ngắn' }).click();
    await phone.getByLabel('Mã ngắn').fill(place.shortCode);
    await phone.getByRole('button', { name: 'Tiếp tục' }).click();
    await phone.getByRole('button', { name: 'Ghi nhận đã đến' }).click();
    await phone.getByText('Đã lưu trên máy').waitFor();
    await phone.goto(`${server.origin}/`);
    await phone.context().route(/\/api\/v1\/visits$/, (route) =>
      route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'Mã này không còn dùng được.', status: 422, code: 'place_code_unknown', detail: 'Mã này không còn dùng được.' }) }));
    await offline(false);
    await waiting().getByRole('button', { name: 'Đã hiểu, bỏ mục này' }).waitFor();
    await browser.check(phone, 'refused-phone');
    await waiting().getByRole('button', { name: 'Đã hiểu, bỏ mục này' }).click();
    await waiting().waitFor({ state: 'detached' });
  });

  step('signing out leaves nothing on the device', async () => {
    await phone.context().unrouteAll({ behavior: 'wait' });
    await phone.goto(`${server.origin}/settings`);
    await browser.check(phone, 'settings-phone');
    assert.notDeepEqual(await browser.kept(phone), []);
    const beside = await phone.context().newPage();
    await beside.goto(`${server.origin}/declare`);
    await beside.getByRole('heading', { level: 1 }).first().waitFor();
    await phone.getByRole('button', { name: 'Đăng xuất', exact: true }).last().click();
    await phone.getByRole('dialog').getByRole('button', { name: 'Đăng xuất' }).click();
    // By its whole name: the switch of the reminders speaks of this phone number, too.
    await door(phone).waitFor();
    assert.deepEqual(await browser.kept(phone), []);
    await door(beside).waitFor();
    assert.deepEqual(await browser.kept(beside), [], 'nor does another tab of the app write anything more');
    await beside.close();
  });

  step('signing out without a network empties the device at once, and ends the session when there is one again', async () => {
    const other = await browser.phoneOf(keeper);
    await other.goto(`${server.origin}/settings`);
    await until('the app to be kept', () => other.evaluate(async () => navigator.serviceWorker.controller !== null && (await caches.match('/')) !== undefined));
    await until('who it is to be kept', async () => (await browser.kept(other)).some((row) => row.includes(keeper.session.account)));
    await other.context().setOffline(true);
    await other.getByRole('button', { name: 'Đăng xuất', exact: true }).last().click();
    await other.getByRole('dialog').getByRole('button', { name: 'Đăng xuất' }).click();
    await door(other).waitFor();
    assert.deepEqual(await browser.kept(other), []);
    await other.getByText('Chưa báo được cho máy chủ').waitFor();
    const [answer] = await Promise.all([other.waitForResponse(/\/auth\/sign-out$/), other.context().setOffline(false)]);
    assert.ok(answer.ok(), String(answer.status()));
    assert.equal((await keeper.get('/auth/session')).status, 401);
    await other.goto(`${server.origin}/settings`);
    await door(other).waitFor();
    assert.deepEqual(await browser.kept(other), []);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
