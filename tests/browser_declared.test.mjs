// Contacts that an officer writes down, in real browsers: of a suspect, found by phone or written down anew; a task for the station where they live;
// withdrawn with a reason and put up again; whom such a contact met in turn; and who was named in an interview without a record, until somebody settles it.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { panel, takeOut } from './story.mjs';
import { ago, Browser, citizen, commune, local, officer, Server, steps, until } from './support.mjs';

describe('declared contacts in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, cdc, station, kase, desk, unit;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    const ill = await citizen(server, '+84919200010', profile('Lê Thị Nghi'));
    for (const [phone, name] of [['+84919200011', 'Phạm Thị Kề'], ['+84919200012', 'Ngô Thị Kể Tên'], ['+84919200013', 'Đào Thị Gặp Sau']]) await citizen(server, phone, profile(name));
    cdc = await officer(server, 'cdc1');
    station = await officer(server, 'tyt-dongha');
    kase = await cdc.must(cdc.post('/cases', { person: ill.self.id, disease: 'covid-19' }), 201);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const candidates = async () => (await cdc.must(cdc.get(`/cases/${kase.id}/candidates`))).items;
  const dialogOf = () => desk.getByRole('dialog').last();
  const told = () => desk.getByRole('list', { name: 'Tiếp xúc ghi theo lời kể, danh sách' });
  const named = (page) => page.getByRole('list', { name: 'Người được kể tên, chưa có hồ sơ' });

  async function moment(label, minutes) {
    const { day, clock } = local(minutes);
    await dialogOf().getByRole('textbox', { name: label, exact: true }).fill(day);
    await dialogOf().getByLabel(`${label}, giờ`).fill(clock);
  }

  step('whom a suspect was with is written down from the list of candidates, and nothing is chosen beforehand', async () => {
    desk = await browser.officer('cdc1');
    await desk.goto(`${server.origin}/console/cases/${kase.id}/candidates`);
    await desk.getByText('Ca chưa xác định, nên chưa truy vết').waitFor();
    await desk.getByRole('button', { name: 'Ghi người tiếp xúc' }).click();
    const save = dialogOf().getByRole('button', { name: 'Ghi người này' });
    assert.equal(await save.isDisabled(), true);
    for (const name of [/Ở cùng lúc nào/, /Do đâu biết/]) assert.equal(await dialogOf().getByRole('radiogroup', { name }).getByRole('radio', { checked: true }).count(), 0);
    await dialogOf().getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').fill('0919200011');
    await dialogOf().getByRole('button', { name: /Phạm Thị Kề/ }).click();
    await dialogOf().getByRole('radio', { name: 'Biết từ giờ nào đến giờ nào' }).click();
    await moment('Từ lúc', 130);
    await moment('Đến lúc', 125);
    await dialogOf().getByRole('radio', { name: 'ca bệnh kể' }).click();
    await dialogOf().getByLabel('Ở đâu, bằng lời').fill('Bến xe, chỗ chờ');
    await dialogOf().getByLabel('Quan hệ').fill('đồng nghiệp');
    await browser.check(desk, 'declare-contact');
    await save.click();
    await told().filter({ hasText: 'Phạm Thị Kề' }).waitFor();
    await desk.getByRole('table').getByRole('button', { name: /Phạm Thị Kề/ }).waitFor();
    await browser.check(desk, 'declared-contacts');
    const [one] = await candidates();
    assert.equal(one.level, 1);
    assert.deepEqual(one.evidence.map(({ kind, how }) => [kind, how]), [['declared', 'interview']]);
    assert.ok(one.evidence[0].minutes <= 10, 'and it needs no quarter of an hour');
    const tasks = (await station.must(station.get('/tasks?limit=200'))).items.filter((task) => task.candidate === one.id);
    assert.equal(tasks.length, 1, 'the station where they live is to ask');
  });

  step('the evidence says where, how and who told it, and a class is assigned as of anybody', async () => {
    await desk.getByRole('table').getByRole('button', { name: /Phạm Thị Kề/ }).click();
    const evidence = dialogOf().locator('li[data-kind="declared"]');
    await evidence.getByText('Bến xe, chỗ chờ', { exact: false }).waitFor();
    await evidence.getByText('theo lời kể khi phỏng vấn').waitFor();
    await evidence.getByText('đồng nghiệp').waitFor();
    await browser.check(desk, 'declared-evidence');
    await desk.keyboard.press('Escape');
    await desk.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  step('somebody without a record is written down together with the contact, of a day alone', async () => {
    await desk.getByRole('button', { name: 'Ghi người tiếp xúc' }).click();
    await dialogOf().getByRole('radio', { name: 'Chỉ biết ngày' }).click();
    await dialogOf().getByRole('textbox', { name: 'Ngày', exact: true }).fill(local(24 * 60).day);
    await dialogOf().getByRole('radio', { name: 'cán bộ nắm được' }).click();
    assert.equal(await dialogOf().getByRole('button', { name: 'Ghi người này' }).isDisabled(), true, 'nobody was chosen yet');
    await dialogOf().getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').fill('0919200012');
    await dialogOf().getByRole('button', { name: /Ngô Thị Kể Tên/ }).click();
    await dialogOf().getByRole('button', { name: 'Ghi người này' }).click();
    await told().filter({ hasText: 'Ngô Thị Kể Tên' }).waitFor();
    await told().getByText('chỉ biết ngày, không rõ giờ', { exact: false }).waitFor();
    const made = await cdc.must(
      cdc.send(`/cases/${kase.id}/contacts`, { newPerson: { name: 'Trần Văn Mới', birthYear: 1999, sex: 'male', unit: unit.id }, from: ago(90), to: ago(60), how: 'list' }), 201);
    assert.equal(made.person.name, 'Trần Văn Mới');
    assert.ok(made.candidate);
  });

  step('withdrawn with a reason they leave the list, and come back when that is taken back', async () => {
    const row = told().getByRole('listitem').filter({ hasText: 'Ngô Thị Kể Tên' });
    await row.getByRole('button', { name: 'Rút: Ngô Thị Kể Tên' }).click();
    assert.equal(await dialogOf().getByLabel('Lý do').inputValue(), '');
    await dialogOf().getByLabel('Lý do').fill('Nhầm người cùng tên');
    await dialogOf().getByRole('button', { name: 'Rút', exact: true }).click();
    await row.getByText('Nhầm người cùng tên', { exact: false }).waitFor();
    const status = async () => (await candidates()).find((one) => one.person.name === 'Ngô Thị Kể Tên').status;
    assert.equal(await status(), 'withdrawn');
    await row.getByRole('button', { name: 'Ghi lại: Ngô Thị Kể Tên' }).click();
    await row.getByRole('button', { name: 'Rút: Ngô Thị Kể Tên' }).waitFor();
    assert.equal(await status(), 'open');
  });

  step('they stand when the case is confirmed and traced, and nobody is there twice', async () => {
    const read = await cdc.must(cdc.get(`/cases/${kase.id}`));
    await cdc.must(cdc.edit(`/cases/${kase.id}/confirm`, { sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20), ruleSet: 'vn-covid-19-2020-08' }, read.version));
    await until('the trace', async () => (await cdc.must(cdc.get(`/cases/${kase.id}/runs`))).items.some((run) => run.state === 'done'));
    const open = (await candidates()).filter((one) => one.status === 'open').map((one) => one.person.name).sort();
    assert.deepEqual(open, ['Ngô Thị Kể Tên', 'Phạm Thị Kề', 'Trần Văn Mới'].sort());
  });

  step('whom a contact met is written down with that contact, one level further away, and goes and comes back with a reason', async () => {
    await desk.goto(`${server.origin}/console/cases/${kase.id}/candidates`);
    await desk.getByRole('table').getByRole('button', { name: /Phạm Thị Kề/ }).click();
    await dialogOf().getByRole('button', { name: 'Ghi người đã gặp' }).click();
    const save = dialogOf().getByRole('button', { name: 'Ghi người này' });
    assert.equal(await save.isDisabled(), true);
    await dialogOf().getByLabel('Số điện thoại, số giấy tờ, hoặc họ tên').fill('0919200013');
    await dialogOf().getByRole('button', { name: /Đào Thị Gặp Sau/ }).click();
    await dialogOf().getByRole('radio', { name: 'Biết từ giờ nào đến giờ nào' }).click();
    await moment('Từ lúc', 100);
    await moment('Đến lúc', 95);
    await dialogOf().getByRole('radio', { name: 'người này kể' }).click();
    await dialogOf().getByLabel('Quan hệ').fill('hàng xóm');
    await browser.check(desk, 'name-contact');
    const sent = desk.waitForResponse((one) => one.request().method() === 'POST' && /\/candidates\/[^/]+\/contacts$/.test(one.url()));
    await save.click();
    assert.equal((await sent).status(), 201);
    const met = dialogOf().getByRole('list', { name: 'Người mà người này đã gặp' }).getByRole('listitem').filter({ hasText: 'Đào Thị Gặp Sau' });
    await met.getByText('hàng xóm', { exact: false }).waitFor();
    await browser.check(desk, 'named-contacts');
    const second = async () => (await candidates()).find((one) => one.person.name === 'Đào Thị Gặp Sau');
    const one = await second();
    assert.deepEqual([one.level, one.status, one.evidence.length], [2, 'open', 1]);
    assert.deepEqual([one.evidence[0].named, one.evidence[0].with.name, one.evidence[0].with.level], [true, 'Phạm Thị Kề', 1]);
    const tasks = (await station.must(station.get('/tasks?limit=200'))).items.filter((task) => task.candidate === one.id);
    assert.deepEqual(tasks.map((task) => task.level), [2], 'the station where they live is to ask');

    await met.getByRole('button', { name: 'Rút: Đào Thị Gặp Sau' }).click();
    await dialogOf().getByLabel('Lý do').fill('Nhớ nhầm người');
    const withdrawn = desk.waitForResponse((answer) => /\/contacts\/[^/]+\/withdraw$/.test(answer.url()));
    await dialogOf().getByRole('button', { name: 'Rút', exact: true }).click();
    assert.equal((await withdrawn).status(), 200);
    await met.getByText('Nhớ nhầm người', { exact: false }).waitFor();
    assert.equal((await second()).status, 'withdrawn');
    const restored = desk.waitForResponse((answer) => /\/contacts\/[^/]+\/restore$/.test(answer.url()));
    await met.getByRole('button', { name: 'Ghi lại: Đào Thị Gặp Sau' }).click();
    assert.equal((await restored).status(), 200);
    assert.equal((await second()).status, 'open');

    await desk.goto(`${server.origin}/console/cases/${kase.id}/candidates`);
    await desk.getByRole('table').getByRole('button', { name: /Đào Thị Gặp Sau/ }).click();
    const evidence = dialogOf().locator('li[data-kind="declared"]');
    await evidence.getByText('Ở cùng người tiếp xúc, theo lời kể').waitFor();
    await evidence.getByText('do người này kể').waitFor();
    await evidence.getByText('Phạm Thị Kề', { exact: false }).waitFor();
  });

  step('who was named in an interview without a record waits in the list of work, and is said not to be found, or found', async () => {
    const companions = [{ name: 'Chị bán nước' }, { name: 'Anh xe ôm', phone: '0919200099' }];
    await cdc.must(cdc.send(`/cases/${kase.id}/milestones`, { where: 'Quán nước', from: ago(200), to: ago(150), precision: 'about', companions }), 201);
    const phone = await browser.officer('tyt-dongha', { width: 390, height: 844 });
    await phone.goto(`${server.origin}/console/tasks`);
    const row = (name) => named(phone).getByRole('listitem').filter({ hasText: name });
    await row('Anh xe ôm').getByText(kase.number).waitFor();
    assert.equal((await row('Anh xe ôm').innerText()).includes('919200099'), false, 'phones are read with the case alone');
    await browser.check(phone, 'companions-phone');
    await desk.goto(`${server.origin}/console/tasks`);
    await named(desk).getByText('Anh xe ôm').waitFor();
    const file = await takeOut(desk, 'Giao tổ dân phố tìm', panel(desk, 'Người được kể tên, chưa có hồ sơ'));
    assert.match(file, /Lũy Tre: /, 'marked');
    assert.ok(file.includes('Anh xe ôm') && file.includes('Chị bán nước') && file.includes(kase.number), file);
    assert.ok(!file.includes('919200099'));
    const sorted = phone.waitForResponse((one) => /\/companions\?.*sort=met/.test(one.url()) && one.ok());
    await phone.getByRole('combobox', { name: 'Sắp xếp theo' }).last().click();
    await phone.getByRole('option', { name: 'Ngày ở cùng, giảm dần' }).click();
    await sorted;
    await row('Anh xe ôm').waitFor();
    await row('Anh xe ôm').getByRole('button', { name: 'Không tìm được: Anh xe ôm' }).click();
    const dialog = phone.getByRole('dialog').last();
    await dialog.getByLabel('Lý do').fill('Số máy không liên lạc được');
    await dialog.getByRole('button', { name: 'Không tìm được', exact: true }).click();
    await row('Anh xe ôm').waitFor({ state: 'detached' });

    await desk.goto(`${server.origin}/console/cases/${kase.id}/candidates`);
    await named(desk).getByText('Số máy không liên lạc được', { exact: false }).waitFor();
    const waiting = (await cdc.must(cdc.get(`/cases/${kase.id}/companions`))).items.find((one) => one.name === 'Chị bán nước');
    const met = (await candidates()).find((one) => one.person.name === 'Phạm Thị Kề');
    await cdc.must(cdc.edit(`/companions/${waiting.id}/found`, { person: met.person.id }, waiting.version));
    await named(desk).getByText('Chị bán nước').waitFor({ state: 'detached' });
    await until('the contact of the milestone', async () => (await candidates()).find((one) => one.id === met.id)?.evidenceCount === 2);
  });
});
