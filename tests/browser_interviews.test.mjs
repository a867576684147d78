// The interview of a case in real browsers: the station takes down milestones on a phone, with and without a network, each once; who was at a registered
// place meanwhile is found and marked as told; what is asked is the disease's; a milestone is put right and struck, and what came of it goes.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, local, officer, Server, steps, until } from './support.mjs';

describe('the interview of a case in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const yesterday = 30 * 60;
  let server, browser, cdc, kase, phone, keeper, place;

  before(async () => {
    server = await Server.start({});
    // Of Đông Hà an outline that the operator gave.
    const ring = [[107, 16.7], [107.2, 16.7], [107.2, 16.9], [107, 16.9], [107, 16.7]];
    const feature = { type: 'Feature', properties: { code: '19333' }, geometry: { type: 'Polygon', coordinates: [ring] } };
    await server.end();
    writeFileSync(join(server.data, 'outlines.geojson'), JSON.stringify({ type: 'FeatureCollection', validOn: '2025-07-01', features: [feature] }));
    await server.launch();
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    keeper = await citizen(server, '+84919100001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Quán cơm Bà Bảy', kind: 'restaurant', unit: unit.id, address: '6 Lê Lợi', phone: '+84919100002' }));
    place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84919100002') }));
    const ill = await citizen(server, '+84919100010', profile('Lê Thị Kể'));
    const met = await citizen(server, '+84919100011', profile('Phạm Thị Cùng'));
    await met.must(met.send('/visits', { placeCode: place.shortCode, at: ago(yesterday) }), 201);
    cdc = await officer(server, 'cdc1');
    kase = await cdc.must(cdc.post('/cases', { person: ill.self.id, disease: 'covid-19' }), 201);
    kase = await cdc.must(cdc.edit(`/cases/${kase.id}/confirm`, { sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const milestones = async () => (await cdc.must(cdc.get(`/cases/${kase.id}/milestones`))).items;
  const listed = () => phone.getByRole('list', { name: 'Các mốc dịch tễ' }).locator('> li');
  const when = async (minutesAgo, clock) => {
    const [from, to] = [local(minutesAgo), local(minutesAgo - 40)];
    await phone.getByRole('textbox', { name: 'Ngày' }).fill(from.day);
    if (!clock) return;
    await phone.getByLabel('Sớm nhất từ').fill(from.clock);
    await phone.getByLabel('Muộn nhất đến').fill(to.clock);
  };

  step('a milestone at a registered place is taken down on a phone; nothing of risk is chosen beforehand', async () => {
    phone = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    await phone.goto(`${server.origin}/console/cases/${kase.id}/interview`);
    await phone.getByText('Chưa ghi mốc nào').waitFor();
    await phone.getByRole('button', { name: 'Ghi một mốc' }).click();
    const save = phone.getByRole('button', { name: 'Ghi mốc này' });
    assert.equal(await save.isDisabled(), true);
    for (const name of [/khẩu trang/, /dưới 1 mét/]) assert.equal(await phone.getByRole('radiogroup', { name }).getByRole('radio', { checked: true }).count(), 0);
    await phone.getByRole('combobox', { name: 'Nơi đã đăng ký' }).or(phone.getByLabel('Nơi đã đăng ký').and(phone.locator('input'))).first().fill('ba bay');
    await phone.getByRole('option', { name: /^Quán cơm Bà Bảy/ }).click();
    await when(yesterday, true);
    await phone.getByRole('button', { name: 'Thêm một người' }).click();
    await phone.getByLabel('Họ tên, hoặc cách gọi').fill('Chị Cùng bán bún');
    await browser.check(phone, 'interview-phone');
    await save.click();
    await listed().filter({ hasText: 'Quán cơm Bà Bảy' }).waitFor();
    await listed().filter({ hasText: 'đang truy vết' }).waitFor();
  });

  step('who has no record yet is, after a day, on the list of what nobody has, which leads to where they are settled', async () => {
    const companions = async (who) => (await who.must(who.get('/waiting'))).items.filter((one) => one.kind === 'companion');
    assert.deepEqual(await companions(cdc), [], 'listed just now');
    server.rows('UPDATE interviews_companion SET since = since - 90000');
    const [one, ...more] = await companions(cdc);
    assert.deepEqual([one.subject, one.level, one.escalated, more.length], [kase.id, 'centre', true, 0]);
    await phone.goto(`${server.origin}/console/waiting`);
    await phone.getByRole('link', { name: 'Người đi cùng chưa có hồ sơ' }).click();
    await phone.getByText('Chị Cùng bán bún').first().waitFor();
  });

  step('who was there meanwhile is found by itself, and the evidence says that it was told', async () => {
    const found = await until('the trace', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/candidates`))).items.find((one) => one.person.name === 'Phạm Thị Cùng'));
    assert.deepEqual(found.evidence[0].doubtsOfOther, ['told']);
  });

  step('without a network it waits on the phone, and goes once when there is one', async () => {
    await phone.getByRole('button', { name: 'Ghi một mốc' }).click();
    await phone.getByRole('radiogroup', { name: /khẩu trang/ }).waitFor();
    await phone.context().setOffline(true);
    await phone.getByLabel('Tả bằng lời').fill('Quán nước đối diện ga');
    await when(yesterday, false);
    await phone.getByRole('radio', { name: 'chỉ nhớ ngày' }).click();
    await phone.getByRole('radiogroup', { name: /khẩu trang/ }).getByLabel('không', { exact: true }).check();
    await phone.getByRole('button', { name: 'Ghi mốc này' }).click();
    const waiting = phone.getByRole('list', { name: 'chờ gửi' });
    await waiting.getByText('Quán nước đối diện ga').waitFor();
    assert.equal((await milestones()).length, 1);
    await phone.context().setOffline(false);
    await listed().filter({ hasText: 'Quán nước đối diện ga' }).waitFor();
    await waiting.waitFor({ state: 'detached' });
    const all = await milestones();
    assert.deepEqual(all.map(({ untraced }) => untraced).sort(), ['inWords', undefined]);
    await listed().filter({ hasText: 'Quán nước đối diện ga' }).filter({ hasText: 'Khẩu trang: không' }).waitFor();
    assert.deepEqual(all.find(({ untraced }) => untraced).answers, { masks: 'no' });
  });

  step('of another disease something else is asked', async () => {
    const other = await citizen(server, '+84919100012', { name: 'Hồ Thị Khát', birthYear: 1979, sex: 'female', unit: (await commune(server, '19333')).id, address: '40 Hùng Vương' });
    const suspect = await cdc.must(cdc.post('/cases', { person: other.self.id, disease: 'cholera' }), 201);
    const second = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    await second.goto(`${server.origin}/console/cases/${suspect.id}/interview`);
    await second.getByRole('button', { name: 'Ghi một mốc' }).click();
    const meals = second.getByRole('radiogroup', { name: /ăn hoặc uống chung/ });
    await meals.getByLabel('có', { exact: true }).check();
    assert.equal(await second.getByRole('radiogroup', { name: /khẩu trang|mét/ }).count(), 0);
    await second.getByLabel('Tả bằng lời').fill('Đám cưới cuối xóm');
    await second.getByRole('textbox', { name: 'Ngày' }).fill(local(yesterday).day);
    await second.getByRole('radio', { name: 'chỉ nhớ ngày' }).click();
    await second.getByRole('button', { name: 'Ghi mốc này' }).click();
    const item = second.getByRole('list', { name: 'Các mốc dịch tễ' }).locator('> li');
    await item.filter({ hasText: 'Ăn uống chung: có' }).waitFor();
    await item.getByRole('button', { name: 'Sửa mốc' }).click();
    const drawer = second.getByRole('dialog', { name: 'Sửa mốc' });
    assert.equal(await drawer.getByRole('radiogroup', { name: /ăn hoặc uống chung/ }).getByLabel('có', { exact: true }).isChecked(), true);
    await drawer.getByRole('radiogroup', { name: /nguồn nước/ }).getByLabel('không', { exact: true }).check();
    await drawer.getByRole('button', { name: 'Ghi bản sửa' }).click();
    await item.filter({ hasText: 'Ăn uống chung: có; Chung nguồn nước: không' }).waitFor();
    await second.close();
  });

  step('the time line has the milestones among the dates of the case, and says that they were told', async () => {
    await phone.getByRole('link', { name: 'Dòng thời gian' }).click();
    const line = phone.getByRole('listitem').filter({ hasText: 'Quán cơm Bà Bảy' });
    await line.filter({ hasText: 'theo lời kể' }).first().waitFor();
    await phone.getByRole('listitem').filter({ hasText: 'Lấy mẫu' }).waitFor();
    await phone.getByText('Chưa nơi nào cho biết tọa độ', { exact: false }).waitFor();
    await browser.check(phone, 'case-time-line-phone');
    await phone.getByRole('link', { name: 'Phỏng vấn', exact: true }).click();
    await listed().first().waitFor();
  });

  step('where a place says that it stands, its milestones lie above the outline of the commune', async () => {
    await keeper.must(keeper.call('PUT', `/places/${place.id}/stated`, { hours: [], point: { latitude: 16.82, longitude: 107.1 } }));
    const desk = await browser.officer('cdc1');
    await desk.goto(`${server.origin}/console/cases/${kase.id}/timeline`);
    const map = desk.locator('svg').filter({ hasText: 'Phường Đông Hà' });
    await map.waitFor();
    assert.equal(await map.locator('circle').count(), 1);
    const none = desk.getByText('máy chủ chưa có tệp ranh giới', { exact: false });
    assert.equal(await none.count(), 0);
    await browser.check(desk, 'case-map');
    // As where the operator gave no file.
    await desk.route('**/api/v1/units/*/outlines', (route) => route.fulfill({ json: { items: [] } }));
    await desk.reload();
    await none.waitFor();
    await desk.close();
  });

  step('what would point at the case is not published, and whoever asks is told why', async () => {
    const desk = await browser.officer('cdc1');
    await desk.goto(`${server.origin}/console/cases/${kase.id}/warnings`);
    await desk.getByRole('checkbox', { name: /^Quán cơm Bà Bảy/ }).check();
    await desk.getByRole('button', { name: 'Đề nghị công bố' }).click();
    await desk.getByRole('alert').filter({ hasText: 'Quán cơm Bà Bảy: có dưới 10 người ở đó lúc ấy' }).waitFor();
    await browser.check(desk, 'notices');
    const anybody = await browser.phone();
    await anybody.goto(`${server.origin}/notices`);
    await anybody.getByRole('heading', { name: 'Hiện không có địa điểm nào được công bố' }).waitFor();
    await browser.check(anybody, 'notices-public');
  });

  step('struck, it stays to be seen, and what came of it goes', async () => {
    await listed().filter({ hasText: 'Quán cơm Bà Bảy' }).getByRole('button', { name: 'Gạch bỏ' }).click();
    const dialog = phone.getByRole('dialog').last();
    await dialog.getByLabel('Lý do').fill('Người bệnh nhớ nhầm hôm khác');
    await dialog.getByRole('button', { name: 'Gạch bỏ', exact: true }).click();
    await listed().getByText('Người bệnh nhớ nhầm hôm khác', { exact: false }).waitFor();
    await browser.check(phone, 'interview-listed-phone');
    await until('the trace', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/candidates?status=open`))).items.length === 0);
  });
});
