// Who lives with whom, written down by a station in a real browser: of people without an account, from when until when, and nothing of those elsewhere.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Browser, commune, local, officer, Server, steps } from './support.mjs';

describe('households by officers in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const reason = 'Trạm đến nhà hỏi';
  let server, browser, page, api, unit, lan, cung;

  const register = (client, name, birthDate, unit, more = {}) => client.must(client.post('/people', { name, birthDate, sex: 'female', unit, ...more }), 201);
  const members = () => page.getByRole('list', { name: 'Sống cùng ai' }).getByRole('listitem');

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    api = await officer(server, 'tyt-dongha');
    lan = await register(api, 'Hồ Thị Lan', '1951-02-03', unit.id);
    cung = await register(api, 'Hồ Thị Cùng', '1975-08-09', unit.id, { phone: '0919000401' });
    page = await browser.officer('tyt-dongha');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  step('nobody is written down yet', async () => {
    await page.goto(`${server.origin}/console/people/${lan.id}`);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Lý do').fill(reason);
    await dialog.getByRole('button', { name: 'Mở hồ sơ' }).click();
    await page.getByText('Chưa ghi người này ở cùng ai.').waitFor();
  });

  step('a housemate without an account is found and written down', async () => {
    await page.getByRole('button', { name: 'Ghi người ở cùng', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill('0919000401');
    await dialog.getByLabel('Lý do').fill(reason);
    await dialog.getByRole('button', { name: 'Tìm', exact: true }).click();
    await dialog.getByRole('button', { name: 'Chọn: Hồ Thị Cùng' }).click();
    await dialog.getByText('Ghi Hồ Thị Cùng ở cùng.', { exact: false }).waitFor();
    await browser.check(page, 'households-add');
    await dialog.getByRole('button', { name: 'Ghi người ở cùng', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await members().filter({ hasText: 'Hồ Thị Cùng' }).getByText('không rõ từ khi nào').waitFor();
    assert.equal(await members().count(), 2);
    await browser.check(page, 'households');
  });

  step('who lives elsewhere is only counted', async () => {
    const cdc = await officer(server, 'cdc1');
    const other = await commune(server, '19702');
    const far = await register(cdc, 'Hồ Thị Xa', '1990-01-01', other.id);
    assert.equal((await api.post(`/people/${lan.id}/housemates`, { person: far.id, reason })).status, 403);
    await cdc.must(cdc.post(`/people/${lan.id}/housemates`, { person: far.id, from: '2025-01-01', reason }));
    const [seen] = (await api.must(api.post(`/people/${lan.id}/households/look`, { reason }))).items;
    assert.deepEqual([seen.members.map(({ person }) => person.name).sort(), seen.elsewhere], [['Hồ Thị Cùng', 'Hồ Thị Lan'], 1]);
  });

  step('who moves out stays in it with the day', async () => {
    await page.getByRole('button', { name: 'Ghi đã chuyển đi', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Không còn ở từ ngày' }).fill(local(0).day);
    await dialog.getByLabel('Lý do').fill('Về ở với con gái');
    await dialog.getByRole('button', { name: 'Ghi đã chuyển đi', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await members().filter({ hasText: 'Hồ Thị Lan' }).getByText(/đến \d/).waitFor();
    await page.getByText('và 1 người ở ngoài địa bàn của bạn').waitFor();
    assert.equal(await page.getByText('Hồ Thị Xa').count(), 0);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
