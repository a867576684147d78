// Steps that several browser tests take on the pages, and what they begin with.
import { cpSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, local, officer, root } from './support.mjs';

// Our data as `change` leaves them (it is given their folder), for a server to take for its own; whoever asked deletes the folder.
export function assetsWith(change) {
  const assets = mkdtempSync(join(tmpdir(), 'luytre-assets-'));
  cpSync(join(root, 'data'), join(assets, 'data'), { recursive: true });
  symlinkSync(join(root, 'web'), join(assets, 'web'));
  change(join(assets, 'data'));
  return assets;
}

// A new officer who has signed in and chosen a password; `account`: as the administrator sees it.
export async function newOfficer(server, username, name, role, area) {
  const admin = await officer(server, 'quantri');
  const made = await admin.must(admin.post('/officers', { username, name, grants: [{ role, area }] }));
  const client = new Client(server);
  client.account = made.officer;
  await client.must(client.post('/auth/officer/sign-in', { username, password: made.temporaryPassword }));
  await client.must(client.call('PUT', '/auth/password', { current: made.temporaryPassword, next: 'chin con trau gam co 2026' }));
  return client;
}

export async function choose(page, within, label, option) {
  await within.getByRole('combobox', { name: label, exact: true }).or(within.getByLabel(label, { exact: true }).and(within.locator('input'))).first().click();
  await page.getByRole('option', { name: option }).first().click();
}

// The status of the very request that a tap sends.
export const answered = (page, end, act) =>
  Promise.all([page.waitForResponse((response) => response.request().method() === 'POST' && new URL(response.url()).pathname.endsWith(end)), act()]).then(([response]) => response.status());

// A picture as a camera writes it: larger than is sent, and with where it was taken.
export async function taken(page, colour) {
  const drawn = await page.evaluate((fill) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1800 });
    const pen = canvas.getContext('2d');
    pen.fillStyle = fill;
    pen.fillRect(0, 0, 2400, 1800);
    return canvas.toDataURL('image/jpeg').split(',')[1];
  }, colour);
  const picture = Buffer.from(drawn, 'base64');
  const exif = Buffer.from('Exif\0\0GPS 16.81,107.10');
  const buffer = Buffer.concat([picture.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif, picture.subarray(2)]);
  return { name: 'ket-qua.jpg', mimeType: 'image/jpeg', buffer };
}

export async function giveTasks(page, count, to) {
  await page.getByRole('button', { name: `Giao ${count} việc đã chọn…` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Giao cho' }).click();
  await page.getByRole('option', { name: to }).click();
  await dialog.getByRole('button', { name: 'Giao việc' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

// Of a page by its title, with what belongs to it.
export const panel = (page, title) => page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

// The list of the page, or of that part of it, as CSV; answers what the file says.
export async function takeOut(page, reason, within = page) {
  await within.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
  const dialog = page.getByRole('dialog').last();
  await dialog.getByLabel('CSV', { exact: true }).check();
  await dialog.getByLabel('Lý do').fill(reason);
  const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Xuất danh sách', exact: true }).click()]);
  const text = readFileSync(await file.path(), 'utf8');
  await dialog.waitFor({ state: 'hidden' });
  return text;
}

// For COVID-19; the page is then that of the session.
export async function openSampling(page, where, pool) {
  await page.goto(`${new URL(page.url()).origin}/console/laboratory`);
  await page.getByRole('button', { name: 'Mở đợt lấy mẫu' }).click();
  const form = page.getByRole('dialog').last();
  await form.getByLabel('Chỗ lấy mẫu').fill(where);
  await choose(page, form, 'Bệnh', 'COVID-19');
  await choose(page, form, 'Loại mẫu', 'Dịch tỵ hầu');
  await form.getByLabel('Số người tối đa mỗi ống').fill(String(pool));
  await form.getByRole('button', { name: 'Mở đợt lấy mẫu' }).click();
  await page.getByRole('heading', { name: where, level: 1 }).waitFor();
}

// Without a tube: into the one that is named there already.
export async function scanSample(page, tube, who) {
  if (tube) await page.getByLabel('Mã vạch ống').fill(tube);
  await page.getByLabel('Mã của người được lấy mẫu').fill((await who.must(who.get(`/me/people/${who.self.id}/code`))).text);
  await page.keyboard.press('Enter');
}

export async function sendTubes(page, laboratory, count) {
  await choose(page, page, 'Phòng xét nghiệm', laboratory);
  await page.getByLabel('Số ống đếm được').fill(String(count));
  await page.getByRole('button', { name: 'Gửi', exact: true }).click();
}

// The only tube of its batch.
export async function receiveTube(page, tube) {
  await page.getByLabel('Mã vạch ống').fill(tube);
  await page.getByRole('button', { name: 'Đã nhận', exact: true }).click();
  await page.getByRole('status').getByText('Đã nhận 1/1 ống').waitFor();
}

// When it was tested, which is in whole minutes, and not before the sample.
export async function enterPositive(page, tube, ct) {
  const at = local(-1);
  await page.getByLabel('Ống có kết quả').fill(tube);
  await choose(page, page, 'Phương pháp', 'RT-PCR');
  await choose(page, page, 'Kết quả', 'Dương tính');
  await page.getByLabel('Ct', { exact: true }).fill(String(ct).replace('.', ','));
  await page.getByRole('textbox', { name: 'Lúc xét nghiệm', exact: true }).fill(at.day);
  await page.getByRole('textbox', { name: 'Lúc xét nghiệm, giờ' }).fill(at.clock.replace(':', 'h'));
  await page.getByRole('button', { name: 'Lưu kết quả' }).click();
  await page.getByText(`RT-PCR: Dương tính, Ct ${ct}`).first().waitFor();
  return at;
}
