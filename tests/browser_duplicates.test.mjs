// A market registered twice, in a real browser: proposed with reasons, told apart or merged; both codes go on; undone.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Browser, citizen, commune, officer, Server, steps } from './support.mjs';

describe('places registered twice in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, station, api, keeper, visitor, unit;
  const places = [];

  const register = async (name, address, phone) => {
    const pending = await keeper.must(keeper.post('/places/registrations', { name, kind: 'market', unit: unit.id, address, phone }));
    const place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code(phone) }));
    places.push(place);
    return place;
  };

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    api = await officer(server, 'tyt-dongha');
    keeper = await citizen(server, '+84919000101', { name: 'Trần Thị Giữ', birthYear: 1990, sex: 'female', unit: unit.id });
    visitor = await citizen(server, '+84919000102', { name: 'Lê Văn Khách', birthYear: 1985, sex: 'male', unit: unit.id });
    await register('Chợ phiên Hướng Sơn', '12 Lê Lợi', '+84919000103');
    await register('Cho phien Huong Son (mới)', '12 Lê Lợi', '+84919000104');
    await register('Hàng xén Bà Tám', 'Kiệt 3 Đào Duy Từ', '+84919000105');
    await register('Hàng xén bà Tám cũ', 'Kiệt 3 Đào Duy Từ', '+84919000106');
    station = await browser.officer('tyt-dongha');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  step('pairs are proposed with the reasons field by field, and no phone', async () => {
    await station.getByRole('link', { name: 'Địa điểm', exact: true }).click();
    await station.getByRole('link', { name: 'Địa điểm đăng ký trùng' }).click();
    const panel = panelOf('Chợ phiên Hướng Sơn');
    await panel.getByRole('row').filter({ hasText: '12 Lê Lợi' }).getByText('trùng', { exact: true }).waitFor();
    await panel.getByText('không hiện số').first().waitFor();
    assert.equal(await station.getByText('919000').count(), 0);
    await browser.check(station, 'duplicates-station');
    const log = await officer(server, 'kiemtoan').then((auditor) => auditor.must(auditor.get('/access-log?limit=200')));
    assert.ok(log.items.some((each) => each.action === 'places.duplicates'));
  });

  const panelOf = (name) => station.locator('section').filter({ has: station.getByRole('link', { name, exact: true }) });

  step('not the same: it is remembered', async () => {
    await panelOf('Hàng xén Bà Tám').getByRole('button', { name: 'Không phải cùng một nơi' }).click();
    await station.getByText('Đã ghi: không phải cùng một nơi.').first().waitFor();
    await panelOf('Hàng xén Bà Tám').waitFor({ state: 'detached' });
    const { items } = await api.must(api.get('/place-duplicates'));
    assert.ok(!items.some((pair) => pair.one.name.includes('Bà Tám')));
  });

  step('merged: both codes go on, and the visitors of both are counted at the kept place', async () => {
    await panelOf('Chợ phiên Hướng Sơn').getByRole('button', { name: 'Cùng một nơi: giữ nơi thứ nhất' }).click();
    await station.getByRole('dialog').getByText('Giữ Chợ phiên Hướng Sơn?').waitFor();
    await browser.check(station, 'duplicates-merge-station');
    await station.getByRole('dialog').getByRole('button', { name: 'Gộp' }).click();
    await station.getByText('nay được tính là Chợ phiên Hướng Sơn').first().waitFor();
    const visit = await visitor.must(visitor.send('/visits', { placeCode: places[1].shortCode, at: new Date().toISOString() }));
    assert.equal(visit.place, places[1].id, 'a visit stays the fact that it is');
    await station.goto(`${server.origin}/console/places/${places[0].id}`);
    await station.getByText('Cũng được tính ở đây:').waitFor();
    await station.locator('p').filter({ hasText: 'lượt hôm nay' }).filter({ hasText: '1' }).waitFor();
    await browser.check(station, 'duplicates-place-station');
  });

  step('and undone on the page of the place', async () => {
    await station.getByRole('button', { name: 'Bỏ gộp' }).click();
    await station.getByText('Đã bỏ gộp').first().waitFor();
    await station.locator('p').filter({ hasText: 'lượt hôm nay' }).filter({ hasText: '0' }).waitFor();
    const { items } = await api.must(api.get('/place-duplicates'));
    assert.ok(items.some((pair) => pair.one.id === places[0].id && pair.other.id === places[1].id), 'proposed again');
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
