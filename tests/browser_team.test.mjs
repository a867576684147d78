// A community team, in real browsers: the station sets it up on a document, brings its households by a file and names a volunteer; the volunteer goes
// from door to door with a phone, with and without a network, over a reload; what was answered cannot be read again, on the phone or by the API.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, Client, commune, day, officer, Server, steps, until } from './support.mjs';

describe('a community team', { concurrency: 1 }, () => {
  const step = steps();
  const number = '0917500002';
  let server, browser, an, desk, phone, shift;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    const unit = await commune(server, '19702');
    an = await citizen(server, '+84917500001', { name: 'Nguyễn Thị An', birthYear: 1985, sex: 'female', unit: unit.id });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const decide = async () => {
    const commander = await officer(server, 'chihuy');
    const unit = await commune(server, '19702');
    const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().replace(/\.\d+/, '');
    const body = { purpose: 'declarations', disease: 'covid-19', unit: unit.id, form: 'daily-health', from: ago(24 * 60 * 3), until: soon, basis: 'Quyết định 12' };
    await commander.must(commander.send('/decisions', { ...body, duty: 'outbreak-zone-daily-2021-08' }));
  };
  const make = async (dialog) => {
    await dialog.getByLabel('Tên tổ').fill('Tổ 3, thôn Mỹ Lộc');
    await dialog.getByRole('combobox', { name: 'Địa bàn' }).or(dialog.getByLabel('Địa bàn').and(dialog.locator('input'))).first().fill('hai lang');
    await desk.getByRole('option', { name: /^Xã Hải Lăng/ }).first().click();
    await dialog.getByRole('combobox', { name: 'Hỏi theo tờ khai' }).or(dialog.getByLabel('Hỏi theo tờ khai').and(dialog.locator('input'))).first().click();
    await desk.getByRole('option', { name: 'Theo dõi sức khỏe hằng ngày', exact: true }).click();
    await dialog.getByLabel('Căn cứ').fill('QĐ 45/QĐ-UBND ngày 1/3');
    await dialog.getByRole('textbox', { name: 'Ngày cuối' }).fill(day(-15).split('-').reverse().join('/'));
  };
  const household = (page, name) => page.getByRole('button', { name: new RegExp(name) });
  const count = async (id) => (await phone.getByTestId(id).innerText()).replace(/\s/g, '');
  const sheet = () => phone.getByRole('dialog');
  // Writes a declaration down at the door that is open; everything is answered with no, but for `yes`.
  const declares = async (name, informant, yes = []) => {
    await sheet().getByRole('button', { name: `Khai cho ${name}` }).click();
    const form = sheet().last();
    await form.getByText('Ai trả lời?').waitFor();
    assert.equal(await form.getByRole('radio', { checked: true }).count(), 0, 'nothing is answered beforehand');
    await form.getByLabel(informant).check();
    for (const group of await form.locator('[data-question] fieldset').all()) {
      const legend = await group.locator('legend').innerText();
      const answer = yes.some((sign) => legend.startsWith(sign)) ? 'Có' : 'Không';
      await group.getByText(answer, { exact: true }).click();
    }
    await browser.check(phone, `team-form-${name.split(' ').at(-1)}`);
    await form.getByRole('button', { name: 'Gửi khai báo' }).click();
    await form.getByText('Ai trả lời?').waitFor({ state: 'hidden' });
  };

  step('without a decision no team can be set up; with one, on a document and until a day', async () => {
    desk = await browser.officer('tyt-hailang');
    await desk.getByRole('link', { name: 'Tờ khai', exact: true }).click();
    await desk.getByRole('link', { name: 'Tổ cộng đồng' }).click();
    await desk.getByText('Chưa có tổ nào').waitFor();
    await desk.getByRole('button', { name: 'Lập tổ' }).click();
    const dialog = desk.getByRole('dialog').last();
    await make(dialog);
    await dialog.getByRole('button', { name: 'Lập tổ' }).click();
    await dialog.getByRole('alert').waitFor();
    await decide();
    await dialog.getByRole('button', { name: 'Lập tổ' }).click();
    await desk.getByRole('link', { name: 'Tổ 3, thôn Mỹ Lộc' }).click();
    await desk.getByRole('heading', { name: 'Tổ 3, thôn Mỹ Lộc', level: 1 }).waitFor();
  });

  step('households come by a file, each line judged by itself; one removed by mistake is put back', async () => {
    const lines = [
      'household;address;name;birthYear;head;phone',
      '1;Thôn Mỹ Lộc, nhà 1;Lê Văn Chủ;1960;x;',
      '1;;Hồ Thị Mẹ;1963;;',
      '2;Thôn Mỹ Lộc, nhà 2;Nguyễn Thị An;1985;x;0917500001',
      '3;;Võ Văn Thiếu;1970;;',
      '4;Thôn Mỹ Lộc, nhà 4;Trần Thị Bà;1938;x;',
      '5;Thôn Mỹ Lộc, nhà 5;Phạm Văn Năm;1950;x;',
    ];
    await desk.locator('input[type=file]').setInputFiles({ name: 'ho.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) });
    await desk.getByRole('button', { name: 'Gửi danh sách' }).click();
    await desk.getByText('Thêm mới 5, đổi 0, đã có 0, chưa nhận 1.').waitFor();
    await desk.getByText('Địa chỉ: còn thiếu').waitFor();
    await desk.getByRole('row').filter({ hasText: 'Trần Thị Bà' }).waitFor();
    await browser.check(desk, 'team-console');
    await desk.getByRole('button', { name: 'Bỏ 4' }).click();
    await desk.getByRole('row').filter({ hasText: 'Trần Thị Bà' }).waitFor({ state: 'hidden' });
    await desk.getByRole('button', { name: 'Hoàn tác' }).click();
    await desk.getByRole('row').filter({ hasText: 'Trần Thị Bà' }).waitFor();
    await desk.getByLabel('Họ tên', { exact: true }).fill('Chị Tổ Trưởng');
    await desk.getByLabel('Số điện thoại').fill(number);
    await desk.getByRole('button', { name: 'Thêm người', exact: true }).click();
    await desk.getByRole('row').filter({ hasText: 'Chị Tổ Trưởng' }).waitFor();
  });

  step('the volunteer signs in by a code and sees the own households: who declared, yes or no', async () => {
    phone = await browser.phone();
    await phone.goto(`${server.origin}/team`);
    await browser.check(phone, 'team-sign-in');
    await phone.getByLabel('Số điện thoại của người trực').fill(number);
    await phone.getByRole('button', { name: 'Gửi mã cho tôi' }).click();
    await phone.getByLabel('Mã gồm 6 số').fill(await server.code(`+84${number.slice(1)}`));
    await phone.getByRole('heading', { name: 'Tổ 3, thôn Mỹ Lộc' }).waitFor();
    await household(phone, 'Lê Văn Chủ').waitFor();
    assert.equal(await count('reached'), '0/4');
    assert.equal(await count('declared'), '0/5');
    await browser.check(phone, 'team-list');
    shift = (await browser.kept(phone)).map((row) => JSON.parse(row)).find((row) => row?.shift?.shift).shift.shift;
  });

  step('at a door: one declares for the other, and it is recorded who did', async () => {
    await household(phone, 'Lê Văn Chủ').click();
    await sheet().getByText('Người ở đây phải khai hằng ngày').waitFor();
    await browser.check(phone, 'team-door');
    await declares('Hồ Thị Mẹ', 'Lê Văn Chủ', ['Sốt']);
    await sheet().getByText('Đã khai').waitFor();
    await sheet().getByRole('button', { name: 'Đóng' }).click();
    await until('one reached and declared', async () => (await count('reached')) === '1/4' && (await count('declared')) === '1/5');
    const station = await officer(server, 'tyt-hailang');
    const [flagged] = (await station.must(station.get('/declarations'))).items;
    assert.equal(flagged.person.name, 'Hồ Thị Mẹ');
    assert.notEqual(flagged.colour, 'green');
  });

  step('without a network everything waits, over a reload; then each arrives once, with its own time, and the phone forgets', async () => {
    await until('the app to be kept', () => phone.evaluate(async () => navigator.serviceWorker.controller !== null && (await caches.match('/')) !== undefined));
    await phone.context().setOffline(true);
    await household(phone, 'Phạm Văn Năm').click();
    await sheet().getByRole('button', { name: 'Vắng nhà' }).click();
    await household(phone, 'Nguyễn Thị An').click();
    await declares('Nguyễn Thị An', 'Nguyễn Thị An (tự trả lời)');
    await sheet().getByRole('button', { name: 'Đóng' }).click();
    await until('two to wait', async () => (await count('waiting')) === '2');
    assert.ok((await browser.kept(phone)).join().includes('valueBoolean'), 'the answers wait on the phone');
    await browser.check(phone, 'team-offline');
    await phone.reload();
    await until('two to wait still', async () => (await phone.getByTestId('waiting').count()) === 1 && (await count('waiting')) === '2');
    await until('what was done to be done, sent or not', async () => (await count('declared')) === '2/5');
    await phone.context().setOffline(false);
    await until('nothing to wait', async () => (await count('waiting')) === '0');
    await until('the list anew', async () => (await count('declared')) === '2/5' && (await count('reached')) === '2/4');
    const left = (await browser.kept(phone)).filter((row) => row.includes('valueBoolean') || row.includes('QuestionnaireResponse'));
    assert.deepEqual(left.filter((row) => !row.includes('"resourceType":"Questionnaire"')), [], 'sent, nothing of the answers is left on the phone');
    const mine = (await an.must(an.get('/me/declarations'))).items;
    assert.equal(mine.length, 1, 'her own record has it, once');
  });

  step('nobody reads an answer again by the shift, and whoever is on the list sees who looked', async () => {
    const seen = new Client(server);
    const list = await seen.must(seen.post('/team/desk', { shift }));
    assert.doesNotMatch(JSON.stringify(list), /fever|valueBoolean|colour/);
    const mine = (await an.must(an.get('/me/declarations'))).items[0];
    assert.equal((await seen.get(`/declarations/${mine.id}`)).status, 401);
    const log = (await an.must(an.get('/me/access-log'))).items.map(({ action }) => action);
    for (const action of ['community.manage', 'community.door', 'community.declare']) assert.ok(log.includes(action), action);
  });

  step('somebody needs help: it lies at the station until it is answered', async () => {
    await household(phone, 'Trần Thị Bà').click();
    await sheet().getByRole('button', { name: 'Cần giúp đỡ' }).click();
    await sheet().last().getByLabel('Ai cần giúp').selectOption({ label: 'Trần Thị Bà' });
    await sheet().last().getByLabel('Cần gì').fill('Hết thuốc huyết áp');
    await browser.check(phone, 'team-help');
    await sheet().last().getByRole('button', { name: 'Nhờ trạm y tế giúp' }).click();
    await until('three reached, and the server to know', async () => (await count('waiting')) === '0' && (await count('reached')) === '3/4' && (await count('waiting')) === '0');
    await desk.getByRole('link', { name: 'Tổ cộng đồng' }).click();
    await desk.getByText('Hết thuốc huyết áp').waitFor();
    await browser.check(desk, 'teams-console');
    await desk.getByRole('button', { name: 'Đã giải quyết' }).click();
    const dialog = desk.getByRole('dialog').last();
    await dialog.getByLabel('Lý do').fill('Đã mang thuốc đến nhà');
    await dialog.getByRole('button', { name: 'Đã giải quyết' }).click();
    await desk.getByText('Hết thuốc huyết áp').waitFor({ state: 'hidden' });
    await desk.getByRole('row').filter({ hasText: 'Tổ 3, thôn Mỹ Lộc' }).getByText('3/4').waitFor();
  });

  step('what the phone cannot keep is not recorded, and the volunteer is told', async () => {
    await household(phone, 'Phạm Văn Năm').click();
    await browser.full(phone, async () => {
      await sheet().getByRole('button', { name: 'Đã gặp' }).click();
      await phone.getByText('Chưa ghi được lượt này').waitFor();
    });
    await sheet().getByRole('button', { name: 'Đóng' }).click();
    assert.equal(await count('reached'), '3/4');
    assert.equal(await count('waiting'), '0');
  });

  step('the levels above see counts and no names; the station sees who was never met', async () => {
    const cdc = await browser.officer('cdc1');
    await cdc.goto(`${server.origin}/console/declarations/teams`);
    const row = cdc.getByRole('row').filter({ hasText: 'Tổ 3, thôn Mỹ Lộc' });
    await row.getByText('2/5').waitFor();
    assert.doesNotMatch(await cdc.innerText('main'), /Lê Văn Chủ|Nguyễn Thị An/);
    const api = await officer(server, 'cdc1');
    const [team] = (await api.must(api.get('/teams'))).items;
    assert.equal((await api.get(`/teams/${team.id}/households`)).status, 403);
    await desk.getByRole('link', { name: 'Tổ 3, thôn Mỹ Lộc' }).click();
    await desk.getByRole('row').filter({ hasText: 'Lê Văn Chủ' }).waitFor();
    await desk.getByRole('button', { name: 'Chưa gặp lần nào' }).click();
    await desk.getByRole('row').filter({ hasText: 'Lê Văn Chủ' }).waitFor({ state: 'detached' }); // of the whole list
    await desk.getByRole('row').filter({ hasText: 'Phạm Văn Năm' }).waitFor();
  });

  step('a lost phone is out at once, and its list is gone from it', async () => {
    await desk.getByRole('button', { name: 'Mất máy' }).click();
    await desk.getByText('Máy của Chị Tổ Trưởng đã dừng').waitFor();
    await phone.reload();
    await phone.getByLabel('Số điện thoại của người trực').waitFor();
    assert.doesNotMatch((await browser.kept(phone)).join(), /Lê Văn Chủ/);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
