// The demonstration as a newcomer gets it: its story of an outbreak is there to look at, by the account of each who works in it, and goes on: the health
// centre of three communes signs the order that waits, and makes the positive result a case.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { enterPositive, sendTubes } from './story.mjs';
import { Browser, officer, Server, steps, until } from './support.mjs';

describe('the demonstration in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const laboratory = 'Phòng xét nghiệm khu vực Quảng Trị';
  let server, browser, centre;

  before(async () => {
    server = await Server.start({ story: true });
    browser = await Browser.open(server);
    centre = await officer(server, 'ttyt');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const all = async (who, path) => (await who.must(who.get(path))).items;

  step('each account of the story is told to the newcomer, and what there is to look at', () => {
    const { officers, look } = server.accounts();
    for (const name of ['ttyt', 'xetnghiem', 'khucachly', 'congan']) {
      assert.ok(officers.some((one) => one.username === name), name);
      assert.ok(look.some((line) => line.includes(name)), name);
    }
    assert.ok(server.log.includes('To look at'), server.log);
  });

  step('the centre answers for three communes, and sees the cases of one of them in an outbreak', async () => {
    assert.equal(centre.session.grants.length, 3);
    const outbreak = await until('the outbreak to be counted', async () => (await all(centre, '/outbreaks')).find((one) => one.cases === 2));
    assert.equal(outbreak.name, 'Chợ Diên Sanh');
    const station = await officer(server, 'tyt-hailang');
    const followed = await until('the follow-ups', async () => {
      const names = (await all(station, '/follow-ups')).map((one) => one.person.name);
      return names.includes('Nguyễn Thị Thu Hà') && names.includes('Đỗ Đức Thành') && names;
    });
    assert.ok(!followed.includes('Lê Thị Hoa'), 'nobody has asked her yet');
    const other = await officer(server, 'tyt-namdongha');
    assert.deepEqual(await all(other, '/outbreaks'), []);
  });

  step('the centre signs what waits for a signature', async () => {
    const page = await browser.officer('ttyt');
    await page.goto(`${server.origin}/console/orders`);
    await page.getByRole('link', { name: 'Phan Thị Ngọc Hà' }).click();
    await page.getByRole('heading', { name: 'Phan Thị Ngọc Hà', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Ký', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Ký quyết định' });
    await dialog.getByRole('textbox', { name: /^Ký với chức danh/ }).fill('Giám đốc Trung tâm Y tế khu vực');
    await dialog.getByRole('button', { name: 'Ký', exact: true }).click();
    await page.getByRole('link', { name: 'In quyết định' }).waitFor();
    assert.deepEqual(await all(centre, '/orders?view=waiting'), []);
    assert.equal((await all(centre, '/orders?view=running')).length, 2);
  });

  step('a positive result has reported a suspect by itself, and becomes a case by one tap', async () => {
    const waits = await until('the suspect', async () => (await all(centre, '/positive-results')).find((one) => one.suspect));
    assert.deepEqual([waits.person.name, waits.confirmable], ['Hồ Hữu Hùng', true]);
    const page = await browser.officer('ttyt');
    await page.goto(`${server.origin}/console/laboratory`);
    await page.getByRole('button', { name: 'Xác nhận ca bệnh: Hồ Hữu Hùng' }).click();
    await page.waitForURL(/\/console\/cases\/[^/]+$/);
  });

  step('the laboratory works by barcodes, and knows no names', async () => {
    const page = await browser.officer('xetnghiem');
    await page.goto(`${server.origin}/console/laboratory`);
    await page.getByRole('link', { name: laboratory }).click();
    await page.getByRole('table', { name: 'Các ống đã gửi đến' }).getByText('HL-0002').waitFor();
    const seen = await page.innerText('main');
    for (const name of ['Hồ Hữu Hùng', 'Nguyễn Thị Thu Hà']) assert.ok(!seen.includes(name), name);
    const bench = await officer(server, 'xetnghiem');
    assert.deepEqual(await all(bench, '/positive-results'), [], 'those who sampled see whose it is');
  });

  step('as the README goes: from a follow-up to a tube, to the laboratory, to a case', async () => {
    const station = await browser.officer('tyt-hailang');
    await station.goto(`${server.origin}/console/follow-ups`);
    await station.getByRole('link', { name: 'Đỗ Đức Thành' }).click();
    await station.getByRole('link', { name: 'Lấy mẫu người này' }).click();
    await station.getByRole('link', { name: /^Sân Trạm Y tế xã Hải Lăng ·/ }).click();
    const record = station.getByRole('button', { name: 'Ghi mẫu: Đỗ Đức Thành' });
    await record.waitFor();
    await station.getByLabel('Mã vạch ống').fill('HL-0005');
    await record.click();
    await station.getByRole('table').getByText('HL-0005').waitFor();
    await sendTubes(station, laboratory, 2);
    await station.getByRole('heading', { name: 'Gửi đến phòng xét nghiệm' }).waitFor({ state: 'detached' });
    const bench = await browser.officer('xetnghiem');
    await bench.goto(`${server.origin}/console/laboratory`);
    await bench.getByRole('link', { name: laboratory }).click();
    await enterPositive(bench, 'HL-0005', 21);
    const { suspect } = await until('the suspect', async () => (await all(centre, '/positive-results')).find((one) => one.tube === 'HL-0005' && one.suspect));
    const page = await browser.officer('ttyt');
    await page.goto(`${server.origin}/console/laboratory`);
    await page.getByRole('button', { name: 'Xác nhận ca bệnh: Đỗ Đức Thành' }).click();
    await page.waitForURL(/\/console\/cases\/[^/]+$/);
    assert.equal((await centre.must(centre.get(`/cases/${suspect.id}`))).classification, 'confirmed');
  });

  step('who keeps the site sees who lies there, and the police whom to find', async () => {
    const keeper = await officer(server, 'khucachly');
    const [site] = await all(keeper, '/quarantine-sites');
    assert.deepEqual([site.beds, site.taken], [10, 1]);
    const police = await officer(server, 'congan');
    assert.deepEqual((await all(police, '/errands')).map((one) => one.name), ['Hồ Minh Hùng']);
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
