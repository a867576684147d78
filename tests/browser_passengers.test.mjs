// A vehicle's passenger list, in real browsers: a carrier sends a file with bad lines, is told which and why, sends it again put right, and sees
// counts only, takes a seat off, and writes seats down by hand; the station where the vehicle goes opens the list with a reason; another finds nothing.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, day, Server, steps } from './support.mjs';

describe('passenger lists in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, carrier, place, phone, station;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19702');
    carrier = await citizen(server, '+84917300001', { name: 'Nhà xe Hải Lăng', birthYear: 1975, sex: 'male', unit: unit.id });
    const sent = server.messages('+84917300002').length;
    const asked = await carrier.must(
      carrier.post('/places/registrations', { name: 'Xe khách 74B-001.23', kind: 'vehicleTrip', unit: unit.id, address: 'Bến xe Hải Lăng', phone: '0917300002', functions: [] }),
    );
    place = await carrier.must(carrier.post(`/places/registrations/${asked.id}/confirm`, { code: await server.code('+84917300002', sent) }));
    phone = await browser.phoneOf(carrier);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const file = (...lines) => ({ name: 'hanh-khach.csv', mimeType: 'text/csv', buffer: Buffer.from(['seat;name;birthYear;phone;paper', ...lines].join('\r\n')) });
  const good = ['1;Nguyễn Văn An;1980;0912345678;', '2;Trần, Thị Bình;1990;;012345678901'];

  step('bad lines are named with what is wrong, and the others are taken', async () => {
    await phone.goto(`${server.origin}/places/${place.id}`);
    await phone.getByRole('link', { name: 'Danh sách hành khách' }).click();
    await phone.getByLabel('Giờ khởi hành').fill(`${day(0)}T07:30`);
    await phone.getByLabel(/^Nơi đến/).fill('dong ha');
    await phone.getByRole('option').filter({ hasText: 'Phường Đông Hà' }).first().click();
    await phone.getByLabel('Tệp danh sách').setInputFiles(file(...good, '3;;1985;0912345679;', '4;Lê Cúc;85;0912345670;'));
    await browser.check(phone, 'passengers-phone');
    await phone.getByRole('button', { name: 'Gửi danh sách' }).click();
    await phone.getByText('Nhận mới 2, sửa 0, không đổi 0, chưa nhận 2.').waitFor();
    const rows = phone.getByRole('table').getByRole('row');
    await rows.filter({ hasText: 'Họ tên: còn thiếu' }).getByRole('rowheader', { name: '4' }).waitFor();
    await rows.filter({ hasText: 'Năm sinh: ngoài khoảng cho phép' }).getByRole('rowheader', { name: '5' }).waitFor();
    await browser.check(phone, 'passengers-told-phone');
    // The same list as a workbook: an empty row in it counts, as in the program that shows it.
    await phone.getByLabel('Tệp danh sách').setInputFiles('tests/samples/hanh-khach.xlsx');
    await phone.getByRole('button', { name: 'Gửi danh sách' }).click();
    await phone.getByText('Nhận mới 0, sửa 0, không đổi 2, chưa nhận 2.').waitFor();
    await rows.filter({ hasText: 'Họ tên: còn thiếu' }).getByRole('rowheader', { name: '5' }).waitFor();
    await rows.filter({ hasText: 'Năm sinh: ngoài khoảng cho phép' }).getByRole('rowheader', { name: '6' }).waitFor();
  });

  step('the file put right is sent whole; the carrier keeps counts, no names', async () => {
    await phone.getByLabel('Tệp danh sách').setInputFiles(file(...good, '3;Phạm Đạt;1985;0912345679;', '4;Lê Cúc;1985;0912345670;'));
    await phone.getByRole('button', { name: 'Gửi danh sách' }).click();
    await phone.getByText('Nhận mới 2, sửa 0, không đổi 2, chưa nhận 0.').waitFor();
    await phone.reload();
    await phone.getByText('4 ghế').waitFor();
    assert.doesNotMatch(await phone.innerText('main'), /Nguyễn Văn An|Phạm Đạt/);
    assert.equal((await carrier.post(`/places/${place.id}/passengers/look`, { departure: '2026-01-01T00:00:00Z', reason: 'toi' })).status, 403);
    await browser.check(phone, 'passengers-earlier-phone');
  });

  step('the keeper begins and ends a run; who was on board has got off', async () => {
    await phone.goto(`${server.origin}/places/${place.id}`);
    await phone.getByRole('link', { name: 'Chuyến xe' }).click();
    for (const [label, typed, unit] of [[/^Nơi đi/, 'hai lang', 'Xã Hải Lăng'], [/^Nơi đến/, 'dong ha', 'Phường Đông Hà']]) {
      await phone.getByLabel(label).fill(typed);
      await phone.getByRole('option').filter({ hasText: unit }).first().click();
    }
    await phone.getByLabel('Biển số xe').fill('74B-001.23');
    await browser.check(phone, 'runs-begin-phone');
    await phone.getByRole('button', { name: 'Bắt đầu chuyến' }).click();
    await phone.getByText('Đang chạy từ').waitFor();
    const visit = await carrier.must(carrier.send('/visits', { placeCode: (await carrier.must(carrier.get(`/places/${place.id}`))).shortCode, at: ago(0) }), 201);
    assert.equal(visit.outEstimated, true);
    await phone.waitForTimeout(1100);  // a run lasts a second at least
    await phone.getByRole('button', { name: 'Kết thúc chuyến' }).click();
    await phone.getByText('Đã kết thúc chuyến, 1 khách đã xuống.').waitFor();
    await browser.check(phone, 'runs-ended-phone');
    const [after] = (await carrier.must(carrier.get('/me/visits'))).items;
    assert.equal(after.outEstimated, false);
  });

  step('the station where it goes opens the list with a reason', async () => {
    station = await browser.officer('tyt-dongha');
    await station.getByRole('link', { name: 'Tờ khai', exact: true }).click();
    await station.getByRole('link', { name: 'Danh sách hành khách' }).click();
    await station.getByRole('row').filter({ hasText: 'Xe khách 74B-001.23' }).getByRole('button', { name: 'Mở danh sách' }).click();
    const dialog = station.getByRole('dialog').last();
    await dialog.getByLabel('Lý do').fill('Có F0 trên xe');
    await dialog.getByRole('button', { name: 'Mở danh sách' }).click();
    await station.getByRole('row').filter({ hasText: 'Trần, Thị Bình' }).filter({ hasText: '012345678901' }).waitFor();
    await station.getByRole('row').filter({ hasText: 'Phạm Đạt' }).waitFor();
    await browser.check(station, 'passengers-station');
  });

  step('a seat told by mistake is taken off; the station still sees that it was told', async () => {
    await phone.goto(`${server.origin}/places/${place.id}/passengers`);
    await phone.getByRole('button', { name: 'Bỏ một ghế' }).click();
    const sheet = phone.getByRole('dialog');
    await sheet.getByLabel('Số ghế cần bỏ').fill('9');
    await sheet.getByRole('button', { name: 'Bỏ ghế này' }).click();
    await sheet.getByText('Danh sách của chuyến này không có ghế đó.').waitFor();
    await browser.check(phone, 'passengers-take-off-phone');
    await sheet.getByLabel('Số ghế cần bỏ').fill('4');
    const answered = phone.waitForResponse((answer) => answer.url().endsWith('/passengers/take-off') && answer.status() === 200);
    await sheet.getByRole('button', { name: 'Bỏ ghế này' }).click();
    await answered;
    await phone.getByText('Đã bỏ ghế 4.').waitFor();
    await phone.getByText('3 ghế').waitFor();
    await station.goto(`${server.origin}/console/declarations/trips`);
    await station.getByRole('row').filter({ hasText: 'Xe khách 74B-001.23' }).getByRole('button', { name: 'Mở danh sách' }).click();
    const dialog = station.getByRole('dialog').last();
    await dialog.getByLabel('Lý do').fill('Có F0 trên xe');
    await dialog.getByRole('button', { name: 'Mở danh sách' }).click();
    await station.getByRole('columnheader', { name: 'Bỏ khỏi danh sách lúc' }).waitFor();
    await station.getByRole('row').filter({ hasText: 'Lê Cúc' }).waitFor();
    await browser.check(station, 'passengers-taken-off-station');
  });

  step('seats written down on the phone outlive a reload, and are sent together', async () => {
    const write = async (values) => {
      for (const [label, value] of Object.entries(values)) await phone.getByLabel(label).fill(value);
      await phone.getByRole('button', { name: 'Ghi ghế này' }).click();
    };
    await phone.goto(`${server.origin}/places/${place.id}/passengers`);
    await phone.getByRole('button', { name: 'Ghi ghế này' }).click();
    await phone.getByText('Số ghế: còn thiếu').waitFor();
    await write({ 'Số ghế': '1', 'Họ tên': 'Hồ Thị Em', 'Năm sinh': '1970', 'Số giấy tờ': '045170000123' });
    await write({ 'Số ghế': '2', 'Họ tên': 'Lý Văn Ba', 'Năm sinh': '1850', 'Số giấy tờ': '045070000456' });
    const kept = phone.getByRole('list', { name: 'Các ghế chờ gửi' }).getByRole('listitem');
    await kept.filter({ hasText: 'Lý Văn Ba' }).waitFor();
    await phone.getByLabel('Giờ khởi hành').fill(`${day(0)}T09:30`);
    await phone.getByLabel(/^Nơi đến/).fill('dong ha');
    await phone.getByRole('option').filter({ hasText: 'Phường Đông Hà' }).first().click();
    await browser.check(phone, 'passengers-written-phone');
    await phone.reload();
    await kept.filter({ hasText: 'Hồ Thị Em' }).waitFor();
    assert.equal(await phone.getByLabel('Giờ khởi hành').inputValue(), `${day(0)}T09:30`);
    await phone.getByRole('button', { name: 'Gửi các ghế đã ghi' }).click();
    await phone.getByText('Nhận mới 1, sửa 0, không đổi 0, chưa nhận 1.').waitFor();
    await phone.getByRole('table').getByRole('row').filter({ hasText: 'Năm sinh: ngoài khoảng cho phép' }).getByRole('rowheader', { name: '2' }).waitFor();
    // What was taken is no longer on the device; what was refused is put right there.
    await kept.filter({ hasText: 'Hồ Thị Em' }).waitFor({ state: 'detached' });
    await phone.getByRole('button', { name: 'Sửa ghế 2' }).click();
    await write({ 'Năm sinh': '1950' });
    const sent = phone.waitForResponse((answer) => /\/passengers\?/.test(answer.url()) && answer.request().method() === 'POST');
    await phone.getByRole('button', { name: 'Gửi các ghế đã ghi' }).click();
    assert.equal((await (await sent).json()).taken, 1);
    await phone.getByText('Nhận mới 1, sửa 0, không đổi 0, chưa nhận 0.').waitFor();
    await phone.getByText('2 ghế').waitFor();
  });

  step('a station at neither end finds nothing', async () => {
    const elsewhere = await browser.officer('tyt-namdongha');
    await elsewhere.goto(`${server.origin}/console/declarations/trips`);
    await elsewhere.getByText('Chưa có chuyến nào').waitFor();
    await browser.check(elsewhere, 'passengers-elsewhere');
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
