// Whom the police are asked to find, in real browsers: a station asks, a tracer sees on a phone whom to find and what to ask and nothing of anybody's
// health, answers, and the answer is back at the station; the person reads that the police were asked, and why. And the department of information
// traces by a letter that the officer who signed it released, and sees how many were found, never who.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, Client, commune, day, officer, Server, steps, until } from './support.mjs';

describe('police tracers in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, station, tracer, phone, wanted, office, desk, kase;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19702');
    wanted = await citizen(server, '+84917600001', { name: 'Lê Văn Vắng', birthYear: 1971, sex: 'male', unit: unit.id, address: 'Xóm 3' });
    const admin = await officer(server, 'quantri');
    const made = await admin.must(admin.post('/officers', { username: 'congan', name: 'Công an xã Hải Lăng', grants: [{ role: 'tracer', area: unit.id }] }));
    tracer = await begun(made);
    office = await begun(await admin.must(admin.post('/officers', { username: 'tttt', name: 'Sở TT&TT', grants: [{ role: 'informationOffice', area: unit.parent }] })));
    phone = await browser.phoneOf(tracer);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  // An account's first sign-in, over the API.
  async function begun({ officer: { username }, temporaryPassword }) {
    const client = new Client(server);
    await client.must(client.post('/auth/officer/sign-in', { username, password: temporaryPassword }));
    await client.must(client.call('PUT', '/auth/password', { current: temporaryPassword, next: 'chin con trau gam co 2026' }));
    return client;
  }

  step('a tracer opens the console and finds whom to find, nobody yet', async () => {
    await phone.goto(`${server.origin}/console/`);
    await phone.getByRole('heading', { level: 1, name: 'Người cần tìm' }).waitFor();
    await phone.getByText('Không có ai cần tìm.').waitFor();
    await browser.check(phone, 'errands-none-phone');
  });

  step('a tracer opens no record', async () => {
    const paths = ['/people/search', '/cases', '/tasks', '/candidates/0000000000001', '/follow-ups', '/declarations', '/positive-results', '/orders', '/outbreaks', '/searches', '/statistics', '/places', '/changes'];
    for (const path of paths) assert.equal((await (path.endsWith('search') ? tracer.post(path, { phone: '0917600001', reason: 'tim nguoi' }) : tracer.get(path))).status, 403, path);
  });

  step('a station asks to find somebody; words of a disease are not sent', async () => {
    station = await browser.officer('tyt-hailang');
    await station.goto(`${server.origin}/console/searches`);
    await station.getByText('Chưa nhờ tìm ai.').waitFor();
    await station.getByRole('button', { name: 'Nhờ tìm', exact: true }).click();
    const dialog = station.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill('0917600001');
    await dialog.getByLabel('Lý do').fill('Không liên lạc được');
    await dialog.getByRole('button', { name: 'Tìm', exact: true }).click();
    await dialog.getByRole('button', { name: 'Chọn: Lê Văn Vắng' }).click();
    const send = dialog.getByRole('button', { name: 'Nhờ tìm', exact: true });
    assert.equal(await send.isDisabled(), true);
    await dialog.getByLabel('Hỏi hoặc nhắn gì').fill('Ông có xét nghiệm COVID, mời về trạm.');
    await dialog.getByLabel('Vì sao nhờ tìm').fill('Ba ngày gọi không được');
    await dialog.getByLabel('Trả lời trong').and(dialog.locator('input')).first().click();
    await station.getByRole('option', { name: '24 giờ' }).or(station.getByRole('option', { name: '1 ngày' })).first().click();
    await send.click();
    await dialog.getByText('Đừng nói về bệnh, xét nghiệm hay ca bệnh: người đi tìm không được biết.').first().waitFor();
    await browser.check(station, 'searches-give');
    await dialog.getByLabel('Hỏi hoặc nhắn gì').fill('Nhờ ông gọi trạm y tế trước 17 giờ.');
    await send.click();
    await dialog.waitFor({ state: 'detached' });
    await station.getByRole('row').filter({ hasText: 'Lê Văn Vắng' }).filter({ hasText: 'Đang tìm' }).waitFor();
    await browser.check(station, 'searches');
  });

  step('the tracer sees whom and what, taps to call, and says where the person is', async () => {
    await phone.reload();
    await phone.getByText('Lê Văn Vắng, sinh năm 1971').waitFor();
    await phone.getByText('Nhờ ông gọi trạm y tế trước 17 giờ.').waitFor();
    assert.equal(await phone.locator('a[href="tel:+84917600001"]').count(), 1);
    const told = JSON.stringify((await tracer.must(tracer.get('/errands'))).items);
    assert.ok(!told.includes(wanted.self.id) && !/covid|case|candidate|disease/i.test(told), told);
    await phone.getByRole('button', { name: 'Ở nơi khác' }).click();
    const send = phone.getByRole('button', { name: 'Gửi kết quả' });
    assert.equal(await send.isDisabled(), true, 'where?');
    await phone.getByLabel('Đang ở đâu').fill('Vào Đà Nẵng làm từ thứ hai');
    await browser.check(phone, 'errands-phone');
    await send.click();
    await send.waitFor({ state: 'detached' });
    const open = phone.waitForResponse((one) => one.url().includes('/api/v1/errands?') && one.url().includes('state=open') && one.ok());
    await phone.goto(`${server.origin}/console/errands?state=open`);
    assert.deepEqual((await (await open).json()).items, [], 'answered, so not to be found any more');
    await phone.getByText('Không có lượt nhờ nào khớp bộ lọc.').waitFor();
    await browser.check(phone, 'errands-filtered-phone');
    await phone.goto(`${server.origin}/console/errands`);
    await phone.getByText('Lê Văn Vắng, sinh năm 1971').waitFor();
  });

  step('the answer is back at the station', async () => {
    await station.reload();
    await station.getByRole('row').filter({ hasText: 'Lê Văn Vắng' }).filter({ hasText: 'Ở nơi khác' }).filter({ hasText: 'Vào Đà Nẵng làm từ thứ hai' }).waitFor();
  });

  step('the list is taken out by the province, without what was asked or answered; not by the station', async () => {
    assert.equal(await station.getByRole('button', { name: 'Xuất danh sách', exact: true }).count(), 0);
    const cdc = await browser.officer('cdc1');
    await cdc.goto(`${server.origin}/console/searches?state=elsewhere`);
    await cdc.getByRole('row').filter({ hasText: 'Lê Văn Vắng' }).waitFor();
    await cdc.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByRole('heading', { name: 'Xuất danh sách đang lọc' }).waitFor();
    await dialog.getByLabel('CSV', { exact: true }).check();
    await dialog.getByLabel('Lý do').fill('Giao ban chiều');
    await browser.check(cdc, 'searches-taken-out');
    const download = cdc.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    assert.match(file, /Lũy Tre: /, 'marked');
    assert.ok(file.includes('Lê Văn Vắng'));
    assert.ok(!file.includes('Vào Đà Nẵng') && !file.includes('Ba ngày gọi không được'), 'nothing that was said in words');
    await dialog.waitFor({ state: 'hidden' });
    const { items } = await wanted.must(wanted.get('/me/access-log'));
    assert.ok(items.some((row) => row.action === 'searches.take_out' && row.reason === 'Giao ban chiều'), JSON.stringify(items));
    await cdc.close();
  });

  step('the person reads that the police were asked, by whom and why', async () => {
    const mine = await browser.phoneOf(wanted);
    const { items } = await wanted.must(wanted.get('/me/access-log'));
    for (const [action, role] of [['searches.give', 'stationOfficer'], ['searches.find', 'tracer']])
      assert.ok(items.some((row) => row.action === action && row.role === role && row.reason === 'Ba ngày gọi không được'), JSON.stringify(items));
    await mine.goto(`${server.origin}/access`);
    await mine.getByText('Đã nhờ công an, quân đội tìm người này').first().waitFor();
    await mine.getByText('Công an, quân đội đi tìm người').first().waitFor();
    await browser.check(mine, 'asked-to-find-phone');
  });

  step('the department of information enters a letter, and may not trace yet', async () => {
    const cdc = await officer(server, 'cdc1');
    kase = await cdc.must(cdc.post('/cases', { person: wanted.self.id, disease: 'covid-19', onset: day(1) }), 201);
    kase = await cdc.must(cdc.edit(`/cases/${kase.id}/confirm`, { onset: day(1), sampleAt: ago(60), resultAt: ago(30), method: 'pcr' }, kase.version));
    desk = await browser.desk();
    await desk.context().addCookies([...office.cookies].map(([name, value]) => ({ name, value, url: server.origin })));
    await desk.goto(`${server.origin}/console/`);
    await desk.getByRole('heading', { level: 1, name: 'Truy vết theo công văn' }).waitFor();
    await desk.getByRole('button', { name: 'Nhập công văn' }).click();
    const dialog = desk.getByRole('dialog');
    for (const [label, text] of [['Số công văn', '123/SYT-NVY'], ['Cơ quan đề nghị', 'Sở Y tế'], ['Cán bộ y tế ký', 'Lê Thu Hà'], ['Mã ca bệnh', kase.number], ['Mục đích', 'Kiểm tra ổ dịch']])
      await dialog.getByLabel(label).fill(text);
    await dialog.getByRole('textbox', { name: 'Ngày công văn' }).fill(day(0).split('-').reverse().join('/'));
    await dialog.getByRole('textbox', { name: 'Ngày công văn' }).press('Tab');
    await browser.check(desk, 'letter-enter');
    await dialog.getByRole('button', { name: 'Nhập công văn' }).click();
    await dialog.waitFor({ state: 'detached' });
    await desk.getByRole('row').filter({ hasText: '123/SYT-NVY' }).filter({ hasText: 'Chờ duyệt' }).waitFor();
    assert.equal(await desk.getByRole('button', { name: 'Truy vết: 123/SYT-NVY' }).count(), 0);
    const [{ id }] = (await office.must(office.get('/trace-requests'))).items;
    assert.equal((await office.post(`/trace-requests/${id}/run`)).body.code, 'request_not_released');
    for (const path of [`/cases/${kase.id}`, `/cases/${kase.id}/candidates`, `/cases/${kase.id}/runs`, '/cases', '/people', '/errands']) assert.ok([403, 405].includes((await office.get(path)).status), path);
    const other = await officer(server, 'cdc2');
    assert.equal((await other.post(`/trace-requests/${id}/release`)).body.code, 'not_named_in_request');
  });

  step('the officer who signed it releases it; the department traces and sees how many', async () => {
    const signer = await browser.officer('cdc1');
    await signer.goto(`${server.origin}/console/trace-requests`);
    await signer.getByRole('button', { name: 'Duyệt: 123/SYT-NVY', exact: true }).click();
    await signer.getByRole('row').filter({ hasText: '123/SYT-NVY' }).filter({ hasText: 'Đã duyệt' }).waitFor();
    await browser.check(signer, 'letter-released');
    await desk.reload();
    await desk.getByRole('button', { name: 'Truy vết: 123/SYT-NVY' }).click();
    await desk.getByRole('row').filter({ hasText: '123/SYT-NVY' }).filter({ hasText: 'Không tìm thấy ai' }).waitFor();
    assert.doesNotMatch(await desk.innerText('main'), /Lê Văn Vắng/);
    await browser.check(desk, 'letter-traced');
    await until('the run in the access log', async () =>
      (await wanted.must(wanted.get('/me/access-log'))).items.some((row) => row.action === 'tracing.run_request' && row.reason === '123/SYT-NVY, Sở Y tế: Kiểm tra ổ dịch'));
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
