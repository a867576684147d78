// A keeper's day in real browsers: nearly full, full, the log by the hour and its file; and a unit that brings in many places by one file.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Browser, citizen, commune, day, officer, Server, steps, until } from './support.mjs';

describe('keepers and units in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, keeper, place, phone, unit;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    keeper = await citizen(server, '+84919000001', { name: 'Trần Thị Giữ', birthYear: 1990, sex: 'female', unit: unit.id });
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Nhà sách phường', kind: 'shop', unit: unit.id, address: '5 Lê Lợi', phone: '+84919000002' }));
    place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84919000002') }));
    place = await keeper.must(keeper.post(`/places/${place.id}/zones`, { name: 'Tầng 1' }));
    await keeper.must(keeper.edit(`/places/${place.id}`, { capacity: 10 }, place.version, 'PATCH'));
    await keeper.must(keeper.post(`/places/${place.id}/guards`, { name: 'Ông Bảo', phone: '0919000004' }));
    phone = await browser.phoneOf(keeper);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  let shift;
  const letIn = async (companions) => {
    if (!shift) {
      const asked = await keeper.must(keeper.post('/gate/codes', { phone: '0919000004' }));
      ({ shift } = await keeper.must(keeper.post('/gate/shifts', { phone: '0919000004', request: asked.request, code: await server.code('+84919000004'), hours: 8 })));
    }
    const at = new Date().toISOString();
    await keeper.must(keeper.send('/gate/admissions', { shift, place: place.id, zone: place.zones[0].id, at, companions }));
  };

  step('the desk warns before the place is full, and when it is', async () => {
    await letIn(5);
    await phone.goto(`${server.origin}/places/${place.id}`);
    await phone.getByText('5 / 10').waitFor();
    assert.equal(await phone.getByText('Sắp đầy').count(), 0);
    await letIn(4);
    await phone.reload();
    await phone.getByText('Sắp đầy').waitFor();
    await phone.getByText('Đã có 9 trên 10 chỗ').waitFor();
    await browser.check(phone, 'keeper-near-phone');
    await letIn(1);
    await phone.reload();
    await phone.getByText('Đã đủ sức chứa').waitFor();
    await browser.check(phone, 'keeper-full-phone');
  });

  step('the log tells the day by hour and zone, in counts; its file is numbered and logged', async () => {
    await phone.getByRole('link', { name: 'Nhật ký theo giờ' }).click();
    await phone.getByText('10 lượt vào, đông nhất 10 người').waitFor();
    await phone.getByRole('columnheader', { name: 'Tầng 1' }).waitFor();
    await browser.check(phone, 'keeper-log-phone');
    const file = await keeper.must(keeper.get((await phone.getByRole('link', { name: 'Tải tệp 28 ngày (CSV)' }).getAttribute('href'))));
    const [head, ...lines] = file.trim().split('\r\n');
    assert.equal(head, 'day,hour,zone,arrived,export');
    assert.equal(lines.reduce((sum, line) => sum + Number(line.split(',')[3]), 0), 10);
    const number = lines[0].split(',')[4];
    const auditor = await officer(server, 'kiemtoan');
    const log = await auditor.must(auditor.get('/access-log?limit=200'));
    assert.ok(log.items.some((each) => each.action === 'attendance.export' && each.filter.endsWith(number)));
    assert.equal((await keeper.get(`/places/${place.id}/attendance?day=${day(60)}`)).status, 422);
  });

  step('a part becomes a gate by its keeper, and a part again by the station', async () => {
    const zone = async () => (await keeper.must(keeper.get(`/places/${place.id}`))).zones[0];
    await phone.goto(`${server.origin}/places/${place.id}`);
    await phone.getByRole('button', { name: 'Đổi cách dùng Tầng 1' }).click();
    await phone.getByRole('radio', { name: /^\s*Cổng ra vào/ }).check();
    await browser.check(phone, 'keeper-zone-phone');
    await phone.getByRole('button', { name: 'Lưu cách dùng' }).click();
    await until('the part to be a gate', async () => (await zone()).entrance);
    const station = await browser.officer('tyt-dongha');
    await station.goto(`${server.origin}/console/places/${place.id}`);
    await station.getByLabel('Cách dùng Tầng 1').selectOption('Khu vực riêng');
    await until('the gate to be a part', async () => !(await zone()).entrance);
  });

  step('the station sees which check-ins something speaks against, never whose', async () => {
    const visitor = await citizen(server, '+84919000020', { name: 'Lê Văn Khách', birthYear: 1985, sex: 'male', unit: unit.id });
    const inThreeDays = ((new Date(Date.now() + 7 * 3600_000).getUTCDay() + 2) % 7) + 1;
    await keeper.must(keeper.call('PUT', `/places/${place.id}/stated`, { hours: [{ day: inThreeDays, from: '07:00', to: '11:00' }] }));
    await visitor.must(visitor.send('/visits', { placeCode: place.shortCode, at: new Date().toISOString() }));
    const station = await browser.officer('tyt-dongha');
    await station.goto(`${server.origin}/console/places/${place.id}`);
    await station.getByRole('button', { name: 'Xem lượt nghi vấn' }).click();
    await station.getByText('đến ngoài giờ mở cửa').waitFor();
    assert.equal(await station.getByText('Lê Văn Khách').count(), 0);
    await browser.check(station, 'place-doubtful-station');
    const auditor = await officer(server, 'kiemtoan');
    const log = await auditor.must(auditor.get('/access-log?limit=200'));
    assert.ok(log.items.some((each) => each.action === 'attendance.doubtful' && each.filter.endsWith('1 visits')));
    assert.equal((await keeper.get(`/places/${place.id}/doubtful-visits`)).status, 403);
  });

  step('a station brings in its places by one file: bad lines are named, sent again nothing doubles', async () => {
    const station = await browser.officer('tyt-dongha');
    await station.getByRole('link', { name: 'Địa điểm', exact: true }).click();
    await station.getByRole('link', { name: 'Nhập danh sách địa điểm' }).click();
    const send = async (...lines) => {
      await station.locator('input[type=file]').setInputFiles({ name: 'dia-diem.csv', mimeType: 'text/csv', buffer: Buffer.from(['id;name;kind', ...lines].join('\r\n')) });
      await station.getByRole('button', { name: 'Gửi danh sách' }).click();
    };
    await send('1;Quầy thuốc số 1;clinic', '2;;shop', '3;Lâu đài;castle');
    await station.getByText('Thêm mới 1, đã có 0, chưa nhận 2.').waitFor();
    await station.getByRole('row').filter({ hasText: 'Tên: còn thiếu' }).waitFor();
    await station.getByRole('row').filter({ hasText: 'Loại: không có' }).waitFor();
    await browser.check(station, 'place-list-station');
    await send('1;Quầy thuốc số 1;clinic', '2;Quầy thuốc số 2;shop');
    await station.getByText('Thêm mới 1, đã có 1, chưa nhận 0.').waitFor();
    await station.locator('input[type=file]').setInputFiles('tests/samples/dia-diem.xlsx');
    await station.getByRole('button', { name: 'Gửi danh sách' }).click();
    await station.getByText('Thêm mới 2, đã có 0, chưa nhận 1.').waitFor();
    const api = await officer(server, 'tyt-dongha');
    await until('both to be found once', async () => (await api.must(api.get('/places?q=quay thuoc so'))).items.length === 2);
  });

  step('a listed place gets guards from the office, and its keeper by poster and phone', async () => {
    const station = await browser.officer('tyt-dongha');
    const api = await officer(server, 'tyt-dongha');
    await station.goto(`${server.origin}/console/places/import`);
    await station.locator('input[type=file]').setInputFiles({ name: 'dia-diem.csv', mimeType: 'text/csv', buffer: Buffer.from('id,name,kind,address,phone,capacity\r\n70,Nhà văn hóa Khu phố 5,office,Khu phố 5,0919000009,80') });
    await station.getByRole('button', { name: 'Gửi danh sách' }).click();
    const posters = await station.getByRole('link', { name: 'Tải các tờ mã QR (PDF)' }).getAttribute('href');
    assert.equal(await station.evaluate(async (href) => (await (await fetch(href)).text()).slice(0, 5), posters), '%PDF-');
    await browser.check(station, 'place-list-posters-station');
    const found = await until('it to be found', async () => (await api.must(api.get('/places?q=nha van hoa khu pho'))).items[0]);
    const listed = await api.must(api.get(`/places/${found.id}`));
    await station.goto(`${server.origin}/console/places/${listed.id}`);
    await station.getByText('Chưa giao cho ai').waitFor();
    await station.getByLabel('Tên gọi').fill('Bà Chín');
    await station.getByLabel('Số di động').fill('0919000010');
    await station.getByRole('button', { name: 'Giao giữ cổng' }).click();
    await station.getByText('Bà Chín').first().waitFor();
    const asked = await keeper.must(keeper.post('/gate/codes', { phone: '0919000010' }));
    const { shift: hers } = await keeper.must(keeper.post('/gate/shifts', { phone: '0919000010', request: asked.request, code: await server.code('+84919000010'), hours: 8 }));
    await keeper.must(keeper.send('/gate/refusals', { shift: hers, place: listed.id, at: new Date().toISOString(), reason: 'full' }));
    await station.reload();
    await station.getByText('Đã đầy: 1').waitFor();
    await browser.check(station, 'place-guards-station');

    await phone.goto(`${server.origin}/places`);
    await phone.getByRole('link', { name: 'Nhận giữ địa điểm đã có mã' }).click();
    await phone.getByLabel('Mã ngắn trên tờ mã QR').fill(listed.shortCode);
    await browser.check(phone, 'claim-phone');
    await phone.getByRole('button', { name: 'Gửi mã xác nhận' }).click();
    await phone.getByRole('heading', { name: 'Nhập mã xác nhận' }).waitFor();
    await phone.getByLabel('Mã gồm 6 số').fill(await server.code('+84919000009'));
    await phone.getByRole('heading', { name: 'Nhà văn hóa Khu phố 5' }).waitFor();
  });

  step('lists of another app say where they came from; undone, they are gone', async () => {
    const station = await browser.officer('tyt-dongha');
    await station.goto(`${server.origin}/console/declarations/import`);
    const choose = async (label, option) => {
      await station.getByRole('combobox', { name: label }).or(station.getByLabel(label, { exact: true }).and(station.locator('input'))).first().click();
      await station.getByRole('option', { name: option, exact: true }).click();
    };
    const send = async (...lines) => {
      await station.locator('input[type=file]').setInputFiles({ name: 'du-lieu.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) });
      await station.getByRole('button', { name: 'Gửi danh sách' }).click();
    };
    const at = (minutes) => new Date(Date.now() - minutes * 60_000 + 7 * 3600_000).toISOString().slice(0, 16).replace('T', ' ');
    await choose('Nội dung', 'Lượt đến (điểm danh QR)');
    await choose('Từ ứng dụng', 'tokhaiyte.vn');
    await station.getByLabel('Căn cứ').fill('Công văn 12/SYT-NVY');
    const seen = ['id,name,birthYear,phone,placeCode,place,in,out', `1,tran thi giu,1990,0919000001,${place.shortCode},,${at(90)},${at(60)}`,
      `2,Người Lạ,1970,0911111111,${place.shortCode},,${at(90)},`, `3,Trần Thị Giữ,1990,0919000001,,X9,${at(90)},`];
    await send(...seen);
    await station.getByText('Nhận mới 1, đã có 0, chưa rõ của ai 1, chưa nhận 1.').waitFor();
    await station.getByRole('row').filter({ hasText: 'Địa điểm: không có' }).waitFor();
    await browser.check(station, 'foreign-visits-station');
    await send(...seen);
    await station.getByText('Nhận mới 0, đã có 2, chưa rõ của ai 0, chưa nhận 1.').waitFor();
    await choose('Nội dung', 'Tờ khai: Khai báo toàn dân');
    await send('id,name,birthYear,phone,at,showCountryPassing,countryPassing,showSignal,showSignalNote,hasPatient,hasFromSickCountry,hasSick',
      `7,Trần Thị Giữ,1990,0919000001,${at(30)},0,,1,Sốt,2,2,2`, `8,Trần Thị Giữ,1990,0919000001,${at(20)},0,,0,,,2,2`);
    await station.getByText('Nhận mới 1, đã có 0, chưa rõ của ai 0, chưa nhận 1.').waitFor();
    await choose('Nội dung', 'Tờ khai: Nhập cảnh (VHD)');
    const head = await station.locator('code').filter({ hasText: /stayUnit.*testNegative/ }).textContent();
    await send(head, head.split(',').map((column) => ({ id: '9', name: 'Trần Thị Giữ', birthYear: '1990', phone: '0919000001', at: at(10), fever: '' })[column] ?? '0').join(','));
    await station.getByText('Nhận mới 0, đã có 0, chưa rõ của ai 0, chưa nhận 1.').waitFor();
    await station.getByRole('row').filter({ hasText: 'fever' }).waitFor();
    await browser.check(station, 'foreign-entry-station');
    await phone.goto(`${server.origin}/visits`);
    await phone.getByText('từ ứng dụng tokhaiyte.vn').waitFor();
    await browser.check(phone, 'foreign-visits-phone');
    const [declared] = (await keeper.must(keeper.get('/me/declarations'))).items;
    await phone.goto(`${server.origin}/declared/${declared.id}`);
    await phone.getByText('từ ứng dụng tokhaiyte.vn').waitFor();
    await station.goto(`${server.origin}/console/declarations/${declared.id}`);
    await station.getByText('từ ứng dụng tokhaiyte.vn, chưa được hệ thống này xác nhận').waitFor();
    await station.goto(`${server.origin}/console/declarations/import`);
    await station.getByRole('row').filter({ hasText: 'Lượt đến' }).getByRole('button', { name: 'Hoàn tác' }).click();
    const dialog = station.getByRole('dialog').last();
    await dialog.getByLabel('Lý do').fill('Gửi nhầm tệp');
    await dialog.getByRole('button', { name: 'Hoàn tác' }).click();
    await station.getByText('Đã hoàn tác, rút lại 1').waitFor();
    await browser.check(station, 'foreign-undone-station');
    await phone.goto(`${server.origin}/visits`);
    await phone.getByText('Chưa có nơi nào').waitFor();
    assert.equal(await phone.getByText('từ ứng dụng tokhaiyte.vn').count(), 0);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
