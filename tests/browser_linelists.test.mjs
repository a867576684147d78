// Line lists of cases in a real browser: a file of another hand is mapped on the screen, looked at, taken; who may be known is decided; what is
// wrong is told by row; contacts come the same way; a saved mapping serves again; the list is taken out as a workbook, which read back changes nothing; all of it is undone.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { Browser, day, officer, Server, steps, until } from './support.mjs';

describe('line lists in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const folder = mkdtempSync(join(tmpdir(), 'luytre-lists-'));
  let server, browser, api, cdc;

  const file = (name, text) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    api = await officer(server, 'cdc1');
    cdc = await browser.officer('cdc1');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const button = (name) => cdc.getByRole('button', { name, exact: true });
  const status = (text) => cdc.getByRole('status').filter({ hasText: text }).first().waitFor();
  const numbers = async () => (await api.must(api.get('/cases'))).items.length;
  const column = (field) => cdc.getByLabel(`${field}: Cột trong tệp`, { exact: true });
  const fixed = (field) => cdc.getByLabel(`${field}: Giá trị cố định`, { exact: true });

  async function send(path) {
    await cdc.goto(`${server.origin}/console/cases/lists`);
    await cdc.getByRole('heading', { name: 'Danh sách ca bệnh', level: 1 }).waitFor();
    await cdc.locator('input[type=file]').setInputFiles(path);
    await button('Gửi danh sách').click();
  }

  let had;
  step('a wrong file is told, and nothing is kept of it', async () => {
    had = await numbers();
    await send(file('anh.xlsx', Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3, 4])));
    await cdc.getByRole('alert').first().waitFor();
    await cdc.getByText('Chưa có danh sách nào.').waitFor();
    await browser.check(cdc, 'line-lists');
  });

  step('columns of another hand are mapped on the screen; the rule stands there; the first rows are shown as they would be read', async () => {
    const rows = ['Ma;Ai;Sinh;Phai;Khi', 'H1;Nguyễn Thị Sởi;04/05/1980;Gái;01/02/2026', 'H2;Trần Văn Ban;12/11/1990;Trai;02/02/2026', 'H3;Lê Sai;40/13/1990;Trai;'];
    await send(file('benh-vien.csv', rows.join('\n') + '\n'));
    await cdc.getByRole('heading', { name: 'benh-vien.csv', level: 1 }).waitFor();
    assert.equal(await column('Ngày sinh').inputValue(), '', 'no known head: nothing is guessed');
    await column('Mã trong tệp').selectOption('Ma');
    await column('Họ và tên').selectOption('Ai');
    await column('Ngày sinh').selectOption('Sinh');
    await column('Giới tính').selectOption('Phai');
    await column('Ngày khởi phát').selectOption('Khi');
    await cdc.getByText('Gái · Trai').waitFor();
    const values = cdc.getByLabel('Giới tính: Đổi giá trị', { exact: true });
    await values.fill('Gái = female\nTrai = male');
    await values.blur();
    await button('Xem trước').click();
    await cdc.getByRole('alert').first().waitFor(); // disease and classification are missing
    await fixed('Bệnh').fill('measles');
    await fixed('Phân loại').fill('nghi ngờ');
    await fixed('Xã, phường').fill('19333');
    await cdc.getByLabel('Tên để lưu').fill('Bệnh viện tỉnh');
    await button('Lưu cách đọc').click();
    await status('Đã lưu cách đọc.');
    await button('Xem trước').click();
    await status('Trong 3 dòng đầu: 2 ca mới, 0 đã có, 0 chờ quyết định, 1 sai.');
    await cdc.getByRole('row', { name: /^3 ca mới .*Trần Văn Ban/ }).waitFor();
    await browser.check(cdc, 'line-list-mapping');
    assert.equal(await numbers(), had, 'nothing was taken yet');
  });

  step('it runs in the background; what was wrong is told by row and can be taken out', async () => {
    await button('Nhập danh sách').click();
    await status('2 ca mới, 0 đã có, 0 chờ quyết định, 1 sai, 0 bỏ qua.');
    await cdc.getByText('Nhập danh sách không tự bắt đầu', { exact: false }).waitFor();
    await cdc.getByRole('row').filter({ hasText: 'Ngày sinh: không đọc được' }).waitFor();
    await browser.check(cdc, 'line-list-done');
    const download = cdc.waitForEvent('download');
    await cdc.getByRole('link', { name: 'Tải các dòng sai' }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    assert.match(text, /\r\n4,.*Ngày sinh: không đọc được.*,H3,Lê Sai,/);
    assert.equal(await numbers(), had + 2);
  });

  step('who may be known is put aside, and an officer says who it is', async () => {
    await send(file('them.csv', 'Ma,Ai,Sinh,Phai,Khi\nK1,Nguyễn Thị Sởi,04/05/1980,Gái,10/02/2026\nK2,Võ Hoàng Phúc,01/01/2001,Trai,11/02/2026\n'));
    await cdc.getByLabel('Cách đọc đã lưu').selectOption('Bệnh viện tỉnh');
    await fixed('Bệnh').fill('dengue');
    await button('Xem trước').click();
    await status('1 chờ quyết định');
    await button('Nhập danh sách').click();
    await status('1 ca mới, 0 đã có, 1 chờ quyết định, 0 sai, 0 bỏ qua.');
    await cdc.getByRole('row', { name: /^2 chờ quyết định K1/ }).click();
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByRole('table').first().waitFor();
    await browser.check(cdc, 'line-list-decide');
    await dialog.getByRole('button', { name: 'Người mới', exact: true }).click();
    await status('2 ca mới, 0 đã có, 0 chờ quyết định');
    assert.equal(await numbers(), had + 4);
  });

  step('the list is taken out with a reason as a workbook, and read back it changes nothing', async () => {
    await cdc.goto(`${server.origin}/console/cases/lists`);
    await button('Xuất XLSX').click();
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByLabel('Lý do').fill('Gửi Viện Pasteur Nha Trang');
    const download = cdc.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Xuất XLSX', exact: true }).click();
    const path = join(folder, 'xuat.xlsx');
    await (await download).saveAs(path);
    await send(path);
    await cdc.getByRole('heading', { name: 'xuat.xlsx', level: 1 }).waitFor();
    assert.equal(await column('Số ca bệnh').inputValue(), 'number', 'our own heads are known');
    await button('Xem trước').click();
    await status(`${had + 4} đã có`);
    await button('Nhập danh sách').click();
    await status(`0 ca mới, ${had + 4} đã có, 0 chờ quyết định, 0 sai, 0 bỏ qua.`);
    assert.equal(await numbers(), had + 4);
  });

  step('contacts of a case are taken from a list: seen before, known the second time, and withdrawn as a whole', async () => {
    const kase = (await api.must(api.get('/cases'))).items.find((one) => one.person.name === 'Trần Văn Ban');
    const contacts = async () => (await api.must(api.get(`/cases/${kase.id}/contacts`))).items;
    const before = (await contacts()).length;
    const rows = ['Mã tiếp xúc,Họ và tên,Năm sinh,Giới tính,Mã xã,Số ca bệnh,Ngày tiếp xúc,Quan hệ', `TX1,Lò Thị Tiếp,1991,Nữ,19333,${kase.number},${day(1)},chị gái`, `TX2,Kpă Văn Xa,1988,Nam,19333,TINH-KHAC-7,${day(1)},`];
    const path = file('tiep-xuc.csv', rows.join('\n') + '\n');
    const sendContacts = async () => {
      await cdc.goto(`${server.origin}/console/cases/lists`);
      await cdc.getByRole('heading', { name: 'Danh sách ca bệnh', level: 1 }).waitFor();
      await cdc.getByLabel('Các dòng là').first().click();
      await cdc.getByRole('option', { name: 'Người tiếp xúc', exact: true }).click();
      await cdc.getByText('Mỗi dòng là một người tiếp xúc', { exact: false }).waitFor();
      await cdc.locator('input[type=file]').setInputFiles(path);
      await button('Gửi danh sách').click();
      await cdc.getByRole('heading', { name: 'tiep-xuc.csv', level: 1 }).waitFor();
    };
    await sendContacts();
    await cdc.getByRole('heading', { name: 'Tệp quan hệ của Go.Data' }).waitFor();
    assert.equal(await column('Ca nguồn').inputValue(), 'Số ca bệnh');
    assert.equal(await column('Ngày tiếp xúc').inputValue(), 'Ngày tiếp xúc');
    assert.equal(await column('Phân loại').count(), 0, 'nothing of cases is asked');
    await button('Xem trước').click();
    await status('Trong 2 dòng đầu: 1 tiếp xúc mới, 0 đã có, 0 chờ quyết định, 1 sai.');
    await browser.check(cdc, 'contact-list');
    assert.equal((await contacts()).length, before, 'nothing was taken yet');
    await button('Nhập danh sách').click();
    await status('1 tiếp xúc mới, 0 đã có, 0 chờ quyết định, 1 sai, 0 bỏ qua.');
    await cdc.getByRole('row').filter({ hasText: 'Ca nguồn: không biết' }).waitFor();
    const [made] = (await contacts()).filter((one) => one.person.name === 'Lò Thị Tiếp');
    assert.deepEqual([made.how, made.relation, made.wholeDay, made.withdrawn], ['list', 'chị gái', true, false]);
    const list = cdc.url();

    await sendContacts();
    await button('Xem trước').click();
    await status('Trong 2 dòng đầu: 0 tiếp xúc mới, 1 đã có, 0 chờ quyết định, 1 sai.');

    await cdc.goto(list);
    await button('Gỡ lại cả danh sách').click();
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByLabel('Lý do').fill('Nhầm tệp');
    await dialog.getByRole('button', { name: 'Gỡ lại cả danh sách', exact: true }).click();
    await status('Đã gỡ 1 dòng, giữ lại 0.');
    assert.equal((await contacts()).find((one) => one.id === made.id).withdrawn, true);
  });

  step('the lists are turned round by the head of when they were sent', async () => {
    await cdc.goto(`${server.origin}/console/cases/lists`);
    const lists = cdc.getByRole('table', { name: 'Các danh sách đã gửi', exact: true });
    const head = lists.getByRole('columnheader', { name: 'Lúc', exact: true });
    await head.waitFor();
    assert.equal(await head.getAttribute('aria-sort'), 'descending', 'the newest first');
    const rows = () => lists.locator('tbody').getByRole('link').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    const newest = await rows();
    assert.ok(newest.length > 1);
    const answer = cdc.waitForResponse((one) => one.url().includes('/api/v1/line-lists?') && one.url().includes('order=ascending') && one.ok());
    await head.getByRole('button').click();
    await answer;
    await until('the oldest first', async () => (await rows()).join() === newest.toReversed().join());
    assert.match(cdc.url(), /order=ascending/);
    await browser.check(cdc, 'line-lists-sorted');
  });

  step('a list is undone as a whole', async () => {
    await cdc.goto(`${server.origin}/console/cases/lists`);
    await cdc.getByRole('link', { name: 'them.csv' }).click();
    await button('Gỡ lại cả danh sách').click();
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByLabel('Lý do').fill('Nhầm tệp của tỉnh khác');
    await dialog.getByRole('button', { name: 'Gỡ lại cả danh sách', exact: true }).click();
    await status('Đã gỡ 2 dòng, giữ lại 0.');
    assert.equal(await numbers(), had + 2);
  });
});
