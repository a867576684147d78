// Referrals in real browsers: a traveller declares symptoms on a phone; the stations of residence and destination, and the health centre above, see it
// without a reload; what one station takes stays there, what the other leaves goes up.
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { assetsWith } from './story.mjs';
import { Browser, citizen, commune, Server, steps, until } from './support.mjs';

// An officer of a health centre more.
function staffed(data) {
  const path = join(data, 'demo/world.json');
  const world = JSON.parse(readFileSync(path, 'utf8'));
  world.officers.push({ username: 'ttyt', name: 'Trung tâm Y tế khu vực Hải Lăng', role: 'districtOfficer', units: ['19702'] });
  writeFileSync(path, JSON.stringify(world));
}

describe('referrals in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let assets, server, browser, traveller, phone, home, destination, centre;

  before(async () => {
    assets = assetsWith(staffed);
    server = await Server.start({ assets });
    browser = await Browser.open(server);
    const unit = await commune(server, '19333');
    traveller = await citizen(server, '+84917000002', { name: 'Hồ Thị Xa', birthYear: 1988, sex: 'female', unit: unit.id });
    phone = await browser.phoneOf(traveller);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    if (assets) rmSync(assets, { recursive: true, force: true });
  });

  const question = (text) => phone.locator('[data-question]').filter({ hasText: text });
  const say = (text, answer) => question(text).getByText(answer, { exact: true }).click();
  const row = (page) => page.getByRole('link', { name: /Hồ Thị Xa/ });
  const heading = (page) => page.getByRole('heading', { name: 'Việc chuyển đến', level: 1 });

  step('the stations and the health centre have their lists open, and nothing is there', async () => {
    home = await browser.officer('tyt-dongha');
    await Promise.all([home.keyboard.press('g'), home.keyboard.press('v')]); // the second within a second or so of the first
    await heading(home).waitFor();
    destination = await browser.officer('tyt-hailang', { width: 390, height: 844 });
    centre = await browser.officer('ttyt');
    for (const page of [destination, centre]) await page.goto(`${server.origin}/console/referrals`);
    for (const page of [home, destination, centre]) {
      await page.getByText('Không có việc chuyển đến nào đang chờ').waitFor();
      await page.locator('[data-state=live][role=status]').waitFor({ state: 'attached' });
    }
    await browser.check(home, 'referrals-none');
  });

  step('who declares symptoms on a phone is told who is told', async () => {
    await phone.goto(`${server.origin}/declare`);
    await phone.getByRole('link', { name: /di chuyển/i }).click();
    await phone.getByText('Phương tiện cá nhân', { exact: true }).click();
    await phone.getByLabel('Ngày khởi hành').fill(new Date(Date.now() + 7 * 3600_000).toISOString().slice(0, 10));
    await phone.getByLabel(/^Nơi đi/).fill('Viêng Chăn, Lào');
    await phone.getByLabel(/^Nơi đến/).fill('xa hai lang quang tri');
    await phone.getByRole('option').filter({ hasText: 'Xã Hải Lăng' }).first().click();
    await say('nào khác nơi ở không?', 'Không');
    await say('sốt, ho, khó thở, viêm phổi, đau họng', 'Có');
    await phone.getByLabel(/^Dấu hiệu nào/).fill('Sốt từ hôm qua');
    for (const text of ['nghi ngờ mắc bệnh', 'nước có bệnh', 'người có biểu hiện']) await say(text, 'Không');
    await phone.getByRole('button', { name: 'Gửi' }).click();
    await phone.getByRole('status').getByText('Cần theo dõi').waitFor();
    await phone.getByText('Trạm y tế nơi ở, để liên hệ với bạn').waitFor();
    await browser.check(phone, 'outcome-told-phone');
  });

  step('both stations and the centre see it without a reload', async () => {
    for (const page of [home, destination, centre]) await row(page).waitFor();
    await home.getByText('Bạn khai có dấu hiệu bệnh').or(home.getByText('Anh/Chị khai có dấu hiệu bệnh')).first().waitFor();
    await centre.getByText('Trạm đang xử lý').waitFor();
    assert.equal(await home.getByText('Trạm đang xử lý').count(), 0);
    await home.getByText(/1 vàng/).waitFor();
    await home.getByRole('navigation').getByText('1 việc chưa ai nhận').waitFor({ state: 'attached' });
    await browser.check(home, 'referrals');
    await browser.check(destination, 'referrals-phone');
    await browser.check(centre, 'referrals-overview');
  });

  step('one station takes it by keyboard', async () => {
    await home.keyboard.press('j');
    await home.keyboard.press('n');
    await row(home).getByText('Đã nhận').waitFor();
    await home.getByText('1 việc chưa ai nhận').waitFor({ state: 'detached' });
  });

  step('the centre takes its list out, with a reason and a mark; a station does not', async () => {
    await centre.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const dialog = centre.getByRole('dialog').last();
    await dialog.getByRole('heading', { name: 'Xuất danh sách đang lọc' }).waitFor();
    await dialog.getByLabel('CSV', { exact: true }).check();
    await dialog.getByLabel('Lý do').fill('Giao ban chiều');
    await browser.check(centre, 'referrals-taken-out');
    const download = centre.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    assert.match(file, /Lũy Tre: /, 'marked');
    assert.ok(file.includes('Hồ Thị Xa'));
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await home.getByRole('button', { name: 'Xuất danh sách', exact: true }).count(), 0);
    const log = (await traveller.must(traveller.get('/me/access-log'))).items;
    assert.ok(log.some((entry) => entry.action === 'referrals.take_out' && entry.reason === 'Giao ban chiều'), JSON.stringify(log[0]));
  });

  step('what the other leaves goes up, and stays visible below', async () => {
    // The time that a station has is over, however long the steps before took. The job looks every ten seconds.
    server.rows("PRAGMA busy_timeout = 60000; UPDATE referrals_referral SET due_at = due_at - 86400 WHERE state = 'open'");
    await until('the escalation to be shown', () => row(centre).getByText('Đã lên trung tâm y tế').isVisible(), 120);
    await centre.getByRole('navigation').getByText('1 việc chưa ai nhận').waitFor({ state: 'attached' });
    await row(destination).getByText('Đã lên trung tâm y tế').waitFor();
    assert.equal(await row(home).getByText('Đã lên').count(), 0, 'taken');
    await browser.check(centre, 'referrals-escalated');
  });

  step('on a phone: taken, called, not answered, tried again, reached', async () => {
    await row(destination).click();
    await destination.getByRole('heading', { name: 'Hồ Thị Xa', level: 1 }).waitFor();
    assert.equal(await destination.getByRole('link', { name: /Chạm để gọi/ }).getAttribute('href'), 'tel:+84917000002');
    await destination.getByText('Quá hạn, chuyển lên trung tâm y tế').waitFor();
    assert.equal((await destination.innerText('main')).includes('Sốt từ hôm qua'), false, 'no answers');
    await browser.check(destination, 'referral-phone');
    await destination.getByRole('button', { name: 'Tôi nhận việc này' }).click();  // from now on it stays
    await destination.getByRole('button', { name: 'Tôi nhận việc này' }).waitFor({ state: 'detached' });
    await destination.getByRole('button', { name: 'Không trả lời' }).click();
    await destination.getByRole('button', { name: 'Lưu kết quả' }).click();
    await destination.getByText('1 lần thử').waitFor();
    await destination.getByRole('button', { name: 'Đã gặp được' }).click();
    await destination.getByLabel('Ghi chú').fill('Đã hẹn lấy mẫu');
    await destination.getByRole('button', { name: 'Lưu kết quả' }).click();
    await destination.getByRole('button', { name: 'Đã gặp được' }).waitFor({ state: 'detached' });
    await destination.getByRole('listitem').getByText('Đã hẹn lấy mẫu').waitFor();
    await browser.check(destination, 'referral-done-phone');
    await row(centre).waitFor({ state: 'detached' });
  });

  step('the answers open in the declaration alone', async () => {
    await row(home).click();
    await home.getByRole('link', { name: 'Mở tờ khai' }).click();
    await home.getByText('Sốt từ hôm qua').waitFor();
    await home.goBack();
  });

  step('it is handed over to the station where the person really is', async () => {
    await home.getByRole('button', { name: 'Chuyển cho trạm khác' }).click();
    await home.getByRole('combobox', { name: 'Xã, phường nhận' }).fill('nam dong ha');
    await home.getByRole('option').filter({ hasText: 'Phường Nam Đông Hà' }).first().click();
    await home.getByLabel('Lý do').fill('Đang ở nhà chị gái');
    await browser.check(home, 'referral-hand-over');
    await home.getByRole('button', { name: 'Chuyển', exact: true }).click();
    await heading(home).waitFor();
    await row(home).waitFor({ state: 'detached' });
    const taker = await browser.officer('tyt-namdongha');
    await taker.goto(`${server.origin}/console/referrals`);
    await row(taker).click();
    await taker.getByText('Đang ở nhà chị gái').waitFor();
    await browser.check(taker, 'referral-handed-over');
  });

  step('roles without the right have no such page; the traveller sees who looked', async () => {
    const auditor = await browser.officer('kiemtoan');
    assert.equal(await auditor.getByRole('link', { name: 'Việc chuyển đến' }).count(), 0);
    const log = (await traveller.must(traveller.get('/me/access-log'))).items;
    assert.ok(log.some((entry) => entry.action === 'referrals.work' && entry.note === 'referral' && entry.reason === ''), JSON.stringify(log[0]));
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
