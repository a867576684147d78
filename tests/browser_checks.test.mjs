// Checks of an isolation at home in real browsers, on phones: the person is asked without any decision, reports symptoms with a picture, or asks to be
// called; the station sees the whole time of the order at a glance and what was done, opens the picture, records for somebody without the app, and
// proposes other windows.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { taken } from './story.mjs';
import { ago, Browser, citizen, commune, day, officer, Server, steps, until } from './support.mjs';

describe('checks at home in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const small = { width: 390, height: 844 };
  let server, browser, ill, staff, cdc, phone, station, order;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    ill = await citizen(server, '+84919200001', { name: 'Lê Thị Ốm', birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    cdc = await officer(server, 'cdc1');
    staff = await officer(server, 'tyt-dongha');
    const kase = await cdc.must(cdc.post('/cases', { person: ill.self.id, disease: 'covid-19' }), 201);
    await cdc.must(cdc.edit(`/cases/${kase.id}/confirm`, { sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
    const decided = { lastDay: day(-5), source: 'Hướng dẫn của Sở Y tế số 12/SYT' };
    // Open at whatever hour this runs.
    const windows = [{ from: '00:00', until: '24:00' }];
    const drafted = await staff.must(staff.send('/orders', { kind: 'isolation', case: kase.id, place: { kind: 'home' }, decided, windows, reason: 'Ca bệnh nhẹ' }), 201);
    order = await cdc.must(cdc.edit(`/orders/${drafted.id}/sign`, { authority: 'Phó Giám đốc CDC tỉnh Quảng Trị' }, drafted.version));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const heading = (page, name) => page.getByRole('heading', { name, level: 1 }).waitFor();
  const tasks = async () => (await staff.must(staff.get('/referrals'))).items.filter((one) => one.person?.id === ill.self.id);

  step('the person is told what is due, and may ask to be called instead', async () => {
    phone = await browser.phoneOf(ill);
    await phone.goto(`${server.origin}/orders`);
    await heading(phone, 'Quyết định cách ly của tôi');
    await phone.getByText('Khai sức khỏe khi ở nhà').waitFor();
    await browser.check(phone, 'my-checks');
    await phone.getByRole('button', { name: 'Hãy gọi cho tôi' }).click();
    await phone.getByText('Trạm y tế đã được báo', { exact: false }).waitFor();
    await until('the station to be told', async () => (await tasks()).some((one) => one.reasons[0].code === 'check-call'));
    await until('it to be read', async () => (await ill.must(ill.get('/me/orders'))).items[0].unread === false);
    await phone.goto(`${server.origin}/`);
    await phone.getByRole('link', { name: 'Đến giờ khai sức khỏe khi cách ly tại nhà.' }).waitFor();
  });

  step('where somebody is, is asked of nobody who has not read and agreed, and only by a tap', async () => {
    await phone.goto(`${server.origin}/orders`);
    const read = phone.getByRole('button', { name: 'Cho biết tôi đang ở nơi cách ly (không bắt buộc)' });
    await read.waitFor();
    for (const name of ['Tôi đang ở nơi cách ly', 'Đánh dấu: tôi đang ở nơi cách ly'])
      assert.equal(await phone.getByRole('button', { name, exact: true }).count(), 0);
    await read.click();
    await phone.getByText('Các vị trí gửi sau không được giữ lại', { exact: false }).waitFor();
    await browser.check(phone, 'my-checks-consent');
    await phone.getByRole('button', { name: 'Tôi đồng ý', exact: true }).click();
    await phone.context().grantPermissions(['geolocation'], { origin: server.origin });
    const stand = (latitude) => phone.context().setGeolocation({ latitude, longitude: 107.1, accuracy: 20 });
    await stand(16.81);
    await phone.getByRole('button', { name: 'Đánh dấu: tôi đang ở nơi cách ly' }).click();
    await phone.getByText('Đã đánh dấu.').waitFor();
    await phone.getByRole('button', { name: 'Tôi đang ở nơi cách ly', exact: true }).click();
    await phone.getByText('Đã ghi: bạn đang ở nơi cách ly.').waitFor();
    assert.equal((await tasks()).length, 1, 'nobody is told of who is there');
    await stand(16.85);
    await phone.getByRole('button', { name: 'Tôi đang ở nơi cách ly', exact: true }).click();
    await phone.getByText('Trạm y tế sẽ gọi hỏi bạn', { exact: false }).waitFor();
    await until('the station to be told', async () => (await tasks()).some((one) => one.reasons[0].code === 'check-away'));
  });

  step('symptoms are reported in the app, with a picture', async () => {
    await phone.goto(`${server.origin}/orders`);
    await phone.getByRole('link', { name: 'Khai ngay' }).click();
    for (const sign of ['Sốt', 'Ho', 'Khó thở', 'Khàn tiếng hoặc rát họng', 'Đau mỏi người'])
      await phone.getByRole('group', { name: sign, exact: true }).getByText(sign === 'Sốt' ? 'Có' : 'Không', { exact: true }).click();
    const question = (text) => phone.locator('[data-question]').filter({ hasText: text });
    await question('đang ở nơi cách ly').getByText('Có', { exact: true }).click();
    await question('cần cán bộ y tế liên hệ').getByText('Không cần', { exact: true }).click();
    await phone.getByLabel(/^Ảnh nhiệt kế/).setInputFiles(await taken(phone, '#8f3f2f'));  // by who wants to
    await phone.getByRole('img', { name: 'Ảnh sẽ được gửi' }).waitFor();
    await browser.check(phone, 'check-form');
    await phone.getByRole('button', { name: 'Gửi khai báo' }).click();
    await until('the check to count', async () => (await ill.must(ill.get('/me/orders'))).items[0].checks.today[0].state === 'done');
    await until('the station to be told', async () => (await tasks()).some((one) => one.source === 'declaration'));
  });

  step('the station sees the whole time, and who took notice', async () => {
    const task = (await tasks()).find((one) => one.source === 'declaration');
    await staff.must(staff.post(`/referrals/${task.id}/acknowledge`));
    station = await browser.officer('tyt-dongha', small);
    await station.goto(`${server.origin}/console/orders/${order.id}`);
    await heading(station, 'Lê Thị Ốm');
    await station.getByRole('heading', { name: 'Khai sức khỏe tại nhà' }).waitFor();
    await station.getByText('khai có dấu hiệu bệnh').first().waitFor();
    await station.getByText('Nhờ gọi điện').waitFor();
    await station.getByText('Khung giờ riêng của quyết định này:', { exact: false }).waitFor();
    await browser.check(station, 'order-checks-phone');
  });

  step('the station opens the picture, by its task, and the person reads that it did', async () => {
    const looks = async () => (await ill.must(ill.get('/me/access-log'))).items.filter(({ action }) => action === 'declarations.picture');
    await station.getByRole('listitem').filter({ hasText: 'khai có dấu hiệu bệnh' }).getByRole('link').click();
    await station.getByRole('link', { name: 'Mở tờ khai' }).click();
    await heading(station, 'Lê Thị Ốm');
    await station.getByRole('button', { name: 'Xem ảnh' }).waitFor();
    assert.equal((await looks()).length, 0, 'nobody looks before it is asked for');
    const looked = station.waitForResponse((response) => response.url().includes('/pictures/'));
    await station.getByRole('button', { name: 'Xem ảnh' }).click();
    const answer = await looked;
    assert.equal(answer.status(), 200);
    const picture = await answer.body();
    assert.ok(picture.length < 400 * 1024 && !picture.includes('Exif') && !picture.includes('GPS'));
    await station.getByRole('img', { name: 'Ảnh gửi kèm tờ khai' }).waitFor();
    await browser.check(station, 'check-picture-phone');
    assert.equal((await looks()).length, 1, 'one look, one line');
    await station.goto(`${server.origin}/console/orders/${order.id}`);
    await heading(station, 'Lê Thị Ốm');
  });

  step('a check can be recorded for somebody without the app', async () => {
    await station.getByRole('link', { name: 'Ghi thay: gọi điện hoặc đến nhà' }).click();
    await heading(station, 'Khai hộ Lê Thị Ốm');
    await station.getByRole('radio', { name: 'Gọi điện thoại' }).waitFor();
    await browser.check(station, 'order-check-phone');
    await station.goBack();
    await heading(station, 'Lê Thị Ốm');
  });

  step('other windows are proposed with a reason, and wait for a signature', async () => {
    await station.getByRole('button', { name: 'Đổi khung giờ' }).click();
    const dialog = station.getByRole('dialog', { name: 'Đổi khung giờ' });
    await dialog.getByRole('button', { name: 'Thêm khung giờ' }).click();
    await dialog.getByLabel('Khung 1, từ').fill('07:00');
    await dialog.getByLabel('Khung 1, đến').fill('09:00');
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill('Đi làm ca đêm');
    await browser.check(station, 'order-windows-phone');
    await dialog.getByRole('button', { name: 'Gửi để ký' }).click();
    await station.getByRole('heading', { name: 'Chờ ký: đổi khung giờ' }).waitFor();
    const seen = await cdc.must(cdc.get(`/orders/${order.id}`));
    assert.deepEqual(seen.checks.windows, [{ from: '00:00', until: '24:00' }], 'not before it is signed');
    const signed = await cdc.must(cdc.edit(`/orders/${order.id}/sign`, { authority: 'Phó Giám đốc CDC tỉnh Quảng Trị' }, seen.version));
    assert.deepEqual(signed.checks.windows, [{ from: '07:00', until: '09:00' }]);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
