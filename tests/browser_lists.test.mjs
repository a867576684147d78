// Lists in real browsers: of cases, contacts over cases and outbreaks. Sorted by their heads, with the mouse and the keyboard, and on a phone; what is sorted
// and filtered by stands in the address; the filtered list is taken out as a file; filters are saved, shared, opened with, deleted and had back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, day, officer, Server, steps, until } from './support.mjs';

describe('lists in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, api, cdc, unit, outbreak;
  const cases = {};

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    api = await officer(server, 'cdc1');
    let phone = 10;
    for (const [name, disease, onset] of [['Trần Thị Sớm', 'measles', day(6)], ['Lê Văn Giữa', 'measles', day(3)], ['Phạm Văn Không', 'measles'], ['Võ Thị Muộn', 'cholera', day(1)]]) {
      const one = await citizen(server, `+849170000${phone++}`, { name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
      cases[name] = await api.must(api.post('/cases', { person: one.self.id, disease, ...(onset ? { onset } : {}) }), 201);
    }
    outbreak = await api.must(api.post('/outbreaks', { name: 'Ổ dịch thôn Nam', disease: 'measles', unit: unit.id }), 201);
    await api.must(api.post(`/outbreaks/${outbreak.id}/cases`, { cases: [cases['Trần Thị Sớm'].id] }));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const opened = (page, name) => page.getByRole('heading', { name, level: 1, exact: true }).waitFor();
  const head = (name) => cdc.getByRole('columnheader', { name, exact: true });
  const listed = (page, search) => page.waitForResponse((answer) => answer.url().includes('/api/v1/cases?') && search.every((one) => answer.url().includes(one)) && answer.ok());
  /** Ours, as they stand on the page, one after another. */
  const shown = async (page) => {
    await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
    const rows = await page.getByRole('main').locator('tbody tr').allInnerTexts();
    return rows.map((row) => Object.keys(cases).find((name) => row.includes(name))).filter(Boolean);
  };
  const names = Object.keys;
  const choose = async (page, label, option) => {
    await page.getByRole('combobox', { name: label, exact: true }).or(page.getByLabel(label, { exact: true }).and(page.locator('input'))).first().click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  step('a head sorts the list, pressed again the other way round; the address keeps it', async () => {
    cdc = await browser.officer('cdc1');
    await cdc.goto(`${server.origin}/console/cases?disease=measles`);
    await opened(cdc, 'Ca bệnh');
    await cdc.getByText('Trần Thị Sớm').waitFor();
    assert.equal(await head('Báo ca lúc').getAttribute('aria-sort'), 'descending', 'the newest report first');
    assert.deepEqual(await shown(cdc), ['Phạm Văn Không', 'Lê Văn Giữa', 'Trần Thị Sớm']);
    let answer = listed(cdc, ['sort=onset', 'order=descending']);
    await head('Ngày khởi phát').getByRole('button').click();
    await answer;
    assert.deepEqual(await shown(cdc), ['Lê Văn Giữa', 'Trần Thị Sớm', 'Phạm Văn Không'], 'without an onset last');
    answer = listed(cdc, ['sort=onset', 'order=ascending']);
    await head('Ngày khởi phát').getByRole('button').focus();
    await cdc.keyboard.press('Enter');
    await answer;
    assert.deepEqual(await shown(cdc), ['Phạm Văn Không', 'Trần Thị Sớm', 'Lê Văn Giữa']);
    assert.equal(await head('Ngày khởi phát').getAttribute('aria-sort'), 'ascending');
    assert.equal(await head('Báo ca lúc').getAttribute('aria-sort'), 'none');
    assert.match(cdc.url(), /sort=onset/);
    await browser.check(cdc, 'cases-sorted');
    await cdc.reload();
    await cdc.getByText('Trần Thị Sớm').waitFor();
    assert.deepEqual(await shown(cdc), ['Phạm Văn Không', 'Trần Thị Sớm', 'Lê Văn Giữa']);
  });

  step('the list is filtered by outbreak and by day of onset', async () => {
    await cdc.getByRole('button', { name: 'Thêm bộ lọc' }).click();
    let answer = listed(cdc, [`outbreak=${outbreak.id}`]);
    await choose(cdc, 'Ổ dịch', 'Ổ dịch thôn Nam');
    await answer;
    assert.deepEqual(await shown(cdc), ['Trần Thị Sớm']);
    await browser.check(cdc, 'cases-filtered');
    answer = listed(cdc, [`onsetFrom=${day(4)}`]);
    await cdc.goto(`${server.origin}/console/cases?onsetFrom=${day(4)}&sort=onset`);
    await answer;
    await cdc.getByText('Võ Thị Muộn').waitFor();
    assert.deepEqual(await shown(cdc), ['Võ Thị Muộn', 'Lê Văn Giữa']);
  });

  step('a cursor of one sort is refused with another', async () => {
    const first = await api.must(api.get('/cases?limit=1&sort=onset'));
    assert.ok(first.next);
    await api.must(api.get(`/cases?limit=1&sort=onset&cursor=${encodeURIComponent(first.next)}`));
    const refused = await api.get(`/cases?limit=1&sort=number&cursor=${encodeURIComponent(first.next)}`);
    assert.equal(refused.status, 422);
    assert.match(JSON.stringify(refused.body), /other_sort/);
  });

  step('what is on the list is taken out, with a reason and a mark', async () => {
    await cdc.goto(`${server.origin}/console/cases?disease=measles&unit=${unit.id}`);
    await cdc.getByText('Lê Văn Giữa').waitFor();
    await cdc.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByLabel('CSV', { exact: true }).check();
    await dialog.getByLabel('Lý do').fill('Gửi Viện Pasteur Nha Trang');
    await browser.check(cdc, 'cases-taken-out');
    const download = cdc.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    assert.match(file, /Lũy Tre: /, 'marked');
    for (const name of names(cases)) assert.equal(file.includes(name), name !== 'Võ Thị Muộn', name);
  });

  const action = async (page, item) => {
    await page.getByRole('button', { name: 'Bộ lọc đã lưu: tùy chọn', exact: true }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  const saved = (page) => page.getByRole('main').locator('input[aria-label="Bộ lọc đã lưu"]');
  const holds = async (page, value) => {
    for (let i = 0; i < 100 && (await saved(page).inputValue()) !== value; ++i) await page.waitForTimeout(100);
    assert.equal(await saved(page).inputValue(), value);
  };
  const wrote = (method, path) => cdc.waitForResponse((answer) => answer.request().method() === method && answer.url().includes(path) && answer.ok());

  step('filters are saved under a name and shared; the list opens with them', async () => {
    await cdc.goto(`${server.origin}/console/cases?disease=measles&sort=onset`);
    await cdc.getByText('Trần Thị Sớm').waitFor();
    await action(cdc, 'Lưu cách lọc đang dùng…');
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByLabel('Tên bộ lọc').fill('Sởi theo khởi phát');
    await dialog.getByLabel('Dùng chung với cán bộ cùng đơn vị').check();
    await browser.check(cdc, 'view-saved');
    const answer = wrote('POST', '/api/v1/views');
    await dialog.getByRole('button', { name: 'Lưu', exact: true }).click();
    await answer;
    await holds(cdc, 'Sởi theo khởi phát');
    const standard = wrote('PUT', '/api/v1/views/standard');
    await action(cdc, 'Mở trang này với “Sởi theo khởi phát”');
    await standard;
    await cdc.goto(`${server.origin}/console/cases`);
    await cdc.waitForURL(/sort=onset/);
    await cdc.getByText('Trần Thị Sớm').waitFor();
    await holds(cdc, 'Sởi theo khởi phát (mở trang)');
    assert.deepEqual(await shown(cdc), ['Lê Văn Giữa', 'Trần Thị Sớm', 'Phạm Văn Không']);
    await cdc.getByRole('button', { name: 'Bỏ lọc' }).click();
    await cdc.getByText('Võ Thị Muộn').waitFor();

    const beside = await browser.officer('cdc2');
    await beside.goto(`${server.origin}/console/cases`);
    await beside.getByText('Võ Thị Muộn').waitFor();
    await saved(beside).click();
    await beside.getByRole('option', { name: 'Sởi theo khởi phát', exact: true }).click();
    await beside.waitForURL(/disease=measles/);
    await beside.getByText('Võ Thị Muộn').waitFor({ state: 'detached' });
    await beside.close();
  });

  step('a view is deleted and had back; one with a filter that is no more opens without it', async () => {
    await cdc.goto(`${server.origin}/console/cases?disease=measles&sort=onset`);
    await holds(cdc, 'Sởi theo khởi phát (mở trang)');
    const gone = wrote('DELETE', '/api/v1/views/');
    await action(cdc, 'Xóa “Sởi theo khởi phát”');
    await gone;
    await cdc.getByText('Đã xóa bộ lọc “Sởi theo khởi phát”.').waitFor();
    await holds(cdc, '');
    await browser.check(cdc, 'view-deleted');
    await cdc.getByRole('button', { name: 'Hoàn tác', exact: true }).click();
    await holds(cdc, 'Sởi theo khởi phát (mở trang)');

    await api.must(api.post('/views', { page: '/cases', name: 'Cũ', settings: { disease: 'cholera', colour: 'red' } }), 201);
    assert.equal((await api.post('/views', { page: '/cases', name: 'Lành', settings: { q: 'lanh' } })).status, 422);
    await cdc.reload();
    await holds(cdc, 'Sởi theo khởi phát (mở trang)');
    await saved(cdc).click();
    await cdc.getByRole('option', { name: 'Cũ', exact: true }).click();
    await cdc.getByText('“Cũ” có 1 mục nay không còn; đã mở mà không có mục đó.').waitFor();
    await cdc.getByText('Võ Thị Muộn').waitFor();
    await browser.check(cdc, 'view-lost');
  });

  const people = ['Đỗ Thị Gần', 'Ngô Văn Xa', 'Hồ Thị Vừa'];
  const persons = async (page) => {
    await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
    const rows = await page.getByRole('main').locator('tbody tr').allInnerTexts();
    return rows.map((row) => people.find((name) => row.includes(name))).filter(Boolean);
  };
  const answered = (page, search) => page.waitForResponse((answer) => answer.url().includes('/api/v1/candidates?') && search.every((one) => answer.url().includes(one)) && answer.ok());

  step('contacts of several cases stand in one list, sorted by exposure', async () => {
    for (const [name, of, from] of [['Đỗ Thị Gần', 'Lê Văn Giữa', 90], ['Ngô Văn Xa', 'Võ Thị Muộn', 400], ['Hồ Thị Vừa', 'Lê Văn Giữa', 200]])
      await api.must(api.send(`/cases/${cases[of].id}/contacts`, { newPerson: { name, birthYear: 1990, sex: 'female', unit: unit.id }, from: ago(from), to: ago(from - 30), how: 'officer' }), 201);
    const all = await until('the contacts', async () => {
      const { items } = await api.must(api.get(`/candidates?unit=${unit.id}`));
      return items.length === people.length && items;
    });
    assert.deepEqual(all.map((one) => one.person.name), ['Đỗ Thị Gần', 'Hồ Thị Vừa', 'Ngô Văn Xa'], 'the latest exposure first');
    assert.deepEqual(all.map((one) => one.caseNumber), ['Lê Văn Giữa', 'Lê Văn Giữa', 'Võ Thị Muộn'].map((name) => cases[name].number));
    const near = await api.must(api.get(`/candidates/${all[0].id}`));
    await api.must(api.edit(`/candidates/${near.id}/assign`, { class: 'F1', answers: { distanceUnder2m: 'yes', masks: 'no', touched: 'no', closedRoom: 'yes' } }, near.version));

    await cdc.goto(`${server.origin}/console/contacts`);
    await opened(cdc, 'Tiếp xúc');
    await cdc.getByText('Đỗ Thị Gần').waitFor();
    assert.equal(await head('Phơi nhiễm từ').getAttribute('aria-sort'), 'descending');
    assert.deepEqual(await persons(cdc), ['Đỗ Thị Gần', 'Hồ Thị Vừa', 'Ngô Văn Xa']);
    let answer = answered(cdc, ['sort=exposure', 'order=ascending']);
    await head('Phơi nhiễm từ').getByRole('button').click();
    await answer;
    assert.deepEqual(await persons(cdc), ['Ngô Văn Xa', 'Hồ Thị Vừa', 'Đỗ Thị Gần']);
    answer = answered(cdc, ['sort=decision', 'order=descending']);
    await head('Phân loại lúc').getByRole('button').click();
    await answer;
    assert.equal((await persons(cdc))[0], 'Đỗ Thị Gần', 'whom nobody has decided about stands before every decision');
    await browser.check(cdc, 'contacts-sorted');
  });

  step('contacts are filtered by what was decided and by disease, and one opens from the list', async () => {
    let answer = answered(cdc, ['disease=measles', 'status=open']);
    await cdc.goto(`${server.origin}/console/contacts?disease=measles&status=open`);
    await answer;
    await cdc.getByText('Hồ Thị Vừa').waitFor();
    assert.deepEqual(await persons(cdc), ['Hồ Thị Vừa']);
    answer = answered(cdc, ['class=F1']);
    await cdc.goto(`${server.origin}/console/contacts?class=F1`);
    await answer;
    await cdc.getByText('Đỗ Thị Gần').waitFor();
    assert.deepEqual(await persons(cdc), ['Đỗ Thị Gần']);
    await cdc.getByRole('main').getByText('Đỗ Thị Gần').click();
    const drawer = cdc.getByRole('dialog').last();
    await drawer.getByRole('heading', { name: 'Đỗ Thị Gần' }).waitFor();
    await browser.check(cdc, 'contacts-opened');
    await cdc.keyboard.press('Escape');
    await cdc.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  step('the contacts on the list are taken out, with a reason and a mark', async () => {
    await cdc.goto(`${server.origin}/console/contacts?disease=measles&unit=${unit.id}`);
    await cdc.getByText('Hồ Thị Vừa').waitFor();
    await cdc.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByLabel('CSV', { exact: true }).check();
    await dialog.getByLabel('Lý do').fill('Gửi Viện Pasteur Nha Trang');
    const download = cdc.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    assert.match(file, /Lũy Tre: /, 'marked');
    for (const name of people) assert.equal(file.includes(name), name !== 'Ngô Văn Xa', name);
  });

  step('the contacts of one case are taken out on its page, as a list that can be read back', async () => {
    const of = cases['Võ Thị Muộn'];
    await cdc.goto(`${server.origin}/console/cases/${of.id}/candidates`);
    await cdc.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByRole('heading', { name: `Xuất danh sách tiếp xúc của ca ${of.number}` }).waitFor();
    await dialog.getByLabel('CSV', { exact: true }).check();
    await dialog.getByLabel('Lý do').fill('Bàn giao cho tỉnh bạn');
    const asked = cdc.waitForRequest((one) => one.url().endsWith('/contact-file'));
    const download = cdc.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    assert.equal((await asked).postDataJSON().case, of.id);
    const [mark, head, ...rows] = readFileSync(await (await download).path(), 'utf8').trim().split('\r\n');
    assert.match(mark, /Lũy Tre: /, 'marked');
    for (const name of ['id', 'case', 'contactDay', 'contactFrom', 'contactTo', 'contactPlace', 'relation']) assert.ok(head.split(',').includes(name), name);
    assert.equal(rows.length, 1, 'of this case alone');
    for (const text of [of.number, 'Ngô Văn Xa']) assert.ok(rows[0].includes(text), text);
    await dialog.waitFor({ state: 'hidden' });
  });

  /** The table of that caption: its heads, and which of these names its rows have, one after another. */
  const table = (caption) => {
    const found = cdc.getByRole('table', { name: caption, exact: true });
    return {
      head: (name) => found.getByRole('columnheader', { name, exact: true }),
      rows: async (known) => {
        await cdc.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
        const rows = await found.locator('tbody tr').allInnerTexts();
        return rows.map((row) => known.find((name) => row.includes(name))).filter(Boolean);
      },
    };
  };
  const pressed = async (head, path, order) => {
    const answer = cdc.waitForResponse((one) => one.url().includes(path) && one.url().includes(`order=${order}`) && one.ok());
    await head.getByRole('button').click();
    await answer;
  };

  step('the contacts of one case are sorted on its page, and the address keeps it', async () => {
    const of = cases['Lê Văn Giữa'];
    await cdc.goto(`${server.origin}/console/cases/${of.id}/candidates`);
    const contacts = table('Nghi tiếp xúc');
    await contacts.head('Phơi nhiễm từ').waitFor();
    assert.equal(await contacts.head('Mức').getAttribute('aria-sort'), 'ascending');
    await pressed(contacts.head('Phơi nhiễm từ'), `/cases/${of.id}/candidates?`, 'descending');
    assert.deepEqual(await contacts.rows(people), ['Đỗ Thị Gần', 'Hồ Thị Vừa']);
    await pressed(contacts.head('Phơi nhiễm từ'), `/cases/${of.id}/candidates?`, 'ascending');
    assert.deepEqual(await contacts.rows(people), ['Hồ Thị Vừa', 'Đỗ Thị Gần']);
    assert.match(cdc.url(), /sort=exposure/);
    await browser.check(cdc, 'case-contacts-sorted');
  });

  step('outbreaks are sorted by their last case and their cases, and taken out as counts', async () => {
    const market = await api.must(api.post('/outbreaks', { name: 'Ổ dịch chợ Bắc', disease: 'measles', unit: unit.id, openedOn: day(9) }), 201);
    await api.must(api.post(`/outbreaks/${market.id}/cases`, { cases: [cases['Lê Văn Giữa'].id, cases['Phạm Văn Không'].id] }));
    const outbreaks = async () => {
      await cdc.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
      const rows = await cdc.getByRole('main').locator('tbody tr').allInnerTexts();
      return rows.map((row) => ['Ổ dịch thôn Nam', 'Ổ dịch chợ Bắc'].find((name) => row.includes(name))).filter(Boolean);
    };
    await cdc.goto(`${server.origin}/console/outbreaks?disease=measles&unit=${unit.id}`);
    await cdc.getByText('Ổ dịch chợ Bắc').waitFor();
    assert.deepEqual(await outbreaks(), ['Ổ dịch thôn Nam', 'Ổ dịch chợ Bắc'], 'the latest begun first');
    for (const [name, search] of [['Ca bệnh', 'sort=cases'], ['Ca gần nhất', 'sort=lastDay']]) {
      const answer = cdc.waitForResponse((one) => one.url().includes('/api/v1/outbreaks?') && one.url().includes(search) && one.url().includes('order=descending') && one.ok());
      await head(name).getByRole('button').click();
      await answer;
      assert.deepEqual(await outbreaks(), ['Ổ dịch chợ Bắc', 'Ổ dịch thôn Nam'], name);
      assert.equal(await head(name).getAttribute('aria-sort'), 'descending');
    }
    await browser.check(cdc, 'outbreaks-sorted');
    await cdc.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByLabel('CSV', { exact: true }).check();
    await dialog.getByLabel('Lý do').fill('Giao ban tuần');
    const download = cdc.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    assert.match(file, /Lũy Tre: /, 'marked');
    for (const name of ['Ổ dịch thôn Nam', 'Ổ dịch chợ Bắc']) assert.ok(file.includes(name), name);
    for (const name of names(cases)) assert.ok(!file.includes(name), name);
    await dialog.waitFor({ state: 'hidden' });

    await cdc.goto(`${server.origin}/console/outbreaks/${market.id}`);
    const within = table('Ca bệnh');
    await within.head('Ngày').waitFor();
    assert.deepEqual(await within.rows(names(cases)), ['Lê Văn Giữa', 'Phạm Văn Không'], 'by day');
    await pressed(within.head('Ngày'), `/outbreaks/${market.id}/cases?`, 'descending');
    assert.deepEqual(await within.rows(names(cases)), ['Phạm Văn Không', 'Lê Văn Giữa']);
    assert.match(cdc.url(), /order=descending/);
    await browser.check(cdc, 'outbreak-cases-sorted');
  });

  step('places are filtered by kind, turned round and taken out, without who keeps them', async () => {
    for (const [i, [name, kind]] of [['Chợ Thử Một', 'market'], ['Chợ Thử Hai', 'market'], ['Quán Thử', 'restaurant']].entries()) {
      const phone = `+8491700008${i}`; // the place's, which a code is sent to
      const keeper = await citizen(server, `+8491700009${i}`, { name: 'Chủ Nơi Này', birthYear: 1970, sex: 'male', unit: unit.id });
      const pending = await keeper.must(keeper.post('/places/registrations', { name, kind, unit: unit.id, address: `${i} Lê Lợi`, phone }));
      await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code(phone) }));
    }
    const places = ['Chợ Thử Một', 'Chợ Thử Hai', 'Quán Thử'];
    await cdc.goto(`${server.origin}/console/places?unit=${unit.id}&kind=market`);
    await opened(cdc, 'Địa điểm');
    await cdc.getByRole('link', { name: 'Chợ Thử Hai', exact: true }).waitFor();
    const list = table('Địa điểm');
    assert.deepEqual(await list.rows(places), ['Chợ Thử Hai', 'Chợ Thử Một'], 'the newest first');
    const answer = cdc.waitForResponse((one) => one.url().includes('/api/v1/places?') && one.url().includes('order=ascending') && one.ok());
    await choose(cdc, 'Sắp xếp theo', 'Lúc đăng ký, tăng dần');
    await answer;
    assert.deepEqual(await list.rows(places), ['Chợ Thử Một', 'Chợ Thử Hai']);
    await browser.check(cdc, 'places-sorted');
    await cdc.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    const dialog = cdc.getByRole('dialog').last();
    await dialog.getByLabel('CSV', { exact: true }).check();
    await dialog.getByLabel('Lý do').fill('Lên kế hoạch kiểm tra');
    const asked = cdc.waitForRequest((one) => one.url().endsWith('/place-file'));
    const download = cdc.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Xuất danh sách', exact: true }).click();
    assert.equal((await asked).postDataJSON().kind, 'market');
    const file = readFileSync(await (await download).path(), 'utf8');
    assert.match(file, /Lũy Tre: /, 'marked');
    for (const name of places) assert.equal(file.includes(name), name !== 'Quán Thử', name);
    for (const text of ['Chủ Nơi Này', '9170000', 'Lê Lợi']) assert.ok(!file.includes(text), text);
    await dialog.waitFor({ state: 'hidden' });
  });

  step('a list without heads is sorted by a choice', async () => {
    await cdc.goto(`${server.origin}/console/follow-ups`);
    await opened(cdc, 'Theo dõi hôm nay');
    const answer = cdc.waitForResponse((one) => /\/api\/v1\/follow-ups\?/.test(one.url()) && one.url().includes('sort=lastDay') && one.url().includes('order=descending') && one.ok());
    await choose(cdc, 'Sắp xếp theo', 'Ngày cuối theo dõi, giảm dần');
    await answer;
    await cdc.waitForURL(/sort=lastDay/);
    await browser.check(cdc, 'follow-ups-sorted');
  });

  step('on a phone the order is chosen from a list', async () => {
    const phone = await browser.officer('cdc1', { width: 390, height: 844 });
    await phone.goto(`${server.origin}/console/cases?disease=measles`);
    await phone.getByText('Trần Thị Sớm').waitFor();
    await phone.getByRole('button', { name: 'Lọc', exact: true }).click();
    const answer = listed(phone, ['sort=onset', 'order=ascending']);
    await choose(phone, 'Sắp xếp theo', 'Ngày khởi phát, tăng dần');
    await answer;
    assert.deepEqual(await shown(phone), ['Phạm Văn Không', 'Trần Thị Sớm', 'Lê Văn Giữa']);
    await browser.check(phone, 'cases-sorted-phone');
    await phone.close();
  });
});
