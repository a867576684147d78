// Officers' work on cases, in real browsers: report, reclassify, confirm, warn with a second officer, take back; two who edit the same thing; the
// station's work list on a phone; places; the access log. The person who was warned follows on a phone.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, day, local, officer, Server, steps, strike, until } from './support.mjs';

describe('case work in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, unit, place, met, cdc, second, api, caseUrl, caseId, station;
  const reason = 'Theo báo cáo của trạm y tế';

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    const keeper = await citizen(server, '+84916000001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Quán cơm Bà Năm', kind: 'restaurant', unit: unit.id, address: '5 Lê Lợi', phone: '+84916000002' }));
    place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84916000002') }));
    const people = [['+84916000010', 'Lê Thị Ốm', 180], ['+84916000011', 'Phạm Thị Gặp', 170]];
    for (let i = 0; i < 10; ++i) people.push([`+849160001${String(i).padStart(2, '0')}`, `Người Khác ${'ABCDEFGHIJ'[i]}`, 165 - i]);
    for (const [phone, name, minutes] of people) {
      const one = await citizen(server, phone, profile(name));
      await one.must(one.send('/visits', { placeCode: place.shortCode, at: ago(minutes) }), 201);
      if (name === 'Phạm Thị Gặp') met = await browser.phoneOf(one);
    }
    api = await officer(server, 'cdc1');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const toast = (page, text) => page.getByRole('status').getByText(text).first().waitFor();
  const dialogOf = (page) => page.getByRole('dialog').last();
  const tab = (page, name) => page.locator('main nav').getByRole('link', { name });

  async function menu(page, item) {
    await page.getByRole('main').getByRole('button', { name: 'Thêm' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    await page.getByRole('menu').waitFor({ state: 'hidden' });
  }

  async function give(page, why, action) {
    const dialog = dialogOf(page);
    assert.equal(await dialog.getByLabel('Lý do').inputValue(), '', 'no reason is filled in beforehand');
    await dialog.getByLabel('Lý do').fill(why);
    await dialog.getByRole('button', { name: action }).click();
  }

  async function moment(dialog, label, minutes) {
    const { day, clock } = local(minutes);
    await dialog.getByRole('textbox', { name: label, exact: true }).fill(day);
    await dialog.getByLabel(`${label}, giờ`).fill(clock);
    return clock;
  }

  async function confirm(page, method, onsetKnown = false) {
    await page.getByRole('button', { name: 'Xác định ca' }).click();
    const dialog = dialogOf(page);
    await dialog.getByText('Bộ quy tắc').waitFor();
    assert.equal(await dialog.getByRole('radio', { checked: true }).count(), onsetKnown ? 1 : 0, 'nothing but what was recorded is chosen beforehand');
    assert.equal(await dialog.getByRole('button', { name: 'Xác định ca' }).isDisabled(), true);
    await moment(dialog, 'Lấy mẫu lúc', 60);
    await moment(dialog, 'Có kết quả lúc', 30);
    await dialog.getByLabel(method).check();
    if (!onsetKnown) await dialog.getByLabel('Không triệu chứng').check();
    await dialog.getByLabel('Chưa cách ly').check();
    await browser.check(page, `confirm-${method === 'RT-PCR' ? 'pcr' : 'antigen'}`);
    await dialog.getByRole('button', { name: 'Xác định ca' }).click();
    await toast(page, 'Đã xác định ca; đang truy vết');
  }

  step('a suspect is reported: found by phone, the disease chosen, nothing preset', async () => {
    cdc = await browser.officer('cdc1');
    await browser.check(cdc, 'overview');
    await strike(cdc, 'gc');
    await cdc.getByRole('heading', { name: 'Ca bệnh', level: 1 }).waitFor();
    await cdc.getByText('Phan Minh Nam').first().waitFor();
    await browser.check(cdc, 'cases');
    await cdc.getByRole('link', { name: 'Báo ca nghi ngờ' }).click();
    await cdc.getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').fill('0916000010');
    await cdc.getByRole('button', { name: /Lê Thị Ốm/ }).click();
    assert.equal(await cdc.getByRole('button', { name: 'Báo ca', exact: true }).isDisabled(), true);
    await cdc.getByRole('combobox', { name: 'Bệnh' }).or(cdc.getByLabel('Bệnh', { exact: false }).and(cdc.locator('input'))).first().click();
    await cdc.getByRole('option', { name: 'COVID-19' }).click();
    await browser.check(cdc, 'new-case');
    await cdc.getByRole('button', { name: 'Báo ca', exact: true }).click();
    await toast(cdc, 'Đã báo ca');
    await cdc.getByRole('main').getByText('Nghi ngờ', { exact: true }).first().waitFor();
    caseUrl = cdc.url();
    caseId = caseUrl.split('/').pop();
  });

  step('it is reclassified, rejected, and both steps are taken back', async () => {
    await cdc.getByRole('main').getByRole('button', { name: 'Thêm' }).click();
    await cdc.getByRole('menuitem').first().waitFor();
    await browser.check(cdc, 'case-menu');
    await cdc.keyboard.press('Escape');
    await cdc.getByRole('menu').waitFor({ state: 'hidden' });
    await menu(cdc, 'Phân loại lại');
    await dialogOf(cdc).getByLabel('Có thể').check();
    await give(cdc, reason, 'Phân loại lại');
    await toast(cdc, 'Đã phân loại lại');
    await cdc.getByRole('main').getByText('Có thể', { exact: true }).first().waitFor();
    await menu(cdc, 'Phân loại lại');
    await dialogOf(cdc).getByLabel('Loại trừ').waitFor();
    assert.equal(await dialogOf(cdc).getByRole('radio', { checked: true }).count(), 0, 'the last choice is not preset');
    await dialogOf(cdc).getByLabel('Loại trừ').check();
    await browser.check(cdc, 'reclassify');
    await give(cdc, 'Kết quả âm tính hai lần', 'Phân loại lại');
    await cdc.getByRole('main').getByText('Loại trừ', { exact: true }).first().waitFor();
    for (const back of ['Có thể', 'Nghi ngờ']) {
      await menu(cdc, 'Hoàn tác thay đổi gần nhất');
      await dialogOf(cdc).getByText('Sẽ hoàn tác').waitFor();
      await give(cdc, 'Nhầm hồ sơ', 'Hoàn tác thay đổi gần nhất');
      await cdc.getByRole('main').getByText(back, { exact: true }).first().waitFor();
    }
    await tab(cdc, 'Lịch sử').click();
    await cdc.getByText('Kết quả âm tính hai lần').first().waitFor();
    const undone = cdc.getByText('đã hoàn tác', { exact: true });
    await undone.nth(1).waitFor(); // the history as it was before stands there first
    assert.equal(await undone.count(), 2);
    await browser.check(cdc, 'case-history');
    await menu(cdc, 'Hoàn tác thay đổi gần nhất');
    await dialogOf(cdc).getByText('Không còn thay đổi nào để hoàn tác').waitFor();
    await cdc.keyboard.press('Escape');
  });

  step('an antigen result confirms it; the trace finds those exposed', async () => {
    await tab(cdc, 'Tổng quan').click();
    await confirm(cdc, 'Kháng nguyên nhanh');
    await tab(cdc, /Nghi tiếp xúc/).click();
    await cdc.getByRole('button', { name: /Phạm Thị Gặp/ }).waitFor();
    await browser.check(cdc, 'candidates');
    await tab(cdc, 'Tổng quan').click();
    await cdc.getByText('Các mốc thời gian').first().waitFor();
    await browser.check(cdc, 'case-overview');
  });

  step('warnings are previewed; antigen alone needs a second officer, who is not the first', async () => {
    await tab(cdc, 'Cảnh báo').click();
    await cdc.getByText('Ca chỉ có kết quả kháng nguyên nhanh').waitFor();
    await cdc.getByText('Quán cơm Bà Năm').waitFor();
    await cdc.getByText('Đủ đông để không lộ ca bệnh').waitFor();
    await browser.check(cdc, 'warnings');
    await cdc.getByRole('button', { name: 'Đề nghị phát cảnh báo' }).click();
    await dialogOf(cdc).getByRole('button', { name: 'Đề nghị phát cảnh báo' }).click();
    await toast(cdc, 'Đã gửi đề nghị cảnh báo 11 người');
    await cdc.getByText('Bạn đề nghị đợt này; người khác phải duyệt').waitFor();
    assert.equal(await cdc.getByRole('button', { name: 'Duyệt và phát' }).count(), 0);
    await met.goto(`${server.origin}/warnings`);
    await met.getByText('Chưa có cảnh báo nào').or(met.getByText(/không có cảnh báo/i)).first().waitFor();

    second = await browser.officer('cdc2');
    await second.getByRole('link', { name: 'Duyệt cảnh báo' }).click();
    await browser.check(second, 'releases');
    await second.getByRole('button', { name: 'Duyệt và phát' }).click();
    await dialogOf(second).getByRole('button', { name: 'Duyệt và phát' }).click();
    await toast(second, 'Đã phát cảnh báo cho 11 người');
    await met.goto(`${server.origin}/warnings`);
    await met.getByRole('link', { name: /Quán cơm Bà Năm/ }).click();
    await met.waitForURL(/\/warnings\/\w+/);
    await met.getByRole('link', { name: /Quán cơm Bà Năm/ }).waitFor({ state: 'detached' });
    await met.getByText('Quán cơm Bà Năm').waitFor();
    assert.equal((await met.innerText('body')).includes('Lê Thị Ốm'), false);
    await browser.check(met, 'warning-phone');
  });

  step('two who correct the same case: the later sees both versions and chooses', async () => {
    await tab(cdc, 'Tổng quan').click();
    await second.goto(caseUrl);
    const open = async (page) => {
      await page.getByRole('button', { name: 'Sửa mốc thời gian' }).click();
      await dialogOf(page).getByText('Bộ quy tắc').waitFor();
      return dialogOf(page);
    };
    const version = async () => (await api.must(api.get(`/cases/${caseId}`))).version;
    const mine = await open(cdc);
    let theirs = await open(second);
    const before = await version();
    const first = await moment(mine, 'Lấy mẫu lúc', 90);
    // The live stream brings the first one's version to the second one's page while the dialog is open.
    const renewed = second.waitForResponse(async (r) => r.url().endsWith(`/cases/${caseId}`) && r.ok() && (await r.json()).version > before);
    await mine.getByRole('button', { name: 'Sửa mốc thời gian' }).click();
    await toast(cdc, 'Đã sửa mốc thời gian; đang truy vết lại');
    await renewed;
    const later = await moment(theirs, 'Lấy mẫu lúc', 120);
    await theirs.getByRole('button', { name: 'Sửa mốc thời gian' }).click();
    const conflict = second.getByRole('dialog').filter({ hasText: 'Có người vừa sửa bản ghi này' });
    await conflict.getByText(first).waitFor();
    await conflict.getByText(later).waitFor();
    await browser.check(second, 'conflict');
    await conflict.getByRole('button', { name: 'Giữ bản mới' }).click();
    await second.getByRole('dialog').first().waitFor({ state: 'hidden' });
    await second.getByRole('main').getByText(first).first().waitFor();
    assert.equal(await version(), before + 1, 'nothing was overwritten');

    theirs = await open(second);
    const third = await api.must(api.get(`/cases/${caseId}`));
    await api.must(api.edit(`/cases/${caseId}/confirm`, { sampleAt: ago(150), resultAt: third.resultAt, method: 'antigen' }, third.version));
    const chosen = await moment(theirs, 'Lấy mẫu lúc', 120);
    await theirs.getByRole('button', { name: 'Sửa mốc thời gian' }).click();
    await conflict.getByRole('button', { name: 'Ghi bản của tôi' }).click();
    await toast(second, 'Đã sửa mốc thời gian; đang truy vết lại');
    await second.getByRole('main').getByText(chosen).first().waitFor();
    assert.equal(await version(), before + 3);
  });

  step('the station works its list on a phone: takes a task, says what came of it, asks and assigns', async () => {
    station = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    await station.getByRole('link', { name: 'Việc', exact: true }).click();
    await station.getByRole('link', { name: /Phạm Thị Gặp/ }).waitFor();
    await browser.check(station, 'tasks-phone');
    await station.getByRole('link', { name: /Phạm Thị Gặp/ }).click();
    await station.getByRole('link', { name: /0916 000 011/ }).waitFor();
    await station.getByRole('radiogroup', { name: /Phân loại/ }).waitFor(); // what is asked comes after the person
    assert.equal(await station.getByRole('radio', { checked: true }).count(), 0, 'no answer is filled in beforehand');
    await browser.check(station, 'task-phone');
    await station.getByRole('button', { name: 'Tôi nhận việc này' }).click();
    await station.getByText('Đã nhận', { exact: true }).waitFor();
    await station.getByRole('button', { name: 'Không trả lời' }).click();
    await station.getByLabel('Ghi chú').first().fill('Gọi hai lần, chuông đổ');
    await station.getByRole('button', { name: 'Lưu kết quả' }).click();
    await toast(station, 'Đã lưu; sẽ liên lạc lại');
    await station.getByText('Gọi hai lần, chuông đổ').waitFor();
    await station.getByRole('button', { name: 'Đã gặp được' }).click();
    await station.getByRole('button', { name: 'Lưu kết quả' }).click();
    await toast(station, 'Đã lưu; việc còn mở đến khi bạn phân loại');
    await station.getByText('Đã liên lạc, chưa phân loại', { exact: true }).waitFor();
    const save = station.getByRole('button', { name: 'Lưu phân loại' });
    for (const question of ['dưới 1 mét', 'phòng kín', 'khẩu trang', 'bắt tay']) {
      assert.equal(await save.isDisabled(), true, 'all four are asked');
      await station.getByRole('radiogroup', { name: new RegExp(question) }).getByLabel('Không rõ').check();
    }
    await station.getByRole('radiogroup', { name: /Phân loại/ }).getByLabel('F1').check();
    await station.getByText('Đã lưu; việc còn mở đến khi bạn phân loại').waitFor({ state: 'detached' });  // would cover the classes in the guide
    await browser.picture(station, 'assign-phone');
    await save.click();
    await toast(station, 'Phạm Thị Gặp: F1');
    await station.getByText('Xong', { exact: true }).waitFor();
    await station.getByText('F1', { exact: true }).first().waitFor();
    assert.equal(await station.getByText('Nghi F1').count(), 0, 'the class has been assigned');
    await browser.check(station, 'task-done-phone');
    await station.reload();
    await station.getByText('F1', { exact: true }).first().waitFor();
  });

  step('the list prints without phones, disease or case', async () => {
    await station.goto(`${server.origin}/console/tasks`);
    await station.getByRole('link', { name: 'Bản in' }).click();
    await station.getByText('Danh sách đến nhà').waitFor();
    await station.getByRole('cell', { name: /Người Khác A/ }).waitFor();
    await browser.check(station, 'print-phone');
    await station.emulateMedia({ media: 'print' });
    await browser.picture(station, 'print-paper');
    const paper = await station.innerText('main');
    await station.emulateMedia({ media: 'screen' });
    for (const secret of ['0916', 'COVID', 'COV-', 'Lê Thị Ốm']) assert.equal(paper.includes(secret), false, secret);
    assert.equal(paper.includes('Phạm Thị Gặp'), false, 'done');
  });

  step('what nobody has taken is taken together', async () => {
    await station.goto(`${server.origin}/console/tasks`);
    const all = station.getByRole('checkbox', { name: 'Chọn mọi việc chưa nhận' });
    await all.check();
    assert.equal(await station.getByRole('checkbox', { name: /Chọn việc của Người Khác A/ }).isChecked(), true, 'all means each');
    await browser.check(station, 'tasks-marked-phone');
    await station.getByRole('button', { name: /^Nhận \d+ việc đã chọn$/ }).click();
    await all.waitFor({ state: 'detached' });
    await station.getByRole('link', { name: /Người Khác A/ }).getByText('Đã nhận', { exact: true }).waitFor();
    await station.getByRole('button', { name: /^Lọc/ }).click();
    await station.getByRole('checkbox', { name: 'Chưa ai nhận hoặc quá hạn' }).check();
    await station.getByText('Không có việc nào khớp bộ lọc').waitFor();
  });

  step('undoing takes the list back, and the warned person reads a correction', async () => {
    await tab(cdc, 'Tổng quan').click();
    for (const left of [3, 2, 1]) {  // three corrections stand above the confirmation
      await menu(cdc, 'Hoàn tác thay đổi gần nhất');
      await dialogOf(cdc).getByText('Sửa mốc thời gian').waitFor();
      await give(cdc, `Hoàn tác lần ${left}`, 'Hoàn tác thay đổi gần nhất');
      await dialogOf(cdc).waitFor({ state: 'hidden' });
    }
    await menu(cdc, 'Hoàn tác thay đổi gần nhất');
    await dialogOf(cdc).getByText('Người đã nhận cảnh báo sẽ nhận tin đính chính').waitFor();
    await browser.check(cdc, 'undo');
    await give(cdc, 'Nhầm mẫu xét nghiệm', 'Hoàn tác thay đổi gần nhất');
    await cdc.getByRole('main').getByText('Nghi ngờ', { exact: true }).first().waitFor();
    const warnings = () => met.evaluate(() => fetch('/api/v1/me/warnings').then((r) => r.json()));
    await until('the correction', async () => (await warnings()).items.some(({ kind }) => kind === 'correction'));
    await met.goto(`${server.origin}/warnings`);
    await met.getByRole('link', { name: /Đính chính/i }).first().click();
    await met.getByText('đã được rút lại').waitFor();
    await browser.check(met, 'correction-phone');
    await station.goto(`${server.origin}/console/tasks`);
    await station.getByText('Không có việc nào đang chờ').waitFor();
  });

  step('more than twenty people: refused by the second officer, asked again, released', async () => {
    await cdc.goto(`${server.origin}/console/cases`);
    await cdc.getByText('Phan Minh Nam').first().click();
    await confirm(cdc, 'RT-PCR', true);
    await tab(cdc, 'Cảnh báo').click();
    await cdc.getByText('Trên 20 người được cảnh báo').waitFor();
    const ask = async () => {
      await cdc.getByRole('button', { name: 'Đề nghị phát cảnh báo' }).click();
      await dialogOf(cdc).getByRole('button', { name: 'Đề nghị phát cảnh báo' }).click();
      await cdc.getByText('Bạn đề nghị đợt này; người khác phải duyệt').waitFor();
    };
    await ask();
    await second.goto(`${server.origin}/console/releases?state=awaiting`);
    await second.getByRole('article').getByRole('button', { name: 'Không duyệt' }).click();
    await give(second, 'Chờ kết quả PCR lần hai', 'Không duyệt');
    await toast(second, 'Đã từ chối đợt cảnh báo');
    await second.getByText('Không có đợt nào chờ duyệt').waitFor();
    await cdc.getByText('Chờ kết quả PCR lần hai').waitFor();
    await ask();
    await second.getByRole('button', { name: 'Duyệt và phát' }).click();
    await dialogOf(second).getByRole('button', { name: 'Duyệt và phát' }).click();
    await toast(second, /Đã phát cảnh báo cho \d+ người/);
    await cdc.getByText('Đã phát', { exact: true }).waitFor();
    await browser.check(cdc, 'warnings-released');
  });

  step('a station of another area sees nothing of this one', async () => {
    const elsewhere = await browser.officer('tyt-namdongha');
    await elsewhere.goto(`${server.origin}/console/cases`);
    await elsewhere.getByText('Chưa có ca bệnh nào').or(elsewhere.getByRole('table')).first().waitFor();
    assert.equal((await elsewhere.innerText('main')).includes('Lê Thị Ốm'), false);
    const paths = [`/cases/${caseId}`, `/cases/${caseId}/candidates`, `/people/${(await api.must(api.get(`/cases/${caseId}`))).person.id}`];
    for (const path of paths) {
      await elsewhere.goto(`${server.origin}/console${path}`);
      if (path.startsWith('/people')) await give(elsewhere, reason, 'Mở hồ sơ');
      await elsewhere.getByRole('alert').first().waitFor();
      assert.equal((await elsewhere.innerText('body')).includes('Lê Thị Ốm'), false, path);
    }
    await browser.check(elsewhere, 'refused');
    await elsewhere.goto(`${server.origin}/console/people`);
    await elsewhere.getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').fill('0916000010');
    await elsewhere.getByLabel('Lý do').fill(reason);
    await elsewhere.getByRole('button', { name: 'Tìm', exact: true }).click();
    await elsewhere.getByText('Không tìm thấy ai trong địa bàn của bạn').waitFor();
    await browser.check(elsewhere, 'people-none');
    await elsewhere.context().close();
  });

  step('a place is approved and edited; two who edit it at once choose', async () => {
    await station.setViewportSize({ width: 1280, height: 800 });
    await station.goto(`${server.origin}/console/places`);
    await station.getByLabel('Tên địa điểm').fill('com ba nam');
    await station.waitForURL(/q=/);
    await station.getByRole('link', { name: 'Quán cơm Bà Năm' }).click();
    await station.getByRole('img', { name: /Tờ mã QR/ }).waitFor();
    await browser.check(station, 'place');
    await station.getByRole('button', { name: 'Duyệt địa điểm' }).click();
    await toast(station, 'Đã duyệt địa điểm');
    await station.getByLabel('Tên khu vực mới').fill('Tầng hai');
    await station.getByRole('button', { name: 'Thêm khu vực' }).click();
    await toast(station, 'Đã thêm khu vực Tầng hai');
    const other = await browser.officer('tyt-dongha');
    await other.goto(station.url());
    await other.getByRole('button', { name: 'Sửa thông tin' }).click();
    await station.getByRole('button', { name: 'Sửa thông tin' }).click();
    await dialogOf(station).getByLabel('Sức chứa').fill('40');
    const renewed = other.waitForResponse(async (r) => r.url().endsWith(`/places/${place.id}`) && r.ok() && (await r.json()).capacity === 40);
    await dialogOf(station).getByRole('button', { name: 'Lưu' }).click();
    await toast(station, 'Đã lưu địa điểm');
    await renewed;
    await dialogOf(other).getByLabel('Tên', { exact: false }).first().fill('Quán cơm Bà Năm Lê Lợi');
    await dialogOf(other).getByRole('button', { name: 'Lưu' }).click();
    const conflict = other.getByRole('dialog').filter({ hasText: 'Có người vừa sửa bản ghi này' });
    await conflict.waitFor();
    await browser.check(other, 'place-conflict');
    await conflict.getByRole('button', { name: 'Ghi bản của tôi' }).click();
    await other.getByRole('heading', { name: 'Quán cơm Bà Năm Lê Lợi' }).waitFor();
    await other.getByText('40 người').waitFor();
    await station.getByRole('heading', { name: 'Quán cơm Bà Năm Lê Lợi' }).waitFor();
    await other.context().close();
  });

  step('the access log has it all, can be filtered, and its chain holds', async () => {
    const auditor = await browser.officer('kiemtoan');
    await auditor.getByRole('link', { name: 'Nhật ký truy cập' }).click();
    await auditor.getByText('Bị từ chối').first().waitFor();
    await auditor.getByRole('button', { name: 'Kiểm tra chuỗi' }).click();
    await auditor.getByText('Chuỗi còn nguyên').waitFor();
    await browser.check(auditor, 'access-log');
    await auditor.getByRole('button', { name: /Trần Minh Quân/ }).first().click();
    await auditor.waitForURL(/account=/);
    await auditor.getByLabel('Từ ngày').fill('1/1/2020');
    await auditor.getByLabel('Đến ngày').fill('2/1/2020');
    await auditor.getByText('Không có dòng nào khớp bộ lọc').waitFor();
    await auditor.getByRole('button', { name: 'Bỏ lọc' }).click();
    await auditor.getByText('Bị từ chối').first().waitFor();
    assert.equal((await auditor.innerText('main')).includes('Phạm Thị Gặp'), false, 'the auditor sees no data');
    await auditor.setViewportSize({ width: 390, height: 844 });
    await browser.check(auditor, 'access-log-phone');
    await met.goto(`${server.origin}/access`);
    await met.getByText(/^Cán bộ trạm y tế, .*Đông Hà/).first().waitFor();
    await browser.check(met, 'access-phone');
  });

  step('of much evidence the case shows the strongest, and all of it when asked', async () => {
    const profile = (name) => ({ name, birthYear: 1990, sex: 'male', unit: unit.id, address: '1 Lê Lợi' });
    const both = [await citizen(server, '+84916000030', profile('Đỗ Văn Mới')), await citizen(server, '+84916000031', profile('Ngô Thị Thường'))];
    for (let i = 0; i < 22; ++i)
      for (const one of both) await one.must(one.send('/visits', { placeCode: place.shortCode, at: ago(2600 - i * 90) }), 201);
    const found = await api.must(api.post('/people/search', { phone: '+84916000030', reason }));
    let kase = await api.must(api.post('/cases', { person: found.items[0].id, disease: 'covid-19', onset: day(2) }), 201);
    kase = await api.must(api.edit(`/cases/${kase.id}/confirm`, { onset: day(2), sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
    await cdc.goto(`${server.origin}/console/cases/${kase.id}/candidates`);
    await cdc.getByRole('button', { name: /Ngô Thị Thường/ }).click();
    const dialog = dialogOf(cdc);
    await dialog.getByText('20 căn cứ mạnh nhất trong 22').waitFor();
    assert.equal(await dialog.locator('li[data-kind="visit"]').count(), 20);
    await dialog.getByRole('button', { name: 'Xem tất cả' }).click();
    await dialog.locator('li[data-kind="visit"]').nth(21).waitFor();
    assert.equal(await dialog.locator('li[data-kind="visit"]').count(), 22);
    assert.equal(await dialog.getByRole('button', { name: 'Xem tất cả' }).count(), 0);
    await browser.check(cdc, 'all-evidence');

    await both[0].must(both[0].post('/me/people', { relation: 'spouse', nationality: 'VN', ...profile('Lê Thị Nhà') }));
    await until('who lives with the case to be traced', async () => (await api.must(api.get(`/cases/${kase.id}/candidates?level=1`))).items.find((one) => one.person.name === 'Lê Thị Nhà'));
    await cdc.goto(`${server.origin}/console/cases/${kase.id}/candidates`);
    await cdc.getByRole('button', { name: /Lê Thị Nhà/ }).click();
    const home = dialogOf(cdc).locator('li[data-kind="household"]');
    await home.getByText('Sống cùng nhà').waitFor();
    assert.equal((await home.innerText()).includes('phút'), false, 'nobody counts minutes at home');
    await browser.check(cdc, 'household-evidence');
  });

  step('a case that was to be notified yesterday stands first in the list of those that wait; the officer records it', async () => {
    const found = await api.must(api.post('/people/search', { phone: '+84916000031', reason }));
    const kase = await api.must(api.post('/cases', { person: found.items[0].id, disease: 'measles', diagnosedAt: ago(30 * 60) }), 201);
    await cdc.goto(`${server.origin}/console/cases`);
    await cdc.getByRole('button', { name: 'Chưa báo cáo, quá hạn trước' }).click();
    await cdc.waitForURL(/awaiting=true/);
    const first = cdc.getByRole('row').nth(1);
    await first.filter({ hasText: kase.number }).getByText('quá hạn 6 giờ').waitFor();
    await browser.check(cdc, 'cases-awaiting');
    await first.getByRole('link', { name: kase.number }).click();
    await cdc.getByText('Bệnh truyền nhiễm nhóm B.').waitFor();
    await cdc.getByText('Phải báo cáo trong vòng 24 giờ sau chẩn đoán.').waitFor();
    await cdc.getByRole('button', { name: 'Ghi lại' }).click();
    const dialog = dialogOf(cdc);
    assert.equal(await dialog.getByRole('button', { name: 'Ghi lại' }).isDisabled(), true, 'nothing has been changed yet');
    const clock = await moment(dialog, 'Đã báo cáo lúc', 5);
    await browser.check(cdc, 'record-notification');
    await dialog.getByRole('button', { name: 'Ghi lại' }).click();
    await toast(cdc, 'Đã ghi báo cáo, công bố');
    await cdc.getByRole('main').getByText(clock).first().waitFor();
    assert.equal(await cdc.getByRole('main').getByText('Chưa báo cáo', { exact: true }).count(), 0);
    await tab(cdc, 'Lịch sử').click();
    await cdc.getByText('Ghi chẩn đoán, báo cáo, công bố').waitFor();
    await cdc.getByText(/^Đã báo cáo lúc: /).filter({ hasText: clock }).waitFor();
    await cdc.goto(`${server.origin}/console/cases?awaiting=true`);
    await cdc.getByText('Phan Minh Nam').first().waitFor();
    assert.equal(await cdc.getByText(kase.number).count(), 0, 'it waits no more');
  });

  step('hospital stays and outcome are recorded, a day that cannot be is named, and undo takes it all back', async () => {
    const found = await api.must(api.post('/people/search', { phone: '+84916000030', reason }));
    const kase = await api.must(api.post('/cases', { person: found.items[0].id, disease: 'dengue' }), 201);
    await cdc.goto(`${server.origin}/console/cases/${kase.id}`);
    await cdc.getByText('Chưa ghi đợt nằm viện nào').waitFor();
    await cdc.getByRole('button', { name: 'Ghi diễn biến' }).click();
    const dialog = dialogOf(cdc);
    const save = dialog.getByRole('button', { name: 'Ghi diễn biến' });
    assert.equal(await save.isDisabled(), true, 'nothing has been changed yet');
    await dialog.getByRole('button', { name: 'Thêm đợt nằm viện' }).click();
    await dialog.getByRole('textbox', { name: 'Bệnh viện' }).fill('TTYT Hải Lăng');
    await dialog.getByRole('textbox', { name: 'Vào viện', exact: true }).fill(local(2 * 1440).day);
    await dialog.getByRole('textbox', { name: 'Ra viện', exact: true }).fill(local(3 * 1440).day);
    await save.click();
    await dialog.getByText('Ra viện trước khi vào viện.').waitFor();
    await dialog.getByRole('textbox', { name: 'Ra viện', exact: true }).fill(local(1440).day);
    await dialog.getByRole('combobox', { name: 'Kết cục' }).or(dialog.getByLabel('Kết cục').and(dialog.locator('input'))).first().click();
    await cdc.getByRole('option', { name: 'Khỏi bệnh' }).click();
    assert.equal(await save.isDisabled(), true, 'an outcome has a day');
    await dialog.getByRole('textbox', { name: 'Ngày', exact: true }).fill(local(1440).day);
    await browser.check(cdc, 'record-course');
    await save.click();
    await toast(cdc, 'Đã ghi diễn biến');
    await cdc.getByRole('main').getByText(/TTYT Hải Lăng: /).waitFor();
    await cdc.getByRole('main').getByText('Khỏi bệnh').first().waitFor();
    await browser.check(cdc, 'case-course');
    await menu(cdc, 'Hoàn tác thay đổi gần nhất');
    await dialogOf(cdc).getByText('Ghi nằm viện, kết cục').waitFor();
    await give(cdc, 'Nhầm hồ sơ', 'Hoàn tác thay đổi gần nhất');
    await cdc.getByText('Chưa ghi đợt nằm viện nào').waitFor();
    assert.equal(await cdc.getByRole('main').getByText('Khỏi bệnh').count(), 0);
  });

  step('of a disease that mosquitoes pass nobody is a contact, and its list says so', async () => {
    const note = cdc.getByRole('alert').filter({ hasText: 'Bệnh này không có người tiếp xúc' });
    const found = await api.must(api.post('/people/search', { phone: '+84916000031', reason }));
    for (const [disease, said] of [['dengue', 1], ['hand-foot-mouth', 0]]) {
      const kase = await api.must(api.post('/cases', { person: found.items[0].id, disease }), 201);
      const packs = cdc.waitForResponse((answer) => answer.url().endsWith('/api/v1/diseases') && answer.ok());
      await cdc.goto(`${server.origin}/console/cases/${kase.id}/candidates`);
      await packs;
      await cdc.getByText('Ca chưa xác định, nên chưa truy vết').waitFor();
      if (said) await note.getByText(/^Bệnh lây qua muỗi đốt/).waitFor();
      assert.equal(await note.count(), said, disease);
      if (said) await browser.check(cdc, 'nobody-is-a-contact');
    }
  });

  step('the source of a case is recorded by its number, which leads to it and back', async () => {
    const person = async (phone) => (await api.must(api.post('/people/search', { phone: `+${phone}`, reason }))).items[0].id;
    const first = await api.must(api.post('/cases', { person: await person('84916000030'), disease: 'cholera' }), 201);
    const second = await api.must(api.post('/cases', { person: await person('84916000031'), disease: 'cholera' }), 201);
    await cdc.goto(`${server.origin}/console/cases/${second.id}`);
    await cdc.getByRole('button', { name: 'Ghi nguồn lây' }).click();
    const dialog = dialogOf(cdc);
    const number = dialog.getByLabel('Số ca của nguồn lây');
    await number.fill(second.number);
    await dialog.getByRole('button', { name: 'Ghi nguồn lây' }).click();
    await dialog.getByText('Ca này không thể là nguồn lây').waitFor();
    await number.fill(first.number.toLowerCase());
    await browser.check(cdc, 'record-source');
    await dialog.getByRole('button', { name: 'Ghi nguồn lây' }).click();
    await toast(cdc, 'Đã ghi nguồn lây');
    await cdc.getByRole('main').getByRole('link', { name: first.number }).click();
    await cdc.getByRole('heading', { name: first.number, level: 1 }).waitFor();
    await cdc.getByRole('main').getByRole('link', { name: second.number }).waitFor();
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
