// Duties to declare, in real browsers: the command makes a form a duty by a dated rule; the head of a hospital opens a roster; one of the staff joins
// by its code after reading what the head will see, another agrees to an invitation; who has declared is a yes or no, and every look is in the log.
// A passenger of a listed bus is asked for that journey; who keeps the bus sees which seats have not declared.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, day, officer, Server, steps } from './support.mjs';

describe('duties in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const hospital = 'Bệnh viện Hải Lăng';
  let server, browser, head, an, binh, desk, phone, other, code;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19702');
    const born = { birthYear: 1985, sex: 'female', unit: unit.id };
    head = await citizen(server, '+84917500001', { name: 'Phạm Thị Trưởng', ...born });
    an = await citizen(server, '+84917500002', { name: 'Nguyễn Thị An', ...born });
    await an.must(an.post('/me/people', { relation: 'child', nationality: 'VN', name: 'Nguyễn Văn Bé', birthYear: 2018, sex: 'male', unit: unit.id }));
    binh = await citizen(server, '+84917500003', { name: 'Lê Thị Bình', ...born });
    const sent = server.messages('+84917500004').length;
    const asked = await head.must(
      head.post('/places/registrations', { name: hospital, kind: 'hospital', unit: unit.id, address: 'Thôn 1', phone: '0917500004', functions: [] }),
    );
    await head.must(head.post(`/places/registrations/${asked.id}/confirm`, { code: await server.code('+84917500004', sent) }));
    desk = await browser.phoneOf(head);
    phone = await browser.phoneOf(an);
    other = await browser.phoneOf(binh);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const create = async () => {
    await desk.getByLabel('Địa điểm', { exact: true }).selectOption({ label: hospital });
    await desk.getByLabel('Lĩnh vực').selectOption({ label: 'Đơn vị y tế' });
    await desk.getByRole('button', { name: 'Lập danh sách này' }).click();
  };

  step('without a decision nothing is asked, and no roster can be opened', async () => {
    await phone.goto(`${server.origin}/duties`);
    await phone.getByText('Hôm nay không có quy định nào buộc gia đình bạn khai.').waitFor();
    await browser.check(phone, 'duties-none-phone');
    await desk.goto(`${server.origin}/places`);
    await desk.getByRole('link', { name: 'Danh sách phải khai' }).click();
    await create();
    await desk.getByRole('alert').waitFor();
    await browser.check(desk, 'rosters-none-phone');
  });

  step('the command makes daily health a duty of health staff, by name of the rule', async () => {
    const commander = await browser.officer('chihuy');
    await commander.getByRole('link', { name: 'Quyết định', exact: true }).click();
    await commander.getByRole('button', { name: 'Nhập quyết định' }).click();
    const dialog = commander.getByRole('dialog').last();
    const chosen = async (label, option) => {
      await dialog.getByRole('combobox', { name: label }).or(dialog.getByLabel(label).and(dialog.locator('input'))).first().click();
      await commander.getByRole('option', { name: option, exact: true }).click();
    };
    await dialog.getByLabel('Khai báo y tế').check();
    await chosen('Tờ khai nào', 'Theo dõi sức khỏe hằng ngày');
    await chosen('Là nghĩa vụ theo quy định nào', 'Nhân viên y tế khai hằng ngày');
    await chosen('Bệnh', 'COVID-19');
    await dialog.getByLabel('Một địa bàn').check();
    await dialog.getByLabel('Địa bàn', { exact: false }).and(dialog.locator('input:not([type=radio])')).first().fill('quang tri');
    await commander.getByRole('option', { name: 'Tỉnh Quảng Trị', exact: true }).click();
    for (const [name, later, clock] of [['Từ', 0, '0h00'], ['Đến', 30, '17h00']]) {
      await dialog.getByRole('textbox', { name, exact: true }).fill(day(-later).split('-').reverse().join('/'));
      await dialog.getByLabel(`${name}, giờ`).fill(clock);
    }
    await dialog.getByLabel('Căn cứ').fill('Công văn 12/SYT');
    await browser.check(commander, 'decision-of-a-duty');
    await dialog.getByRole('button', { name: 'Ban hành' }).click();
    await commander.getByRole('row').filter({ hasText: 'Nhân viên y tế khai hằng ngày' }).waitFor();
  });

  step('the head opens a roster and shows its code', async () => {
    await desk.reload();
    await create();
    await desk.getByRole('heading', { name: hospital, level: 1 }).waitFor();
    await desk.getByText('Hôm nay 0 trên 0 người đã khai').waitFor();
    code = (await desk.getByText(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/).innerText()).trim();
    await desk.getByRole('img', { name: 'Mã QR của danh sách' }).waitFor();
    await browser.check(desk, 'roster-new-phone');
  });

  step('somebody reads what the head will see, agrees, and is on it', async () => {
    await phone.goto(`${server.origin}/duties?code=${code.replace('-', '')}`);
    await phone.getByRole('button', { name: 'Xem danh sách này' }).click();
    await phone.getByText('Không thấy câu trả lời, màu, giờ khai').waitFor();
    assert.deepEqual((await an.must(an.get('/me/rosters'))).memberships, [], 'looking is not joining');
    await browser.check(phone, 'duties-join-phone');
    await phone.getByRole('button', { name: 'Tôi đồng ý, vào danh sách' }).click();
    await phone.getByText(`Vì có tên trong danh sách: ${hospital}`).first().waitFor();
    await phone.getByText('Căn cứ: Công văn 12/SYT').first().waitFor();
    await browser.check(phone, 'duties-phone');
  });

  step('a typed phone counts nobody until its holder agrees', async () => {
    await desk.getByLabel('Số điện thoại').fill('0917500003');
    await desk.getByRole('button', { name: 'Ghi lời mời' }).click();
    await desk.getByText('Nếu số này có người dùng').waitFor();
    await desk.reload();
    await desk.getByText('Hôm nay 0 trên 1 người đã khai').waitFor();
    await other.goto(`${server.origin}/duties`);
    await other.getByRole('heading', { name: 'Lời mời' }).waitFor();
    await browser.check(other, 'duties-invited-phone');
    await other.getByRole('button', { name: 'Đồng ý vào danh sách' }).click();
    await other.getByText(`Vì có tên trong danh sách: ${hospital}`).first().waitFor();
    await desk.reload();
    await desk.getByText('Hôm nay 0 trên 2 người đã khai').waitFor();
  });

  step('the first page says what is asked, of the child too, one tap from the form', async () => {
    await phone.goto(server.origin);
    const asked = phone.getByRole('link', { name: /Nhân viên y tế khai hằng ngày/ });
    await asked.filter({ hasText: 'Nguyễn Văn Bé' }).waitFor();
    await browser.check(phone, 'home-duties-phone');
    await asked.filter({ hasText: 'Nguyễn Thị An' }).click();
    for (const sign of ['Sốt', 'Ho', 'Khó thở', 'Đau họng', 'Đau mỏi người'])
      await phone.getByRole('group', { name: sign, exact: true }).getByText(sign === 'Sốt' ? 'Có' : 'Không', { exact: true }).click();
    await phone.locator('[data-question]').filter({ hasText: 'tiếp xúc với người bệnh' }).getByText('Không', { exact: true }).click();
    await phone.getByRole('button', { name: 'Gửi' }).click();
    await phone.getByRole('status').getByText('Cần theo dõi').waitFor();
    await phone.goto(server.origin);
    await asked.filter({ hasText: 'Nguyễn Văn Bé' }).waitFor();
    assert.equal(await asked.count(), 1, 'done is not asked again');
  });

  step('the head sees who has not, never what was declared, and reminds once', async () => {
    await desk.reload();
    await desk.getByText('Hôm nay 1 trên 2 người đã khai').waitFor();
    await desk.getByLabel('Ai', { exact: true }).selectOption({ label: 'Mọi người' });
    const members = /\/rosters\/\w+\/members\?/; // as if a page held one: the next comes below the first
    await desk.context().route(members, (route) => route.continue({ url: route.request().url().replace('limit=100', 'limit=1') }));
    await desk.getByRole('button', { name: 'Hiện danh sách' }).click();
    await desk.getByRole('button', { name: 'Xem thêm' }).click();
    await desk.getByRole('listitem').filter({ hasText: 'Nguyễn Thị An' }).getByText('Đã khai', { exact: true }).waitFor();
    await desk.getByRole('listitem').filter({ hasText: 'Lê Thị Bình' }).getByText('Chưa khai', { exact: true }).waitFor();
    const said = await desk.innerText('main');
    assert.doesNotMatch(said, /Cần theo dõi|Sốt|Nguyễn Văn Bé|09175/);
    await browser.check(desk, 'roster-phone');
    await desk.context().unroute(members);
    await desk.getByRole('listitem').filter({ hasText: 'Lê Thị Bình' }).getByRole('button', { name: 'Bỏ khỏi danh sách' }).click();
    await desk.getByRole('dialog', { name: 'Bỏ Lê Thị Bình khỏi danh sách?' }).waitFor();
    await browser.check(desk, 'roster-remove-phone');
    await desk.getByRole('dialog').getByRole('button', { name: 'Thôi' }).click();
    const before = server.messages('+84917500003').length;
    await desk.getByRole('button', { name: 'Nhắc người chưa khai' }).click();
    await desk.getByText('Đã nhắc 1 người.').waitFor();
    await desk.getByRole('button', { name: 'Nhắc người chưa khai' }).click();
    await desk.getByText('Đã nhắc 0 người.').waitFor();
    assert.ok(before >= 1, 'of signing in');
    const list = await head.must(head.get('/rosters'));
    const out = await head.post(`/rosters/${list.items[0].id}/export`, { rule: 'health-staff-daily-2021-05', days: 2, reason: 'Giao ban' });
    assert.equal(out.status, 200);
    assert.match(out.body, /Nguyễn Thị An,[\d-]+,,1\r\n/);
    await desk.getByText('Lấy bảng ra tệp').click();
    await desk.getByLabel('Lý do').fill('Giao ban');
    const [file] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('button', { name: 'Tải tệp CSV' }).click()]);
    assert.match(file.suggestedFilename(), /^luytre-\w+\.csv$/);
    assert.match(readFileSync(await file.path(), 'utf8'), /Nguyễn Thị An,[\d-]+(,[01]?)+\r\n/);
    assert.equal((await an.get(`/rosters/${list.items[0].id}/members`)).status, 404, 'a member is no head');
  });

  step('every look is in the log that the people read', async () => {
    await phone.goto(`${server.origin}/access`);
    await phone.getByText('Đã xem ai đã khai, ai chưa').first().waitFor();
    await phone.getByText('Đã lấy danh sách ai đã khai ra tệp').first().waitFor();
    await phone.getByText(hospital).first().waitFor();
    await browser.check(phone, 'access-duties-phone');
  });

  step('the station sees the organisation, and no count that would point at somebody', async () => {
    const station = await browser.officer('cdc1');
    await station.getByRole('link', { name: 'Tờ khai', exact: true }).click();
    await station.getByRole('link', { name: 'Nghĩa vụ khai báo' }).click();
    const row = station.getByRole('row').filter({ hasText: hospital });
    await row.getByText('dưới 5 người').waitFor();
    assert.doesNotMatch(await station.innerText('main'), /Nguyễn Thị An|Lê Thị Bình/);
    await browser.check(station, 'duties-station');
  });

  step('leaving is one tap, and ends what was asked', async () => {
    await phone.goto(`${server.origin}/duties`);
    await phone.getByRole('button', { name: 'Rời danh sách' }).click();
    await phone.getByText('Bạn không có tên trong danh sách nào.').waitFor();
    await phone.getByText('Hôm nay không có quy định nào buộc gia đình bạn khai.').waitFor();
    await desk.reload();
    await desk.getByText('Hôm nay 0 trên 1 người đã khai').waitFor();
  });

  step('an officer heads a roster that belongs to no place, and closes it', async () => {
    const team = 'Tổ trực chốt Hải Lăng';
    const officer = await browser.officer('cdc1');
    await officer.goto(`${server.origin}/console/declarations/duties`);
    await officer.getByRole('link', { name: 'Danh sách tôi phụ trách' }).click();
    await officer.getByText('Bạn chưa lập danh sách nào').waitFor();
    await browser.check(officer, 'office-rosters-none');
    await officer.getByRole('button', { name: 'Lập danh sách' }).click();
    const dialog = officer.getByRole('dialog').last();
    await dialog.getByLabel('Tên danh sách').fill(team);
    await dialog.getByRole('combobox', { name: 'Lĩnh vực' }).or(dialog.getByLabel('Lĩnh vực').and(dialog.locator('input'))).first().click();
    await officer.getByRole('option', { name: 'Y tế', exact: true }).click();
    await browser.check(officer, 'office-roster-open');
    await dialog.getByRole('button', { name: 'Lập danh sách' }).click();
    await officer.getByRole('heading', { name: team, level: 1 }).waitFor();
    await officer.getByRole('img', { name: 'Mã QR của danh sách' }).waitFor();
    const joining = (await officer.getByText(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/).innerText()).trim();
    await an.must(an.post('/me/rosters', { code: joining }));
    await officer.reload();
    await officer.getByText('Số người: 1').waitFor();
    assert.doesNotMatch(await officer.innerText('main'), /Nguyễn Thị An/, 'nobody is shown before a look');
    await officer.getByRole('combobox', { name: 'Ai' }).or(officer.getByLabel('Ai', { exact: true }).and(officer.locator('input'))).first().click();
    await officer.getByRole('option', { name: 'Mọi người', exact: true }).click();
    await officer.getByRole('button', { name: 'Hiện danh sách' }).click();
    await officer.getByRole('row').filter({ hasText: 'Nguyễn Thị An' }).getByText('Đã khai', { exact: true }).waitFor();
    assert.doesNotMatch(await officer.innerText('main'), /Cần theo dõi|Sốt/);
    await browser.check(officer, 'office-roster');
    await officer.getByRole('row').filter({ hasText: 'Nguyễn Thị An' }).getByRole('button', { name: 'Bỏ khỏi danh sách' }).click();
    await officer.getByRole('dialog').getByText('Bỏ Nguyễn Thị An khỏi danh sách?').waitFor();
    await browser.check(officer, 'office-roster-remove');
    await officer.getByRole('dialog').getByRole('button', { name: 'Thôi' }).click();
    await officer.getByRole('dialog').waitFor({ state: 'detached' });
    await officer.getByRole('button', { name: 'Đóng danh sách' }).click();
    await officer.getByRole('button', { name: 'Đóng và xóa' }).click();
    await officer.getByText('Bạn chưa lập danh sách nào').waitFor();
    assert.deepEqual((await an.must(an.get('/me/rosters'))).memberships, []);
  });

  step('a listed passenger is asked for that journey, and who keeps the bus sees yes or no by seat', async () => {
    const command = await officer(server, 'chihuy');
    const province = (await command.must(command.get('/units'))).items.find(({ code }) => code === '44');
    const at = (days) => new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+/, '');
    const decision = { purpose: 'declarations', disease: 'covid-19', unit: province.id, from: at(-1), until: at(20), basis: 'Công văn 13/SYT' };
    await command.must(command.post('/decisions', { ...decision, form: 'domestic-movement', duty: 'long-distance-passengers-2021-08' }));
    const unit = await commune(server, '19702');
    const there = await commune(server, '19333');
    const asked = await head.must(
      head.post('/places/registrations', { name: 'Xe khách 74B-005.05', kind: 'vehicleTrip', unit: unit.id, address: 'Bến xe', phone: '0917500005', functions: [] }),
    );
    const bus = await head.must(head.post(`/places/registrations/${asked.id}/confirm`, { code: await server.code('+84917500005') }));
    const seats = 'seat,name,birthYear,phone,paper\r\n12,Lê Thị Bình,1985,0917500003,\r\n13,Không Ai,1990,0917599999,\r\n';
    await head.must(
      head.post(`/places/${bus.id}/passengers?departure=${ago(60)}&towards=${there.id}`, seats, { 'Content-Type': 'text/csv', 'Idempotency-Key': 'bus-1' }),
    );
    await other.goto(`${server.origin}/duties`);
    await other.getByText('có tên trong danh sách hành khách').waitFor();
    await browser.check(other, 'duties-journey-phone');
    await desk.goto(`${server.origin}/places/${bus.id}/passengers`);
    await desk.getByRole('button', { name: 'Ai chưa khai' }).click();
    await desk.getByText('Ghế chưa khai: 12, 13').waitFor();
    assert.doesNotMatch(await desk.innerText('main'), /Lê Thị Bình/);
    await browser.check(desk, 'passengers-declared-phone');
    const log = (await binh.must(binh.get('/me/access-log'))).items;
    assert.ok(log.some(({ action, reason }) => action === 'duties.seats' && reason === 'Xe khách 74B-005.05'), JSON.stringify(log[0]));
    const station = await browser.officer('tyt-dongha');
    await station.goto(`${server.origin}/console/declarations/trips`);
    await station.getByRole('row').filter({ hasText: 'Xe khách 74B-005.05' }).getByRole('button', { name: 'Ai chưa khai' }).click();
    await station.getByText('Ghế chưa khai: 12, 13').waitFor();
    await browser.check(station, 'passengers-declared-station');

    await command.must(command.post('/decisions', { ...decision, form: 'domestic-movement', duty: 'epidemic-area-journey-2021-08' }));
    await station.goto(`${server.origin}/console/declarations/duties`);
    await station.getByRole('button', { name: 'Xem ai chưa khai' }).click();
    const why = station.getByRole('dialog').last();
    await why.getByLabel('Lý do').fill('Rà soát người từ vùng dịch');
    await why.getByRole('button', { name: 'Xem ai chưa khai' }).click();
    await station.getByText('Không có ai chưa khai.').waitFor();
    await browser.check(station, 'travellers-station');
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
