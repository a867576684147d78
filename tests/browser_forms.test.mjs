// Forms that stay off until a decision names them, in real browsers: the command switches on entry declarations and home isolation; a traveller
// fills in the long form with its repeating groups; somebody at home sends the check of this window, sees it done, says the next day's again with
// one tap, and reads the diary.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { taken } from './story.mjs';
import { ago, approved, Browser, citizen, commune, day, officer, Server, steps, until } from './support.mjs';

describe('forms in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, commander, traveller, phone, unit, home;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    traveller = await citizen(server, '+84917100001', { name: 'Trần Thị Khách', birthYear: 1988, sex: 'female', unit: unit.id });
    phone = await browser.phoneOf(traveller);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const question = (page, text) => page.locator('[data-question]').filter({ hasText: text });
  const say = (page, text, answer) => question(page, text).getByText(answer, { exact: true }).click();
  const today = day(0);

  step('what no decision names is not offered, though declarations are on', async () => {
    await phone.goto(`${server.origin}/declare`);
    await phone.getByRole('link', { name: /di chuyển nội địa/i }).waitFor();
    assert.equal(await phone.getByRole('link', { name: /nhập cảnh|cách ly/i }).count(), 0);
    await browser.check(phone, 'declare-general-phone');
  });

  step('the command switches one form on, by name', async () => {
    commander = await browser.officer('chihuy');
    await commander.getByRole('link', { name: 'Quyết định', exact: true }).click();
    await commander.getByRole('heading', { level: 1 }).waitFor();
    await commander.getByRole('button', { name: 'Nhập quyết định' }).click();
    const dialog = commander.getByRole('dialog').last();
    const chosen = async (label, option) => {
      await dialog.getByRole('combobox', { name: label }).or(dialog.getByLabel(label).and(dialog.locator('input'))).first().click();
      await commander.getByRole('option', { name: option, exact: true }).click();
    };
    await dialog.getByLabel('Khai báo y tế').check();
    await chosen('Bệnh', 'COVID-19');
    await dialog.getByLabel('Một địa bàn').check();
    await dialog.getByLabel('Địa bàn', { exact: false }).and(dialog.locator('input:not([type=radio])')).first().fill('quang tri');
    await commander.getByRole('option', { name: 'Tỉnh Quảng Trị', exact: true }).click();
    for (const [name, after, clock] of [['Từ', 0, '0h00'], ['Đến', 30, '17h00']]) {
      const text = day(-after).split('-').reverse().join('/');
      await dialog.getByRole('textbox', { name, exact: true }).fill(text);
      await dialog.getByLabel(`${name}, giờ`).fill(clock);
    }
    await dialog.getByLabel('Căn cứ').fill('Quyết định 45/QĐ-BCĐ');
    assert.equal(await dialog.getByRole('button', { name: 'Ban hành' }).isDisabled(), true, 'not before it is said which form');
    await chosen('Tờ khai nào', 'Tờ khai y tế nhập cảnh');
    await dialog.getByLabel('Chỉ tại một cửa khẩu, cảng, bến').first().waitFor();
    await chosen('Chỉ một chiều', 'Người đến');
    await browser.check(commander, 'decision-of-a-form');
    await dialog.getByRole('button', { name: 'Ban hành' }).click();
    await commander.getByRole('row').filter({ hasText: 'Tờ khai y tế nhập cảnh' }).waitFor();
    await browser.check(commander, 'decisions-of-forms');
  });

  step('the entry form asks everything, presets nothing, and its repeating parts grow and shrink', async () => {
    await phone.reload();
    await phone.getByRole('link', { name: /nhập cảnh/i }).click();
    await phone.getByRole('heading', { name: 'Chuyến đi' }).waitFor();
    assert.equal(await phone.locator('input:checked').count(), 0);
    await browser.check(phone, 'entry-form-phone');
    // Whoever has no paper on the record is told, and finds the way.
    await phone.getByRole('link', { name: 'Thêm giấy tờ', exact: true }).click();
    await phone.getByText('Thêm giấy tờ tùy thân').click();
    await phone.getByLabel('Loại giấy tờ').selectOption('passport');
    await phone.getByLabel('Số giấy tờ').fill('B1234567');
    await phone.getByRole('button', { name: 'Lưu', exact: true }).click();
    await phone.getByRole('button', { name: 'Lưu', exact: true }).waitFor({ state: 'detached' });
    await phone.goto(`${server.origin}/declare/entry`);
    await phone.getByRole('heading', { name: 'Chuyến đi' }).waitFor();
    assert.equal(await phone.getByRole('link', { name: 'Thêm giấy tờ', exact: true }).count(), 0);
    await phone.getByText('Người Việt Nam', { exact: true }).click();
    await phone.getByLabel('Cửa khẩu').fill('Lao Bảo');
    await phone.getByText('Ô tô', { exact: true }).click();
    await phone.getByLabel('Số hiệu phương tiện').fill('74B-001.23');
    await phone.getByLabel('Số ghế').fill('12');
    await phone.getByLabel('Ngày khởi hành').fill(today);
    await phone.getByLabel('Ngày nhập cảnh').fill(today);
    await phone.getByLabel('Nước khởi hành').focus();
    await phone.getByRole('option', { name: 'Việt Nam', exact: true }).waitFor();
    assert.equal(await phone.getByLabel('Nước khởi hành').getAttribute('aria-activedescendant'), null, 'none of the neighbours is preset');
    // A country is found without diacritics, by keys or a tap; a name that is written out is its country, too.
    await phone.getByLabel('Nước khởi hành').fill('lao');
    await phone.getByRole('option', { name: 'Lào', exact: true }).waitFor();
    await phone.keyboard.press('Enter');
    assert.equal(await phone.getByLabel('Nước khởi hành').inputValue(), 'Lào');
    await phone.getByLabel('Tỉnh, bang hoặc thành phố khởi hành').fill('Savannakhet');
    await phone.getByLabel('Nơi đến').first().fill('Lao Bảo');
    const stops = phone.getByRole('group', { name: /^Quốc gia, vùng lãnh thổ đã ở/ });
    assert.equal(await stops.count(), 1, 'a required one stands there');
    await stops.first().getByLabel('Quốc gia, vùng lãnh thổ', { exact: true }).fill('han quoc');
    await phone.getByRole('option', { name: 'Hàn Quốc' }).waitFor();
    await browser.check(phone, 'entry-form-country-phone');
    await phone.getByRole('option', { name: 'Hàn Quốc' }).click();
    assert.equal(await stops.first().getByLabel('Quốc gia, vùng lãnh thổ', { exact: true }).inputValue(), 'Hàn Quốc');
    await phone.getByRole('button', { name: 'Thêm mục nữa' }).click();
    await stops.nth(1).getByLabel('Quốc gia, vùng lãnh thổ', { exact: true }).fill('Lào');
    await phone.getByRole('button', { name: 'Thêm mục nữa' }).click();
    await stops.nth(2).getByLabel('Quốc gia, vùng lãnh thổ', { exact: true }).fill('Nhầm');
    await stops.nth(2).getByText('Không khớp nước nào trong danh sách').waitFor();
    await phone.getByRole('button', { name: 'Bỏ mục 3' }).click();
    assert.equal(await stops.count(), 2);
    await phone.getByLabel(/^Nơi lưu trú sau cách ly/).fill('dong ha');
    await phone.getByRole('option').filter({ hasText: 'Phường Đông Hà' }).first().click();
    await phone.getByLabel('Địa chỉ lưu trú').fill('1 Hùng Vương');
    await phone.getByLabel('Địa chỉ liên hệ').fill('1 Hùng Vương');
    await say(phone, 'SIM Việt Nam', 'Không');
    await say(phone, 'Cơ sở cách ly', 'Cơ sở tự chọn');
    await phone.getByLabel('Tên và địa chỉ cơ sở cách ly').fill('Khách sạn Sông Hiếu');
    for (const sign of ['Sốt', 'Ho', 'Khó thở', 'Đau họng', 'Nôn hoặc buồn nôn', 'Tiêu chảy', 'Xuất huyết ngoài da', 'Nổi ban ngoài da']) {
      await phone.getByRole('group', { name: sign, exact: true }).getByText(sign === 'Ho' ? 'Có' : 'Không', { exact: true }).click();
    }
    await say(phone, 'trang trại chăn nuôi', 'Không');
    await say(phone, 'dưới 2 mét', 'Không');
    await say(phone, 'bệnh mạn tính nào', 'Có');
    await phone.getByText('Tiểu đường', { exact: true }).click();
    await phone.getByText('Bệnh tim mạch', { exact: true }).click();
    await say(phone, 'mang thai', 'Không áp dụng');
    await phone.getByRole('button', { name: 'Thêm', exact: true }).click();
    await phone.getByLabel('Tên vắc xin hoặc sinh phẩm').fill('AstraZeneca');
    await phone.getByLabel(/^Thời gian sử dụng/).fill('13/2021');
    assert.equal(await phone.locator('input[type=file]').count(), 0, 'of whoever has a result');
    await say(phone, 'kết quả xét nghiệm không', 'Có');
    await phone.getByLabel('Ngày xét nghiệm').fill(today);
    await phone.getByLabel(/^Ảnh chụp giấy kết quả/).setInputFiles(await taken(phone, '#2f6f4f'));
    await phone.getByText('Âm tính', { exact: true }).click(); // while the picture is drawn
    await phone.getByRole('img', { name: 'Ảnh sẽ được gửi' }).waitFor();
    assert.ok(await phone.getByLabel('Âm tính', { exact: true }).isChecked(), 'no answer is lost meanwhile');
    await phone.getByRole('button', { name: 'Gửi' }).click();
    await phone.getByRole('alert').getByText('Thời gian sử dụng').waitFor();
    await phone.getByLabel(/^Thời gian sử dụng/).fill('7/2021');
    await until('the draft to be kept', async () => (await browser.kept(phone)).some((row) => row.includes('2021-07')));
    await phone.reload();
    await phone.getByLabel(/^Thời gian sử dụng/).waitFor();
    assert.equal(await phone.getByLabel(/^Thời gian sử dụng/).inputValue(), '07/2021', 'the draft outlives a reload');
    assert.equal(await stops.nth(1).getByLabel('Quốc gia, vùng lãnh thổ', { exact: true }).inputValue(), 'Lào');
    await phone.getByRole('img', { name: 'Ảnh sẽ được gửi' }).waitFor(); // and so does the picture
    await browser.check(phone, 'entry-form-filled-phone');
    await phone.getByRole('button', { name: 'Gửi' }).click();
    await phone.getByRole('status').getByText('Cần liên hệ y tế').waitFor();
    await phone.getByText(/có bệnh mạn tính hoặc đang mang thai/).waitFor();
    await browser.check(phone, 'entry-outcome-phone');
    const [sent] = (await traveller.must(traveller.get('/me/declarations?form=entry&answers=true'))).items;
    const countries = sent.response.item.flatMap(({ item }) => item).filter(({ linkId }) => /country$/.test(linkId));
    assert.deepEqual(
      countries.map(({ answer }) => [answer[0].valueCoding.code, answer[0].valueCoding.display]),
      [['LA', 'Lào'], ['KR', 'Hàn Quốc'], ['LA', 'Lào']],
    );
  });

  step('the station reads each stop, the chronic diseases and the month of the vaccine', async () => {
    const station = await browser.officer('tyt-dongha');
    await station.getByRole('link', { name: 'Tờ khai', exact: true }).click();
    await station.getByRole('link', { name: /Trần Thị Khách/ }).click();
    await station.getByRole('heading', { name: 'Trần Thị Khách', level: 1 }).waitFor();
    await station.getByText('AstraZeneca').first().waitFor(); // the form comes after the declaration
    const said = await station.innerText('main');
    for (const text of ['Hàn Quốc', 'Lào', 'Tiểu đường, Bệnh tim mạch', '07/2021', 'AstraZeneca']) assert.ok(said.includes(text), text);
    await station.getByRole('button', { name: 'Xét lại', exact: true }).click();
    await station.getByText('Kết quả như cũ').waitFor();
    await browser.check(station, 'entry-declaration');
    const looked = station.waitForResponse((response) => response.url().includes('/pictures/'));
    await station.getByRole('button', { name: 'Xem ảnh' }).click();
    const picture = await (await looked).body();
    assert.ok(picture.length < 400 * 1024 && !picture.includes('Exif') && !picture.includes('GPS'));
    await station.getByRole('img', { name: 'Ảnh gửi kèm tờ khai' }).waitFor();
    await browser.check(station, 'entry-declaration-picture');
    const log = await officer(server, 'kiemtoan').then((auditor) => auditor.must(auditor.get('/access-log?limit=200')));
    assert.equal(log.items.filter((each) => each.action === 'declarations.picture').length, 1, 'one look, one line');
  });

  step('a correction keeps the picture or takes another, which waits on the device until there is a network', async () => {
    const newest = async () => (await traveller.must(traveller.get('/me/declarations?form=entry&answers=true'))).items[0];
    const named = ({ response }) => response.item.flatMap(({ item }) => item).find(({ linkId }) => linkId === 'test-picture').answer[0].valueAttachment.url;
    const before = await newest();
    await phone.goto(`${server.origin}/declared/${before.id}`);
    await phone.getByRole('button', { name: 'Xem ảnh' }).click();
    await phone.getByRole('img', { name: 'Ảnh đã gửi' }).waitFor();
    await phone.getByRole('link', { name: 'Sửa tờ khai' }).click();
    await phone.getByText('Ảnh đã gửi lần trước được giữ lại', { exact: false }).waitFor();
    await phone.getByLabel('Số ghế').fill('14');
    await phone.getByRole('button', { name: 'Gửi' }).click();
    await phone.getByRole('status').getByText('Cần liên hệ y tế').waitFor();
    const kept = await newest();
    assert.equal(kept.corrects, before.id);
    assert.equal(named(kept), named(before), 'the same picture');

    await phone.goto(`${server.origin}/declared/${kept.id}`);
    await phone.getByRole('link', { name: 'Sửa tờ khai' }).click();
    await phone.getByLabel(/^Ảnh chụp giấy kết quả/).setInputFiles(await taken(phone, '#7f2f2f'));
    await phone.getByRole('img', { name: 'Ảnh sẽ được gửi' }).waitFor();
    await browser.check(phone, 'entry-form-picture-phone');
    await phone.context().setOffline(true);
    await phone.getByRole('button', { name: 'Gửi' }).click();
    await until('the picture to wait with its declaration', async () => (await browser.kept(phone)).some((row) => row.includes('"pictures"')));
    assert.equal((await newest()).id, kept.id);
    await phone.context().setOffline(false);
    await until('it to be sent', async () => (await newest()).corrects === kept.id);
    assert.notEqual(named(await newest()), named(kept), 'another picture');
  });

  step('the general declaration asks for chronic diseases and pregnancy, and is off until a decision names it', async () => {
    const command = await officer(server, 'chihuy');
    const province = (await command.must(command.get('/units'))).items.find(({ code }) => code === '44').id;
    await phone.goto(`${server.origin}/declare`);
    await phone.getByRole('link', { name: /di chuyển nội địa/i }).waitFor();
    assert.equal(await phone.getByRole('link', { name: /toàn dân/ }).count(), 0);
    const soon = (days) => new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+/, '');
    await command.must(
      command.post('/decisions', { purpose: 'declarations', form: 'general', disease: 'covid-19', unit: province, from: soon(-1), until: soon(20), basis: 'Công văn 10/SYT' }),
    );
    await phone.reload();
    await phone.getByRole('link', { name: /toàn dân/ }).click();
    for (const sign of ['Sốt', 'Ho', 'Khó thở', 'Viêm phổi', 'Đau họng', 'Mệt mỏi'])
      await phone.getByRole('group', { name: sign, exact: true }).getByText(sign === 'Mệt mỏi' ? 'Có' : 'Không', { exact: true }).click();
    for (const text of ['khác nơi ở', 'nghi ngờ mắc bệnh', 'người từ nước', 'người có biểu hiện', 'bệnh mạn tính nào']) await say(phone, text, 'Không');
    await question(phone, 'mang thai').getByText('Có', { exact: true }).click();
    await browser.check(phone, 'general-form-phone');
    await phone.getByRole('button', { name: 'Gửi' }).click();
    await phone.getByRole('status').getByText('Cần liên hệ y tế').waitFor();
    await phone.goto(`${server.origin}/declare/general`);
    await phone.getByRole('region', { name: /Lần trước/ }).getByText('Mệt mỏi').waitFor(); // for 21 days, says the rule set
  });

  step('who reports daily is reminded on the home page, for as long as the window is open', async () => {
    const command = await officer(server, 'chihuy');
    const province = (await command.must(command.get('/units'))).items.find(({ code }) => code === '44').id;
    const soon = (days) => new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+/, '');
    await command.must(
      command.post('/decisions', { purpose: 'declarations', form: 'daily-health', disease: 'covid-19', unit: province, from: soon(-3), until: soon(20), basis: 'Công văn 9/SYT' }),
    );
    await phone.goto(server.origin);
    await phone.getByText('Theo dõi sức khỏe hằng ngày').waitFor(); // what is in force
    assert.equal(await phone.getByRole('link', { name: /đến giờ khai/ }).count(), 0, 'nobody is reminded of what they never began');
    const station = await officer(server, 'tyt-dongha');
    const said = (linkId, value) => ({ linkId, answer: [value] });
    const yesterday = {
      form: 'daily-health',
      version: '2020-03-10',
      person: traveller.self.id,
      at: ago(24 * 60),
      response: {
        resourceType: 'QuestionnaireResponse',
        status: 'completed',
        item: [
          {
            linkId: 'today',
            item: [
              said('temperature', { valueQuantity: { value: 38.4, code: 'Cel' } }),
              ...['fever', 'cough', 'breath', 'throat', 'aches', 'contact-case'].map((sign) => said(sign, { valueBoolean: sign === 'fever' })),
            ],
          },
        ],
      },
    };
    await station.must(station.send('/declarations', yesterday), 201);
    await phone.reload();
    await phone.getByRole('link', { name: /Theo dõi sức khỏe hằng ngày.*đến giờ khai/s }).waitFor();
    await browser.check(phone, 'due-phone');
  });

  step('nothing changed: what is repeated stands there, and goes with one tap', async () => {
    await phone.getByRole('link', { name: /đến giờ khai/ }).click();
    const again = phone.getByRole('region', { name: /Lần trước/ });
    await again.getByText('Đau mỏi người').waitFor();
    assert.equal(await again.getByText('38,4').count(), 0, 'yesterday’s temperature is not today’s');
    assert.equal(await again.getByText('Có', { exact: true }).count(), 1, 'the fever');
    assert.equal(await phone.locator('input:checked').count(), 0, 'the form below is as empty as ever');
    await browser.check(phone, 'again-phone');
    await again.getByRole('button', { name: 'Không có gì thay đổi, gửi lại' }).click();
    await phone.getByRole('status').getByText('Cần theo dõi').waitFor();
    await phone.goto(server.origin);
    await phone.getByText('Đang áp dụng').first().waitFor();
    await until('the reminder to go', async () => (await phone.getByRole('link', { name: /đến giờ khai/ }).count()) === 0);
  });

  step('a changed day is answered, begun and taken up again, and the diary has it all', async () => {
    await phone.goto(`${server.origin}/declare`);
    await phone.getByText('00:00–24:00: đã khai').waitFor();
    await phone.getByRole('link', { name: /Theo dõi sức khỏe hằng ngày.*Đang áp dụng/s }).click();
    await phone.getByLabel('Thân nhiệt (°C)').fill('50');
    await phone.getByText('Ho', { exact: true }).first().waitFor();
    await phone.getByRole('group', { name: 'Ho', exact: true }).getByText('Có', { exact: true }).click();
    await until('the draft to be kept', async () => (await browser.kept(phone)).some((row) => row.includes('"cough"')));
    await phone.goto(`${server.origin}/declare`);
    await phone.getByText('Đang khai dở').waitFor();
    await browser.check(phone, 'declare-draft-phone');
    await phone.getByRole('link', { name: /Theo dõi sức khỏe hằng ngày.*Đang áp dụng/s }).click();
    for (const sign of ['Sốt', 'Khó thở', 'Đau họng', 'Đau mỏi người']) await phone.getByRole('group', { name: sign, exact: true }).getByText('Không', { exact: true }).click();
    await say(phone, 'nghi ngờ mắc bệnh trong 24 giờ qua', 'Không');
    await phone.getByRole('button', { name: 'Gửi' }).click();
    await phone.getByRole('alert').getByText('Thân nhiệt').waitFor(); // nobody has 50 degrees
    await phone.getByLabel('Thân nhiệt (°C)').fill('36,8');
    await phone.getByRole('button', { name: 'Gửi' }).click();
    await phone.getByRole('status').getByText('Cần theo dõi').waitFor();
    await phone.goto(`${server.origin}/declare`);
    await phone.getByRole('link', { name: 'Nhật ký sức khỏe' }).click();
    await phone.getByRole('img', { name: /Biểu đồ thân nhiệt/ }).waitFor();
    assert.equal(await phone.locator('svg circle').count(), 2, 'a point for each time it was taken');
    const rows = phone.getByRole('table').getByRole('row');
    await rows.filter({ hasText: '36,8 °C' }).filter({ hasText: 'Ho' }).waitFor();
    await rows.filter({ hasText: '38,4 °C' }).filter({ hasText: 'Sốt' }).waitFor();
    await rows.filter({ hasText: 'không đo' }).filter({ hasText: 'Sốt' }).waitFor();
    await browser.check(phone, 'diary-phone');
  });

  step('before signing in and after it, one reads in the language one chose; what is not translated is English and says so', async () => {
    const door = await browser.phone();
    await door.goto(`${server.origin}/sign-in`);
    await door.getByRole('button', { name: /Đổi ngôn ngữ/ }).click();
    await door.getByRole('button', { name: 'Français' }).waitFor();
    assert.equal(await door.getByRole('dialog').getByRole('listitem').count(), 11);
    await browser.check(door, 'languages-phone');
    await door.getByRole('button', { name: 'Français' }).click();
    await door.getByRole('heading', { name: 'Welcome!' }).waitFor();
    assert.deepEqual(await door.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ['fr', 'ltr']);
    await door.reload();
    await door.getByRole('button', { name: /Changer de langue/ }).waitFor();
    await door.context().close();

    await phone.goto(`${server.origin}/settings`);
    const reminders = phone.getByRole('switch', { name: /Tin nhắn nhắc khai/ });
    assert.equal(await reminders.isChecked(), true);
    await reminders.click();
    await phone.getByText(/Đang tắt/).waitFor();
    await phone.reload();
    await phone.getByText(/Đang tắt/).waitFor();
    await browser.check(phone, 'settings-phone');
    await phone.getByRole('button', { name: /Ngôn ngữ/ }).click();
    const told = phone.waitForResponse((answer) => answer.url().endsWith('/api/v1/me/language'));
    await phone.getByRole('button', { name: 'ລາວ' }).click();
    await phone.getByRole('button', { name: /ພາສາ/ }).waitFor();
    const choice = await told; // so that messages come in it too
    assert.equal(choice.status(), 200);
    assert.deepEqual(await choice.json(), { language: 'lo' });
    await phone.goto(`${server.origin}/declare/daily-health`);
    await phone.getByRole('heading', { name: 'Daily health', level: 1 }).waitFor();
    await phone.getByText(/ພາສາອັງກິດ/).waitFor();
    await browser.check(phone, 'form-prepared-phone');
    // Any of the eleven, in the form itself: what was answered stays.
    await phone.getByRole('group', { name: 'Fever', exact: true }).getByText('Yes', { exact: true }).click();
    for (const [code, own] of [['zh', '中文'], ['km', 'ខ្មែរ'], ['th', 'ไทย'], ['ko', '한국어'], ['ja', '日本語'], ['ru', 'Русский'], ['fr', 'Français'], ['de', 'Deutsch'], ['lo', 'ລາວ'], ['en', 'English']]) {
      await phone.getByRole('button', { name: /Tiếng Việt…/ }).click();
      await phone.getByRole('dialog').getByRole('button', { name: own }).click();
      await until(`the page in ${code}`, async () => (await phone.evaluate(() => document.documentElement.lang)) === code);
      await phone.getByRole('dialog').waitFor({ state: 'detached' });
      assert.equal(await phone.getByRole('group', { name: 'Fever', exact: true }).getByRole('radio').first().isChecked(), true, code);
      assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), true, code);
      if (code === 'km') await browser.check(phone, 'form-khmer-phone');
    }
    await phone.getByRole('button', { name: /Tiếng Việt…/ }).click();
    await phone.getByRole('dialog').getByRole('button', { name: 'Tiếng Việt' }).click();
    await phone.getByRole('group', { name: 'Sốt', exact: true }).waitFor();
    await phone.goto(`${server.origin}/settings`);
    await phone.getByRole('button', { name: /Ngôn ngữ/ }).waitFor();
  });

  step('who comes from elsewhere says of which country, and nothing is supposed of whoever does not read Vietnamese', async () => {
    await phone.goto(`${server.origin}/family/${traveller.self.id}`);
    await phone.getByLabel('Quốc tịch').waitFor();
    assert.equal(await phone.getByLabel('Quốc tịch').inputValue(), 'VN');
    const guest = await browser.phone();
    await guest.goto(`${server.origin}/sign-in`);
    await guest.getByRole('button', { name: /Đổi ngôn ngữ/ }).click();
    await guest.getByRole('dialog').getByRole('button', { name: 'English' }).click();
    await guest.getByLabel('Phone number').fill('0917100009');
    await guest.getByRole('button', { name: 'Send me the code' }).click();
    const box = guest.getByLabel('6-digit code');
    await box.waitFor();
    await box.fill(await server.code('+84917100009'));  // the last digit sends it
    const birth = guest.getByLabel('Date of birth');
    await birth.waitFor();
    await guest.getByLabel('Full name').fill('Somchai Phomvihane');
    await birth.fill('1985');
    await guest.getByText('Male', { exact: true }).click();
    await guest.getByLabel('Commune or ward of residence').fill('dong ha');
    await guest.getByRole('option').filter({ hasText: 'Phường Đông Hà' }).first().click();
    await guest.getByRole('button', { name: 'Done' }).click();
    await guest.getByText('Please choose the nationality.').waitFor();
    assert.equal(await guest.evaluate(() => document.activeElement?.id), 'person-nationality');
    await browser.check(guest, 'welcome-nationality-phone');
    await guest.getByLabel('Nationality').selectOption('LA');
    await guest.getByRole('button', { name: 'Done' }).click();
    await guest.getByRole('heading', { name: 'Choose a PIN' }).waitFor();
    const { items } = await guest.evaluate(async () => (await fetch('/api/v1/me/people')).json());
    assert.deepEqual(items.map(({ nationality }) => nationality), ['LA']);
    await guest.context().close();
  });

  step('who goes to another province says so, sees what is asked there, and chooses the gate by name', async () => {
    const gateUnit = await commune(server, '19702');
    const keeper = await citizen(server, '+84917100011', { name: 'Ban quản lý cửa khẩu', birthYear: 1975, sex: 'male', unit: gateUnit.id });
    const sent = server.messages('+84917100012').length;
    const asked = await keeper.must(
      keeper.post('/places/registrations', { name: 'Cửa khẩu Lao Bảo', kind: 'pointOfEntry', unit: gateUnit.id, address: 'Quốc lộ 9', phone: '0917100012', functions: [] }),
    );
    const gate = await keeper.must(keeper.post(`/places/registrations/${asked.id}/confirm`, { code: await server.code('+84917100012', sent) }));
    assert.deepEqual((await keeper.must(keeper.get('/points-of-entry'))).items, [], 'before the commune has looked');
    await approved(server, gate, 'tyt-hailang');
    const provinces = (await keeper.must(keeper.get('/units'))).items;
    const daNang = provinces.find(({ code }) => code === '48');
    const there = (await keeper.must(keeper.get(`/units?parent=${daNang.id}`))).items[0];
    const guest = await citizen(server, '+84917100013', { name: 'Lê Văn Đi', birthYear: 1985, sex: 'male', unit: there.id });
    const page = await browser.phoneOf(guest);
    await page.goto(`${server.origin}/declare`);
    await page.getByRole('heading', { name: /Bạn sắp đi nơi khác/ }).waitFor();
    assert.equal(await page.getByRole('link', { name: /nhập cảnh|nội địa/i }).count(), 0, 'it concerns who goes there alone');
    await browser.check(page, 'declare-going-phone');
    await page.getByLabel('Xã, phường nơi bạn đến').fill('hai lang');
    await page.locator('[role=option]').filter({ hasText: 'Hải Lăng' }).first().click(); // of the search, not of a list of places
    await page.getByRole('link', { name: /nhập cảnh/i }).click();
    await page.getByRole('heading', { name: 'Chuyến đi' }).waitFor();
    assert.equal(await page.locator('input:checked').count(), 0);
    await page.getByText('Cửa khẩu Lao Bảo', { exact: true }).click();
    assert.equal(await page.getByRole('radio', { name: 'Cửa khẩu Lao Bảo' }).isChecked(), true);
    await until('the draft to be kept', async () => (await browser.kept(page)).some((row) => row.includes(gate.id)));
    await browser.check(page, 'entry-gate-phone');
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
