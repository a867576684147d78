// A quarantine site in real browsers: a group is taken in by its papers and put into one room; somebody of the room falls ill, the others' extensions are
// drafted together, and what waits is signed together. The regiment whose site it is keeps it on a phone, and sees nothing of why anybody is there. The list
// is filtered, and opens with a saved view. Another site takes a signed move.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { printed } from './printed.mjs';
import { answered, choose, takeOut } from './story.mjs';
import { ago, Browser, citizen, Client, commune, day, officer, Server, steps, until } from './support.mjs';

describe('a quarantine site in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const yesterday = 30 * 60;  // minutes
  const names = ['Phạm Thị Gặp', 'Lê Văn Cùng'];
  const orders = [];
  let server, browser, cdc, staff, unit, site, keeper, mets, regiment, phone;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    const owner = await citizen(server, '+84919200001', profile('Trần Thị Giữ'));
    const pending = await owner.must(owner.post('/places/registrations', { name: 'Quán cơm Bà Sáu', kind: 'restaurant', unit: unit.id, address: '6 Lê Lợi', phone: '+84919200002' }));
    const place = await owner.must(owner.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84919200002') }));
    const ill = await citizen(server, '+84919200010', profile('Lê Thị Ốm'));
    mets = [await citizen(server, '+84919200011', profile(names[0])), await citizen(server, '+84919200012', profile(names[1]))];
    await ill.must(ill.send('/visits', { placeCode: place.shortCode, at: ago(yesterday) }), 201);
    for (const one of mets) await one.must(one.send('/visits', { placeCode: place.shortCode, at: ago(yesterday - 10) }), 201);
    cdc = await officer(server, 'cdc1');
    staff = await officer(server, 'tyt-dongha');
    let kase = await cdc.must(cdc.post('/cases', { person: ill.self.id, disease: 'covid-19' }), 201);
    kase = await cdc.must(cdc.edit(`/cases/${kase.id}/confirm`, { sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
    for (const name of names) {
      const candidate = await until('the trace', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/candidates`))).items.find((one) => one.person.name === name));
      await cdc.must(cdc.edit(`/candidates/${candidate.id}/assign`, { class: 'F1', answers: { distanceUnder2m: 'yes', masks: 'no' } }, candidate.version));
      const wish = { kind: 'observation', candidate: candidate.id, place: { kind: 'site', name: 'Trung đoàn 842', address: 'Đường 9' }, reason: 'Tiếp xúc gần' };
      const order = await until('the draft', async () => { const made = await staff.send('/orders', wish); return made.status === 201 && made.body; });
      orders.push(await cdc.must(cdc.edit(`/orders/${order.id}/sign`, { authority: 'Phó Giám đốc CDC' }, order.version)));
    }
    site = await cdc.must(cdc.send('/quarantine-sites', { kind: 'site', owner: 'military', name: 'Trung đoàn 842', address: 'Đường 9', unit: unit.id }), 201);
    await cdc.must(cdc.post(`/quarantine-sites/${site.id}/rooms`, { name: 'P101', beds: 4 }));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const tap = (page, name) => page.getByRole('button', { name, exact: true }).click();
  const row = (page, name) => page.getByRole('row').filter({ has: page.getByRole('link', { name }) });

  step('a bus is taken in by the numbers of its orders, into one room', async () => {
    keeper = await browser.officer('cdc2');
    await keeper.goto(`${server.origin}/console/orders/sites/${site.id}`);
    await keeper.getByRole('heading', { name: 'Trung đoàn 842', level: 1 }).waitFor();
    await tap(keeper, 'Nhận nhiều người cùng lúc');
    await keeper.getByLabel('Mã hoặc số quyết định').fill(orders.map((one) => one.number).join('\n'));
    assert.equal(await answered(keeper, '/look', () => tap(keeper, 'Đề nghị giường cho 2 mã')), 200);
    assert.equal(await answered(keeper, '/intake', () => tap(keeper, 'Nhận 2 người')), 200);
    await keeper.getByRole('heading', { name: 'Phòng P101: 2 trên 4 giường' }).waitFor();
  });

  step('a whole room answers at once', async () => {
    assert.equal(await answered(keeper, '/roll-calls', () => tap(keeper, 'Bắt đầu điểm danh')), 200);
    assert.equal(await answered(keeper, '/answers', () => keeper.getByRole('button', { name: 'Cả phòng có mặt: P101' }).click()), 200);
    await keeper.getByText('có mặt 2, vắng 0, chưa gọi 0', { exact: false }).waitFor();
    assert.equal(await answered(keeper, '/close', () => tap(keeper, 'Kết thúc điểm danh')), 200);
    await keeper.getByRole('button', { name: 'Bắt đầu điểm danh' }).waitFor();
  });

  step('a case in the room: the other\'s extension is drafted', async () => {
    let ill = await cdc.must(cdc.post('/cases', { person: mets[0].self.id, disease: 'covid-19' }), 201);
    ill = await cdc.must(cdc.edit(`/cases/${ill.id}/confirm`, { sampleAt: ago(3), resultAt: ago(1), method: 'pcr' }, ill.version));
    await until('the room to be marked', async () => (await cdc.must(cdc.get(`/quarantine-sites/${site.id}`))).rooms[0].people.some((one) => one.restart && one.person.name === names[1]));
    await keeper.reload();
    await tap(keeper, 'Đề nghị gia hạn cho 1 người cùng phòng');
    const dialog = keeper.getByRole('dialog', { name: 'Gia hạn phòng P101' });
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Cùng phòng có ca mới');
    await browser.check(keeper, 'site-extend');
    assert.equal(await answered(keeper, '/order-steps', () => dialog.getByRole('button', { name: 'Gửi để ký' }).click()), 200);
    await row(keeper, names[1]).filter({ hasText: 'Chờ ký: gia hạn' }).waitFor();
  });

  step('what waits is signed together, each with its outcome', async () => {
    const desk = await browser.officer('cdc1');
    await desk.goto(`${server.origin}/console/orders`);
    await desk.getByRole('checkbox', { name: `Chọn ${names[1]}` }).check();
    await tap(desk, 'Ký 1 việc');
    const dialog = desk.getByRole('dialog', { name: 'Ký nhiều quyết định' });
    await dialog.getByRole('textbox', { name: /^Ký với chức danh/ }).fill('Phó Giám đốc CDC');
    await browser.check(desk, 'orders-sign-together');
    assert.equal(await answered(desk, '/order-signatures', () => dialog.getByRole('button', { name: 'Ký', exact: true }).click()), 200);
    await desk.getByText(`${names[1]}: đã ký`).waitFor();
    const extended = await cdc.must(cdc.get(`/orders/${orders[1].id}`));
    assert.ok(extended.lastDay > orders[1].lastDay);
  });

  step('an account of the regiment finds no site before it is named', async () => {
    const admin = await officer(server, 'quantri');
    const { officer: made, temporaryPassword } = await admin.must(admin.post('/officers', { username: 'trungdoan', name: 'Trực ban 842', grants: [{ role: 'siteKeeper', area: unit.id }] }));
    regiment = new Client(server);
    await regiment.must(regiment.post('/auth/officer/sign-in', { username: made.username, password: temporaryPassword }));
    await regiment.must(regiment.call('PUT', '/auth/password', { current: temporaryPassword, next: 'chin con trau gam co 2026' }));
    assert.equal((await regiment.get(`/quarantine-sites/${site.id}`)).status, 403);
    phone = await browser.phoneOf(regiment);
    await phone.goto(`${server.origin}/console/`);
    await phone.getByRole('heading', { level: 1, name: 'Khu cách ly' }).waitFor();
    await phone.getByText('Chưa có khu nào được giao cho tài khoản này.', { exact: false }).waitFor();
  });

  step('officers of the site name it', async () => {
    await keeper.reload();
    await keeper.getByText('Chưa giao cho ai.').waitFor();
    await keeper.getByLabel('Tài khoản giữ khu', { exact: true }).and(keeper.locator('input')).first().click();
    await keeper.getByRole('option', { name: 'Trực ban 842' }).click();
    assert.equal(await answered(keeper, '/keepers', () => tap(keeper, 'Giao giữ khu')), 200);
    await keeper.getByRole('button', { name: 'Thôi giao: Trực ban 842' }).waitFor();
    await browser.check(keeper, 'site-keepers');
  });

  step('it sees who lies where until when, and nothing of why', async () => {
    await phone.reload();
    await phone.getByRole('link', { name: 'Trung đoàn 842' }).click();
    await phone.getByRole('heading', { name: 'Trung đoàn 842', level: 1 }).waitFor();
    await phone.getByRole('heading', { name: 'Phòng P101: 2 trên 4 giường' }).waitFor();
    for (const name of names) await phone.getByText(name, { exact: false }).first().waitFor();
    const words = await phone.locator('main').innerText();
    for (const hidden of ['COVID', 'ca mới', 'gia hạn', '0919', 'Lê Lợi', 'Xếp người vào', 'Ai giữ khu này']) assert.ok(!words.includes(hidden), hidden);
    await browser.check(phone, 'site-kept-phone');
    const paths = ['/orders', `/orders/${orders[1].id}`, `/quarantine-sites/${site.id}/awaited`, `/quarantine-sites/${site.id}/keepers`, '/cases', '/people/search', '/referrals', '/places', '/changes'];
    for (const path of paths) assert.equal((await (path.endsWith('search') ? regiment.post(path, { phone: '0919200011', reason: 'tim nguoi' }) : regiment.get(path))).status, 403, path);
    await phone.goto(`${server.origin}/console/orders`);
    await phone.getByRole('heading', { level: 1, name: 'Khu cách ly' }).waitFor();
  });

  step('it calls the roll and writes down what somebody needs', async () => {
    await phone.getByRole('link', { name: 'Trung đoàn 842' }).click();
    assert.equal(await answered(phone, '/roll-calls', () => tap(phone, 'Bắt đầu điểm danh')), 200);
    assert.equal(await answered(phone, '/answers', () => phone.getByRole('button', { name: 'Cả phòng có mặt: P101' }).click()), 200);
    await phone.getByText('có mặt 2, vắng 0, chưa gọi 0', { exact: false }).waitFor();
    assert.equal(await answered(phone, '/close', () => tap(phone, 'Kết thúc điểm danh')), 200);
    await phone.getByLabel('Ghi nhu cầu của', { exact: true }).and(phone.locator('input')).first().click();
    await phone.getByRole('option', { name: new RegExp(names[1]) }).click();
    await phone.getByLabel('Cần gì').selectOption('food');
    assert.equal(await answered(phone, '/needs', () => tap(phone, 'Báo trạm')), 204);
    await tap(phone, 'Xem ai đang cần gì');
    await phone.getByRole('listitem').filter({ hasText: 'Thực phẩm' }).filter({ hasText: names[1] }).waitFor();
    assert.equal(await answered(phone, '/brought', () => phone.getByRole('button', { name: `Đã giao: ${names[1]}, Thực phẩm` }).click()), 204);
    await phone.getByText('Không ai đang chờ').waitFor();
  });

  step('the log bears who took it out, and the person reads who looked', async () => {
    const file = await regiment.must(regiment.get(`/quarantine-sites/${site.id}/log`));
    assert.ok(file.includes('Lũy Tre: Trung đoàn 842') && names.every((name) => file.includes(name)), file);
    const { items } = await mets[1].must(mets[1].get('/me/access-log'));
    assert.ok(items.some((one) => one.action === 'quarantine.keep_site' && one.role === 'siteKeeper'));
  });

  step('ended, it is ended at once', async () => {
    assert.equal(await answered(keeper, '/end', () => keeper.getByRole('button', { name: 'Thôi giao: Trực ban 842' }).click()), 200);
    await keeper.getByText('Chưa giao cho ai.').waitFor();
    assert.equal((await regiment.get(`/quarantine-sites/${site.id}`)).status, 403);
    assert.deepEqual((await regiment.must(regiment.get('/quarantine-sites'))).items, []);
  });

  step('the list of sites is sorted by free beds, and its file names nobody', async () => {
    await keeper.goto(`${server.origin}/console/orders/sites`);
    await keeper.getByRole('link', { name: 'Trung đoàn 842' }).waitFor();
    await keeper.getByRole('columnheader', { name: 'Giường trống' }).getByRole('button').click();
    await keeper.locator('th[aria-sort="descending"]').filter({ hasText: 'Giường trống' }).waitFor();
    await keeper.waitForURL((url) => url.search === '?sort=free&order=descending');
    await browser.check(keeper, 'sites-sorted');
    const file = await cdc.must(cdc.post(`/units/${site.unit}/quarantine-site-file`, { reason: 'Giao ban chiều' }));
    assert.ok(file.includes('Lũy Tre: ') && file.includes('Trung đoàn 842') && !names.some((name) => file.includes(name)), file);
  });

  step('the list is filtered by name, kind, owner and free beds, and opens with a saved view', async () => {
    await cdc.must(cdc.send('/quarantine-sites', { kind: 'hotel', owner: 'hotel', name: 'Khách sạn Sông Hiếu', address: '1 Bạch Đằng', unit: unit.id }), 201);
    const found = (name) => keeper.getByRole('link', { name, exact: true });
    const only = async (here, gone) => {
      await found(gone).waitFor({ state: 'hidden' });
      await found(here).waitFor();
    };
    await keeper.goto(`${server.origin}/console/orders/sites`);
    await found('Khách sạn Sông Hiếu').waitFor();
    await keeper.getByRole('searchbox', { name: 'Tên khu' }).fill('song hieu');
    await only('Khách sạn Sông Hiếu', 'Trung đoàn 842');
    await keeper.getByRole('searchbox', { name: 'Tên khu' }).fill('');
    await found('Trung đoàn 842').waitFor();
    const choice = (group, name) => keeper.getByRole('group', { name: group, exact: true }).getByRole('button', { name, exact: true }).click();
    await choice('Thuộc', 'Khách sạn');
    await only('Khách sạn Sông Hiếu', 'Trung đoàn 842');
    await keeper.getByRole('checkbox', { name: 'Chỉ nơi còn giường trống' }).check();  // it has no room yet
    await keeper.getByText('Không tìm thấy').waitFor();
    await tap(keeper, 'Bỏ lọc');
    await choice('Loại', 'Khu tập trung');
    await keeper.getByRole('checkbox', { name: 'Chỉ nơi còn giường trống' }).check();
    await only('Trung đoàn 842', 'Khách sạn Sông Hiếu');
    await keeper.waitForURL((url) => url.search === '?kind=site&free=true');
    const item = async (name) => {
      await tap(keeper, 'Bộ lọc đã lưu: tùy chọn');
      await keeper.getByRole('menuitem', { name, exact: true }).click();
    };
    const wrote = (method, path) => keeper.waitForResponse((answer) => answer.request().method() === method && new URL(answer.url()).pathname === path && answer.ok());
    await item('Lưu cách lọc đang dùng…');
    const dialog = keeper.getByRole('dialog').last();
    await dialog.getByLabel('Tên bộ lọc').fill('Khu còn giường');
    await Promise.all([wrote('POST', '/api/v1/views'), dialog.getByRole('button', { name: 'Lưu', exact: true }).click()]);
    await dialog.waitFor({ state: 'hidden' });
    await Promise.all([wrote('PUT', '/api/v1/views/standard'), item('Mở trang này với “Khu còn giường”')]);
    await keeper.goto(`${server.origin}/console/orders/sites`);
    await keeper.waitForURL(/free=true/);
    await only('Trung đoàn 842', 'Khách sạn Sông Hiếu');
    await browser.check(keeper, 'sites-filtered');
  });

  step('a move names another site, once it is signed: nobody is lodged anywhere else from then on', async () => {
    const other = await cdc.must(cdc.send('/quarantine-sites', { kind: 'site', owner: 'military', name: 'Trường Quân sự tỉnh', address: 'Quốc lộ 9', unit: unit.id }), 201);
    await cdc.must(cdc.post(`/quarantine-sites/${other.id}/rooms`, { name: 'A1', beds: 2 }));
    await keeper.goto(`${server.origin}/console/orders/${orders[1].id}`);
    await tap(keeper, 'Chuyển nơi');
    const dialog = keeper.getByRole('dialog', { name: 'Chuyển nơi' });
    await dialog.getByRole('radio', { name: 'Khu tập trung' }).check();
    const words = dialog.getByRole('textbox', { name: /^Tên khu hoặc khách sạn/ });
    const pick = async (name) => {
      await dialog.getByRole('combobox', { name: /^Khu đã đăng ký/ }).or(dialog.getByLabel(/^Khu đã đăng ký/).and(dialog.locator('input'))).first().click();
      await keeper.getByRole('option', { name }).click();
    };
    const lies = dialog.getByRole('combobox', { name: /^Thuộc xã/ }).or(dialog.getByLabel(/^Thuộc xã/).and(dialog.locator('input'))).first();
    await pick('Trường Quân sự tỉnh, Quốc lộ 9');
    await until('the commune of the site', async () => (await lies.inputValue()).includes('Đông Hà'));
    await pick('Nơi khác, chưa có trong danh sách');
    await words.waitFor();
    await until('no commune', async () => (await lies.inputValue()) === '');
    await pick('Trường Quân sự tỉnh, Quốc lộ 9');
    await words.waitFor({ state: 'hidden' });
    await until('the commune again', async () => (await lies.inputValue()).includes('Đông Hà'));
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Chia bớt người');
    await browser.check(keeper, 'order-move-site');
    assert.equal(await answered(keeper, '/steps', () => dialog.getByRole('button', { name: 'Gửi để ký' }).click()), 200);
    const lodging = async (at) => cdc.post(`/quarantine-sites/${at.id}/stays`, { order: orders[1].id, room: (await cdc.must(cdc.get(`/quarantine-sites/${at.id}`))).rooms[0].id, bed: 2 });
    const seen = await cdc.must(cdc.get(`/orders/${orders[1].id}`));
    assert.equal(seen.place.site, undefined, 'not before it is signed');
    const signed = await cdc.must(cdc.edit(`/orders/${orders[1].id}/sign`, { authority: 'Phó Giám đốc CDC' }, seen.version));
    assert.equal(signed.place.site, other.id);
    const refused = await lodging(site);
    assert.deepEqual([refused.status, refused.body.code], [409, 'site_order_other_site']);
    const paper = await printed(keeper, `/api/v1/orders/${orders[1].id}/order.pdf`);
    assert.match(paper.text.replace(/\s+/g, ' '), /Trường Quân sự tỉnh, Quốc lộ 9/);

    await keeper.goto(`${server.origin}/console/orders/sites/${site.id}`);
    await tap(keeper, 'Nhận nhiều người cùng lúc');
    await keeper.getByLabel('Mã hoặc số quyết định').fill(orders[1].number);
    assert.equal(await answered(keeper, '/look', () => tap(keeper, 'Đề nghị giường cho 1 mã')), 200);
    await keeper.getByText('Quyết định ghi khu khác: đề nghị chuyển nơi trước', { exact: false }).waitFor();
    await keeper.goto(`${server.origin}/console/orders/sites/${other.id}`);
    await tap(keeper, 'Xem ai chờ xếp chỗ');
    await choose(keeper, keeper, 'Người thực hiện', new RegExp(`^${names[1]}`));
    await choose(keeper, keeper, 'Giường', 'Phòng A1, giường 1');
    assert.equal(await answered(keeper, '/stays', () => tap(keeper, 'Ghi vào ở')), 200);
    await keeper.getByRole('heading', { name: 'Phòng A1: 1 trên 2 giường' }).waitFor();
    await browser.check(keeper, 'site-moved-to');
  });

  step('who is done tomorrow is listed alone, and taken out', async () => {
    const tomorrow = day(-1);
    const { version } = await staff.must(staff.get(`/orders/${orders[1].id}`));
    const proposed = await staff.must(staff.edit(`/orders/${orders[1].id}/steps`, { kind: 'shorten', lastDay: tomorrow, reason: 'Âm tính hai lần' }, version));
    await cdc.must(cdc.edit(`/orders/${orders[1].id}/sign`, { authority: 'Phó Giám đốc CDC' }, proposed.version));
    const desk = await browser.officer('cdc1');
    await desk.goto(`${server.origin}/console/orders?view=tomorrow`);
    await row(desk, names[1]).waitFor();
    assert.equal(await row(desk, names[0]).count(), 0);
    await browser.check(desk, 'orders-tomorrow');
    const file = await takeOut(desk, 'Chuẩn bị kết thúc cách ly');
    assert.match(file, /Lũy Tre: /, 'marked');
    assert.ok(file.includes(names[1]) && file.includes(tomorrow) && !file.includes(names[0]), file);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
