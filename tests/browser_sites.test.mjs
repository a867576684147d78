// A quarantine site in real browsers: a group is taken in by its papers and put into one room; somebody of the room falls ill, the others' extensions are
// drafted together, and what waits is signed together.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, officer, Server, steps, until } from './support.mjs';

describe('a quarantine site in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const yesterday = 30 * 60;  // minutes
  const names = ['Phạm Thị Gặp', 'Lê Văn Cùng'];
  const orders = [];
  let server, browser, cdc, staff, unit, site, keeper, mets;

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
  const answered = (page, end, act) =>
    Promise.all([page.waitForResponse((response) => response.request().method() === 'POST' && new URL(response.url()).pathname.endsWith(end)), act()]).then(([response]) => response.status());
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

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
