// A traveller at a border gate, in a real browser: the officer scans the code shown, sees the declaration on entry, corrects it together, decides and
// hands over; the province where the traveller goes sees who comes, takes the list out and acknowledges; another sees nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe } from 'node:test';
import { fakeCamera, holdUp } from './camera.mjs';
import { entry, said } from './entry.mjs';
import { ago, approved, Browser, citizen, commune, day, officer, Server, steps, until } from './support.mjs';

describe('an entry officer at a gate', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, traveller, there, desk;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const gate = await commune(server, '19702');
    there = await commune(server, '19333');
    const keeper = await citizen(server, '+84917600001', { name: 'Ban quản lý cửa khẩu', birthYear: 1975, sex: 'male', unit: gate.id });
    const sent = server.messages('+84917600002').length;
    const asked = await keeper.must(
      keeper.post('/places/registrations', { name: 'Cửa khẩu La Lay', kind: 'pointOfEntry', unit: gate.id, address: 'Quốc lộ 15D', phone: '0917600002', functions: [] }),
    );
    const place = await keeper.must(keeper.post(`/places/registrations/${asked.id}/confirm`, { code: await server.code('+84917600002', sent) }));
    const command = await officer(server, 'chihuy');
    const province = (await command.must(command.get('/units'))).items.find(({ code }) => code === '44').id;
    const end = new Date(Date.now() + 20 * 86_400_000).toISOString().replace(/\.\d+/, '');
    await command.must(
      command.post('/decisions', { purpose: 'declarations', form: 'entry', disease: 'covid-19', unit: province, from: ago(60), until: end, basis: 'Công văn 9/SYT' }),
    );
    await approved(server, place, 'tyt-hailang');
    const [listed] = (await command.must(command.get('/points-of-entry'))).items;
    assert.deepEqual([listed.id, listed.name], [place.id, 'Cửa khẩu La Lay']);
    traveller = await citizen(server, '+84917600003', { name: 'Trần Thị Về', birthYear: 1990, sex: 'female', unit: there.id });
    await traveller.must(traveller.send('/declarations', { form: 'entry', version: '2026-11-22.2', at: ago(5), unit: there.id, response: entry(place.id) }));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  step('the code that a traveller shows opens the declaration on entry, with a reason', async () => {
    desk = await browser.officer('cdc1');
    await desk.getByRole('link', { name: 'Tờ khai', exact: true }).click();
    await desk.getByRole('link', { name: 'Nhập cảnh' }).click();
    await desk.getByRole('searchbox', { name: 'Tìm cửa khẩu theo tên' }).fill('la lay');
    await desk.getByRole('button', { name: /Cửa khẩu La Lay/ }).click();
    await desk.getByLabel('Lý do xem tờ khai').fill('Kiểm dịch nhập cảnh');
    const { text } = await traveller.must(traveller.get(`/me/people/${traveller.self.id}/code`));
    await desk.getByLabel('Mã, hộ chiếu hoặc giấy tờ của khách').fill(text);
    await desk.keyboard.press('Enter');
    await desk.getByRole('heading', { name: 'Trần Thị Về, 1990' }).waitFor();
    await desk.getByText('Savannakhet').waitFor();
    const [kept] = (await traveller.must(traveller.get('/me/declarations?form=entry&answers=true'))).items;
    const [gate] = kept.response.item[0].item.filter(({ linkId }) => linkId === 'gate');
    assert.equal(gate.answer[0].valueCoding.display, 'Cửa khẩu La Lay', 'the gate that was chosen, with its name');
    await browser.check(desk, 'arrivals-desk');
    const log = await traveller.must(traveller.get('/me/access-log'));
    assert.ok(log.items.some((each) => each.action === 'arrivals.desk' && each.reason === 'Kiểm dịch nhập cảnh'));
  });

  step('what was said wrong is put right together, and judged anew', async () => {
    await desk.getByRole('button', { name: 'Sửa cùng khách' }).click();
    const asked = (text) => desk.locator('[data-question]').filter({ hasText: text });
    const fever = asked(/^\s*Sốt/);
    assert.equal(await fever.getByRole('radio', { name: 'Không' }).isChecked(), true, 'as it was said');
    await fever.getByRole('radio', { name: 'Có' }).check();
    // What a change opens is asked, and what was not answered before can be.
    await asked(/^\s*Anh\/Chị có kết quả xét nghiệm/).getByRole('radio', { name: 'Có' }).check();
    await desk.getByRole('button', { name: 'Thêm nữa' }).first().click();
    const stop = desk.getByRole('group', { name: /14 ngày \(2\)$/ });
    await stop.locator('input').first().fill('Thái Lan');
    await desk.getByRole('button', { name: 'Lưu bản sửa' }).click();
    await desk.getByText('Còn 2 câu cần xem lại').waitFor();
    await desk.locator('[data-question]').filter({ hasText: /^\s*Ngày xét nghiệm/ }).locator('input').fill(day(1));
    await asked(/^\s*Kết quả xét nghiệm/).getByRole('radio').first().check();
    await browser.check(desk, 'arrivals-correcting');
    await desk.getByRole('button', { name: 'Lưu bản sửa' }).click();
    await desk.getByText('Đã lưu bản sửa').waitFor();
    const { items } = await traveller.must(traveller.get('/me/declarations?form=entry'));
    assert.equal(items.length, 2, 'the version before is kept');
    assert.equal(items[0].corrects, items[1].id);
    assert.notEqual(items[0].result.colour, items[1].result.colour);
    await desk.getByText('Thái Lan').waitFor();
  });

  step('the decision is handed over to where the traveller goes, and acknowledged there', async () => {
    const towards = desk.getByLabel('Nơi khách đến').first();
    await until('the destination, as it was declared', async () => /Phường Đông Hà/.test(await towards.inputValue()));
    await desk.getByLabel('Ghi chú cho nơi nhận').fill('Sốt 38,5 độ, đã lấy mẫu');
    await desk.getByRole('button', { name: 'Cách ly', exact: true }).click();
    await desk.getByText('Đã chuyển cho nơi nhận').waitFor();
    await browser.check(desk, 'arrivals-decided');
    const station = await browser.officer('tyt-dongha');
    await station.goto(`${server.origin}/console/declarations/coming`);
    const row = station.getByRole('row').filter({ hasText: 'Trần Thị Về' });
    await row.getByText('Sốt 38,5 độ, đã lấy mẫu').waitFor();
    await row.getByText('Cách ly').waitFor();
    await row.getByText(/còn/i).first().waitFor();
    const centre = await browser.officer('cdc1');
    await centre.goto(`${server.origin}/console/declarations/coming`);
    await centre.getByRole('row').filter({ hasText: 'Trần Thị Về' }).getByText('Trạm đang xử lý').waitFor();
    await browser.check(centre, 'arrivals-coming-above');
    const turned = centre.waitForResponse((one) => one.url().includes('/arrivals/coming?') && one.url().includes('order=ascending') && one.ok());
    await centre.getByRole('columnheader').getByRole('button').click();
    assert.equal((await (await turned).json()).items.length, 1);
    await centre.waitForURL(/order=ascending/);
    await centre.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const taking = centre.getByRole('dialog').last();
    await taking.getByRole('heading', { name: 'Xuất danh sách người sắp đến đang lọc' }).waitFor();
    await taking.getByLabel('CSV', { exact: true }).check();
    await taking.getByLabel('Lý do').fill('Giao ban chiều');
    await browser.check(centre, 'arrivals-taken-out');
    const download = centre.waitForEvent('download');
    await taking.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    assert.match(file, /Lũy Tre: /, 'marked');
    assert.ok(file.includes('Trần Thị Về'));
    assert.ok(!file.includes('Sốt 38,5'), 'nothing of anybody\'s health');
    await taking.waitFor({ state: 'hidden' });
    assert.equal(await station.getByRole('button', { name: 'Xuất danh sách', exact: true }).count(), 0, 'not by a station');
    await row.getByRole('button', { name: 'Đã nhận' }).click();
    await until('the acknowledgement', async () => (await row.getByRole('button', { name: 'Đã nhận' }).count()) === 0);
    await browser.check(station, 'arrivals-coming');
    await row.getByRole('button', { name: 'Ghi kết quả của Trần Thị Về' }).click();
    const dialog = station.getByRole('dialog').last();
    await dialog.getByRole('button', { name: 'Đã gặp được' }).click();
    await dialog.getByLabel('Ghi chú').fill('Đã đến nhà, khỏe');
    await browser.check(station, 'arrivals-outcome');
    await dialog.getByRole('button', { name: 'Lưu kết quả' }).click();
    await row.getByText('Đã đến nhà, khỏe').waitFor();
    await station.getByRole('button', { name: 'Chưa nhận', exact: true }).click();
    await station.getByText('Chưa có ai sắp đến').waitFor();
  });

  step('a traveller with a passport alone is registered, and the officer declares', async () => {
    const box = desk.getByLabel('Mã, hộ chiếu hoặc giấy tờ của khách');
    await box.fill('P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< L898902C36UTO7408122F1204159ZE184226B<<<<<10');
    await desk.keyboard.press('Enter');
    await desk.getByRole('heading', { name: 'Chưa có hồ sơ của khách này' }).waitFor();
    assert.equal(await desk.getByLabel('Họ và tên').inputValue(), 'ERIKSSON ANNA MARIA');
    assert.equal(await desk.getByLabel('Số', { exact: true }).inputValue(), 'L898902C3');
    await desk.getByLabel('Nơi ở').first().fill('dong ha');
    await desk.getByRole('option').filter({ hasText: 'Phường Đông Hà' }).first().click();
    await browser.check(desk, 'arrivals-register');
    await desk.getByRole('button', { name: 'Ghi hồ sơ' }).click();
    await desk.getByRole('heading', { name: 'ERIKSSON ANNA MARIA, 1974' }).waitFor();
    await desk.getByRole('button', { name: 'Khai thay khách' }).click();
    await desk.getByRole('button', { name: 'Gửi tờ khai' }).waitFor();
    await browser.check(desk, 'arrivals-declare-for');
    await desk.getByRole('button', { name: 'Thôi', exact: true }).click();
    await box.fill('l898902c3');
    await desk.getByLabel('Năm sinh', { exact: true }).fill('1974');
    const [looked] = await Promise.all([desk.waitForResponse(/\/arrivals\/look$/), desk.keyboard.press('Enter')]);
    assert.equal(looked.status(), 200);
    await desk.getByRole('heading', { name: 'ERIKSSON ANNA MARIA, 1974' }).waitFor();
  });

  step('who declared to come by a vehicle is its queue, and one tap leads to the desk', async () => {
    await desk.addInitScript(fakeCamera);
    await desk.reload();
    await desk.getByRole('searchbox', { name: 'Tìm cửa khẩu theo tên' }).fill('la lay');
    await desk.getByRole('button', { name: /Cửa khẩu La Lay/ }).click();
    await desk.getByLabel('Lý do xem tờ khai').fill('Kiểm dịch nhập cảnh');
    const row = desk.getByRole('row').filter({ hasText: '74A-123.45' });
    await row.getByRole('button', { name: 'Mở hàng chờ' }).click();
    await desk.getByRole('row').filter({ hasText: 'Trần Thị Về' }).getByText('Cách ly').waitFor();
    await browser.check(desk, 'arrivals-queue');
    await desk.getByRole('button', { name: 'Mời vào bàn: Trần Thị Về' }).click();
    await desk.getByRole('heading', { name: 'Trần Thị Về, 1990' }).waitFor();
  });

  step('the picture of a test opens at the desk, grows by keys, closes by one, and is in the log', async () => {
    const url = 'urn:uuid:0b1e6c1e-6c39-4a57-9d3b-7b3ab1e3a001';
    const drawn = await desk.evaluate(() => Object.assign(document.createElement('canvas'), { width: 800, height: 600 }).toDataURL('image/jpeg').split(',')[1]);
    const response = entry((await traveller.must(traveller.get('/points-of-entry'))).items[0].id);
    const health = response.item.at(-1).item;
    health.splice(-1, 1, said('tested', { valueBoolean: true }), said('test-date', { valueDate: day(1) }), said('test-result', { valueCoding: { code: 'negative' } }));
    health.push(said('test-picture', { valueAttachment: { contentType: 'image/jpeg', url } }));
    const pictures = [{ url, data: Buffer.from(drawn, 'base64').toString('base64url') }];
    await traveller.must(traveller.send('/declarations', { form: 'entry', version: '2026-11-23', at: ago(1), unit: there.id, response, pictures }));
    const { text } = await traveller.must(traveller.get(`/me/people/${traveller.self.id}/code`));
    await desk.getByLabel('Mã, hộ chiếu hoặc giấy tờ của khách').fill(text);
    await desk.keyboard.press('Enter');
    const looks = async () => (await traveller.must(traveller.get('/me/access-log'))).items.filter(({ action }) => action === 'arrivals.picture');
    const open = desk.getByRole('button', { name: 'Xem ảnh' });
    await open.waitFor();
    assert.deepEqual(await looks(), []);
    await desk.setViewportSize({ width: 390, height: 844 });
    await open.click();
    const picture = desk.getByRole('dialog').getByRole('img', { name: 'Ảnh gửi kèm tờ khai' });
    await picture.waitFor();
    const { width } = await picture.boundingBox();
    await desk.keyboard.press('+');
    await until('the picture to grow', async () => (await picture.boundingBox()).width > 1.4 * width);
    await browser.check(desk, 'arrivals-picture-phone');
    await desk.keyboard.press('Escape');
    await picture.waitFor({ state: 'detached' });
    await desk.setViewportSize({ width: 1280, height: 800 });
    assert.deepEqual((await looks()).map(({ reason }) => reason), ['Kiểm dịch nhập cảnh'], 'one look, one line');
  });

  step("the desk's own camera reads a code that is held up", async () => {
    await desk.getByRole('button', { name: 'Quét bằng camera' }).click();
    const { text } = await traveller.must(traveller.get(`/me/people/${traveller.self.id}/code`));
    const [looked] = await Promise.all([desk.waitForResponse(/\/arrivals\/look$/), holdUp(desk, text)]);
    assert.equal(looked.status(), 200);
    assert.equal(await desk.getByLabel('Mã, hộ chiếu hoặc giấy tờ của khách').inputValue(), text);
    await desk.getByRole('heading', { name: 'Trần Thị Về, 1990' }).waitFor();
  });

  step("a card's three lines, and a passport held sideways and out of focus, are read off pictures", async () => {
    const paper = await browser.desk();
    await paper.setViewportSize({ width: 1300, height: 1300 });
    const shot = async (lines, style) => {
      const text = lines.join('\n').replaceAll('<', '&lt;');
      await paper.setContent(`<body style="margin:0;display:grid;place-items:center;height:1300px;background:#e8e2d0"><pre style="font:40px 'DejaVu Sans Mono',monospace;${style}">${text}</pre>`);
      return { name: 'paper.png', mimeType: 'image/png', buffer: await paper.screenshot() };
    };
    const box = desk.getByLabel('Mã, hộ chiếu hoặc giấy tờ của khách');
    const reads = async (picture, begins) => {
      await desk.locator('input[type=file]').setInputFiles(picture);
      await until(`the lines ${begins}`, async () => (await box.inputValue()).startsWith(begins));
    };
    // The specimens of ICAO Doc 9303, parts 5 and 4.
    await reads(await shot(['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'], ''), 'I<UTOD231458907');
    await desk.getByRole('heading', { name: 'Chưa có hồ sơ của khách này' }).waitFor();
    await reads(
      await shot(['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'], 'transform:rotate(90.6deg);filter:blur(.7px)'),
      'P<UTOERIKSSON',
    );
    await desk.getByRole('heading', { name: 'ERIKSSON ANNA MARIA, 1974' }).waitFor();
    await paper.close();
  });

  step('who came through the gate and declares not to have been anywhere is asked about it', async () => {
    const risk = ['visited', 'symptoms', 'contact-case', 'contact-country', 'contact-sick'].map((question) => said(question, { valueBoolean: false }));
    const response = { resourceType: 'QuestionnaireResponse', status: 'completed', item: [{ linkId: 'risk', item: risk }] };
    await traveller.must(traveller.send('/declarations', { form: 'place-entry', version: '2021-05-29', at: ago(0), response }));
    const asked = await until('the question', async () => (await traveller.must(traveller.get('/me/differences'))).items.find(({ kind }) => kind === 'travelled'));
    assert.deepEqual(
      asked.evidence.map(({ record, placeName, claimed }) => [record, placeName, claimed]),
      [['entry', 'Cửa khẩu La Lay', false]],
      'the own code was shown there',
    );
  });

  step('a station that the traveller does not go to sees nobody', async () => {
    const elsewhere = await browser.officer('tyt-namdongha');
    await elsewhere.goto(`${server.origin}/console/declarations/coming`);
    await elsewhere.getByText('Chưa có ai sắp đến').waitFor();
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
