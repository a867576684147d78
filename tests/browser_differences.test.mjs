// Differences in real browsers: somebody who checked in in another province declares not to have been away; is asked on the phone, explains, is seen by
// the station with the evidence, and corrects the declaration.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, officer, root, Server, steps, strike, until } from './support.mjs';

// Our data with a commander of the whole country, who switches check-in on elsewhere, too.
function wider() {
  const assets = mkdtempSync(join(tmpdir(), 'luytre-assets-'));
  cpSync(join(root, 'data'), join(assets, 'data'), { recursive: true });
  symlinkSync(join(root, 'web'), join(assets, 'web'));
  const path = join(assets, 'data/demo/world.json');
  const world = JSON.parse(readFileSync(path, 'utf8'));
  world.officers.push({ username: 'trunguong', name: 'Ban Chỉ đạo quốc gia', role: 'commander', units: [] });
  writeFileSync(path, JSON.stringify(world));
  return assets;
}

describe('differences in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let assets, server, browser, keeper, daNang, place, market, hoa, phone, station;

  const said = (linkId, value) => ({ linkId, answer: [{ valueBoolean: value }] });
  const entry = () => ({
    form: 'place-entry',
    version: '2021-05-29',
    at: ago(0),
    response: {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      item: [{ linkId: 'risk', item: ['visited', 'symptoms', 'contact-case', 'contact-country', 'contact-sick'].map((question) => said(question, false)) }],
    },
  });

  before(async () => {
    assets = wider();
    server = await Server.start({ assets });
    browser = await Browser.open(server);
    const command = await officer(server, 'trunguong');
    const at = (days) => new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+/, '');
    await command.must(command.post('/decisions', { purpose: 'checkIn', disease: 'covid-19', from: at(-3), until: at(20), basis: 'Công điện 1' }));
    const provinces = (await command.must(command.get('/units'))).items;
    daNang = provinces.find(({ code }) => code === '48');
    const there = (await command.must(command.get(`/units?parent=${daNang.id}`))).items[0];
    keeper = await citizen(server, '+84917300001', { name: 'Chủ Quán', birthYear: 1970, sex: 'male', unit: there.id });
    const registered = async (phone, fields) => {
      const pending = await keeper.must(keeper.post('/places/registrations', { address: '19 Trần Bình Trọng', phone, ...fields }));
      return keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code(phone) }));
    };
    const unit = await commune(server, '19333');
    place = await registered('+84917300002', { name: 'Quán mì Bà Mua', kind: 'restaurant', unit: there.id });
    market = await registered('+84917300004', { name: 'Chợ Đông Hà', kind: 'market', unit: unit.id });
    await keeper.must(keeper.call('PUT', `/places/${market.id}/stated`, { hours: [], point: { latitude: 16.82, longitude: 107.1 } }));
    const bus = await registered('+84917300005', { name: 'Xe khách Đông Hà – Đà Nẵng', kind: 'vehicleTrip', unit: unit.id });
    const seats = 'seat,name,birthYear,phone,paper\r\n7,Ngô Thị Hòa,1991,0917300003,\r\n';
    const headers = { 'Content-Type': 'text/csv', 'Idempotency-Key': 'list-1' };
    await keeper.must(keeper.post(`/places/${bus.id}/passengers?departure=${ago(600)}&towards=${there.id}`, seats, headers));
    hoa = await citizen(server, '+84917300003', { name: 'Ngô Thị Hòa', birthYear: 1991, sex: 'female', unit: unit.id });
    await hoa.must(hoa.send('/visits', { placeCode: place.shortCode, at: ago(90) }), 201);
    await hoa.must(hoa.send('/visits', { placeCode: market.shortCode, at: ago(65) }), 201);
    phone = await browser.phoneOf(hoa);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    if (assets) rmSync(assets, { recursive: true, force: true });
  });

  step('a keeper states when the place is open, and where it stands', async () => {
    const desk = await browser.phoneOf(keeper);
    await desk.goto(`${server.origin}/places/${place.id}`);
    await desk.getByRole('link', { name: 'Giờ mở cửa và vị trí' }).click();
    await desk.getByLabel('Thứ Hai, mở cửa').fill('00:00');
    await desk.getByRole('button', { name: 'Lưu' }).click();
    await desk.getByText('Thứ Hai: ghi cả giờ mở và giờ đóng.').waitFor();
    await desk.getByLabel('Thứ Hai, đóng cửa').fill('23:59');
    await desk.getByLabel('Vĩ độ').fill('16,06');
    await desk.getByLabel('Kinh độ').fill('108.22');
    await browser.check(desk, 'place-stated-phone');
    await desk.getByRole('button', { name: 'Lưu' }).click();
    await desk.getByText('Đã lưu giờ mở cửa và vị trí').waitFor();
    const stated = await keeper.must(keeper.get(`/places/${place.id}/stated`));
    assert.deepEqual(stated, { hours: [{ day: 1, from: '00:00', to: '23:59' }], point: { latitude: 16.06, longitude: 108.22 } });
  });

  step('who was at both places faster than anybody travels sees it said, and nothing else changes', async () => {
    await phone.goto(`${server.origin}/visits`);
    await phone.getByText('Không kịp đi từ nơi kia').nth(1).waitFor();
    assert.equal(await phone.getByText('Không kịp đi từ nơi kia').count(), 2);
    await browser.check(phone, 'visits-doubtful-phone');
  });

  step('the station waits with the page open, and sees the difference come', async () => {
    station = await browser.officer('tyt-dongha');
    await strike(station, 'gx');
    await station.getByText('Không có điểm chưa khớp nào').waitFor();
    await browser.check(station, 'differences-none');
    const made = await hoa.must(hoa.send('/declarations', entry()), 201);
    assert.equal(made.result.colour, 'green');
    await station.getByRole('link', { name: /Ngô Thị Hòa/ }).waitFor();
    const turned = station.waitForResponse((one) => one.url().includes('/differences?') && one.url().includes('order=ascending') && one.ok());
    await station.getByRole('combobox', { name: 'Sắp xếp theo', exact: true }).or(station.getByLabel('Sắp xếp theo', { exact: true }).and(station.locator('input'))).first().click();
    await station.getByRole('option', { name: 'Lúc phát hiện, tăng dần', exact: true }).click();
    assert.equal((await (await turned).json()).items.length, 1);
    await station.waitForURL(/order=ascending/);
    await station.getByRole('link', { name: /Ngô Thị Hòa/ }).waitFor();
    await browser.check(station, 'differences');
  });

  step('the person is asked in neutral words, and says how it was', async () => {
    await phone.goto(`${server.origin}/declare`);
    await phone.getByText('Có điểm chưa khớp').waitFor();
    await browser.check(phone, 'declare-difference-phone');
    await phone.getByRole('link', { name: 'Xem và trả lời' }).click();
    await phone.getByText(/Quán mì Bà Mua/).waitFor();
    await phone.getByText(/có tên trong danh sách hành khách/).waitFor();
    await phone.getByLabel('Bạn cho biết thêm').fill('Em gái dùng điện thoại của tôi');
    await browser.check(phone, 'difference-phone');
    await phone.getByRole('button', { name: 'Gửi giải thích' }).click();
    await phone.getByRole('button', { name: 'Sửa giải thích' }).waitFor();
  });

  step('an officer opens the evidence and the explanation', async () => {
    await station.getByText('Đã giải thích').and(station.locator('span')).first().waitFor();
    await station.getByRole('link', { name: /Ngô Thị Hòa/ }).click();
    await station.getByText('Quán mì Bà Mua').waitFor();
    await station.getByText(/Còn nghi vấn, vì: .*không kịp đi/).waitFor();  // from 0 to 5, the odd hour is told first
    await station.getByText(/có tên trong danh sách hành khách, do người khác khai, chưa xác minh/).waitFor();
    await station.getByText('Em gái dùng điện thoại của tôi').waitFor();
    assert.equal(await station.getByRole('button', { name: 'Lưu kết luận' }).isDisabled(), true, 'nothing is preset');
    await browser.check(station, 'difference');
    await station.getByLabel('Chuyển trạm y tế liên hệ').click();
    await station.getByLabel('Ghi chú').fill('Gọi hỏi lại chiều nay');
    await station.getByRole('button', { name: 'Lưu kết luận' }).click();
    await station.getByText('Gọi hỏi lại chiều nay').and(station.locator('p')).waitFor();
    await browser.check(station, 'difference-decided');
    await station.setViewportSize({ width: 390, height: 844 });
    await browser.check(station, 'difference-decided-phone');
  });

  step('the person sees that it was decided, not the note; the colour is what it was; and who looked', async () => {
    await phone.reload();
    await phone.getByText('Cán bộ y tế đã xem và chuyển trạm y tế liên hệ với bạn').waitFor();
    const desk = await officer(server, 'tyt-dongha');
    const task = await until('the task of the station', async () =>
      (await desk.must(desk.get('/referrals'))).items.find(({ source }) => source === 'difference'),
    );
    await station.goto(`${server.origin}/console/referrals/${task.id}`);
    await station.getByRole('link', { name: 'Mở điểm chưa khớp' }).waitFor();
    await browser.check(station, 'referral-difference');
    await desk.must(desk.post(`/referrals/${task.id}/outcome`, { outcome: 'reached' }, { 'If-Match': `"${task.version}"` }));
    const closed = async () => (await hoa.must(hoa.get('/me/differences'))).items.every(({ state }) => state === 'decided');
    await until('the difference to close with it', closed);
    await phone.reload();
    await phone.getByText('Cán bộ y tế đã xem và kết luận').waitFor();
    assert.equal((await phone.innerText('main')).includes('Gọi hỏi lại'), false);
    assert.equal((await hoa.must(hoa.get('/me/declarations'))).items[0].result.colour, 'green');
    const log = (await hoa.must(hoa.get('/me/access-log'))).items;
    assert.ok(log.some((row) => row.action === 'consistency.review' && row.note === 'difference' && row.reason === ''), JSON.stringify(log[0]));
  });

  step('another declaration that differs is corrected, and the question goes', async () => {
    const asked = async () => (await hoa.must(hoa.get('/me/differences'))).items.some(({ state }) => state === 'asked');
    await hoa.must(hoa.send('/declarations', entry()), 201);
    await until('the question to come', asked);
    await phone.goto(`${server.origin}/declare`);
    await phone.getByRole('link', { name: 'Xem và trả lời' }).click();
    await phone.getByRole('link', { name: 'Sửa tờ khai' }).click();
    const question = phone.locator('[data-question]').filter({ hasText: 'nào khác nơi ở không?' });
    await question.getByText('Có', { exact: true }).click();
    await phone.getByLabel(/^Nơi đã đến/).fill('Đà Nẵng');
    await phone.getByRole('button', { name: 'Gửi' }).click();
    await phone.getByRole('status').first().waitFor();
    await until('the question to be taken back', async () => !(await asked()));
    await phone.goto(`${server.origin}/declare`);
    await phone.getByText('đã sửa', { exact: true }).first().waitFor();
    await phone.getByRole('link', { name: 'Xem và trả lời' }).waitFor({ state: 'detached' });
  });

  step('a list that arrives after the declared journey is compared with it, and the question goes when the carrier puts it right', async () => {
    const unit = await commune(server, '19333');
    const text = (linkId, value) => ({ linkId, answer: [{ valueString: value }] });
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    const movement = [
      { linkId: 'means', answer: [{ valueCoding: { code: 'other' } }] },
      text('vehicle', '74b 009.09'),
      text('seat', '12'),
      { linkId: 'departure-date', answer: [{ valueDate: today }] },
      text('departure-place', 'Đông Hà'),
      text('arrival-place', unit.name),
    ];
    const risk = [said('visited', true), text('visited-where', 'Đà Nẵng'), ...['symptoms', 'contact-case', 'contact-country', 'contact-sick'].map((one) => said(one, false))];
    const response = { resourceType: 'QuestionnaireResponse', status: 'completed', item: [{ linkId: 'movement', item: movement }, { linkId: 'risk', item: risk }] };
    await hoa.must(hoa.send('/declarations', { form: 'domestic-movement', version: '2021-04-30', at: ago(0), unit: unit.id, response }), 201);
    const journeys = async () => (await hoa.must(hoa.get('/me/differences'))).items.filter(({ kind }) => kind === 'journey');
    assert.deepEqual(await journeys(), [], 'no list yet');
    const pending = await keeper.must(
      keeper.post('/places/registrations', { name: 'Xe khách 74B-009.09', kind: 'vehicleTrip', unit: unit.id, address: 'Bến xe', phone: '+84917300006' }),
    );
    const bus = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84917300006') }));
    const listed = (seat, key) =>
      keeper.must(
        keeper.post(
          `/places/${bus.id}/passengers?departure=${today}T05:00:00Z&towards=${unit.id}`,
          `seat,name,birthYear,phone,paper\r\n${seat},Ngô Thị Hòa,1991,0917300003,\r\n1,Không Ai,1980,0917399999,\r\n`,
          { 'Content-Type': 'text/csv', 'Idempotency-Key': key },
        ),
      );
    await listed('14', 'late-1');
    await until('the question to come', async () => (await journeys()).length === 1);
    await phone.goto(`${server.origin}/declared/${(await journeys())[0].declaration}?person=${(await journeys())[0].of}`);
    await phone.getByText(/danh sách ghi ghế 14/).waitFor();
    await browser.check(phone, 'difference-journey-phone');
    await listed('12', 'late-2');
    await until('the question to go', async () => (await journeys()).length === 0);
  });

  step('own words that name a place of an outbreak are a lead: the station and the person see them quoted, and nothing else', async () => {
    const command = await officer(server, 'trunguong');
    const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().replace(/\.\d+/, '');
    const zone = { purpose: 'declarations', disease: 'covid-19', unit: daNang.id, form: 'daily-health', duty: 'outbreak-zone-daily-2021-08' };
    await command.must(command.send('/decisions', { ...zone, from: ago(24 * 60 * 3), until: soon, basis: 'Quyết định 12' }));
    const unit = await commune(server, '19333');
    const doc = await citizen(server, '+84917300007', { name: 'Lê Văn Đọc', birthYear: 1988, sex: 'male', unit: unit.id });
    const ill = (words) => {
      const made = entry();
      const [visited, , ...rest] = made.response.item[0].item;
      made.response.item[0].item = [visited, said('symptoms', true), { linkId: 'symptoms-which', answer: [{ valueString: words }] }, ...rest];
      return made;
    };
    await doc.must(doc.send('/declarations', ill('Sốt sau khi gặp chị Nguyễn Đà Nẵng')), 201);
    await doc.must(doc.send('/declarations', ill('Sốt từ hôm ở Đà Nẵng về')), 201);
    const leads = async () => (await doc.must(doc.get('/me/differences'))).items;
    await until('the lead', async () => (await leads()).length > 0);
    assert.deepEqual((await leads()).map(({ kind, evidence }) => [kind, evidence[0].words]), [['named', 'Sốt từ hôm ở Đà Nẵng về']], 'a name is none');
    await station.setViewportSize({ width: 1280, height: 800 });
    await station.goto(`${server.origin}/console/differences`);
    await station.getByText('Manh mối: lời khai nhắc đến nơi có dịch').first().waitFor();
    await station.getByRole('link', { name: /Lê Văn Đọc/ }).click();
    await station.getByText('Sốt từ hôm ở Đà Nẵng về').waitFor();
    await station.getByText(/chính lời người khai, ở câu “Dấu hiệu nào, từ ngày nào”/).waitFor();
    await station.getByText(/Chỉ là manh mối/).waitFor();
    await browser.check(station, 'difference-words');
    const own = await browser.phoneOf(doc);
    await own.goto(`${server.origin}/declared/${(await leads())[0].declaration}?person=${(await leads())[0].of}`);
    await own.getByText(/“Sốt từ hôm ở Đà Nẵng về”: Thành phố Đà Nẵng/).waitFor();
    await browser.check(own, 'difference-words-phone');
  });

  step('where the phone is, shared once by a tap, is compared and not kept', async () => {
    await phone.context().grantPermissions(['geolocation'], { origin: server.origin });
    await phone.context().setGeolocation({ latitude: 16.06, longitude: 108.22 });
    await phone.goto(`${server.origin}/scan`);
    await phone.getByRole('button', { name: 'Nhập mã ngắn' }).click();
    await phone.getByLabel('Mã ngắn').fill(market.shortCode);
    await phone.getByRole('button', { name: 'Tiếp tục' }).click();
    await phone.getByRole('button', { name: 'Ghi nhận đã đến' }).click();
    await phone.getByRole('button', { name: 'Cho biết vị trí một lần' }).waitFor();
    await browser.check(phone, 'share-where-phone');
    await phone.getByRole('button', { name: 'Cho biết vị trí một lần' }).click();
    await phone.getByText(/Điện thoại ở xa địa điểm này/).waitFor();
    const [newest] = (await hoa.must(hoa.get('/me/visits'))).items;
    assert.ok(newest.flags.includes('farAway'), JSON.stringify(newest));
    assert.equal(JSON.stringify(newest).includes('108'), false);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
