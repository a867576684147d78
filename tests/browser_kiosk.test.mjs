// A device for visitors at a gate: opened by a guard's code, it opens no gate; a visitor by the own code, one by name, each seeing nothing of the
// other; wrong input; a minute without a touch; a language chosen and left. Then the guard asks a visitor on the own phone, and officers of a named case read what unknown ones said.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { ago, approved, Browser, citizen, commune, officer, Server, steps, until } from './support.mjs';

describe('declaring at a gate', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, keeper, place, visitor, kiosk;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1990, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    keeper = await citizen(server, '+84917700001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(
      keeper.post('/places/registrations', { name: 'Ủy ban phường', kind: 'office', unit: unit.id, address: '5 Lê Lợi', phone: '+84917700002' }),
    );
    place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84917700002') }));
    await approved(server, place, 'tyt-dongha');
    for (const [name, phone] of [['Ông Bảo', '0917700004'], ['Chị Vệ', '0917700005']]) await keeper.must(keeper.post(`/places/${place.id}/guards`, { name, phone }));
    visitor = await citizen(server, '+84917700003', profile('Hồ Thị Khách'));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const question = (page, text) => page.locator('[data-question]').filter({ hasText: text });
  const say = (page, text, answer) => question(page, text).getByText(answer, { exact: true }).click();
  const others = ['đến tỉnh/thành phố', 'nghi ngờ mắc bệnh', 'nước có bệnh', 'người có biểu hiện'];
  const ownCode = async () => (await visitor.must(visitor.get(`/me/people/${visitor.self.id}/code`))).text;
  const declared = async () => (await visitor.must(visitor.get('/me/declarations'))).items;
  // A reader types all keys at once.
  const read = (page, text) =>
    page.evaluate((keys) => {
      for (const key of [...keys, 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }, text);
  async function begin(page, path, phone) {
    await page.goto(`${server.origin}${path}`);
    await page.getByLabel('Số điện thoại của người trực').fill(phone);
    await page.getByRole('button', { name: 'Gửi mã cho tôi' }).click();
    await page.getByLabel('Mã gồm 6 số').fill(await server.code(`+84${phone.slice(1)}`));
  }
  const welcome = () => kiosk.getByRole('heading', { name: 'Mời bạn khai báo y tế' });
  // The kiosk's day stands still but for what is let pass here, however long a step takes: who is slow has not gone.
  let now;
  const pass = async (milliseconds) => {
    now += milliseconds;
    await kiosk.clock.setFixedTime(now);
    await kiosk.clock.runFor(1000); // it looks every second
  };
  const start = async () => {
    await pass(Math.max(0, Date.now() - now)); // what is declared is of now
    await kiosk.getByRole('button', { name: 'Bắt đầu' }).click();
  };

  step("a guard's code opens the kiosk, and no gate on that device", async () => {
    kiosk = await browser.page({ width: 820, height: 1180 });
    await kiosk.clock.install();
    now = Date.now();
    await pass(0);
    await begin(kiosk, '/kiosk', '0917700004');
    await welcome().waitFor();
    await browser.check(kiosk, 'kiosk-welcome');
    await kiosk.goto(`${server.origin}/guard`);
    await kiosk.getByLabel('Số điện thoại của người trực').waitFor();
    await kiosk.goto(`${server.origin}/kiosk`);
    await welcome().waitFor();
  });

  step('what is no code of a visitor is refused at once, and so is what is missing', async () => {
    await start();
    await kiosk.getByRole('heading', { name: 'Mời bạn đưa mã hoặc giấy tờ' }).waitFor();
    const real = await ownCode();
    await read(kiosk, real.slice(0, -1) + (real.endsWith('0') ? '1' : '0'));
    await kiosk.getByText('Mã không phải do Lũy Tre cấp').waitFor();
    await browser.check(kiosk, 'kiosk-who');
    await kiosk.getByRole('button', { name: 'Gõ họ tên' }).click();
    await kiosk.getByLabel('Năm sinh').fill('1850');
    await kiosk.getByRole('button', { name: 'Tiếp tục' }).click();
    await kiosk.getByText('Ghi họ và tên.').waitFor();
    await kiosk.getByText('Bốn chữ số, ví dụ 1958.').waitFor();
    await browser.check(kiosk, 'kiosk-name-wrong');
    await kiosk.getByRole('button', { name: 'Thôi, xóa hết' }).click();
    await welcome().waitFor();
  });

  step('a visitor by the own code declares, and it is that visitor’s declaration', async () => {
    const code = await ownCode();
    await start();
    await kiosk.getByRole('heading', { name: 'Mời bạn đưa mã hoặc giấy tờ' }).waitFor();
    await read(kiosk, code);
    await question(kiosk, others[0]).waitFor();
    assert.equal(await kiosk.locator('input:checked').count(), 0, 'nothing is preset');
    await kiosk.getByRole('button', { name: 'Gửi', exact: true }).click();
    await kiosk.getByText('Còn 5 câu').waitFor();
    await browser.check(kiosk, 'kiosk-missing');
    await say(kiosk, 'dấu hiệu: sốt', 'Có');
    await kiosk.getByLabel(/^Dấu hiệu nào/).fill('Ho khan ba ngày');
    for (const text of others) await say(kiosk, text, 'Không');
    const sent = kiosk.waitForRequest((request) => request.method() === 'POST' && /\/gates\/.*\/declarations$/.test(request.url()));
    await kiosk.getByRole('button', { name: 'Gửi', exact: true }).click();
    assert.ok((await sent).headers()['idempotency-key']);
    await kiosk.getByRole('heading', { name: 'Đưa màn hình này cho người giữ cổng xem.' }).waitFor();
    await kiosk.getByRole('status').getByText('VÀNG').waitFor();
    await browser.check(kiosk, 'kiosk-outcome');
    const [one] = await declared();
    assert.deepEqual(one.declaredBy, { kind: 'self', name: 'Ủy ban phường', channel: 'kiosk' });
    const phone = await browser.phoneOf(visitor);
    await phone.goto(`${server.origin}/declared/${one.id}`);
    await phone.getByText('Khai trên máy ở cổng: Ủy ban phường').waitFor();
    await phone.close();
    await kiosk.getByRole('button', { name: 'Xong, mời người tiếp theo' }).click();
  });

  step('the next one sees nothing of the one before, and nothing is kept on the device', async () => {
    await welcome().waitFor();
    await start();
    await kiosk.getByRole('button', { name: 'Gõ họ tên' }).click();
    assert.equal(await kiosk.getByLabel('Họ và tên').inputValue(), '');
    await kiosk.getByLabel('Họ và tên').fill('Lò Văn Sau');
    await kiosk.getByLabel('Năm sinh').fill('1948');
    await kiosk.getByRole('button', { name: 'Tiếp tục' }).click();
    await question(kiosk, others[0]).waitFor();
    assert.equal(await kiosk.locator('input:checked').count(), 0);
    assert.doesNotMatch(await kiosk.innerText('body'), /Ho khan|Khách|Lò Văn/);
    await say(kiosk, 'nghi ngờ mắc bệnh', 'Có');
    for (const text of ['dấu hiệu: sốt', ...others.filter((each) => each !== 'nghi ngờ mắc bệnh')]) await say(kiosk, text, 'Không');
    await kiosk.getByRole('button', { name: 'Gửi', exact: true }).click();
    await kiosk.getByText('Chưa xác minh người khai').waitFor();
    await kiosk.getByRole('status').getByText('ĐỎ').waitFor();
    await kiosk.getByRole('button', { name: 'Xong, mời người tiếp theo' }).click();
    await welcome().waitFor();
    assert.doesNotMatch((await browser.kept(kiosk)).join('\n'), /Ho khan|Lò Văn|1948/);
    const stored = await kiosk.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    assert.doesNotMatch(stored, /Ho khan|Lò Văn|1948/);
    assert.equal((await declared()).length, 1, 'of the first one alone');
  });

  step('whoever walks away leaves nothing: a warning, then an empty screen', async () => {
    await start();
    await kiosk.getByRole('button', { name: 'Gõ họ tên' }).click();
    await kiosk.getByLabel('Họ và tên').fill('Người Bỏ Đi');
    await pass(50_000);
    await kiosk.getByText(/tự xóa sau \d+ giây/).waitFor();
    await browser.check(kiosk, 'kiosk-idle');
    await kiosk.getByRole('button', { name: 'Tôi còn đây' }).click();
    await kiosk.getByText(/tự xóa sau/).waitFor({ state: 'detached' });
    assert.equal(await kiosk.getByLabel('Họ và tên').inputValue(), 'Người Bỏ Đi');
    await pass(61_000);
    await welcome().waitFor();
    await start();
    await kiosk.getByRole('button', { name: 'Gõ họ tên' }).click();
    assert.equal(await kiosk.getByLabel('Họ và tên').inputValue(), '');
  });

  step('without a network the device says whom to go to, and goes on by itself when the server answers again', async () => {
    const context = kiosk.context();
    await kiosk.getByLabel('Họ và tên').fill('Lò Văn Chờ');
    await kiosk.getByLabel('Năm sinh').fill('1950');
    await kiosk.getByRole('button', { name: 'Tiếp tục' }).click();
    for (const text of ['dấu hiệu: sốt', ...others]) await say(kiosk, text, 'Không');
    const kept = async () => Number(server.rows('SELECT count(*) FROM declarations_declaration')[0][0]) + Number(server.rows('SELECT count(*) FROM gates_declaration')[0][0]);
    const before = await kept();
    // The network is there, the server is not: the device has to find out by itself when it is back.
    const gone = /\/(api\/v1\/gates\/.*\/declarations|healthz)$/;
    await context.route(gone, (route) => route.abort());
    await kiosk.getByRole('button', { name: 'Gửi', exact: true }).click();
    await kiosk.getByText('Máy mất mạng, tờ khai chưa gửi được').waitFor();
    await browser.check(kiosk, 'kiosk-unsent');
    await kiosk.getByRole('button', { name: 'Thôi, xóa hết' }).click();
    await kiosk.getByText('Máy chưa có mạng. Mời bạn gặp người giữ cổng.').waitFor();
    assert.equal(await kiosk.getByRole('button', { name: 'Bắt đầu' }).count(), 0);
    await browser.check(kiosk, 'kiosk-offline');
    await kiosk.clock.runFor(25_000);
    assert.equal(await kiosk.getByRole('button', { name: 'Bắt đầu' }).count(), 0, 'still no answer');
    await context.unroute(gone);
    await until('the device to have seen the server', async () => {
      await kiosk.clock.runFor(10_000);
      return (await kiosk.getByRole('button', { name: 'Bắt đầu' }).count()) === 1;
    });
    assert.equal(await kept(), before, 'what was not sent is gone');
    await start();
  });

  step('while a picture is read nobody counts as gone; then the minute begins anew', async () => {
    await kiosk.getByRole('button', { name: 'Thôi, xóa hết' }).click();
    await start();
    await kiosk.getByRole('button', { name: 'Hộ chiếu, thẻ nước ngoài' }).click();
    // A reader that takes its time to arrive.
    await kiosk.evaluate(() => (window.createImageBitmap = () => new Promise((_, refuse) => (window.giveUp = refuse))));
    await kiosk.locator('input[type=file]').setInputFiles({ name: 'paper.png', mimeType: 'image/png', buffer: Buffer.from('paper') });
    await until('the picture to be read', () => kiosk.evaluate(() => window.giveUp !== undefined));
    await kiosk.getByRole('button', { name: 'Đang đọc…' }).waitFor();
    await pass(0);
    await pass(90_000);
    await kiosk.getByRole('button', { name: 'Đang đọc…' }).waitFor();
    assert.equal(await welcome().count(), 0);
    await kiosk.evaluate(() => window.giveUp(new Error('no reader')));
    await kiosk.getByText('Không mở được bộ đọc ảnh').waitFor();
    await pass(0);
    await pass(30_000);
    assert.equal(await welcome().count(), 0, 'the minute begins when the reading ends');
    await pass(31_000);
    await welcome().waitFor();
  });

  step("a visitor's language leaves with the visitor, over a reload, and from the first page, too", async () => {
    const inEnglish = async () => {
      await kiosk.getByRole('button', { name: 'Đổi ngôn ngữ' }).click();
      await kiosk.getByRole('dialog').getByRole('button', { name: 'English' }).click();
      await kiosk.getByRole('heading', { name: 'Please make a health declaration' }).waitFor();
    };
    await inEnglish();
    await kiosk.reload();
    await welcome().waitFor();
    await inEnglish();
    await pass(0);
    await pass(61_000);
    await welcome().waitFor();
    await start();
  });

  step('a guard asks a visitor on the own phone, and sees nothing that was said before', async () => {
    const guard = await browser.phone();
    await begin(guard, '/guard', '0917700005');
    await guard.getByText('Sẵn sàng').waitFor();
    await read(guard, await ownCode());
    await guard.getByRole('status').first().getByText('VÀNG').waitFor();
    const before = (await declared()).length;
    await guard.getByRole('button', { name: 'Khai giúp khách' }).click();
    const sheet = guard.getByRole('dialog');
    await question(sheet, others[0]).waitFor();
    assert.equal(await sheet.locator('input:checked').count(), 0);
    assert.doesNotMatch(await guard.innerText('body'), /Ho khan|Hồ Thị/);
    await browser.check(guard, 'guard-asks');
    for (const text of ['dấu hiệu: sốt', ...others]) await say(sheet, text, 'Không');
    await sheet.getByRole('button', { name: 'Gửi', exact: true }).click();
    await guard.getByRole('status').first().getByText('XANH').waitFor();
    await guard.getByText('Đã gửi tờ khai của khách').waitFor();
    await browser.check(guard, 'guard-asked');
    const [newest] = await declared();
    assert.deepEqual(newest.declaredBy, { kind: 'guard', name: 'Ủy ban phường' });
    const phone = await browser.phoneOf(visitor);
    await phone.goto(`${server.origin}/declared/${newest.id}`);
    await phone.getByText('Khai hộ tại cổng: Ủy ban phường').waitFor();
    await browser.check(phone, 'declared-at-gate-phone');

    // Without a network: the answers wait here, nobody has judged them, and they are sent with their own time.
    await guard.context().setOffline(true);
    await guard.getByText('Ngoại tuyến').waitFor();
    await read(guard, await ownCode());
    await guard.getByText('Đã lưu trên máy, mời vào').waitFor();
    await guard.getByRole('button', { name: 'Khai giúp khách' }).click();
    await sheet.getByText('Không có mạng: tờ khai nằm chờ').waitFor();
    for (const text of ['dấu hiệu: sốt', ...others]) await say(sheet, text, 'Không');
    await sheet.getByRole('button', { name: 'Gửi', exact: true }).click();
    await guard.getByText('Đã lưu tờ khai trên máy, chưa xét').waitFor();
    assert.ok(!/XANH/.test(await guard.getByRole('status').first().innerText()), 'nobody has judged it');
    await browser.check(guard, 'guard-asked-offline');
    const answers = async () => (await browser.kept(guard)).filter((row) => row.includes('"QuestionnaireResponse"')).length;
    assert.equal(await answers(), 1);
    assert.equal((await declared()).length, before + 1);
    const asked = Date.now();
    await guard.context().setOffline(false);
    await until('it to be sent', async () => (await declared()).length === before + 2);
    assert.ok(Date.parse((await declared())[0].at) <= asked);
    await until('nothing of it to stay', async () => (await answers()) === 0);
  });

  step('officers of a named case read what unknown visitors declared, and that is logged', async () => {
    const cdc = await officer(server, 'cdc1');
    const { items } = await cdc.must(cdc.get('/cases'));
    const suspect = items.find((each) => each.classification === 'suspect');
    const { version } = await cdc.must(cdc.get(`/cases/${suspect.id}`));
    await cdc.must(cdc.edit(`/cases/${suspect.id}/confirm`, { sampleAt: ago(180), resultAt: ago(60), method: 'antigen' }, version));
    const console_ = await browser.officer('cdc1');
    await console_.goto(`${server.origin}/console/cases/${suspect.id}`);
    await console_.getByRole('link', { name: 'Ở cổng' }).click();
    // What is pressed while the list is exchanged for what was sought is not there any more.
    const sought = console_.waitForResponse((one) => one.url().includes('/api/v1/places?') && one.url().includes('q=uy') && one.ok());
    await console_.getByRole('searchbox', { name: 'Tìm địa điểm theo tên' }).fill('uy ban phuong');
    await sought;
    await console_.locator('[data-stale]').waitFor({ state: 'detached' });
    await console_.getByRole('button', { name: /Ủy ban phường/ }).first().click();
    await console_.getByRole('button', { name: 'Xem điều họ khai ở cổng' }).click();
    await console_.getByText('Lò Văn Sau').waitFor();
    await browser.check(console_, 'gate-declarations');
    const auditor = await officer(server, 'kiemtoan');
    await until('the look in the log', async () =>
      (await auditor.must(auditor.get('/access-log?limit=200'))).items.some((each) => each.filter?.startsWith('declarations, case')),
    );
  });

  step('the kiosk is closed, and its shift with it', async () => {
    await kiosk.getByRole('button', { name: 'Thôi, xóa hết' }).click();
    await kiosk.getByRole('button', { name: 'Tắt máy khai' }).click();
    await kiosk.getByRole('dialog').getByRole('button', { name: 'Tắt máy khai' }).click();
    await kiosk.getByLabel('Số điện thoại của người trực').waitFor();
  });

  step('no page did anything forbidden', () => assert.deepEqual(browser.faults, []));
});
