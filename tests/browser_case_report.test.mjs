// Cases by unit over the reform of 1 July 2025, in a real browser: as now and as then, what is not clear by itself, the sum the same, as known at a moment,
// a file and a sheet of paper; closed to whoever may not open cases.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Browser, citizen, commune, day, officer, Server, steps } from './support.mjs';

describe('cases by unit in the browser', { concurrency: 1 }, () => {
  const step = steps();
  const reform = 'from=2025-06-15&to=2025-07-15';
  let server, browser, page, cdc, unit;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    cdc = await officer(server, 'cdc1');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    // Written down for today's ward; the first fell ill before there was one.
    for (const [phone, name, onset] of [['+84934000001', 'Lê Thị Trước', '2025-06-28'], ['+84934000002', 'Lê Thị Sau', '2025-07-03'], ['+84934000003', 'Lê Thị Nay', day(2)]]) {
      const ill = await citizen(server, phone, profile(name));
      await cdc.must(cdc.post('/cases', { person: ill.self.id, disease: 'measles', onset }), 201);
    }
    page = await browser.officer('cdc1');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const rows = () => page.getByRole('table', { name: 'Theo đơn vị' }).getByRole('row').filter({ hasText: 'Phường Đông Hà' }).filter({ hasText: 'Sởi' }); // the demonstration has cases of another disease

  step('the last four weeks, as now', async () => {
    await page.getByRole('link', { name: 'Mức độ tham gia', exact: true }).click();
    await page.getByRole('link', { name: 'Ca bệnh theo địa bàn' }).click();
    await page.getByRole('heading', { name: 'Ca bệnh theo địa bàn', level: 1 }).waitFor();
    await rows().first().waitFor();
    assert.equal(await rows().count(), 1);
    await page.getByText(/^Cộng \d+ ca: /).waitFor();
    await page.getByRole('img', { name: /^Số ca mỗi ngày từ / }).waitFor();
    await browser.check(page, 'case-report');
  });

  step('over the reform both views add up to the same, and what is not clear stands by itself', async () => {
    await page.goto(`${server.origin}/console/statistics/cases?${reform}`);
    await page.getByText(/^Cộng 2 ca: /).waitFor();
    assert.equal(await rows().count(), 1, 'as now: the ward of today');
    await page.getByText(/; 1 ca đứng ở đơn vị khác trong bảng kia/).waitFor();
    await page.getByRole('radiogroup', { name: 'Đơn vị' }).getByText('như lúc đó').click();
    const unclear = rows().filter({ hasText: 'chưa rõ là đơn vị nào lúc đó' });
    await unclear.getByText(/Phường 1, Thành phố Đông Hà/).waitFor();
    assert.equal(await rows().count(), 2);
    await page.getByText(/^Cộng 2 ca: /).waitFor();
    await page.getByText(/^1 ca chưa rõ thuộc đơn vị nào/).waitFor();
    await browser.check(page, 'case-report-then');
    await page.getByRole('radiogroup', { name: 'Cấp' }).getByText('huyện').click();
    await page.getByRole('table', { name: 'Theo đơn vị' }).getByRole('row').filter({ hasText: 'Thành phố Đông Hà' }).waitFor();
    await page.getByText(/ca chưa rõ thuộc đơn vị nào/).waitFor({ state: 'detached' });
  });

  step('as known before anybody was reported: nothing', async () => {
    await page.goto(`${server.origin}/console/statistics/cases?${reform}&knownAt=2025-08-01T00:00:00Z`);
    await page.getByText('Không có ca nào trong những ngày này').waitFor();
    await page.getByText(/^Cộng 0 ca: /).waitFor();
  });

  step('on paper stand what was asked and by whom; the file is marked', async () => {
    await page.goto(`${server.origin}/console/statistics/cases?${reform}&view=then`);
    await page.getByText(/^Cộng 2 ca: /).waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.getByText(/^In bởi .*Không công bố ra ngoài\.$/).waitFor();
    assert.equal(await page.getByRole('search').isVisible(), false);
    await page.emulateMedia({ media: 'screen' });
    const out = await cdc.must(cdc.get(`/statistics/cases/export?${reform}&view=then`));
    assert.match(out, /^"?Lũy Tre: cases-2025-06-15-2025-07-15, day=onset view=then /);
    assert.match(out, /chưa rõ,.*Phường 1, Thành phố Đông Hà.*,measles,1,0,0,0/);
    assert.match(out, /Tất cả,,,,2,0,0,0/);
  });

  step('who may not open cases gets no report of them', async () => {
    const commander = await officer(server, 'chihuy');
    assert.equal((await commander.get('/statistics/cases')).status, 403);
    const desk = await browser.officer('chihuy');
    await desk.goto(`${server.origin}/console/statistics`);
    await desk.getByRole('heading', { name: 'Mức độ tham gia', level: 1 }).waitFor();
    assert.equal(await desk.getByRole('link', { name: 'Ca bệnh theo địa bàn' }).count(), 0);
    const station = await officer(server, 'tyt-dongha');
    const elsewhere = await commune(server, '19702');
    assert.equal((await station.get(`/statistics/cases?unit=${elsewhere.id}`)).status, 403);
    assert.equal((await station.get('/statistics/cases?view=before')).status, 422, 'no other view is taken for one that was meant');
    assert.equal((await station.must(station.get(`/statistics/cases?${reform}`))).whole.suspect, 2);
  });

  step('on a phone each row is a card', async () => {
    const phone = await browser.officer('cdc1', { width: 390, height: 844 });
    await phone.goto(`${server.origin}/console/statistics/cases?${reform}&view=then`);
    await phone.getByText(/chưa rõ là đơn vị nào lúc đó/).first().waitFor();
    await browser.check(phone, 'case-report-phone');
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
