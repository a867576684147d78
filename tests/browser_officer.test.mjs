// An officer's way in, in a real browser, on an empty server: the first administrator by the printed token, a second factor, a colleague with a
// temporary password, wrong passwords, the pause after too many, signing out, and a lost password.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe } from 'node:test';
import { Browser, Server, steps, until } from './support.mjs';

// RFC 6238: HMAC-SHA-1, 30-second steps, six digits, as every authenticator app does.
class Authenticator {
  constructor(secret) {
    const bits = [...secret.replace(/[\s=]/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
    this.key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    this.last = 0;
  }

  at(step) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const hash = createHmac('sha1', this.key).update(counter).digest();
    const offset = hash[19] & 15;
    return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  }

  // A code that was not used yet. The server takes one step of drift: this step's code is good until the next is over, so that there is time to
  // type it; so is the next one's; a third waits for the next step.
  async code() {
    const now = () => Math.floor(Date.now() / 30_000);
    const step = Math.max(now(), this.last + 1);
    await until('the next step of the authenticator', () => now() + 1 >= step);
    this.last = step;
    return this.at(step);
  }
}

describe('officers in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, admin, adminCodes, station, stationCodes, temporary;
  const adminPassword = 'bốn mùa tre vẫn xanh';
  const stationPassword = 'đò ngang sông Thạch Hãn';

  before(async () => {
    server = await Server.start({ command: 'serve' });
    browser = await Browser.open(server);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const type = async (page, label, code) => {
    await page.getByRole('group', { name: label }).or(page.getByLabel(label)).first().waitFor();
    await page.locator('input[inputmode="numeric"][maxlength], input[aria-label="PinInput"]').first().click();
    await page.keyboard.type(code);
  };
  const gate = (page) => page.getByRole('heading', { level: 1 });

  async function enrol(page, name) {
    await gate(page).and(page.getByText('Bật xác thực hai lớp')).waitFor();
    await page.getByRole('button', { name: 'Bật xác thực hai lớp' }).click();
    await page.getByText('Không quét được?').waitFor();
    await browser.check(page, name);
    const codes = new Authenticator(await page.locator('code').innerText());
    await type(page, 'Mã 6 số đang hiện trong ứng dụng', '000000');
    await page.getByText('Mã xác thực không đúng hoặc đã dùng rồi').waitFor();
    await type(page, 'Mã 6 số đang hiện trong ứng dụng', await codes.code());
    await gate(page).and(page.getByText('Tổng quan')).waitFor();
    return codes;
  }

  async function signIn(page, username, password) {
    await page.getByRole('textbox', { name: 'Tên đăng nhập' }).fill(username);
    await page.getByLabel('Mật khẩu', { exact: false }).and(page.locator('input')).fill(password);
    await page.keyboard.press('Enter');
  }

  // A try that is refused, over once the page takes the next: an answer awaited too early is the one of the try before.
  async function refusedSignIn(page, username, password) {
    const [answer] = await Promise.all([page.waitForResponse(/officer\/sign-in/), signIn(page, username, password)]);
    await page.locator('button[type=submit]:not([data-loading])').waitFor();
    return answer.status();
  }

  step('an empty server asks for its token, and takes no other', async () => {
    const token = await until('the token', () => server.log.match(/enter this token:\s+(\S+)/)?.[1]);
    admin = await browser.desk();
    await admin.goto(`${server.origin}/console/`);
    await gate(admin).and(admin.getByText('Thiết lập lần đầu')).waitFor();
    assert.match(admin.url(), /\/console\/setup$/);
    await browser.check(admin, 'setup');
    await admin.getByLabel('Mã thiết lập').fill('not-the-token');
    await admin.getByLabel('Họ và tên').fill('Nguyễn Quản Trị');
    await admin.getByLabel('Tên đăng nhập').fill('quantri');
    await admin.getByLabel('Mật khẩu mới', { exact: false }).first().fill(adminPassword);
    await admin.getByLabel('Nhập lại mật khẩu mới').fill(adminPassword + '?');
    await admin.getByText('Hai lần nhập không giống nhau').waitFor();
    assert.equal(await admin.getByRole('button', { name: 'Tạo tài khoản và vào' }).isDisabled(), true);
    await admin.getByLabel('Nhập lại mật khẩu mới').fill(adminPassword);
    await admin.getByRole('button', { name: 'Tạo tài khoản và vào' }).click();
    await admin.getByText('Mã cài đặt không đúng').waitFor();
    await admin.getByLabel('Mã thiết lập').fill(token);
    await admin.getByRole('button', { name: 'Tạo tài khoản và vào' }).click();
    adminCodes = await enrol(admin, 'enrol-totp');
  });

  step('the first-run page is closed from then on', async () => {
    const other = await browser.desk();
    await other.goto(`${server.origin}/console/setup`);
    await other.getByText('Đã thiết lập xong').waitFor();
    await other.goto(`${server.origin}/console/`);
    await gate(other).and(other.getByText('Đăng nhập')).waitFor();
    await other.context().close();
  });

  step('an administrator makes an officer, whose temporary password is shown once', async () => {
    await admin.getByRole('link', { name: 'Cán bộ', exact: true }).click();
    await admin.getByRole('button', { name: 'Thêm cán bộ' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByLabel('Họ và tên').fill('Trạm Y tế phường Đông Hà');
    await dialog.getByLabel('Tên đăng nhập').fill('tyt-dongha');
    await dialog.getByLabel('Vai trò', { exact: true }).click();
    await admin.getByRole('option', { name: 'Trạm y tế' }).click();
    await dialog.getByLabel('Địa bàn', { exact: true }).fill('dong ha');
    await admin.getByRole('option', { name: /^Phường Đông Hà/ }).click();
    await browser.check(admin, 'new-officer');
    await dialog.getByRole('button', { name: 'Tạo tài khoản' }).click();
    await admin.getByText('Chỉ hiện một lần này').waitFor();
    temporary = await admin.getByRole('dialog').locator('code').nth(1).innerText();
    await browser.check(admin, 'temporary-password');
    await admin.getByRole('button', { name: 'Đã trao' }).click();
    await admin.getByText('Chưa đổi mật khẩu tạm').waitFor();
    await browser.check(admin, 'officers');
  });

  step('the officer leaves the temporary password behind and enrols a second factor, on a phone', async () => {
    station = await browser.phone();
    await station.goto(`${server.origin}/console/tasks`);
    await gate(station).and(station.getByText('Đăng nhập')).waitFor();
    await browser.check(station, 'sign-in-phone');
    await signIn(station, 'tyt-dongha', temporary);
    await gate(station).and(station.getByText('Đổi mật khẩu tạm')).waitFor();
    await browser.check(station, 'first-steps-phone');
    await station.goto(`${server.origin}/console/tasks`);
    await gate(station).and(station.getByText('Đổi mật khẩu tạm')).waitFor();
    await station.getByLabel('Mật khẩu hiện tại').fill(temporary);
    await station.getByLabel('Mật khẩu mới', { exact: false }).first().fill('tyt-dongha-2026');
    await station.getByLabel('Nhập lại mật khẩu mới').fill('tyt-dongha-2026');
    await station.getByRole('button', { name: 'Đổi mật khẩu' }).click();
    await station.getByText('không chứa tên đăng nhập').first().waitFor();
    await station.getByLabel('Mật khẩu mới', { exact: false }).first().fill(stationPassword);
    await station.getByLabel('Nhập lại mật khẩu mới').fill(stationPassword);
    await station.getByRole('button', { name: 'Đổi mật khẩu' }).click();
    stationCodes = await enrol(station, 'enrol-totp-phone');
  });

  // The page is loaded anew, so that nothing that was read stays in memory.
  async function signOut(page) {
    await page.getByRole('button', { name: /^Tài khoản/ }).click();
    await Promise.all([page.waitForEvent('load'), page.getByRole('menuitem', { name: 'Đăng xuất' }).click()]);
  }

  step('signing out ends the session, and no page behind it opens', async () => {
    await signOut(station);
    await gate(station).and(station.getByText('Đăng nhập')).waitFor();
    const asked = await station.evaluate(() => fetch('/api/v1/tasks').then((r) => r.status));
    assert.equal(asked, 401);
    await station.goto(`${server.origin}/console/tasks`);
    await gate(station).and(station.getByText('Đăng nhập')).waitFor();
  });

  step('signing in asks for the code, takes each once, and returns to the page asked for', async () => {
    await signIn(station, 'tyt-dongha', stationPassword);
    await station.getByText('Mã xác thực 6 số').waitFor();
    await browser.check(station, 'second-factor-phone');
    await type(station, 'Mã xác thực 6 số', stationCodes.at(stationCodes.last));
    await station.getByText('Không đăng nhập được').waitFor();
    await type(station, 'Mã xác thực 6 số', await stationCodes.code());
    await gate(station).and(station.getByText('Việc cần làm')).waitFor();
    assert.match(station.url(), /\/console\/tasks$/);
    await station.getByText('Không có việc nào đang chờ').waitFor();
    await browser.check(station, 'no-tasks-phone');
  });

  async function signInAgain(page, username, password, codes) {
    await signOut(page);
    await signIn(page, username, password);
    await type(page, 'Mã xác thực 6 số', await codes.code());
    await gate(page).and(page.getByText('Tổng quan')).waitFor();
  }

  step('wrong passwords say no more than that, and five of them cost a pause', async () => {
    await signInAgain(admin, 'quantri', adminPassword, adminCodes);
    const stranger = await browser.phone();
    await stranger.goto(`${server.origin}/console/`);
    assert.equal(await refusedSignIn(stranger, 'nobody-here', 'một mật khẩu nào đó'), 401);
    const refusal = await stranger.getByText('Không đăng nhập được').innerText();
    for (let i = 1; i <= 5; ++i) {
      assert.equal(await refusedSignIn(stranger, 'quantri', `sai lần ${i}`), 401);
      assert.equal(await stranger.getByText('Không đăng nhập được').innerText(), refusal, 'nobody learns who has an account');
    }
    assert.equal(await refusedSignIn(stranger, 'quantri', 'sai lần 6'), 429);
    await stranger.getByText(/Sai quá nhiều lần\. Hãy thử lại sau \d+ giây/).first().waitFor();
    await browser.check(stranger, 'locked-phone');
    await stranger.context().close();
    // A device that the administrator signed in from before has a count of its own: a stranger keeps nobody out.
    await signInAgain(admin, 'quantri', adminPassword, adminCodes);
  });

  step('an administrator reads no records; disabling an officer ends the session at work', async () => {
    assert.equal(await admin.getByRole('link', { name: 'Ca bệnh' }).count(), 0);
    await admin.goto(`${server.origin}/console/people`);
    await gate(admin).and(admin.getByText('Tổng quan')).waitFor();
    await browser.check(admin, 'overview-administrator');
    await admin.goto(`${server.origin}/console/officers`);
    await admin.getByRole('button', { name: 'Thao tác với Trạm Y tế phường Đông Hà' }).click();
    await admin.getByRole('menuitem', { name: 'Khóa tài khoản' }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Khóa tài khoản' }).click();
    await admin.getByText('Đã khóa', { exact: true }).waitFor();
    await station.getByRole('link', { name: 'Ca bệnh' }).click();
    await station.getByText('Phiên làm việc đã kết thúc').waitFor();
    await browser.check(station, 'session-ended-phone');
  });

  step('settings: the sessions, a new password, another phone for the codes', async () => {
    await admin.goto(`${server.origin}/console/settings`);
    await admin.getByText('Các phiên đang đăng nhập').waitFor();
    await browser.check(admin, 'settings');
    await admin.getByRole('button', { name: 'Chuyển sang điện thoại khác' }).click();
    const dialog = admin.getByRole('dialog');
    await type(dialog.page(), 'Mã 6 số của ứng dụng đang dùng', await adminCodes.code());
    await dialog.getByRole('button', { name: 'Bật xác thực hai lớp' }).click();
    adminCodes = new Authenticator(await dialog.locator('code').innerText());
    await dialog.getByRole('group').or(dialog.locator('input')).first().waitFor();
    await dialog.locator('input').first().click();
    await admin.keyboard.type(await adminCodes.code());
    await admin.getByText('Đã bật xác thực hai lớp').waitFor();
  });

  step('who leaves without a network is told that the session lives, and is signed out once there is one', async () => {
    await admin.context().setOffline(true);
    await admin.getByRole('button', { name: /^Tài khoản/ }).click();
    await admin.getByRole('menuitem', { name: 'Đăng xuất' }).click();
    await admin.getByRole('alert').getByText('phiên của bạn trên máy chủ vẫn còn mở').waitFor();
    assert.doesNotMatch(await admin.innerText('body'), /Nguyễn Quản Trị|Các phiên đang đăng nhập/);
    await browser.check(admin, 'left-offline');
    await Promise.all([admin.waitForEvent('load'), admin.context().setOffline(false)]);
    await gate(admin).and(admin.getByText('Đăng nhập')).waitFor();
    assert.equal(await admin.evaluate(() => fetch('/api/v1/auth/session').then((r) => r.status)), 401);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', async () => {
    const policy = (await fetch(`${server.origin}/console/`)).headers.get('content-security-policy');
    assert.equal(policy.includes('unsafe-inline'), false, policy);
    assert.deepEqual(browser.faults, []);
  });
});
