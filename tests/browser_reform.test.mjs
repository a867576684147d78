// The administrative reform of 1 July 2025 in the middle of an order, in real browsers: an order signed for a ward that was merged since stands on the list of
// the ward of today, which follows the contact, has the order extended by two signatures and prints it; both names stand on the pages and on the paper, and the
// case is counted once, as then and as now.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { printed } from './printed.mjs';
import { answered } from './story.mjs';
import { ago, Browser, citizen, commune, officer, Server, steps, until } from './support.mjs';

describe('an order through the reform, in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const yesterday = 30 * 60;  // minutes
  // Became a part of the ward of Đông Hà (data/geography).
  const merged = { id: '2021319339', name: 'Phường Đông Thanh', path: 'Phường Đông Thanh, Thành phố Đông Hà, Tỉnh Quảng Trị' };
  const today = 'Phường Đông Hà, Tỉnh Quảng Trị';
  const begun = '2025-06-29', onset = '2025-06-26';
  const office = 'Phó Giám đốc CDC tỉnh Quảng Trị';
  let server, browser, cdc, staff, unit, met, kase, order, station, desk, first, last;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    const keeper = await citizen(server, '+84935000001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Quán cơm Bà Sáu', kind: 'restaurant', unit: unit.id, address: '6 Lê Lợi', phone: '+84935000002' }));
    const place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84935000002') }));
    const ill = await citizen(server, '+84935000010', profile('Lê Thị Ốm'));
    met = await citizen(server, '+84935000011', profile('Phạm Thị Gặp'));
    await ill.must(ill.send('/visits', { placeCode: place.shortCode, at: ago(yesterday) }), 201);
    await met.must(met.send('/visits', { placeCode: place.shortCode, at: ago(yesterday - 10) }), 201);
    cdc = await officer(server, 'cdc1');
    staff = await officer(server, 'tyt-dongha');
    kase = await cdc.must(cdc.post('/cases', { person: ill.self.id, disease: 'covid-19' }), 201);
    kase = await cdc.must(cdc.edit(`/cases/${kase.id}/confirm`, { sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
    const candidate = await until('the trace', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/candidates`))).items.find((one) => one.person.name === 'Phạm Thị Gặp'));
    await cdc.must(cdc.edit(`/candidates/${candidate.id}/assign`, { class: 'F1', answers: { distanceUnder2m: 'yes', masks: 'no' } }, candidate.version));
    await until('the follow-up', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/follow-ups`))).items.length === 1);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const shown = (date) => date.split('-').reverse().join('/');
  const later = (date, days) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
  const dayNumber = (date) => Date.parse(date) / 86_400_000;
  const row = (page) => page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Phạm Thị Gặp' }) });
  const heading = (page, name) => page.getByRole('heading', { name, level: 1 }).waitFor();
  const tap = (page, name) => page.getByRole('button', { name, exact: true }).click();
  const seen = () => staff.must(staff.get(`/orders/${order.id}`));
  const words = (paper) => paper.text.replace(/\s+/g, ' ');
  const paperOf = (page) => printed(page, `/api/v1/orders/${order.id}/order.pdf`);
  const sign = async () => {
    await tap(desk, 'Ký');
    const dialog = desk.getByRole('dialog', { name: 'Ký quyết định' });
    await dialog.getByRole('textbox', { name: /^Ký với chức danh/ }).fill(office);
    assert.equal(await answered(desk, '/sign', () => dialog.getByRole('button', { name: 'Ký', exact: true }).click()), 200);
  };
  const stands = async (paper, words) => {
    const anybody = await browser.phone();
    await anybody.goto(server.origin + '/verify' + new URL(paper.codes[0]).hash);
    await anybody.getByText(words).waitFor();
    await anybody.context().close();
  };

  step('an order drafted by the station and signed by CDC', async () => {
    station = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    await station.goto(`${server.origin}/console/follow-ups`);
    await station.getByRole('link', { name: 'Phạm Thị Gặp' }).click();
    await heading(station, 'Phạm Thị Gặp');
    await station.getByRole('link', { name: 'Lập quyết định cách ly hoặc theo dõi' }).click();
    await heading(station, 'Lập quyết định cách ly hoặc theo dõi');
    await station.getByRole('radio', { name: 'Theo dõi sức khỏe' }).check();
    await station.getByRole('radio', { name: 'Tại nhà' }).check();
    await station.getByRole('textbox', { name: 'Lý do' }).fill('Ăn cùng bàn với ca bệnh');
    assert.equal(await answered(station, '/orders', () => tap(station, 'Lưu dự thảo')), 201);
    await heading(station, 'Phạm Thị Gặp');
    desk = await browser.officer('cdc1');
    await desk.goto(`${server.origin}/console/orders`);
    await row(desk).getByText('Phường Đông Hà', { exact: true }).waitFor();
    await desk.getByRole('link', { name: 'Phạm Thị Gặp' }).click();
    await heading(desk, 'Phạm Thị Gặp');
    await sign();
    await desk.getByRole('link', { name: 'In quyết định' }).waitFor();
    assert.equal(await desk.getByText('nay là', { exact: false }).count(), 0, 'nothing has changed yet');
    [order] = (await met.must(met.get('/me/orders'))).items;
    assert.equal(order.state, 'running');
  });

  // No clock of ours goes back: what was written today is made to have begun before the reform, in the ward of that time.
  step('dated back to before the reform', async () => {
    const since = Date.parse(`${begun}T02:00:00Z`) / 1000;
    // The only order and the only follow-up of this server.
    server.rows(
      `UPDATE people_person SET unit = ${merged.id} WHERE name = 'Phạm Thị Gặp';
       UPDATE cases_case SET unit = ${merged.id}, onset = ${dayNumber(onset)}, by_onset = ${dayNumber(onset)} WHERE number = '${kase.number}';
       UPDATE followup_period SET unit = ${merged.id}, created = ${since};
       UPDATE quarantine_step SET proposed_at = ${since - 3600}, decided_at = ${since};
       UPDATE quarantine_order SET unit = ${merged.id}, first_day = ${dayNumber(begun)}, law = 'vn-101-2010', created = ${since - 3600}, signed_at = ${since}`,
    );
    const dated = await seen();
    assert.equal(dated.unitName, merged.name);
    assert.equal(dated.firstDay, begun);
    last = dated.lastDay;
  });

  step('it stands on the list of the ward of today, by both names, and on that of no neighbour', async () => {
    await station.goto(`${server.origin}/console/orders?view=running`);
    await station.getByText(`${merged.name} (nay là ${today})`).waitFor();
    await browser.check(station, 'reform-orders-phone');
    await desk.goto(`${server.origin}/console/orders?view=running&unit=${unit.id}`);
    await row(desk).getByText(`${merged.name} (nay là ${today})`, { exact: true }).waitFor();
    await browser.check(desk, 'reform-orders');
    const neighbour = await browser.officer('tyt-namdongha');
    await neighbour.goto(`${server.origin}/console/orders?view=running`);
    await neighbour.getByText('Không có quyết định nào đang thực hiện').waitFor();
    const theirs = await officer(server, 'tyt-namdongha');
    assert.equal((await theirs.get(`/orders/${order.id}`)).status, 403);
  });

  step('its page says what the ward is today', async () => {
    await station.getByRole('link', { name: 'Phạm Thị Gặp' }).click();
    await heading(station, 'Phạm Thị Gặp');
    await station.getByText(`· ${merged.name} (nay là ${today})`, { exact: false }).waitFor();
    await station.getByText(`từ ${shown(begun)} đến hết ${shown(last)}`).waitFor();
    await station.getByText('Luật Phòng, chống bệnh truyền nhiễm 03/2007/QH12', { exact: false }).waitFor();
    await browser.check(station, 'reform-order-phone');
  });

  step('the paper names the ward of then, and that of today', async () => {
    first = await paperOf(station);
    assert.ok(words(first).includes(`${merged.path} (nay là ${today})`), first.text);
    assert.ok(words(first).includes(`từ ${shown(begun)} đến hết ${shown(last)}`), first.text);
    assert.doesNotMatch(first.text, /Gia hạn/);
    await stands(first, 'Giấy đang có hiệu lực');
  });

  step('the ward of today asks the contact, and the day is answered', async () => {
    await station.goto(`${server.origin}/console/follow-ups`);
    await station.getByRole('link', { name: 'Phạm Thị Gặp' }).click();
    await heading(station, 'Phạm Thị Gặp');
    await station.getByText(merged.name, { exact: false }).first().waitFor();
    await tap(station, 'Không triệu chứng');
    await station.getByLabel('Gọi điện').check();
    assert.equal(await answered(station, '/entries', () => tap(station, 'Lưu')), 200);
    await station.getByRole('list', { name: /^Lịch theo dõi từ/ }).getByRole('listitem').filter({ hasText: 'không có triệu chứng' }).first().waitFor({ state: 'attached' });
    await station.goto(`${server.origin}/console/follow-ups`);
    await station.getByText('Hôm nay đã hỏi hết').waitFor();
  });

  step('the station proposes to extend it; beyond what the law lets one decision have it must say by what', async () => {
    await station.goto(`${server.origin}/console/orders/${order.id}`);
    await heading(station, 'Phạm Thị Gặp');
    await tap(station, 'Gia hạn');
    const dialog = station.getByRole('dialog', { name: 'Gia hạn' });
    await dialog.getByRole('textbox', { name: 'Ngày cuối mới' }).fill(shown(later(last, 5)));
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Tiếp xúc lại với ca bệnh');
    const send = () => answered(station, '/steps', () => dialog.getByRole('button', { name: 'Gửi để ký' }).click());
    assert.equal(await send(), 422);
    await dialog.getByRole('textbox', { name: 'Văn bản cho phép kéo dài thêm' }).fill('Quyết định 12/QĐ-UBND ngày 30/06/2025');
    assert.equal(await send(), 200);
    await station.getByRole('heading', { name: 'Chờ ký: gia hạn' }).waitFor();
    assert.equal(await station.getByRole('button', { name: 'Ký', exact: true }).count(), 0, 'nobody signs what they propose');
    assert.notEqual((await seen()).unit, unit.id, 'nothing is moved by a proposal');
  });

  step('CDC signs the extension: the order is that of the ward of today, and keeps the name of then', async () => {
    await desk.goto(`${server.origin}/console/orders`);
    await row(desk).getByText(`${merged.name} (nay là ${today})`, { exact: true }).waitFor();
    await row(desk).getByText(`→ ${shown(later(last, 5))}`, { exact: false }).waitFor();
    await desk.getByRole('link', { name: 'Phạm Thị Gặp' }).click();
    await heading(desk, 'Phạm Thị Gặp');
    await sign();
    await desk.getByRole('heading', { name: 'Chờ ký: gia hạn' }).waitFor({ state: 'detached' });
    await desk.getByText(`từ ${shown(begun)} đến hết ${shown(later(last, 5))}`).waitFor();
    await desk.getByText(`· ${merged.name} (nay là ${today})`, { exact: false }).waitFor();
    await browser.check(desk, 'reform-order-extended');
    const extended = await seen();
    assert.equal(extended.unit, unit.id);
    assert.deepEqual(extended.steps.map((one) => [one.kind, one.state]), [['order', 'signed'], ['extend', 'signed']]);
    assert.notEqual(extended.steps[1].proposedBy, extended.steps[1].decidedBy);
    await station.goto(`${server.origin}/console/orders?view=running`);
    await station.getByRole('link', { name: 'Phạm Thị Gặp' }).waitFor();
  });

  step('the paper of after names both wards and the decision that it changes; that of before stands no more', async () => {
    const second = await paperOf(desk);
    assert.ok(words(second).includes(`${merged.path} (nay là ${today})`), second.text);
    assert.match(words(second), new RegExp(`Sửa đổi: Quyết định số ${order.number} do ${office} ký ngày ${shown(begun)}`));
    assert.ok(words(second).includes(`từ ${shown(begun)} đến hết ${shown(later(last, 5))} (thay cho thời hạn đến hết ${shown(last)})`), second.text);
    await stands(second, 'Giấy đang có hiệu lực');
    await stands(first, 'Giấy này đã được thay');
  });

  step('the case is counted once, as then and as now', async () => {
    const report = 'from=2025-06-15&to=2025-07-15&disease=covid-19';
    const rows = desk.getByRole('table', { name: 'Theo đơn vị' }).getByRole('row').filter({ hasText: 'COVID-19' });
    const counted = async (view, name) => {
      await desk.goto(`${server.origin}/console/statistics/cases?${report}${view}`);
      await desk.getByText(/^Cộng 1 ca: 1 xác định, /).waitFor();
      await rows.filter({ hasText: name }).waitFor();
      assert.equal(await rows.count(), 1);
    };
    await counted('', today);
    await desk.getByText(/; 1 ca đứng ở đơn vị khác trong bảng kia/).waitFor();
    assert.equal(await rows.filter({ hasText: merged.name }).count(), 0, 'as now');
    await counted('&view=then', merged.path);
    await rows.getByText(`nay là ${today}`, { exact: true }).waitFor();
    assert.equal(await desk.getByText(/ca chưa rõ thuộc đơn vị nào/).count(), 0, 'a ward that went whole into one is clear');
    await browser.check(desk, 'reform-cases-then');
    await counted('&view=then&level=district', 'Thành phố Đông Hà');
    // Of the ward of today alone, it is the same one case.
    await counted(`&unit=${unit.id}`, today);
    await counted(`&unit=${unit.id}&view=then`, merged.path);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
