// One person registered twice, in a real browser: proposed with reasons, merged, read as one, two cases of one illness found, undone; others told apart;
// found before a third record is made.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Browser, citizen, commune, officer, Server, steps } from './support.mjs';

describe('people registered twice in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, station, api, account, unit, nghia;
  const ill = []; // the open cases of both
  const born = '1971-04-12';

  const register = (name, birthDate, sex, more = {}) => api.must(api.post('/people', { name, birthDate, sex, unit: unit.id, ...more }), 201);
  const found = async () => (await api.must(api.post('/people/search', { name: 'dinh nghia', birthYear: 1971, reason: 'tra cuu' }))).items.map((person) => person.id);
  const opened = async (person) => {
    await station.goto(`${server.origin}/console/people/${person.id}`);
    const dialog = station.getByRole('dialog');
    await dialog.getByLabel('Lý do').fill('Rà soát hồ sơ trùng');
    await dialog.getByRole('button', { name: 'Mở hồ sơ' }).click();
    await station.getByRole('heading', { name: person.name, level: 1 }).waitFor();
  };
  const because = async (reason, action) => {
    const dialog = station.getByRole('dialog');
    await dialog.getByLabel('Lý do').fill(reason);
    await dialog.getByRole('button', { name: action, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' }); // the reason stands in it, too
  };

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    api = await officer(server, 'tyt-dongha');
    nghia = await register('Đinh Trọng Nghĩa', born, 'male', { phone: '0919000203', paper: { kind: 'cmnd', number: '197555123' } });
    account = await citizen(server, '+84919000201', { name: 'Dinh Trong Nghia', birthDate: born, sex: 'male', unit: unit.id, paper: { kind: 'cccd', number: '045071000123' } });
    await register('Đinh Trọng Tín', born, 'male', { phone: '0919000203' });
    await register('Lương Thị Hoà', '1992-06-03', 'female');
    await register('Lương Thị Hoá', '1992-06-03', 'female');
    station = await browser.officer('tyt-dongha');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  step('a record like it is proposed with the reasons, a twin is not, and the look is logged', async () => {
    await opened(nghia);
    assert.equal(await station.getByText('Gần như chắc chắn').count(), 0, 'nothing is looked for before it is asked for');
    await station.getByRole('button', { name: 'Tìm hồ sơ trùng' }).click();
    const pair = station.getByRole('region', { name: 'Dinh Trong Nghia' });
    await pair.getByText('Gần như chắc chắn là một người').waitFor();
    await pair.getByRole('row').filter({ hasText: 'Họ và tên' }).getByText('gõ không dấu').waitFor();
    await pair.getByRole('row').filter({ hasText: 'Giấy tờ' }).getByText('chưa đủ để so').waitFor();
    assert.equal(await station.getByText('Đinh Trọng Tín').count(), 0);
    const shown = await station.innerText('main');
    for (const hidden of ['919000201', '919000203', '045071000123', '197555123']) assert.ok(!shown.includes(hidden), hidden);
    await browser.check(station, 'people-duplicates');
    const log = await account.must(account.get('/me/access-log'));
    assert.ok(log.items.some((each) => each.action === 'people.duplicates'), 'the person sees it');
  });

  step('merged with a reason, they are read as one, and the account keeps its own', async () => {
    for (const person of [nghia, account.self]) ill.push(await api.must(api.post('/cases', { person: person.id, disease: 'covid-19' }), 201));
    await station.getByRole('button', { name: 'Cùng một người: giữ hồ sơ này' }).click();
    const dialog = station.getByRole('dialog');
    await dialog.getByText('Giữ hồ sơ Đinh Trọng Nghĩa?').waitFor();
    await dialog.getByText('Cả hai hồ sơ đều có ca đang mở của cùng một bệnh').waitFor();
    for (const kase of ill) await dialog.getByRole('link', { name: kase.number }).waitFor();
    await browser.check(station, 'people-merge');
    await because('Đã gặp, cùng một người', 'Gộp');
    await station.getByText('nay được tính là của Đinh Trọng Nghĩa').first().waitFor();
    await station.getByText('Cũng là người này:').waitFor();
    await station.getByText('Đã gặp, cùng một người').waitFor();
    await browser.check(station, 'people-merged');
    assert.deepEqual(await found(), [nghia.id]);
    const household = await account.must(account.get('/me/people'));
    assert.deepEqual(household.items.map((person) => person.id), [account.self.id]);
    assert.equal((await account.get(`/me/people/${nghia.id}/code`)).status, 403);
  });

  step('two cases of one illness are found, each file names the other, and one is discarded by one button', async () => {
    const [kept, other] = ill;
    const twins = async () => (await api.must(api.get('/cases?twin=true'))).items.map((kase) => kase.number).sort();
    assert.deepEqual(await twins(), [kept.number, other.number].sort());
    const cdc = await browser.officer('cdc1');
    await cdc.goto(`${server.origin}/console/cases`);
    await cdc.getByText('2 ca đang mở là của người còn ca khác cùng bệnh').waitFor();
    await browser.check(cdc, 'cases-twins');
    await cdc.getByRole('link', { name: 'Xem các ca đó' }).click();
    await cdc.waitForURL(/twin=true/);
    await cdc.getByText('2 ca đang mở là của người còn ca khác cùng bệnh').waitFor({ state: 'detached' });
    await cdc.getByRole('link', { name: kept.number }).waitFor();
    await cdc.getByRole('link', { name: other.number }).click();
    const notice = cdc.getByRole('region', { name: /Người bệnh này còn ca khác đang mở của cùng bệnh/ });
    await notice.getByRole('link', { name: kept.number }).waitFor();
    await notice.getByText('báo trước ca này').waitFor();
    await browser.check(cdc, 'case-twin');
    await notice.getByRole('button', { name: `Loại trừ ca này: trùng ${kept.number}` }).click();
    const dialog = cdc.getByRole('dialog');
    const reason = `Cùng lần mắc bệnh với ca ${kept.number}`;
    assert.equal(await dialog.getByLabel('Lý do').inputValue(), reason);
    assert.ok(await dialog.getByLabel('Loại trừ').isChecked());
    await browser.check(cdc, 'case-twin-discard');
    const saved = cdc.waitForResponse((answer) => answer.url().endsWith(`/cases/${other.id}/reclassify`));
    await dialog.getByRole('button', { name: 'Phân loại lại', exact: true }).click();
    assert.equal((await saved).status(), 200);
    await notice.waitFor({ state: 'detached' });
    const { items } = await api.must(api.get(`/cases/${other.id}/history`));
    assert.deepEqual([items[0].to, items[0].reason], ['discarded', reason]);
    assert.deepEqual(await twins(), []);
    assert.deepEqual((await api.must(api.get(`/cases/${kept.id}`))).twins, []);
    await cdc.context().close();
  });

  step('undone, they are two again', async () => {
    await station.getByRole('button', { name: 'Bỏ gộp' }).click();
    await because('Hai anh em họ cùng tên', 'Bỏ gộp');
    await station.getByText('Đã bỏ gộp').first().waitFor();
    assert.deepEqual((await found()).sort(), [nghia.id, account.self.id].sort());
  });

  step('not the same person: it is remembered, with the reason', async () => {
    const { items } = await api.must(api.post('/people/search', { name: 'luong hoa', birthYear: 1992, reason: 'tra cuu' }));
    await opened(items.find((person) => person.name === 'Lương Thị Hoà'));
    await station.getByRole('button', { name: 'Tìm hồ sơ trùng' }).click();
    const pair = station.getByRole('region', { name: 'Lương Thị Hoá' });
    await pair.getByText('khác dấu').waitFor();
    await pair.getByRole('button', { name: 'Không phải một người' }).click();
    await because('Hai chị em sinh đôi', 'Không phải một người');
    await station.getByText('Đã ghi: không phải một người.').first().waitFor();
    await station.getByText('Không thấy hồ sơ nào').waitFor();
    await station.getByRole('region', { name: 'Đã ghi là không phải một người' }).getByText('Hai chị em sinh đôi').waitFor();
    await browser.check(station, 'people-apart');
  });

  step('whoever registers somebody is shown the record that is there', async () => {
    await station.goto(`${server.origin}/console/people/new`);
    await station.getByLabel('Họ và tên').fill('Đinh Trọng Nghĩa');
    await station.getByRole('textbox', { name: 'Năm sinh' }).fill('1971');
    await station.getByLabel('Nam', { exact: true }).check();
    await station.getByLabel('Nơi ở').and(station.locator('input')).first().fill('dong ha');
    await station.getByRole('option', { name: /^Phường Đông Hà/ }).click();
    await station.getByText('Người này có thể đã có hồ sơ').waitFor(); // while typing, before anything is sent
    await station.getByRole('button', { name: 'Vẫn đăng ký người mới' }).waitFor();
    await browser.check(station, 'people-found');
    assert.equal((await found()).length, 2, 'nothing is made before the officer says so');
    await station.getByRole('link', { name: 'Đinh Trọng Nghĩa' }).first().click();
    await station.getByRole('heading', { name: 'Đinh Trọng Nghĩa', level: 1 }).waitFor();
  });

  const look = async (page, typed) => {
    await page.getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').fill(typed);
    await page.getByLabel('Lý do').fill('Rà soát hồ sơ');
    await page.getByRole('button', { name: 'Tìm', exact: true }).click();
  };

  step('somebody whose birth nobody knows is registered, and it is said', async () => {
    await station.goto(`${server.origin}/console/people/new`);
    await station.getByLabel('Họ và tên').fill('Lò Thị Xa Xăm');
    await station.getByLabel('Không ai biết ngày sinh, năm sinh').check();
    await station.getByLabel('Nữ', { exact: true }).check();
    await station.getByLabel('Nơi ở').and(station.locator('input')).first().fill('dong ha');
    await station.getByRole('option', { name: /^Phường Đông Hà/ }).click();
    await station.getByRole('button', { name: 'Đăng ký người mới' }).click();
    await station.getByRole('heading', { name: 'Lò Thị Xa Xăm', level: 1 }).waitFor();
    await station.getByText('không rõ năm sinh').first().waitFor();
  });

  step('a typing error is forgiven, a birth date is enough, and what was cut says so', async () => {
    await station.goto(`${server.origin}/console/people`);
    await look(station, 'Luongg Thi Hoa');
    await station.getByRole('link', { name: 'Lương Thị Hoà' }).waitFor();
    assert.equal(await station.getByRole('link', { name: 'Lương Thị Hoá' }).count(), 1);
    await look(station, '3/6/1992');
    await station.getByRole('link', { name: 'Lương Thị Hoà' }).waitFor();
    for (let i = 0; i < 51; i++) await register('Lâm Thị Đông', `${1930 + i}-01-02`, 'female');
    await look(station, 'lam dong');
    await station.getByText('Mới hiện 50 người gần nhất, còn nữa').waitFor();
    await browser.check(station, 'people-search-cut');
    await look(station, 'lam dong 1950');
    await station.getByText('Mới hiện 50 người').waitFor({ state: 'detached' });
    await station.getByRole('link', { name: 'Lâm Thị Đông' }).waitFor();
    assert.equal(await station.getByRole('link', { name: 'Lâm Thị Đông' }).count(), 1);
  });

  step('a number with a wrong digit finds whose is near and says that it is another', async () => {
    await station.goto(`${server.origin}/console/people`);
    await look(station, '0919000208');
    await station.getByText('Không ai trong địa bàn của bạn có số này').waitFor();
    const row = station.getByRole('row').filter({ hasText: 'Đinh Trọng Tín' });
    await row.getByText('số gần giống').waitFor();
    await browser.check(station, 'people-near');
    await look(station, '0919000203');
    await station.getByText('Không ai trong địa bàn của bạn có số này').waitFor({ state: 'detached' });
    await row.waitFor();
    assert.equal(await station.getByText('số gần giống').count(), 0);
  });

  step('who lives at an address is found, by words of it, and no word of it is shown', async () => {
    await register('Mai Thị Ngõ', '1980-02-03', 'female', { address: 'Thôn Phú Ân, số 7' });
    await register('Mai Thị Xóm', '1981-02-03', 'female', { address: 'Thôn Phú Ân, số 8' });
    await look(station, 'thon phuu an, so 7');
    await station.getByRole('link', { name: 'Mai Thị Ngõ' }).waitFor();
    assert.equal(await station.getByRole('link', { name: 'Mai Thị Xóm' }).count(), 0);
    assert.ok(!(await station.innerText('main')).includes('Phú Ân'));
    await look(station, 'Xóm, thôn Phú Ân');
    await station.getByRole('link', { name: 'Mai Thị Xóm' }).waitFor();
  });

  step('a case is found by its patient, and a case number opens the list', async () => {
    const kase = await api.must(api.post('/cases', { person: nghia.id, disease: 'measles' }), 201);
    await station.goto(`${server.origin}/console/cases`);
    await station.getByRole('button', { name: 'Tìm theo người bệnh' }).click();
    const dialog = station.getByRole('dialog');
    await look(dialog, 'Đinh Trọng Nghiax');
    await dialog.getByRole('link', { name: kase.number }).waitFor();
    await browser.check(station, 'cases-by-patient');
    await station.goto(`${server.origin}/console/people`);
    await station.getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').fill(kase.number);
    await station.getByRole('button', { name: 'Tìm', exact: true }).click();
    await station.waitForURL(/cases\?q=/);
    await station.getByRole('link', { name: kase.number }).waitFor();
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
