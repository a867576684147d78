// Declarations in real browsers: a traveller from a province where nobody asks for them declares for a journey to one where they are asked for; the
// station there finds it, opens the answers, and another station does not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe } from 'node:test';
import { Browser, citizen, commune, officer, Server, steps, strike, until } from './support.mjs';

describe('declarations in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, traveller, phone, station, detail;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    traveller = await citizen(server, '+84917000001');
    const found = (await traveller.must(traveller.get('/units/search?q=hoan%20kiem'))).items.find((hit) => hit.unit.level === 'commune' && !hit.unit.validTo);
    await traveller.must(traveller.post('/me/people', { relation: 'self', nationality: 'VN', name: 'Đỗ Văn Khách', birthYear: 1979, sex: 'male', unit: found.unit.id }));
    phone = await browser.phoneOf(traveller);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const question = (text) => phone.locator('[data-question]').filter({ hasText: text });
  const say = (text, answer) => question(text).getByText(answer, { exact: true }).click();

  step('the form asks everything, presets nothing, and leads to what is missing', async () => {
    await phone.goto(`${server.origin}/declare`);
    await phone.getByRole('heading', { name: /Bạn sắp đi nơi khác/ }).waitFor();
    assert.equal(await phone.getByRole('link', { name: /di chuyển/i }).count(), 0, 'nobody asks for it where they live');
    await phone.getByLabel('Xã, phường nơi bạn đến').fill('dong ha');
    await phone.getByRole('option').filter({ hasText: 'Phường Đông Hà' }).first().click();
    await phone.getByRole('link', { name: /di chuyển/i }).click();
    await phone.getByRole('button', { name: 'Tôi đồng ý' }).click();
    await phone.getByText('Phương tiện').first().waitFor();
    assert.equal(await phone.locator('input:checked').count(), 0);
    await browser.check(phone, 'movement-form-phone');
    await phone.getByRole('button', { name: 'Gửi' }).click();
    await phone.getByRole('alert').getByText('Nơi đến').first().click();
    await browser.check(phone, 'movement-form-missing-phone');
  });

  step('the destination is chosen from the units found, and a draft outlives a reload', async () => {
    await phone.getByText('Phương tiện cá nhân', { exact: true }).click();
    await phone.getByLabel('Ngày khởi hành').fill(new Date(Date.now() + 7 * 3600_000).toISOString().slice(0, 10));
    await phone.getByLabel(/^Nơi đi/).fill('Viêng Chăn, Lào');
    await phone.getByLabel(/^Nơi đến/).fill('dong ha');
    await phone.getByRole('option').filter({ hasText: 'Phường Đông Hà' }).first().click();
    await say('nào khác nơi ở không?', 'Không');
    await say('sốt, ho, khó thở, viêm phổi, đau họng', 'Có');
    await phone.getByLabel(/^Dấu hiệu nào/).fill('Sốt từ hôm qua');
    await say('nghi ngờ mắc bệnh', 'Không');
    await until('the draft to be kept', async () => (await browser.kept(phone)).some((row) => row.includes('"contact-case"')));
    await phone.reload();
    await phone.getByLabel(/^Dấu hiệu nào/).waitFor();
    assert.equal(await phone.getByLabel(/^Dấu hiệu nào/).inputValue(), 'Sốt từ hôm qua');
    assert.match(await phone.getByLabel(/^Nơi đến/).inputValue(), /^Phường Đông Hà/);
    assert.equal(await phone.getByLabel(/^Nơi đi/).inputValue(), 'Viêng Chăn, Lào');
    await browser.picture(phone, 'movement-form-filled-phone');
  });

  step('it is sent with the destination, and says its result, why, and what to do', async () => {
    await say('nước có bệnh', 'Không');
    await say('người có biểu hiện', 'Không');
    const [request] = await Promise.all([phone.waitForRequest((r) => r.method() === 'POST' && /\/declarations$/.test(r.url())), phone.getByRole('button', { name: 'Gửi' }).click()]);
    const { items } = await traveller.must(traveller.get('/units/search?q=dong%20ha%20quang%20tri'));
    assert.equal(request.postDataJSON().unit, items.find((hit) => hit.unit.code === '19333').unit.id);
    await phone.getByRole('status').getByText('Cần theo dõi').waitFor();
    await browser.check(phone, 'outcome-phone');
    await phone.goto(`${server.origin}/declare`);
    await phone.getByText('Cần theo dõi').first().waitFor();
    await browser.check(phone, 'declare-phone');
    assert.equal((await traveller.must(traveller.get('/me/declarations'))).items.length, 1);
  });

  step('the station of the destination finds it by keyboard, and opens the answers', async () => {
    station = await browser.officer('tyt-dongha');
    await strike(station, 'gk');
    await station.getByRole('heading', { name: 'Tờ khai', level: 1 }).waitFor();
    await station.getByRole('link', { name: /Đỗ Văn Khách/ }).waitFor();
    await station.getByText('nhật ký truy cập của từng người trong danh sách').waitFor();
    await browser.check(station, 'declarations');
    for (let row = 0; row < 50; ++row) {
      await station.keyboard.press('j');
      if ((await station.locator('tr[data-marked]').innerText()).includes('Đỗ Văn Khách')) break;
    }
    await station.keyboard.press('Enter');
    await station.getByRole('heading', { name: 'Đỗ Văn Khách', level: 1 }).waitFor();
    await station.getByText('Sốt từ hôm qua').waitFor();
    await station.getByText('Viêng Chăn, Lào').waitFor();
    await station.getByText('quyết định kết quả').first().waitFor();
    detail = station.url();
    await browser.check(station, 'declaration');
    await station.getByRole('button', { name: 'Eng', exact: true }).first().click();
    await station.getByText('decided the result').first().waitFor();
    await station.getByRole('button', { name: 'Việt', exact: true }).first().click();
    await station.setViewportSize({ width: 390, height: 844 });
    await browser.check(station, 'declaration-phone');
    await station.getByRole('link', { name: 'Tờ khai' }).first().click();
    await station.getByRole('link', { name: /Đỗ Văn Khách/ }).waitFor();
    await browser.check(station, 'declarations-phone');
    await station.setViewportSize({ width: 1280, height: 800 });
  });

  step('filters are in the address; what they leave out is not shown', async () => {
    const colours = station.getByRole('group', { name: 'Kết quả' });
    await colours.getByRole('button', { name: 'Vàng' }).click();
    await station.waitForURL(/colour=yellow/);
    await station.getByRole('link', { name: /Đỗ Văn Khách/ }).waitFor();
    await colours.getByRole('button', { name: 'Đỏ' }).click();
    await station.getByRole('link', { name: /Đỗ Văn Khách/ }).waitFor({ state: 'detached' });
  });

  step('the list is turned round, and what it shows is taken out, with a reason and a mark', async () => {
    const cdc = await browser.officer('cdc1');
    await cdc.goto(`${server.origin}/console/declarations?colour=yellow`);
    await cdc.getByRole('link', { name: /Đỗ Văn Khách/ }).waitFor();
    const answer = cdc.waitForResponse((one) => one.url().includes('/api/v1/declarations?') && one.url().includes('order=ascending') && one.ok());
    await cdc.getByRole('combobox', { name: 'Sắp xếp theo', exact: true }).or(cdc.getByLabel('Sắp xếp theo', { exact: true }).and(cdc.locator('input'))).first().click();
    await cdc.getByRole('option', { name: 'Lúc nhận được, tăng dần', exact: true }).click();
    await answer;
    await cdc.waitForURL(/order=ascending/);
    await cdc.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByRole('heading', { name: 'Xuất danh sách tờ khai đang lọc' }).waitFor();
    await dialog.getByLabel('CSV', { exact: true }).check();
    await dialog.getByLabel('Lý do').fill('Giao ban chiều');
    await browser.check(cdc, 'declarations-taken-out');
    const asked = cdc.waitForRequest((one) => one.url().endsWith('/declaration-file'));
    const download = cdc.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    assert.equal((await asked).postDataJSON().colour, 'yellow');
    const file = readFileSync(await (await download).path(), 'utf8');
    assert.match(file, /Lũy Tre: /, 'marked');
    assert.ok(file.includes('Đỗ Văn Khách'));
    assert.ok(!file.includes('Sốt từ hôm qua'), 'no answers');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await station.getByRole('button', { name: 'Xuất danh sách', exact: true }).count(), 0, 'a station takes nothing out');
    const log = (await traveller.must(traveller.get('/me/access-log'))).items;
    assert.ok(log.some((row) => row.action === 'declarations.take_out' && row.reason === 'Giao ban chiều'), JSON.stringify(log[0]));
    await cdc.close();
  });

  step('somebody in particular is looked for with a reason, and never in the address', async () => {
    await station.goto(`${server.origin}/console/declarations`);
    await station.getByRole('button', { name: 'Tìm một người' }).click();
    const search = station.getByRole('button', { name: 'Tìm', exact: true });
    await station.getByLabel(/Số điện thoại, số giấy tờ/).fill('do van khach');
    assert.equal(await search.isDisabled(), true, 'not without a reason');
    await station.getByLabel('Lý do').fill('Gọi lại theo tờ khai');
    await search.click();
    await until('one row', async () => (await station.getByRole('row').count()) === 2);
    await station.getByRole('link', { name: /Đỗ Văn Khách/ }).waitFor();
    await browser.check(station, 'declarations-somebody');
    await station.getByLabel(/Số điện thoại, số giấy tờ/).fill('0917 000 099');
    await search.click();
    await station.getByText('Không có tờ khai nào khớp bộ lọc').waitFor();
    assert.doesNotMatch(decodeURIComponent(station.url()), /khach|0917/);
    await station.getByRole('button', { name: 'Bỏ lọc' }).click();
    await station.getByLabel('Đến ngày').fill('01/01/2021');
    await station.waitForURL(/to=2021-01-01/);
    await station.getByText('Không có tờ khai nào khớp bộ lọc').waitFor();
    const log = (await traveller.must(traveller.get('/me/access-log'))).items;
    assert.ok(log.some((row) => row.action === 'declarations.search' && row.reason === 'Gọi lại theo tờ khai'), JSON.stringify(log[0]));
  });

  step('an officer declares for somebody who calls: asked how, nothing preset, and told as such', async () => {
    const api = await officer(server, 'tyt-dongha');
    const { id: unit } = await commune(server, '19333');
    const caller = await api.must(api.post('/people', { name: 'Lê Thị Gọi', birthYear: 1950, sex: 'female', unit }));
    await station.goto(`${server.origin}/console/people/${caller.id}/declare`);
    await station.getByLabel('Lý do').fill('Gọi đến nhờ khai hộ');
    await station.getByRole('button', { name: 'Mở hồ sơ' }).click();
    await station.getByRole('radio', { name: 'Khai báo nhanh khi đến nơi đông người' }).check();
    const asked = (text) => station.locator('[data-question]').filter({ hasText: text });
    await asked('đến tỉnh/thành phố').waitFor();
    assert.equal(await station.locator('form input:checked').count(), 0);
    await station.getByRole('button', { name: 'Gửi tờ khai' }).click();
    await station.getByText('Còn 5 câu cần xem lại').waitFor();
    await browser.check(station, 'declare-for-missing');
    await asked('dấu hiệu: sốt').getByRole('radio', { name: 'Có' }).check();
    await station.getByLabel(/^Dấu hiệu nào/).fill('Ho từ sáng');
    for (const text of ['đến tỉnh/thành phố', 'nghi ngờ mắc bệnh', 'nước có bệnh', 'người có biểu hiện'])
      await asked(text).getByRole('radio', { name: 'Không' }).check();
    const sent = station.waitForRequest((request) => request.method() === 'POST' && /\/declarations$/.test(request.url()));
    await station.getByRole('radio', { name: 'Gọi điện thoại' }).check();
    await station.getByRole('button', { name: 'Gửi tờ khai' }).click();
    assert.ok((await sent).headers()['idempotency-key']);
    await station.getByText('Đã khai hộ Lê Thị Gọi').waitFor();
    await browser.check(station, 'declare-for-done');
    await station.getByRole('link', { name: 'Tờ khai', exact: true }).click();
    await station.getByRole('heading', { name: 'Tờ khai', level: 1 }).waitFor();
    await station.getByRole('link', { name: /Lê Thị Gọi/ }).click();
    await station.getByText(/Khai hộ bởi cán bộ, .*Gọi điện thoại/).waitFor();
    await station.getByText('Ho từ sáng').waitFor();
    await browser.check(station, 'declared-for');
  });

  step('a station puts a record right, with a reason; a second version at the same time is shown, not overwritten', async () => {
    const api = await officer(server, 'tyt-dongha');
    const { id: unit } = await commune(server, '19333');
    const person = await api.must(api.post('/people', { name: 'Lê Thị Sủa', birthDate: '1950-01-01', sex: 'female', unit }));
    await station.goto(`${server.origin}/console/people/${person.id}`);
    await station.getByLabel('Lý do').fill('Đối chiếu giấy tờ');
    await station.getByRole('button', { name: 'Mở hồ sơ' }).click();
    await station.getByRole('button', { name: 'Sửa hồ sơ' }).click();
    const dialog = station.getByRole('dialog').last();
    const save = dialog.getByRole('button', { name: 'Lưu bản sửa' });
    await dialog.getByLabel('Lý do').fill('Theo CCCD');
    assert.equal(await save.isDisabled(), true, 'nothing has changed');
    await dialog.getByLabel('Họ và tên').fill('Lê Thị Sửa');
    await dialog.getByLabel('Ngày sinh').fill('');
    assert.equal(await save.isDisabled(), true, 'a date that is half typed is no year');
    await dialog.getByLabel('Năm sinh').fill('1950');
    await dialog.getByLabel('Địa chỉ').fill('Thôn 5');
    await browser.check(station, 'person-correct');
    await save.click();
    await station.getByRole('heading', { name: 'Lê Thị Sửa', level: 1 }).waitFor();
    await station.waitForFunction(() => document.activeElement?.textContent === 'Sửa hồ sơ'); // the keyboard is where it was
    const now = await api.must(api.post(`/people/${person.id}/look`, { reason: 'kiểm tra' }));
    assert.deepEqual([now.name, now.birthDate ?? null, now.birthYear, now.address, now.version], ['Lê Thị Sửa', null, 1950, 'Thôn 5', 2]);
    await station.getByRole('button', { name: 'Xem các lần sửa' }).click();
    await station.getByText('Lê Thị Sủa').waitFor();
    await station.getByText('01/01/1950').waitFor();

    await station.getByRole('button', { name: 'Sửa hồ sơ' }).click();
    await dialog.getByLabel('Địa chỉ').fill('Thôn 6');
    await dialog.getByLabel('Lý do').fill('Chuyển nhà');
    await api.must(api.edit(`/people/${person.id}`, { reason: 'Gọi xác minh', address: 'Thôn 7' }, 2, 'PATCH'));
    await save.click();
    const conflict = station.getByRole('dialog').last();
    await conflict.getByText('Thôn 7').waitFor();
    await browser.check(station, 'person-correct-conflict');
    await conflict.getByRole('button', { name: 'Giữ bản mới' }).click();
    await station.getByText('Thôn 7').waitFor();
  });

  step('another station neither finds nor opens it; roles without the right have no such page', async () => {
    const elsewhere = await browser.officer('tyt-hailang');
    await elsewhere.getByRole('link', { name: 'Tờ khai' }).click();
    await elsewhere.getByRole('heading', { name: 'Tờ khai', level: 1 }).waitFor(); // the overview has tables, too
    await elsewhere.getByText('Không có tờ khai vàng hay đỏ nào').or(elsewhere.getByRole('table')).first().waitFor();
    assert.equal((await elsewhere.innerText('main')).includes('Đỗ Văn Khách'), false);
    await browser.check(elsewhere, 'declarations-elsewhere');
    await elsewhere.goto(detail);
    await elsewhere.getByRole('alert').first().waitFor();
    assert.equal((await elsewhere.innerText('main')).includes('Sốt từ hôm qua'), false);
    const auditor = await browser.officer('kiemtoan');
    assert.equal(await auditor.getByRole('link', { name: 'Tờ khai' }).count(), 0);
    await auditor.goto(detail);
    await auditor.getByRole('heading', { name: 'Tổng quan', level: 1 }).waitFor();
  });

  step('the traveller sees who looked, and who was turned away', async () => {
    await phone.goto(`${server.origin}/access`);
    await phone.getByText(/^Cán bộ trạm y tế, .*Đông Hà/).first().waitFor();
    await browser.check(phone, 'access-declarations-phone');
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
