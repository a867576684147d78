// Guards at the gates of a place, on phones whose camera is fed with real QR codes: a shift by one-time code, a visitor by our code, one by an
// identity card, one by a masked national QR, a typed phone, a group, a full place, a USB reader, a home-made code; two guards and one visitor;
// going out, companions, an ambulance; the out before the in;
// without a network and then with one; thirty scans a minute; a device without room; a late refusal; a lost phone.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { fakeCamera, fakeScreen, holdUp, lower, show, symbolOf } from './camera.mjs';
import { ago, approved, Browser, citizen, commune, officer, Server, sleep, steps, strike, until } from './support.mjs';

const idCard = (number) => `${number}|197123456|Nguyễn Thị Hạnh|30041975|Nữ|Thôn Mỹ Lộc, Hải Quế, Hải Lăng, Quảng Trị|25042021`;
const masked = '******000123|NGUYEN THI HANH|1975-**-**|0|162979388586171100|2<GD4877*******<0943******';

describe('guards at the gate', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, keeper, keeperPage, place, visitor, late, hurried, guard, second;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1990, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    keeper = await citizen(server, '+84917000001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Ủy ban phường', kind: 'office', unit: unit.id, address: '5 Lê Lợi', phone: '+84917000002' }));
    place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84917000002') }));
    await approved(server, place, 'tyt-dongha');
    for (const name of ['Cổng A', 'Cổng B']) place = await keeper.must(keeper.post(`/places/${place.id}/zones`, { name, entrance: true }));
    visitor = await citizen(server, '+84917000003', profile('Hồ Thị Khách'));
    late = await citizen(server, '+84917000006', profile('Võ Thị Muộn'));
    hurried = await citizen(server, '+84917000007', profile('Mai Thị Vội'));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const verdict = (page) => page.getByRole('status').first();
  const count = async (page, id) => Number(await page.getByTestId(id).innerText());
  // Holds a code up until the screen says `text`, which it does not say before.
  const refused = async (page, code, text, picture) => {
    await holdUp(page, code);
    await verdict(page).getByText(text).waitFor();
    if (picture) await browser.check(page, picture);
    await lower(page);
  };
  // Holds a code up until it counts; with the code still in the frame what is seen is looked at, if it has a name.
  const letIn = async (page, code, text, picture) => {
    const before = await count(page, 'admitted');
    await holdUp(page, code);
    await until('the code to count', async () => (await count(page, 'admitted')) === before + 1);
    await verdict(page).getByText(text).waitFor();
    if (picture) await browser.check(page, picture);
    await lower(page);
  };
  // The same of somebody who goes out.
  const letOut = async (page, code, text) => {
    const before = await count(page, 'left');
    await holdUp(page, code);
    await until('the code to count', async () => (await count(page, 'left')) === before + 1);
    await lower(page);
    await verdict(page).getByText(text).waitFor();
  };
  const present = async (page) => Number.parseInt(await page.getByTestId('present').innerText(), 10);
  const way = (page, name) => page.getByRole('radio', { name, exact: true });
  const ownCode = async (who = visitor) => (await who.must(who.get(`/me/people/${who.self.id}/code`))).text;
  const visits = async (who = visitor) => (await who.must(who.get('/me/visits'))).items;

  async function onDuty(phone, gate) {
    const page = await browser.phone();
    await page.addInitScript(fakeCamera);
    await page.addInitScript(fakeScreen);
    await page.goto(`${server.origin}/guard`);
    await page.getByLabel('Số điện thoại của người trực').fill(phone);
    await page.getByRole('button', { name: 'Gửi mã cho tôi' }).click();
    const code = page.getByLabel('Mã gồm 6 số');
    await code.waitFor();
    await code.fill(await server.code(`+84${phone.slice(1)}`));  // the last digit sends it
    await page.getByRole('heading', { name: 'Bạn trực cổng nào?' }).waitFor();
    await browser.check(page, `guard-choose-${gate.slice(-1)}`);
    await page.getByRole('button', { name: gate }).click();
    await page.getByText('Sẵn sàng').waitFor();
    return page;
  }

  step('the keeper names two guards by phone', async () => {
    keeperPage = await browser.phoneOf(keeper);
    await keeperPage.goto(`${server.origin}/places/${place.id}`);
    await keeperPage.getByRole('link', { name: 'Người giữ cổng' }).click();
    for (const [name, phone] of [['Ông Bảo', '0917000004'], ['Chị Vệ', '0917000005']]) {
      await keeperPage.getByLabel('Tên gọi').fill(name);
      await keeperPage.getByLabel('Số di động').fill(phone);
      await keeperPage.getByRole('button', { name: 'Giao giữ cổng' }).click();
      await keeperPage.getByRole('listitem').getByText(name).waitFor();
    }
    await browser.check(keeperPage, 'guard-names');
  });

  step('a phone that nobody named gets a code and no gate', async () => {
    const page = await browser.phone();
    await page.goto(`${server.origin}/guard`);
    await page.getByLabel('Số điện thoại của người trực').fill('0917000009');
    await browser.check(page, 'guard-sign-in');
    await page.getByRole('button', { name: 'Gửi mã cho tôi' }).click();
    await page.getByLabel('Mã gồm 6 số').fill(await server.code('+84917000009'));
    await page.getByText('không được giao giữ cổng ở đây').waitFor();
  });

  step('when messages do not come the keeper gives a code, for this place alone', async () => {
    await keeperPage.getByRole('listitem').filter({ hasText: 'Chị Vệ' }).getByRole('button', { name: 'Cấp mã nhận ca' }).click();
    const digits = await keeperPage.getByRole('dialog').getByText(/^\d{6}$/).innerText();
    await browser.check(keeperPage, 'guard-keeper-code');
    await keeperPage.getByRole('button', { name: 'Đã đọc xong' }).click();
    const page = await browser.phone();
    await page.goto(`${server.origin}/guard`);
    await page.getByLabel('Số điện thoại của người trực').fill('0917000005');
    await page.getByRole('button', { name: 'Dùng mã chủ địa điểm đưa' }).click();
    await page.getByText('chủ địa điểm vừa đọc cho bạn').waitFor();
    await page.getByLabel('Mã gồm 6 số').fill(digits);
    await page.getByRole('heading', { name: 'Bạn trực cổng nào?' }).waitFor();
    await page.close();
  });

  step('a guard comes on duty with a one-time code and lets a visitor in by our code: a colour, and no name', async () => {
    guard = await onDuty('0917000004', 'Cổng A');
    await letIn(guard, await ownCode(), /^(XANH|VÀNG)$/);
    const [visit] = await visits();
    assert.equal(visit.zoneName, undefined, 'by a gate, into the whole place');
    assert.equal(visit.source, 'keeper');
    assert.doesNotMatch(await guard.innerText('body'), /Khách|Hồ Thị/);
    await browser.check(guard, 'guard-own-code');
    assert.equal(await guard.evaluate(() => globalThis.keptOn), 1, 'a camera sees nothing on a screen that went off');
  });

  step('an identity card and a masked national QR are claims, not visits', async () => {
    await letIn(guard, idCard('045099000123'), 'VÀNG', 'guard-id-card');
    assert.doesNotMatch(await guard.innerText('body'), /Hạnh/);
    await letIn(guard, masked, 'VÀNG');
    assert.doesNotMatch(await guard.innerText('body'), /HANH/);
    assert.equal((await visits()).length, 1);
  });

  step('a home-made code is refused on the device', async () => {
    const real = await ownCode();
    const asked = [];
    guard.on('request', (request) => request.url().includes('/gate/admissions') && asked.push(request));
    const homeMade = real.slice(0, -1) + (real.endsWith('0') ? '1' : '0');
    await refused(guard, homeMade, 'Mã không phải do Lũy Tre cấp', 'guard-forged');
    assert.equal(asked.length, 0);
    assert.equal(await count(guard, 'admitted'), 3);
  });

  step('a typed phone, a group with one tap, and a USB reader', async () => {
    await guard.getByRole('button', { name: 'Nhập số' }).click();
    await browser.check(guard, 'guard-phone');
    await guard.getByLabel('Số điện thoại', { exact: true }).fill('0917 000 003');
    await guard.getByRole('button', { name: 'Cho vào', exact: true }).click();
    await until('the phone to count', async () => (await count(guard, 'admitted')) === 4);
    assert.equal((await visits()).length, 1, "the visitor's own number, but nobody proved it");
    await keeper.must(keeper.edit(`/places/${place.id}`, { capacity: 9 }, place.version, 'PATCH'));
    await guard.getByRole('button', { name: '+5' }).click();
    await until('the group to count', async () => (await count(guard, 'admitted')) === 9);
    await guard.getByText('Đã đầy').waitFor();
    await browser.check(guard, 'guard-full');
    await strike(guard, [...idCard('045099000124'), 'Enter']); // a reader types without waiting for anybody
    await until('the reader to count', async () => (await count(guard, 'admitted')) === 10);
  });

  step('somebody turned back has a reason', async () => {
    await guard.getByRole('button', { name: 'Không cho vào' }).click();
    await browser.check(guard, 'guard-turn-back');
    await guard.getByRole('button', { name: 'Đã đóng cửa' }).click();
    await verdict(guard).getByText('Đã ghi lý do').waitFor();
    assert.equal(await count(guard, 'admitted'), 10);
    await keeperPage.reload();
    await keeperPage.getByRole('listitem').filter({ hasText: 'Đã đóng cửa' }).getByText('Ông Bảo').waitFor();
    await browser.check(keeperPage, 'guard-refusals');
  });

  step('two guards, one visitor: at the second gate the visit goes on', async () => {
    second = await onDuty('0917000005', 'Cổng B');
    await letIn(second, await ownCode(), /^(XANH|VÀNG)$/);
    assert.equal((await visits()).length, 1, 'one place, one stay');
    const present = await second.getByText('Đã đầy').locator('..').innerText();
    assert.match(present, /\b10\b/, 'one visitor, two cards, one national QR, one phone, five of a group');
  });

  step('going out by another gate: the visit ends, the count falls, the switch stays as it is', async () => {
    await letIn(guard, await ownCode(late), /^(XANH|VÀNG)$/);
    await way(second, 'Ra').click();
    await sleep(1100);  // times are whole seconds
    await letOut(second, await ownCode(late), 'Đã ghi lượt ra');
    const [visit] = await visits(late);
    assert.equal(visit.outEstimated, false);
    assert.equal(await present(second), 10);
    await second.getByRole('button', { name: '−5', exact: true }).click();
    await until('the group to have gone', async () => (await present(second)) === 5);
    await browser.check(second, 'guard-out');
    await second.reload();
    await until('the switch to be there', () => way(second, 'Ra').isChecked());
    await way(second, 'Vào').click();
  });

  step('who came along is added for ten seconds; an ambulance goes first and is declared later', async () => {
    await browser.still(second, async () => {
      await letIn(second, idCard('045099000130'), 'VÀNG');
      await second.getByRole('button', { name: '+1 đi cùng' }).click();
      await until('the companion to count', async () => (await present(second)) === 7);
      await second.getByRole('button', { name: '+1 nữa (đã thêm 1)' }).waitFor();
    });
    await second.getByRole('button', { name: 'Xe cứu thương', exact: true }).click();
    await verdict(second).getByText('Mời xe đi ngay').waitFor();
    assert.equal(await present(second), 7, 'nobody is counted yet');
    await second.getByRole('button', { name: /^Xe vào lúc/ }).click();
    await second.getByLabel('Số người không có mã').fill('3');
    await second.getByLabel('Biển số xe').fill('74B-012.34');
    await browser.check(second, 'guard-ambulance');
    await second.getByRole('button', { name: 'Ghi', exact: true }).click();
    await until('them to count', async () => (await present(second)) === 10);
    await until('it to be off the list', async () => (await second.getByRole('button', { name: /^Xe vào lúc/ }).count()) === 0);
    await second.getByText('Đã đầy').waitFor();
  });

  step('two guards without a network and one visitor: the out is heard before the in, and they are put together', async () => {
    const code = await ownCode(hurried);
    const begun = Date.now();
    for (const page of [guard, second]) await page.context().setOffline(true);
    await letIn(guard, code, 'Đã lưu trên máy, mời vào');
    await way(second, 'Ra').click();
    await sleep(1100);
    await letOut(second, code, 'Đã lưu lượt ra trên máy');
    await second.context().setOffline(false);
    await until('the out to be sent', async () => (await count(second, 'waiting')) === 0);
    assert.deepEqual(await visits(hurried), [], 'nothing is known of their coming in');
    await guard.context().setOffline(false);
    await until('the in to be sent', async () => (await count(guard, 'waiting')) === 0);
    const list = await visits(hurried);
    assert.equal(list.length, 1);
    assert.equal(list[0].outEstimated, false);
    // Times are told in whole seconds.
    assert.ok(Date.parse(list[0].out) - Date.parse(list[0].in) <= Date.now() - begun + 1000, 'as they were at the gates');
    await way(second, 'Vào').click();
  });

  step('without a network codes are verified on the device and kept, also over a reload; later they arrive with their own times', async () => {
    await until('the app to be kept', () => guard.evaluate(async () => navigator.serviceWorker.controller !== null && (await caches.match('/')) !== undefined));
    await guard.context().setOffline(true);
    const real = await ownCode(late);
    await refused(guard, real.slice(0, -1) + (real.endsWith('0') ? '1' : '0'), 'Mã không phải do Lũy Tre cấp');
    const before = await count(guard, 'admitted');
    const shown = Date.now();
    await letIn(guard, real, 'Đã lưu trên máy, mời vào');
    const kept = Date.now();
    await letIn(guard, idCard('045099000125'), 'Đã lưu trên máy, mời vào');
    await until('both to wait', async () => (await count(guard, 'waiting')) === 2);
    await browser.check(guard, 'guard-offline');
    await guard.reload();
    await until('both to wait still', async () => (await guard.getByTestId('waiting').count()) === 1 && (await count(guard, 'waiting')) === 2);
    assert.equal(await count(guard, 'admitted'), before + 2);
    await sleep(1100);  // times are whole seconds
    await guard.context().setOffline(false);
    await until('nothing to wait', async () => (await count(guard, 'waiting')) === 0);
    const [newest] = await visits(late);
    const came = Date.parse(newest.in);
    assert.ok(came > shown - 1000 && came <= kept, `${newest.in} is not when the code was shown`);
  });

  step('thirty people a minute and more', async () => {
    const people = 30;
    const before = await count(guard, 'admitted');
    const codes = await Promise.all(Array.from({ length: people }, (_, i) => symbolOf(idCard(`0451990${String(10000 + i)}`))));
    const begun = Date.now();
    for (const [i, symbol] of codes.entries()) {
      await show(guard, symbol);
      await until('the next one to count', async () => (await count(guard, 'admitted')) === before + i + 1);
    }
    await until('all to be sent', async () => (await count(guard, 'waiting')) === 0);
    const rate = (people * 60_000) / (Date.now() - begun);
    console.log(`${rate.toFixed(0)} scans a minute, each answered by the server`);
    await lower(guard);
    assert.ok(rate >= 30, `${rate} a minute`);
  });

  step('a red light says what to do, not why', async () => {
    const unit = await commune(server, '19333');
    const ill = await citizen(server, '+84917000008', { name: 'Đỗ Văn Sốt', birthYear: 1988, sex: 'male', unit: unit.id, address: '7 Lê Lợi' });
    const form = await ill.must(ill.get('/forms/place-entry'));
    const { version } = (await ill.must(ill.get('/forms'))).items.find(({ id }) => id === 'place-entry');
    const answer = (items) =>
      items
        .map((q) => (q.item ? { linkId: q.linkId, item: answer(q.item) } : { linkId: q.linkId, answer: q.type === 'boolean' && !q.enableWhen ? [{ valueBoolean: q.linkId === 'contact-case' }] : undefined }))
        .filter((q) => q.item?.length || q.answer);
    const response = { resourceType: 'QuestionnaireResponse', status: 'completed', questionnaire: form.url, item: answer(form.item) };
    const declared = await ill.must(ill.send('/declarations', { form: 'place-entry', version, at: ago(1), response }), 201);
    assert.equal(declared.result.colour, 'red');
    await letIn(guard, (await ill.must(ill.get(`/me/people/${ill.self.id}/code`))).text, 'ĐỎ');
    await verdict(guard).getByText('Mời sang lối riêng').waitFor();
    assert.doesNotMatch(await guard.innerText('body'), /Sốt|Đỗ Văn|tiếp xúc/);
    const stored = await guard.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    assert.doesNotMatch([...(await browser.kept(guard)), stored].join('\n'), /"(light|colour)"|Đỗ Văn Sốt/, 'the device keeps no colour');
    await browser.check(guard, 'guard-red');
  });

  step("a passport's lines are read off a picture, on the device", async () => {
    const paper = await browser.desk();
    // The specimen of ICAO Doc 9303 part 4.
    const lines = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
    const shot = async (shown) => {
      await paper.setContent(`<body style="background:#e8e2d0"><h2>PASSPORT ERIKSSON</h2><pre style="font:40px 'DejaVu Sans Mono',monospace;margin-top:400px;transform:rotate(.6deg)">${shown.join('\n').replaceAll('<', '&lt;')}</pre>`);
      return { name: 'paper.png', mimeType: 'image/png', buffer: await paper.screenshot() };
    };
    const before = await count(guard, 'admitted');
    const sent = [];
    guard.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await guard.getByRole('button', { name: 'Hộ chiếu' }).click();
    await guard.locator('input[type=file]').setInputFiles(await shot([]));
    await guard.getByText('Chưa đọc được các dòng đó').waitFor();
    await browser.check(guard, 'guard-paper');
    await guard.locator('input[type=file]').setInputFiles(await shot(lines));
    await until('the passport to count', async () => (await count(guard, 'admitted')) === before + 1);
    await verdict(guard).getByText('VÀNG').waitFor();
    assert.doesNotMatch(await guard.innerText('body'), /ERIKSSON|ANNA/i);
    const paths = sent.map((url) => new URL(url).pathname).filter((path) => path !== '/api/v1/gate/desk'); // asked for every minute
    assert.deepEqual(paths, ['/api/v1/gate/admissions'], 'the lines, and no picture');
    await paper.close();
  });

  step('for a confirmed case an officer reads whom to call, and that is logged', async () => {
    const cdc = await officer(server, 'cdc1');
    const { items } = await cdc.must(cdc.get('/cases'));
    const suspect = items.find((each) => each.classification === 'suspect');
    const { version } = await cdc.must(cdc.get(`/cases/${suspect.id}`));
    await cdc.must(cdc.edit(`/cases/${suspect.id}/confirm`, { sampleAt: ago(180), resultAt: ago(60), method: 'antigen' }, version));
    const console_ = await browser.officer('cdc1');
    await console_.goto(`${server.origin}/console/cases/${suspect.id}`);
    await console_.getByRole('link', { name: 'Ở cổng' }).click();
    await console_.getByRole('searchbox', { name: 'Tìm địa điểm theo tên' }).fill('uy ban phuong');
    const shown = console_.getByRole('main').locator('ul button b');
    await until('the places found', async () => (await shown.allInnerTexts()).every((name) => name.startsWith('Ủy ban'))); // the others go, and it moves up
    await console_.getByRole('button', { name: /Ủy ban phường/ }).first().click();
    await console_.getByText('Nguyễn Thị Hạnh').first().waitFor();
    await console_.getByRole('button', { name: 'Xem thêm' }).or(console_.getByText('+84917000003')).first().waitFor();
    await browser.check(console_, 'guard-call-list');
    const list = await cdc.must(cdc.get(`/cases/${suspect.id}/gate-entries?place=${place.id}&limit=200`));
    const hows = list.items.map((each) => each.how);
    assert.deepEqual(['nationalQr', 'phone', 'group', 'passport'].map((how) => hows.filter((each) => each === how).length), [1, 1, 1, 1]);
    assert.ok(!hows.includes('ownCode'), 'that is a visit, and traced');
    const auditor = await officer(server, 'kiemtoan');
    const log = await auditor.must(auditor.get('/access-log?limit=200'));
    assert.ok(log.items.some((each) => each.action === 'gates.unverified' && each.filter.includes(place.id)));
  });

  step('the keeper at the own door: a PC without a camera, a USB reader, +N; with and without a network', async () => {
    const door = await browser.phoneOf(keeper);
    await door.setViewportSize({ width: 1280, height: 800 });
    await door.goto(`${server.origin}/places/${place.id}/gate`);
    await door.getByText('đầu đọc mã cắm USB').waitFor();
    const says = (text) => door.getByText(text).first();
    // Real keys. A reader is quicker than anybody's fingers, this machine not always: it reads again then, as a guard would.
    const reads = async (code, text) => {
      await until(`the reader to be told: ${text}`, async () => {
        await door.keyboard.type(code);
        await door.keyboard.press('Enter');
        return says(text).waitFor({ timeout: 15_000 }).then(() => true, () => false);
      });
    };
    await reads(await ownCode(), /^Đã ghi nhận/);
    await reads(masked, 'Ghi là chưa xác minh');
    const there = async () => (await keeper.must(keeper.get(`/places/${place.id}/crowd`))).present;
    const before = await there();
    await door.getByRole('button', { name: '+3', exact: true }).click();
    await until('the group to count', async () => (await there()) === before + 3);
    await browser.check(door, 'keeper-door');
    await strike(door, ['L', 'T', 'Process', 'Process', 'P', '0', 'Enter']);
    await door.getByText('Tắt Unikey').waitFor();
    await says('Không đọc được mã này').waitFor();
    await browser.check(door, 'keeper-door-input-method');

    await until('the app to be kept', () => door.evaluate(async () => navigator.serviceWorker.controller !== null && (await caches.match('/')) !== undefined));
    await door.context().setOffline(true);
    await door.reload();
    await door.getByRole('button', { name: '+2', exact: true }).click();
    await says('Đã lưu, mời vào').waitFor();
    await door.getByText('Khách không có mã ở').waitFor();
    await door.context().setOffline(false);
    await until('nothing to wait', async () => (await door.getByText('Khách không có mã ở').count()) === 0);
    await door.close();
  });

  step('what a device cannot keep is not recorded, and the guard is told', async () => {
    const before = await count(guard, 'admitted');
    await browser.full(guard, async () => {
      await guard.getByRole('button', { name: '+1', exact: true }).click();
      await verdict(guard).getByText('Chưa ghi được lượt này').waitFor();
      await browser.check(guard, 'guard-no-room');
    });
    assert.equal(await count(guard, 'admitted'), before);
    assert.equal(await count(guard, 'waiting'), 0);
  });

  step('a refusal that comes after the next visitor is not lost: it is listed, with its time', async () => {
    const before = await count(guard, 'admitted');
    let answer;
    const held = new Promise((resolve) => (answer = resolve));
    const body = JSON.stringify({ type: 'about:blank', title: 'Không nhận', status: 422, code: 'format', detail: 'Không nhận' });
    const hold = async (route) => {
      await held;
      await route.fulfill({ status: 422, contentType: 'application/problem+json', body });
    };
    await guard.context().route(/\/api\/v1\/gate\/admissions$/, hold, { times: 1 });
    await guard.getByRole('button', { name: '+1', exact: true }).click();
    await until('the first to wait', async () => (await count(guard, 'waiting')) === 1);
    await guard.getByRole('button', { name: '+2', exact: true }).click();
    answer();
    await until('the second to count', async () => (await count(guard, 'admitted')) === before + 2);
    await guard.getByText('1 lượt không được nhận khi gửi đi').waitFor();
    await browser.check(guard, 'guard-refused-late');
    await guard.getByRole('button', { name: 'Đã xem' }).click();
    await guard.getByText('1 lượt không được nhận khi gửi đi').waitFor({ state: 'detached' });
  });

  step('a lost phone is out at the next scan, and whom it did not record is said; the other guard stays', async () => {
    await keeperPage.getByRole('listitem').filter({ hasText: 'Ông Bảo' }).getByRole('button', { name: 'Mất máy' }).click();
    await keeperPage.getByText('Đã lưu.').waitFor();
    await holdUp(guard, idCard('045099000126'));
    await guard.getByLabel('Số điện thoại của người trực').waitFor();
    await guard.getByText(/^\d+ lượt chưa được ghi vì ca đã kết thúc/).waitFor();
    await browser.check(guard, 'guard-not-recorded');
    assert.doesNotMatch((await browser.kept(guard)).join(), /045099000126/, 'when, and not who');
    assert.equal(await guard.evaluate(() => globalThis.keptOn), 0, 'nobody is on duty');
    const before = await count(second, 'admitted');
    await second.getByRole('button', { name: '+1', exact: true }).click();
    await until('the other gate to count', async () => (await count(second, 'admitted')) === before + 1);
    await second.getByRole('button', { name: 'Hết ca' }).click();
    await second.getByRole('dialog').getByRole('button', { name: 'Hết ca' }).click();
    await second.getByLabel('Số điện thoại của người trực').waitFor();
  });

  step('no page did anything forbidden', () => assert.deepEqual(browser.faults, []));
});
