// Giving work in real browsers: a team is made, tasks are marked by mouse and key and given to it, undone, given to a colleague, whose account ends: the
// work is nobody's again, visibly and without a reload. The overview counts by team. A contact who lives elsewhere is handed to another
// province, whose list of what is to be taken over is turned round and taken out as a file. The list is sorted, which the address keeps, and taken out by the district.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe } from 'node:test';
import { giveTasks, newOfficer } from './story.mjs';
import { ago, Browser, citizen, commune, officer, Server, steps, until } from './support.mjs';

describe('giving work in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, admin, nurse, unit, page, ill;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    const keeper = await citizen(server, '+84917000001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Quán cơm Bà Bảy', kind: 'restaurant', unit: unit.id, address: '6 Lê Lợi', phone: '+84917000002' }));
    const place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84917000002') }));
    for (const [phone, name] of [['+84917000010', 'Lê Thị Ốm'], ['+84917000011', 'Phạm Thị Gặp'], ['+84917000012', 'Võ Thị Hai'], ['+84917000013', 'Ngô Văn Ba']]) {
      const one = await citizen(server, phone, profile(name));
      await one.must(one.send('/visits', { placeCode: place.shortCode, at: ago(150) }), 201);
      if (name === 'Lê Thị Ốm') ill = one.self.id;
    }
    admin = await officer(server, 'quantri');
    nurse = (await admin.must(admin.post('/officers', { username: 'dieuduong', name: 'Điều dưỡng Hoa', grants: [{ role: 'stationOfficer', area: unit.id }] }))).officer;
    const cdc = await officer(server, 'cdc1');
    const kase = await cdc.must(cdc.post('/cases', { person: ill, disease: 'covid-19' }), 201);
    await cdc.must(cdc.edit(`/cases/${kase.id}/confirm`, { sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, kase.version));
    await until('the tasks', async () => (await cdc.must(cdc.get(`/tasks?unit=${unit.id}`))).items.length === 3);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const row = (name) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name }) });

  step('a team of officers is made of those who answer for the unit', async () => {
    page = await browser.officer('tyt-dongha');
    await page.goto(`${server.origin}/console/tasks`);
    await page.getByRole('link', { name: 'Tổ công tác' }).click();
    await page.getByText('Chưa có tổ nào').waitFor();
    await page.getByRole('button', { name: 'Lập tổ' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Tên tổ' }).fill('Tổ truy vết 1');
    await dialog.getByRole('combobox', { name: 'Thành viên' }).click();
    await page.getByRole('option', { name: 'Điều dưỡng Hoa' }).click();
    await dialog.getByRole('textbox', { name: 'Tên tổ' }).click();
    await dialog.getByRole('button', { name: 'Lập tổ' }).click();
    await page.getByRole('cell', { name: 'Tổ truy vết 1' }).first().waitFor();  // the cell of its button names it, too
    await page.getByRole('cell', { name: 'Điều dưỡng Hoa' }).waitFor();
    await browser.check(page, 'officer-teams');
  });

  step('tasks are marked by mouse and by key, given together, and undone', async () => {
    await page.goto(`${server.origin}/console/tasks`);
    await row('Phạm Thị Gặp').waitFor();
    await page.getByRole('checkbox', { name: 'Chọn việc của Phạm Thị Gặp' }).check();
    await page.getByRole('heading', { level: 1 }).click();  // keys go to the page, not to the box
    for (let at = 0; at < 3 && !(await row('Võ Thị Hai').getAttribute('data-marked')); at += 1) await page.keyboard.press('j');
    await page.keyboard.press('x');
    await until('the key marks', () => page.getByRole('checkbox', { name: 'Chọn việc của Võ Thị Hai' }).isChecked());
    await giveTasks(page, 2, 'Tổ truy vết 1');
    await page.getByText('Đã giao 2 việc.').waitFor();
    await row('Phạm Thị Gặp').getByText('Tổ truy vết 1').waitFor();
    await browser.check(page, 'tasks-given');
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await row('Phạm Thị Gặp').getByText('Tổ truy vết 1').waitFor({ state: 'detached' });
  });

  step('the list is filtered by team and by nobody, and the overview counts them', async () => {
    await page.getByRole('checkbox', { name: 'Chọn việc của Phạm Thị Gặp' }).check();
    await giveTasks(page, 1, 'Tổ truy vết 1');
    await row('Phạm Thị Gặp').getByText('Tổ truy vết 1').waitFor();
    await page.getByRole('checkbox', { name: 'Chưa có người làm' }).check();
    await row('Phạm Thị Gặp').waitFor({ state: 'detached' });
    await row('Võ Thị Hai').waitFor();
    await page.goto(`${server.origin}/console/`);
    await page.getByRole('link', { name: /Tổ truy vết 1\s*1 việc/ }).click();
    await row('Phạm Thị Gặp').waitFor();
    assert.equal(await row('Võ Thị Hai').count(), 0);
  });

  step('the list is sorted by how long work waits, in one piece, and by urgency again', async () => {
    await page.goto(`${server.origin}/console/tasks`);
    await row('Ngô Văn Ba').waitFor();
    const sort = async (option) => {
      await page.getByRole('search').locator('input[aria-label="Sắp xếp theo"]').click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };
    // Given a moment ago, it waits shorter than what nobody was given.
    const order = async () => (await page.getByRole('main').getByRole('listitem').allInnerTexts()).map((text) => ['Phạm Thị Gặp', 'Ngô Văn Ba'].find((name) => text.includes(name))).filter(Boolean).join();
    const groups = page.getByRole('main').locator('section[data-due] h2');
    assert.ok((await groups.count()) > 0, 'by urgency at first');
    for (const [way, option, expected] of [['descending', 'Mở hoặc giao lúc, giảm dần', 'Phạm Thị Gặp,Ngô Văn Ba'], ['ascending', 'Mở hoặc giao lúc, tăng dần', 'Ngô Văn Ba,Phạm Thị Gặp']]) {
      await sort(option);
      await page.waitForURL((url) => url.search.includes('sort=waiting') && url.search.includes(`order=${way}`));
      await until(option, async () => (await order()) === expected);
      assert.equal(await groups.count(), 0, 'in one piece');
    }
    await browser.check(page, 'tasks-sorted');
    await page.reload();
    await until('the address keeps it', async () => (await order()) === 'Ngô Văn Ba,Phạm Thị Gặp');
    await sort('Gấp và nguy cơ trước');
    await page.waitForURL((url) => !url.search.includes('sort='));
    await groups.first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Xuất danh sách', exact: true }).count(), 0, 'not by a station');
  });

  step('the district takes the filtered list out, with a reason and a mark', async () => {
    const cdc = await browser.officer('cdc1');
    await cdc.goto(`${server.origin}/console/tasks?nobodys=true&unit=${unit.id}`);
    await cdc.getByRole('link', { name: 'Ngô Văn Ba' }).waitFor();
    const take = cdc.getByRole('button', { name: 'Xuất danh sách', exact: true });
    await take.click();
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByLabel('CSV', { exact: true }).check();
    await dialog.getByLabel('Lý do').fill('Giao ban truy vết');
    await browser.check(cdc, 'tasks-taken-out');
    const download = cdc.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    assert.match(file, /Lũy Tre: /, 'marked');
    for (const [name, nobodys] of [['Phạm Thị Gặp', false], ['Võ Thị Hai', true], ['Ngô Văn Ba', true]]) assert.equal(file.includes(name), nobodys, name);
    await dialog.waitFor({ state: 'hidden' });
    await cdc.getByRole('checkbox', { name: 'Việc của tôi' }).check();
    await until('no file of one officer\'s', () => take.isDisabled());
    await cdc.close();
  });

  step('a contact who lives in another province is handed to the commune there, and taken', async () => {
    const provinces = (await admin.must(admin.get('/units'))).items;
    const there = (await admin.must(admin.get(`/units?parent=${provinces.find((one) => one.code === '48').id}`))).items.find((one) => one.code === '20242');
    const client = await newOfficer(server, 'tyt-haichau', 'Trạm Hải Châu', 'stationOfficer', there.id);
    await page.goto(`${server.origin}/console/tasks`);
    await row('Võ Thị Hai').getByRole('link').click();
    await page.getByRole('button', { name: 'Đã chuyển đi' }).click();
    await page.getByRole('combobox', { name: 'Xã, phường nơi người này đang ở' }).fill('hai chau');
    await page.getByRole('option').filter({ hasText: 'Đà Nẵng' }).filter({ hasText: 'Phường Hải Châu' }).first().click();
    await page.getByLabel('Ghi chú').first().fill('Ra ở với con');
    await browser.check(page, 'task-hand-over');
    await page.getByRole('button', { name: 'Lưu kết quả' }).click();
    await page.getByText('chờ tiếp nhận', { exact: true }).waitFor();
    const [coming] = (await client.must(client.get('/task-transfers'))).items;
    assert.equal(coming.person.name, 'Võ Thị Hai');
    assert.equal(coming.transfer.reason, 'Ra ở với con');
    assert.equal(coming.transfer.yours, true);
    const centre = await newOfficer(server, 'ttyt-haichau', 'Trung tâm Hải Châu', 'districtOfficer', there.id);
    const above = await browser.desk();
    await above.context().addCookies([...centre.cookies].map(([name, value]) => ({ name, value, url: server.origin })));
    await above.goto(`${server.origin}/console/tasks`);
    const arriving = above.locator('section').filter({ has: above.getByRole('heading', { name: 'Chờ tiếp nhận', level: 2 }) });
    await arriving.getByRole('link', { name: 'Võ Thị Hai' }).waitFor();
    const turned = above.waitForResponse((one) => one.url().includes('/task-transfers?') && one.url().includes('order=descending') && one.ok());
    await arriving.getByRole('combobox', { name: 'Sắp xếp theo', exact: true }).or(arriving.getByLabel('Sắp xếp theo', { exact: true }).and(above.locator('input'))).first().click();
    await above.getByRole('option', { name: 'Lúc chuyển, giảm dần', exact: true }).click();
    await turned;
    await above.waitForURL(/arriving=descending/);
    await arriving.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const dialog = above.getByRole('dialog').last();
    await dialog.getByRole('heading', { name: 'Xuất danh sách việc chuyển đến' }).waitFor();
    await dialog.getByLabel('CSV', { exact: true }).check();
    await dialog.getByLabel('Lý do').fill('Giao ban chiều');
    await browser.check(above, 'tasks-arriving-taken-out');
    const download = above.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    assert.match(file, /Lũy Tre: /, 'marked');
    assert.ok(file.includes('Võ Thị Hai'));
    assert.ok(!file.includes('Ra ở với con'), 'what was noted is left out');
    await dialog.waitFor({ state: 'hidden' });
    await above.close();
    const waiting = await client.must(client.get('/waiting?yours=true'));
    assert.deepEqual(waiting.items.map((one) => [one.kind, one.subject]), [['taskTransfer', coming.id]]);
    await page.goto(`${server.origin}/console/waiting`);
    await page.getByRole('heading', { name: 'Chưa ai nhận', level: 1 }).waitFor();
    await page.getByText('Việc gì cũng đã có người nhận').waitFor();
    await browser.check(page, 'waiting-none');
    await page.goto(`${server.origin}/console/tasks`);
    await row('Võ Thị Hai').getByText('Chờ Phường Hải Châu tiếp nhận').waitFor();
    await browser.check(page, 'tasks-handed');
    await client.must(client.post(`/tasks/${coming.id}/take-over`));
    await row('Võ Thị Hai').waitFor({ state: 'detached' });
    assert.equal((await client.must(client.get('/tasks'))).items.length, 1);
  });

  step('when an account ends, its work is nobody\'s again and says whose it was', async () => {
    await page.goto(`${server.origin}/console/tasks`);
    await page.getByRole('checkbox', { name: 'Chọn việc của Ngô Văn Ba' }).check();
    await giveTasks(page, 1, 'Điều dưỡng Hoa');
    await row('Ngô Văn Ba').getByText('Điều dưỡng Hoa').waitFor();
    await row('Ngô Văn Ba').getByRole('link').click();
    await page.getByText(/Của Điều dưỡng Hoa · .+ giao/).waitFor();
    await browser.check(page, 'task-given');
    await page.goto(`${server.origin}/console/tasks`);
    await row('Ngô Văn Ba').waitFor();
    await admin.must(admin.post(`/officers/${nurse.id}/disable`, {}));
    await row('Ngô Văn Ba').getByText('Trước của Điều dưỡng Hoa').waitFor();
    await browser.check(page, 'task-lost');
  });
});
