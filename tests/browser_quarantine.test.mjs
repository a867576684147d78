// Orders in real browsers: the station drafts an order for a contact on a phone, CDC signs it, the person reads why, until when and how to complain;
// whoever scans the printed code learns whether the paper stands; two officers at once overwrite nothing; the release is signed and certified.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { printed } from './printed.mjs';
import { answered, choose as chooseIn, takeOut } from './story.mjs';
import { ago, Browser, citizen, commune, officer, Server, steps, until } from './support.mjs';

describe('orders in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const yesterday = 30 * 60;  // minutes
  let server, browser, met, cdc, staff, kase, candidate, station, desk, mine, order, paper, unit;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    const keeper = await citizen(server, '+84919100001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Quán cơm Bà Sáu', kind: 'restaurant', unit: unit.id, address: '6 Lê Lợi', phone: '+84919100002' }));
    const place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84919100002') }));
    const ill = await citizen(server, '+84919100010', profile('Lê Thị Ốm'));
    met = await citizen(server, '+84919100011', profile('Phạm Thị Gặp'));
    await ill.must(ill.send('/visits', { placeCode: place.shortCode, at: ago(yesterday) }), 201);
    await met.must(met.send('/visits', { placeCode: place.shortCode, at: ago(yesterday - 10) }), 201);
    cdc = await officer(server, 'cdc1');
    staff = await officer(server, 'tyt-dongha');
    kase = await cdc.must(cdc.post('/cases', { person: ill.self.id, disease: 'covid-19' }), 201);
    kase = await cdc.must(cdc.edit(`/cases/${kase.id}/confirm`, { sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
    candidate = await until('the trace', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/candidates`))).items.find((one) => one.person.name === 'Phạm Thị Gặp'));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const listed = (page) => page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Phạm Thị Gặp' }) });
  const heading = (page, name) => page.getByRole('heading', { name, level: 1 }).waitFor();
  const tap = (page, name) => page.getByRole('button', { name, exact: true }).click();
  const choose = (page, label, option) => chooseIn(page, page, label, option);
  const own = async () => (await met.must(met.get('/me/orders'))).items;

  step('no order rests on an estimated stay alone', async () => {
    const wish = { kind: 'observation', candidate: candidate.id, place: { kind: 'home' }, reason: 'Tiếp xúc gần' };
    const before = await staff.send('/orders', wish);
    assert.equal(before.body.code, 'order_no_basis');
    const silent = await cdc.must(cdc.edit(`/candidates/${candidate.id}/assign`, { class: 'F1', answers: {} }, candidate.version));
    assert.equal((await staff.send('/orders', wish)).body.code, 'order_needs_interview');
    await cdc.must(cdc.edit(`/candidates/${candidate.id}/assign`, { class: 'F1', answers: { distanceUnder2m: 'yes', masks: 'no' } }, silent.version));
    await until('the follow-up', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/follow-ups`))).items.length === 1);
  });

  step('the station drafts on a phone, from the contact it follows; nothing is chosen beforehand', async () => {
    station = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    await station.goto(`${server.origin}/console/follow-ups`);
    await station.getByRole('link', { name: 'Phạm Thị Gặp' }).click();
    await heading(station, 'Phạm Thị Gặp');
    await station.getByRole('link', { name: 'Lập quyết định cách ly hoặc theo dõi' }).click();
    await heading(station, 'Lập quyết định cách ly hoặc theo dõi');
    await station.getByRole('radio', { name: 'Tại nhà' }).waitFor();
    assert.equal(await station.getByRole('radio', { checked: true }).count(), 0);
    assert.equal(await station.getByRole('button', { name: 'Lưu dự thảo' }).isDisabled(), true);
    await browser.check(station, 'order-new-phone');
    await station.getByRole('radio', { name: 'Cách ly người tiếp xúc' }).check();
    await station.getByRole('radio', { name: 'Tại nhà' }).check();
    await station.getByRole('textbox', { name: 'Lý do' }).fill('Ăn cùng bàn với ca bệnh');
    await tap(station, 'Lưu dự thảo');
    await station.getByRole('alert').filter({ hasText: 'không yêu cầu cách ly' }).waitFor();
    await station.getByRole('radio', { name: 'Theo dõi sức khỏe' }).check();
    await tap(station, 'Lưu dự thảo');
    await heading(station, 'Phạm Thị Gặp');
    await station.getByText('10 ngày kể từ lần tiếp xúc cuối', { exact: false }).waitFor();
    await station.getByText('Cần một cán bộ khác', { exact: false }).waitFor();
    assert.equal(await station.getByRole('button', { name: 'Ký', exact: true }).count(), 0);
    await browser.check(station, 'order-draft-phone');
    assert.deepEqual(await own(), [], 'a draft is nobody\'s');
  });

  step('CDC finds what waits by the keyboard, and signs', async () => {
    desk = await browser.officer('cdc1');
    await desk.keyboard.press('g');
    await desk.keyboard.press('q');
    await heading(desk, 'Quyết định cách ly');
    await listed(desk).waitFor();
    await browser.check(desk, 'orders');
    await desk.getByRole('link', { name: 'Phạm Thị Gặp' }).click();
    await heading(desk, 'Phạm Thị Gặp');
    await tap(desk, 'Ký');
    const dialog = desk.getByRole('dialog', { name: 'Ký quyết định' });
    const office = dialog.getByRole('textbox', { name: /^Ký với chức danh/ });
    await office.waitFor();
    assert.equal(await office.inputValue(), '');
    await office.fill('Phó Giám đốc CDC tỉnh Quảng Trị');
    await browser.check(desk, 'order-sign');
    const status = await answered(desk, '/sign', () => dialog.getByRole('button', { name: 'Ký', exact: true }).click());
    assert.equal(status, 200);
    await desk.getByRole('link', { name: 'In quyết định' }).waitFor();
    await browser.check(desk, 'order');
    [order] = await own();
    assert.equal(order.state, 'running');
  });

  step('what runs is sorted by its signature, and taken out as a file that names no place and no reason', async () => {
    await desk.goto(`${server.origin}/console/orders?view=running&unit=${unit.id}`);
    await listed(desk).waitFor();
    const sorted = desk.waitForResponse((one) => /\/api\/v1\/orders\?/.test(one.url()) && one.url().includes('sort=signed') && one.url().includes('order=descending') && one.ok());
    await choose(desk, 'Sắp xếp theo', 'Ký lúc, giảm dần');
    await sorted;
    await desk.waitForURL(/sort=signed/);
    await desk.getByRole('columnheader', { name: 'Ký lúc', exact: true }).waitFor();
    await listed(desk).waitFor();
    await browser.check(desk, 'orders-sorted');
    const file = await takeOut(desk, 'Giao ban chiều');
    assert.match(file, /Lũy Tre: /, 'marked');
    assert.ok(file.includes('Phạm Thị Gặp') && file.includes(order.number));
    assert.ok(!file.includes('12 Lê Lợi'));
  });

  step('the person reads what, why, until when, and how to complain', async () => {
    await until('the message', () => server.messages('+84919100011').some((one) => JSON.stringify(one).includes('quyet dinh')));
    mine = await browser.phoneOf(met);
    await mine.goto(`${server.origin}/`);
    await mine.getByRole('link', { name: 'Có một quyết định về bạn hoặc con bạn. Hãy đọc.' }).click();
    await heading(mine, 'Quyết định cách ly của tôi');
    await mine.getByText('Đang có hiệu lực').waitFor();
    await mine.getByText('10 ngày kể từ lần tiếp xúc cuối', { exact: false }).waitFor();
    await mine.getByText('Hạn khiếu nại', { exact: false }).waitFor();
    assert.ok(!(await mine.locator('main, body').first().innerText()).includes(kase.number), 'not whose contact they are');
    await browser.check(mine, 'my-orders');
    await until('it to be read', async () => (await own())[0].unread === false);
    await mine.goto(`${server.origin}/`);
    await mine.getByRole('link', { name: /^Quyết định cách ly của tôi/ }).waitFor();
    assert.equal(await mine.getByRole('link', { name: /^Có một quyết định/ }).count(), 0);
  });

  step('the printed code says whether the paper stands, to anybody', async () => {
    paper = await printed(mine, `/api/v1/me/orders/${order.id}/order.pdf`);
    assert.match(paper.text, /Phạm Thị Gặp/);
    assert.match(paper.text, /Khiếu nại/);
    assert.match(paper.text, /Phó Giám đốc CDC tỉnh Quảng Trị/);
    assert.equal(paper.codes.length, 1);
    const anybody = await browser.phone();
    await anybody.goto(server.origin + '/verify' + new URL(paper.codes[0]).hash);
    await anybody.getByText('Giấy đang có hiệu lực').waitFor();
    assert.ok(!(await anybody.locator('body').innerText()).includes('Phạm Thị Gặp'));
    await browser.check(anybody, 'order-verify');
  });

  step('moved to a site by a signature, the person gets a bed, and answers the roll-call', async () => {
    let seen = await staff.must(staff.get(`/orders/${order.id}`));
    const place = { kind: 'site', name: 'Trung đoàn 842', address: 'Đường 9' };
    seen = await staff.must(staff.edit(`/orders/${order.id}/steps`, { kind: 'move', place, reason: 'Nhà không đủ phòng' }, seen.version));
    await cdc.must(cdc.edit(`/orders/${order.id}/sign`, { authority: 'Phó Giám đốc CDC tỉnh Quảng Trị' }, seen.version));
    const keeper = await browser.officer('cdc2');
    await keeper.goto(`${server.origin}/console/orders`);
    await keeper.getByRole('link', { name: 'Khu cách ly', exact: true }).click();
    await heading(keeper, 'Khu cách ly');
    await keeper.getByText('Chưa có khu nào').waitFor();
    await browser.check(keeper, 'sites-none');
    const { unit } = seen;
    const site = await cdc.must(cdc.send('/quarantine-sites', { kind: 'site', owner: 'military', name: 'Trung đoàn 842', address: 'Đường 9', unit }), 201);
    await keeper.getByRole('link', { name: 'Trung đoàn 842' }).click();
    await heading(keeper, 'Trung đoàn 842');
    await keeper.getByLabel('Tên phòng').fill('P101');
    await keeper.getByLabel('Số giường').fill('4');
    await tap(keeper, 'Thêm phòng');
    await keeper.getByRole('heading', { name: 'Phòng P101: 0 trên 4 giường' }).waitFor();
    assert.equal(await keeper.getByRole('combobox', { name: 'Người thực hiện' }).count(), 0, 'nobody is read before it is asked');
    await tap(keeper, 'Xem ai chờ xếp chỗ');
    await choose(keeper, 'Người thực hiện', /^Phạm Thị Gặp/);
    await choose(keeper, 'Giường', 'Phòng P101, giường 2');
    await tap(keeper, 'Ghi vào ở');
    await keeper.getByRole('heading', { name: 'Phòng P101: 1 trên 4 giường' }).waitFor();
    assert.equal(await keeper.getByRole('button', { name: 'Có mặt: Phạm Thị Gặp' }).count(), 0, 'no roll-call goes on');
    assert.equal(await answered(keeper, '/roll-calls', () => tap(keeper, 'Bắt đầu điểm danh')), 200);
    await keeper.getByText('chưa gọi 1', { exact: false }).waitFor();
    // Without a network the answer is kept, and sent when there is one again.
    await keeper.context().setOffline(true);
    await keeper.getByRole('button', { name: 'Vắng: Phạm Thị Gặp' }).click();
    await listed(keeper).filter({ hasText: 'Vắng, chờ gửi' }).waitFor();
    assert.equal(await keeper.getByRole('button', { name: 'Kết thúc điểm danh' }).isDisabled(), true);
    await keeper.context().setOffline(false);
    await listed(keeper).filter({ hasText: /Vắng \d/ }).waitFor();
    await browser.check(keeper, 'site');
    assert.equal(await answered(keeper, '/close', () => tap(keeper, 'Kết thúc điểm danh')), 200);
    const told = await until('the station to be told', async () => (await staff.must(staff.get('/referrals'))).items.find((one) => one.reasons[0]?.code === 'site-absent'));
    assert.equal(told.person.name, 'Phạm Thị Gặp');
    // Found: the next roll-call takes it back.
    assert.equal(await answered(keeper, '/roll-calls', () => tap(keeper, 'Bắt đầu điểm danh')), 200);
    assert.equal(await answered(keeper, '/answers', () => keeper.getByRole('button', { name: 'Có mặt: Phạm Thị Gặp' }).click()), 200);
    await until('it is withdrawn', async () => !(await staff.must(staff.get('/referrals'))).items.some((one) => one.reasons[0]?.code === 'site-absent'));
    assert.equal(await answered(keeper, '/close', () => tap(keeper, 'Kết thúc điểm danh')), 200);
    assert.equal((await cdc.must(cdc.get(`/quarantine-sites/${site.id}`))).taken, 1);
    const phone = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    await phone.goto(`${server.origin}/console/orders/sites/${site.id}`);
    await heading(phone, 'Trung đoàn 842');
    await browser.check(phone, 'site-phone');
    assert.equal(await answered(keeper, '/leave', () => keeper.getByRole('button', { name: 'Ghi rời khu: Phạm Thị Gặp' }).click()), 200);
    await keeper.getByRole('heading', { name: 'Đã rời khu' }).waitFor();
    // A group: what is no code is told, the others get a bed that may be changed.
    await tap(keeper, 'Nhận nhiều người cùng lúc');
    await keeper.getByLabel('Mã hoặc số quyết định').fill(`${order.number}\nvé xe 12\n`);
    assert.equal(await answered(keeper, '/look', () => tap(keeper, 'Đề nghị giường cho 2 mã')), 200);
    await keeper.getByText('Đây không phải mã quyết định.').waitFor();
    const bed = keeper.getByRole('combobox', { name: 'Giường: Phạm Thị Gặp' });
    assert.equal(await bed.inputValue(), 'Phòng P101, giường 1');
    await browser.check(keeper, 'site-intake');
    await bed.click();
    await keeper.getByRole('option', { name: 'Phòng P101, giường 3' }).click();
    assert.equal(await answered(keeper, '/intake', () => tap(keeper, 'Nhận 1 người')), 200);
    await keeper.getByRole('heading', { name: 'Phòng P101: 1 trên 4 giường' }).waitFor();
    await desk.goto(`${server.origin}/console/orders/${order.id}`);
    await desk.getByText('Khu tập trung, Trung đoàn 842, Đường 9').first().waitFor();
  });

  step('what the person needs is asked for in the app, and taken up by the station', async () => {
    await mine.goto(`${server.origin}/orders`);
    await tap(mine, 'Báo tôi đang cần gì');
    await mine.getByRole('combobox', { name: 'Bạn cần gì?' }).selectOption('medicine');
    await mine.getByRole('textbox', { name: /^Nói rõ/ }).fill('Thuốc huyết áp');
    await browser.check(mine, 'my-needs');
    assert.equal(await answered(mine, '/needs', () => tap(mine, 'Báo trạm')), 204);
    await mine.getByText('Thuốc: Thuốc huyết áp', { exact: false }).waitFor();
    const work = await browser.officer('tyt-dongha');
    await until('the station to be told', async () => (await staff.must(staff.get('/order-needs'))).items[0]?.told);
    await work.goto(`${server.origin}/console/orders/needs`);
    await work.getByRole('cell', { name: 'Thuốc: Thuốc huyết áp' }).waitFor();
    assert.doesNotMatch(await work.locator('#content').innerText(), /covid|cách ly người bệnh/i);
    await browser.check(work, 'needs');
    const taken = work.waitForResponse((one) => /\/order-needs\?.*state=acknowledged/.test(one.url()) && one.ok());
    await work.getByRole('group', { name: 'Tình trạng' }).getByRole('button', { name: 'Đã nhận', exact: true }).click();
    await taken;
    await work.getByText('Không có nhu cầu nào khớp bộ lọc').waitFor();
    await work.getByRole('button', { name: 'Bỏ lọc' }).click();
    await work.getByRole('cell', { name: 'Thuốc: Thuốc huyết áp' }).waitFor();
    await work.getByRole('link', { name: 'Nhận hoặc ghi kết quả' }).click();
    await work.getByText('cần hỗ trợ', { exact: false }).first().waitFor();
    await desk.goto(`${server.origin}/console/orders/needs?kind=medicine`);
    await desk.getByRole('cell', { name: 'Thuốc: Thuốc huyết áp' }).waitFor();
    const file = await takeOut(desk, 'Chuyến hàng chiều');
    assert.match(file, /Lũy Tre: /, 'marked');
    assert.match(file, /Phạm Thị Gặp,.*medicine,Thuốc huyết áp,app/);
    assert.doesNotMatch(file, /covid|isolation|observation/i);
    await desk.goto(`${server.origin}/console/orders/${order.id}`);
    await desk.getByText('Khu tập trung, Trung đoàn 842, Đường 9').first().waitFor();
  });

  step('whoever changes what somebody else just changed sees it first', async () => {
    const { version } = await staff.must(staff.get(`/orders/${order.id}`));
    await tap(desk, 'Kết thúc');
    const dialog = desk.getByRole('dialog', { name: 'Kết thúc' });
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Âm tính hai lần');
    await staff.must(staff.edit(`/orders/${order.id}/steps`, { kind: 'release', reason: 'Âm tính, hết triệu chứng' }, version));
    assert.equal(await answered(desk, '/steps', () => dialog.getByRole('button', { name: 'Gửi để ký' }).click()), 412);
    await dialog.getByRole('alert').filter({ hasText: 'Người khác vừa sửa' }).waitFor();
    await dialog.getByRole('button', { name: 'Thôi', exact: true }).click();
    await desk.getByRole('heading', { name: 'Chờ ký: kết thúc' }).waitFor();
  });

  step('the release is signed, certified, and the paper says so', async () => {
    await tap(desk, 'Ký');
    const dialog = desk.getByRole('dialog', { name: 'Ký quyết định' });
    await dialog.getByRole('textbox', { name: /^Ký với chức danh/ }).fill('Quyền Trưởng khoa');
    assert.equal(await answered(desk, '/sign', () => dialog.getByRole('button', { name: 'Ký', exact: true }).click()), 200);
    await desk.getByRole('link', { name: 'In giấy xác nhận kết thúc' }).waitFor();
    await mine.goto(`${server.origin}/orders`);
    await mine.getByText('Đã kết thúc', { exact: true }).waitFor();
    const certificate = await printed(mine, `/api/v1/me/orders/${order.id}/certificate.pdf`);
    assert.match(certificate.text, /GIẤY XÁC NHẬN KẾT THÚC/);
    assert.match(certificate.text, /Quyền Trưởng khoa/);
    const kept = await printed(mine, `/api/v1/me/orders/${order.id}/order.pdf`);
    assert.match(kept.text, /Phó Giám đốc CDC tỉnh Quảng Trị/, 'who signed the end did not sign the order');
    assert.doesNotMatch(kept.text, /Quyền Trưởng khoa/);
    assert.match(kept.text.replace(/\s+/g, ' '), /Chuyển nơi thực hiện: .*Sửa đổi: Quyết định số LTQ-.* do Phó Giám đốc CDC tỉnh Quảng Trị ký ngày/, 'a move names the decision that it changes');
    for (const code of [paper.codes[0], certificate.codes[0]]) {
      const anybody = await browser.phone();
      await anybody.goto(server.origin + '/verify' + new URL(code).hash);
      await anybody.getByText('Đã kết thúc cách ly').waitFor();
    }
    await desk.goto(`${server.origin}/console/orders`);
    await desk.getByText('Không có gì chờ ký').waitFor();
    await browser.check(desk, 'orders-none');
    const box = desk.getByRole('searchbox', { name: 'Tìm theo số quyết định' });
    await box.fill(order.number.toLowerCase());
    await desk.getByRole('table', { name: 'Tìm theo số quyết định' }).getByRole('row').nth(1).waitFor();
    assert.match(desk.url(), /q=LTQ-/i, 'a number says nothing of who it is');
    await box.fill('LTQ-0000-0000');
    await desk.getByText('Không tìm thấy').first().waitFor();
    // The box for people knows the number, too, and wants no reason for it.
    await desk.goto(`${server.origin}/console/people`);
    await desk.getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').fill(order.number.toLowerCase());
    await desk.getByRole('button', { name: 'Tìm', exact: true }).click();
    await desk.waitForURL(/orders\?q=LTQ-/);
    await desk.getByRole('table', { name: 'Tìm theo số quyết định' }).getByRole('row').nth(1).waitFor();
  });

  step('the person sees who looked, and who signed', async () => {
    const log = (await met.must(met.get('/me/access-log?limit=200'))).items;
    for (const action of ['quarantine.work', 'quarantine.sign', 'quarantine.take_out', 'quarantine.take_needs']) assert.ok(log.some((entry) => entry.action === action), action);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
