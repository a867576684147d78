// A text for loudspeakers, in a real browser: made in one click from what holds, with calls and a number to ring as they are spoken; changed, copied, printed, and
// published into the book with who answers for it.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Browser, commune, officer, Server, steps } from './support.mjs';

describe('texts for radio and loudspeakers in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, page, words;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const day = (after) => new Date(Date.now() + 7 * 3600_000 + after * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/');

  step('one click makes a text of what holds in the own unit, in spoken words', async () => {
    page = await browser.officer('tyt-hailang');
    await page.getByRole('link', { name: 'Loa, đài', exact: true }).click();
    await page.getByRole('heading', { name: 'Loa, đài', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Soạn bài' }).click();
    words = page.getByRole('textbox', { name: 'Bài đọc' });
    await words.waitFor();
    const text = await words.inputValue();
    assert.match(text, /^Kính thưa bà con Xã Hải Lăng\./);
    assert.match(text, /khai báo y tế để phòng bệnh COVID-19/);
    assert.match(text, /năm hai nghìn không trăm hai mươi/);
    assert.doesNotMatch(text.replaceAll('COVID-19', ''), /\d/, 'no figures: everything is spoken');
    await browser.check(page, 'broadcasts-draft');
  });

  step('a call for a group and a number to ring are added as they are spoken', async () => {
    await page.getByLabel('Số điện thoại để bà con gọi').fill('1900 9095');
    await page.getByRole('button', { name: 'Thêm lời mời tiêm chủng' }).click();
    await page.getByLabel('Mời ai').fill('người từ 60 tuổi trở lên ở thôn 2');
    await page.getByLabel('Đến đâu').fill('Trạm y tế xã');
    assert.equal(await page.getByRole('button', { name: 'Soạn lại' }).isDisabled(), true, 'a call has a time');
    await page.getByRole('textbox', { name: 'Từ', exact: true }).fill(day(1));
    await page.getByLabel('Từ, giờ').fill('7h30');
    await page.getByLabel('Từ, giờ').press('Tab');
    await page.getByRole('button', { name: 'Soạn lại' }).click();
    await page.waitForFunction((box) => box.value.includes('tiêm chủng'), await words.elementHandle());
    const text = await words.inputValue();
    assert.match(text, /Mời người từ sáu mươi tuổi trở lên ở thôn hai đến Trạm y tế xã để tiêm chủng, bắt đầu từ bảy giờ ba mươi phút/);
    assert.match(text, /gọi số một chín không không, chín không chín năm/);
    await browser.check(page, 'broadcasts-calls');
  });

  step('the paper shows the words alone', async () => {
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByRole('button', { name: 'In' }).isVisible(), false);
    assert.equal(await page.getByText('Xin cảm ơn bà con đã lắng nghe.').last().isVisible(), true);
    await browser.picture(page, 'broadcasts-paper');
    await page.emulateMedia({ media: 'screen' });
  });

  step('changed by hand and published, it stands in the book with who answers for it', async () => {
    await words.fill(`${await words.inputValue()}\n\nBản tin phát lúc năm giờ chiều.`);
    await page.getByRole('button', { name: 'Phát và ghi vào sổ' }).click();
    await page.getByRole('status').getByText('Đã ghi vào sổ').first().waitFor();
    const row = page.getByRole('row').filter({ hasText: 'đã sửa tay' });
    await row.waitFor();
    await row.locator('summary').click();
    await row.getByText('Bản tin phát lúc năm giờ chiều.').waitFor();
    await browser.check(page, 'broadcasts-book');
  });

  step('another station does not see it, and cannot speak there', async () => {
    const other = await officer(server, 'tyt-dongha');
    const unit = await commune(server, '19702');
    assert.deepEqual((await other.must(other.get('/broadcasts'))).items, []);
    assert.equal((await other.post('/broadcasts/draft', { unit: unit.id, calls: [] })).status, 403);
    const phone = await browser.officer('tyt-hailang', { width: 390, height: 844 });
    await phone.goto(`${server.origin}/console/broadcasts`);
    await phone.getByRole('button', { name: 'Soạn bài' }).click();
    await phone.getByRole('textbox', { name: 'Bài đọc' }).waitFor();
    await browser.check(phone, 'broadcasts-phone');
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
