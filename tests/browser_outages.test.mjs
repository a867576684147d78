// Codes that come late, in real browsers: the board of messages, limits that somebody sets, an outage declared and ended, and what the sign-in page
// says meanwhile; no phone number anywhere.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Browser, citizen, commune, officer, Server, steps, until } from './support.mjs';

describe('outages of codes in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, page, phone;
  const number = '+84917400001';

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    await citizen(server, number, { name: 'Lê Văn Mã', birthYear: 1980, sex: 'male', unit: (await commune(server, '19702')).id });
    phone = await browser.phone();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const dialogOf = () => page.getByRole('dialog').last();
  const late = () => phone.getByText('Mã đang đến chậm');
  // What its page is told.
  const signIn = async () => {
    const [answer] = await Promise.all([phone.waitForResponse(/\/api\/v1\/outages\/codes/), phone.goto(`${server.origin}/sign-in`)]);
    await phone.getByLabel('Số điện thoại').waitFor();
    return (await answer.json()).late;
  };
  // The server remembers its answer for ten seconds.
  const told = (wanted) =>
    until(`the sign-in page to say ${wanted}`, async () => (await fetch(`${server.origin}/api/v1/outages/codes`).then((r) => r.json())).late === wanted);

  step('the board counts messages by hour and sender, and names nobody', async () => {
    page = await browser.officer('chihuy');
    await page.getByRole('link', { name: 'Tin nhắn, mã', exact: true }).click();
    await page.getByRole('heading', { name: 'Tin nhắn, mã', level: 1 }).waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Mã một lần' });
    await row.filter({ hasText: 'file' }).first().waitFor();
    await page.getByText('Chưa đặt ngưỡng: không ai được báo.').first().waitFor();
    assert.doesNotMatch(await page.innerText('main'), /917400001/);
    await browser.check(page, 'outages-board');
  });

  step('a limit is set, with nothing filled in beforehand', async () => {
    await page.getByRole('button', { name: 'Đặt ngưỡng: Mã một lần' }).click();
    const dialog = dialogOf();
    assert.equal(await dialog.getByRole('button', { name: 'Đặt ngưỡng' }).isDisabled(), true);
    for (const [name, value] of [['Không gửi được', '20'], ['Trễ giữa', '60'], ['Tính trong', '15'], ['Ít nhất', '10']]) await dialog.getByLabel(name).fill(value);
    await browser.check(page, 'outages-limit');
    await dialog.getByRole('button', { name: 'Đặt ngưỡng' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Báo khi trên 20 % không gửi được hoặc trễ giữa trên 60 giây, tính trong 15 phút, từ 10 tin trở lên.').waitFor();
  });

  step('nothing is said at the door while all is well', async () => {
    assert.equal(await signIn(), false);
    assert.equal(await late().count(), 0);
  });

  step('an outage is declared with a reason and an end, and the sign-in page says so on both steps', async () => {
    await page.getByRole('button', { name: 'Báo sự cố' }).click();
    const dialog = dialogOf();
    await dialog.getByLabel('Mã một lần').check();
    const end = new Date(Date.now() + 7 * 3600_000 + 24 * 3600_000).toISOString();
    await dialog.getByRole('textbox', { name: 'Kéo dài đến', exact: true }).fill(end.slice(0, 10).split('-').reverse().join('/'));
    await dialog.getByLabel('Kéo dài đến, giờ').fill(`${Number(end.slice(11, 13))}h00`);
    await dialog.getByLabel('Lý do').fill('Nhà mạng bảo trì tổng đài');
    await dialog.getByRole('button', { name: 'Báo sự cố' }).click();
    await dialog.waitFor({ state: 'hidden' }); // the reason stands in it, too
    await page.getByText('Nhà mạng bảo trì tổng đài').waitFor();
    await page.getByText('Trang đăng nhập đang báo cho người dân').waitFor();
    await browser.check(page, 'outages-open');
    await told(true);
    await signIn();
    await late().waitFor();
    await phone.getByText('Máy đã đăng nhập từ trước vẫn dùng như thường').waitFor();
    await browser.check(phone, 'outages-sign-in-phone');
    await phone.getByLabel('Số điện thoại').fill('0917400002');
    await phone.getByRole('button', { name: 'Gửi mã cho tôi' }).click();
    await phone.getByLabel('Mã gồm 6 số').waitFor();
    await late().waitFor();
  });

  step('the first page of the command says it too; others see no board', async () => {
    await page.getByRole('link', { name: 'Tổng quan', exact: true }).click();
    await page.getByRole('alert').getByText('Mã một lần').waitFor();
    await browser.check(page, 'outages-overview');
    const station = await officer(server, 'tyt-dongha');
    assert.equal((await station.get('/outages/board')).status, 403);
    assert.equal((await station.post('/outages', { kind: 'codes', until: new Date(Date.now() + 3600_000).toISOString(), reason: 'không được' })).status, 403);
  });

  step('ended, it is kept as the record of what people were told, and the door is silent again', async () => {
    await page.getByRole('link', { name: 'Xem bảng tin nhắn' }).click();
    await page.getByRole('button', { name: 'Kết thúc' }).click();
    await page.getByText('Không có sự cố nào đang mở.').waitFor();
    await page.locator('section').filter({ hasText: 'Sự cố đã qua' }).getByText('Nhà mạng bảo trì tổng đài').waitFor();
    await told(false);
    assert.equal(await signIn(), false);
    assert.equal(await late().count(), 0);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
