// The transmission graph in real browsers: an outbreak's cases and contacts with the evidence of each line, possible sources, a contradiction in words,
// folding, search, keys, levels that cannot be read, a card that is lost, a case outside, a picture taken out with its mark and in the log; a case's
// tab; twenty thousand people moved about; no WebGL.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe } from 'node:test';
import { ago, Browser, citizen, commune, day, officer, Server, steps, until } from './support.mjs';

// Trees of cases with their contacts, as the server's columns; the same at every run.
function study(people, cases) {
  let seed = 7;
  const random = (most) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
  const nodes = { id: [], label: [], level: [], day: [], date: [], standing: [], unit: [] };
  const edges = { from: [], to: [], kind: [], by: [], estimated: [], place: [], start: [], minutes: [], evidence: [], why: [], early: [] };
  const line = (from, to, kind, early = 0) => {
    const known = kind !== 0;
    const row = { from, to, kind, by: known ? 0 : -1, estimated: 0, place: known ? 0 : -1, start: known ? nodes.day[to] * 1440 : -1, minutes: known ? 40 : 0, evidence: known ? 2 : 0, why: kind === 2 ? 0 : -1, early };
    for (const [column, value] of Object.entries(row)) edges[column].push(value);
  };
  for (let n = 0; n < people; n++) {
    const isCase = n < cases;
    const above = n === 0 ? -1 : random(Math.min(n, cases));
    const first = above === -1 ? 3 : nodes.day[above];
    const row = { id: isCase ? `case${n}` : `c${n}`, label: isCase ? `COV-${n}` : `N. V. Tập ${n}`, level: isCase ? 0 : 1, day: Math.max(0, first + random(isCase ? 6 : 5) - (isCase ? 0 : 2)), date: isCase ? 0 : 3, standing: isCase ? 0 : 5, unit: 0 };
    for (const [column, value] of Object.entries(row)) nodes[column].push(value);
    if (above !== -1) line(above, n, isCase ? 0 : 1);
  }
  for (let n = 5; n < cases; n += 7) line(random(people), n, 2);
  return {
    first: '2026-03-01', nodes, edges, levels: 2, leftOut: [0, 1234], unseen: 0, notSearched: 0, outside: [], outsideLeftOut: 0, outsideWhole: true, units: ['Hải Lăng'], places: ['Chợ Diên Sanh'],
    dates: ['onset', 'sample', 'report', 'exposure'], standings: ['confirmed', 'probable', 'suspect', 'F1', 'F2', 'unasked'], kinds: ['source', 'contact', 'possible'],
    means: ['visit'], reasons: ['infectious', 'case', 'contact'],
  };
}

describe('the transmission graph in the browser', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, cdc, api, id, first, second, third, ill, stranger, report;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server, { webgl: true });
    const unit = await commune(server, '19333');
    const profile = (name) => ({ name, birthYear: 1988, sex: 'female', unit: unit.id, address: '12 Lê Lợi' });
    const keeper = await citizen(server, '+84918100001', profile('Trần Thị Giữ'));
    const pending = await keeper.must(keeper.post('/places/registrations', { name: 'Hội trường thôn Tây', kind: 'eventHall', unit: unit.id, address: '6 Lê Lợi', phone: '+84918100002' }));
    const place = await keeper.must(keeper.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84918100002') }));
    api = await officer(server, 'cdc1');
    const at = ago(30 * 60);
    const guest = async (phone, name) => {
      const one = await citizen(server, phone, profile(name));
      await one.must(one.send('/visits', { placeCode: place.shortCode, at }), 201);
      return one;
    };
    report = async (one, onset) => api.must(api.post('/cases', { person: one.self.id, disease: 'covid-19', onset }), 201);
    ill = await guest('+84918100010', 'Lê Thị Ốm');
    const later = await guest('+84918100011', 'Phạm Thị Lây');
    await guest('+84918100012', 'Võ Thị Gặp');
    stranger = await guest('+84918100014', 'Đỗ Văn Lạ');
    const early = await citizen(server, '+84918100013', profile('Bùi Thị Sớm'));
    first = await report(ill, day(1));
    first = await api.must(api.edit(`/cases/${first.id}/confirm`, { onset: day(1), sampleAt: ago(60), resultAt: ago(30), method: 'pcr', isolatedAt: ago(20) }, first.version));
    await until('the trace', async () => (await api.must(api.get(`/cases/${first.id}/runs`))).items.find((run) => run.state === 'done'));
    second = await report(later, day(0));
    third = await report(early, day(3));
    await api.must(api.edit(`/cases/${third.id}/source`, { number: first.number }, third.version));
    const outbreak = await api.must(api.post('/outbreaks', { name: 'Tiệc thôn Tây', disease: 'covid-19', unit: unit.id }), 201);
    id = outbreak.id;
    await api.must(api.post(`/outbreaks/${id}/cases`, { cases: [first.id, second.id, third.id] }));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const stage = (page = cdc) => page.getByRole('group', { name: /^Sơ đồ lây theo thời gian/ });
  const frames = async (page = cdc) => Number(await stage(page).getAttribute('data-frames'));
  const drawn = (page = cdc) => until('a frame', async () => (await frames(page)) > 0);
  const panel = (name, page = cdc) => page.locator('section').filter({ has: page.getByRole('heading', { name, level: 2, exact: true }) });
  const centre = async (page) => {
    await stage(page).scrollIntoViewIfNeeded();
    const box = await stage(page).boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const search = async (words, page = cdc) => {
    await page.getByRole('searchbox', { name: 'Tìm theo số ca hoặc tên' }).fill(words);
  };

  step('the server answers columns of one length, and logs the look', async () => {
    const graph = await api.must(api.get(`/outbreaks/${id}/graph?level=1`));
    for (const column of Object.values(graph.nodes)) assert.equal(column.length, graph.nodes.id.length);
    for (const column of Object.values(graph.edges)) assert.equal(column.length, graph.edges.from.length);
    assert.ok(graph.nodes.label.includes('V. T. Gặp'), JSON.stringify(graph.nodes.label));
    const of = (label) => graph.nodes.label.indexOf(label);
    const lines = graph.edges.from.map((from, i) => [from, graph.edges.to[i], graph.kinds[graph.edges.kind[i]], graph.edges.early[i], graph.reasons[graph.edges.why[i]]].join(' '));
    assert.ok(lines.includes([of(first.number), of(third.number), 'source', 2, undefined].join(' ')), lines.join('\n'));
    assert.ok(lines.includes([of(first.number), of(second.number), 'possible', 0, 'infectious'].join(' ')), lines.join('\n'));
    const log = (await ill.must(ill.get('/me/access-log'))).items;
    assert.ok(log.some((entry) => entry.action === 'outbreaks.graph'), JSON.stringify(log[0]));
    assert.equal((await api.get(`/outbreaks/${id}/graph?level=9`)).status, 422);
  });

  step('from the chain of an outbreak the graph is opened, and drawn by WebGL', async () => {
    cdc = await browser.officer('cdc1');
    await cdc.goto(`${server.origin}/console/outbreaks/${id}`);
    await cdc.getByRole('link', { name: 'Xem sơ đồ lây' }).click();
    await cdc.getByRole('heading', { name: 'Sơ đồ lây: Tiệc thôn Tây', level: 1, exact: true }).waitFor();
    await drawn();
    assert.equal(await stage().getAttribute('data-renderer'), 'webgl');
    await cdc.getByText('3 ca', { exact: false }).first().waitFor();
    await browser.check(cdc, 'graph');
  });

  step('somebody who is searched for is shown with the evidence of every line', async () => {
    await search('sơm');
    await cdc.getByText('Không thấy').waitFor();  // cases are found by number
    await search(third.number);
    await panel(third.number).getByText('Mâu thuẫn: phát bệnh trước nguồn lây 2 ngày').waitFor();
    await search('gap');
    const who = panel('V. T. Gặp');
    await who.getByText(`Tiếp xúc với ${first.number}`).waitFor();
    await who.getByText('Hội trường thôn Tây', { exact: false }).first().waitFor();
    await who.getByRole('link', { name: 'Mở danh sách tiếp xúc của ca' }).waitFor();
    await search(second.number);
    const line = panel(second.number).getByRole('listitem').filter({ hasText: `Có thể lây từ ${first.number}` });
    await line.getByText('đang trong thời kỳ lây', { exact: false }).waitFor();
    await browser.check(cdc, 'graph-chosen');
    await search('');
  });

  step('the keyboard moves, zooms, walks and folds', async () => {
    await stage().focus();
    for (const key of ['ArrowRight', '+', '-', '0']) {
      const before = await frames();
      await cdc.keyboard.press(key);
      await until(`a frame after ${key}`, async () => (await frames()) > before);
    }
    await search(first.number);
    await panel(first.number).getByRole('button', { name: 'Gập cây bên dưới' }).waitFor();
    await stage().focus();
    await cdc.keyboard.press('Enter');
    await panel(first.number).getByRole('button', { name: /^Mở cây bên dưới/ }).waitFor();
    await cdc.keyboard.press('Enter');
    await panel(first.number).getByRole('button', { name: 'Gập cây bên dưới' }).waitFor();
    await cdc.keyboard.press('Escape');
    await cdc.getByText('Chọn một người trong sơ đồ để xem bằng chứng.').waitFor();
    await cdc.keyboard.press('PageDown');
    await cdc.getByRole('link', { name: 'Mở hồ sơ ca bệnh' }).or(cdc.getByRole('link', { name: 'Mở danh sách tiếp xúc của ca' })).waitFor();
    await search('');
  });

  step('levels are folded, and the list says the same', async () => {
    await cdc.getByText('Xem dạng danh sách').click();
    const rows = cdc.getByRole('region', { name: /^Người trong sơ đồ/ }).getByRole('row');
    await rows.filter({ hasText: 'V. T. Gặp' }).waitFor();
    await rows.filter({ hasText: third.number }).getByText('Mâu thuẫn', { exact: false }).waitFor();
    await cdc.getByLabel('Vẽ đến bậc').selectOption('0');
    await rows.filter({ hasText: 'V. T. Gặp' }).waitFor({ state: 'detached' });
    await browser.check(cdc, 'graph-list');
    await cdc.getByLabel('Vẽ đến bậc').selectOption('2');
    await rows.filter({ hasText: 'V. T. Gặp' }).waitFor();
  });

  step('what is drawn stays while more levels cannot be read', async () => {
    const rows = cdc.getByRole('region', { name: /^Người trong sơ đồ/ }).getByRole('row');
    await cdc.route('**/graph?level=3', (route) => route.abort());
    await cdc.getByLabel('Vẽ đến bậc').selectOption('3');
    const again = cdc.getByRole('button', { name: 'Thử lại' });
    await again.waitFor();
    await rows.filter({ hasText: 'V. T. Gặp' }).waitFor();
    await cdc.unroute('**/graph?level=3');
    const answer = cdc.waitForResponse(/graph\?level=3$/);
    await again.click();
    assert.equal((await answer).status(), 200);
    await again.waitFor({ state: 'detached' });
    await rows.filter({ hasText: 'V. T. Gặp' }).waitFor();
  });

  step('what the card lost is drawn as SVG until the card is back', async () => {
    const card = await stage().locator('canvas').first().evaluateHandle((canvas) => canvas.getContext('webgl2').getExtension('WEBGL_lose_context'));
    await card.evaluate((one) => one.loseContext());
    await stage().locator('svg circle').first().waitFor();
    assert.equal(await stage().getAttribute('data-renderer'), 'svg');
    await card.evaluate((one) => one.restoreContext());
    await until('WebGL again', async () => (await stage().getAttribute('data-renderer')) === 'webgl');
    await stage().locator('svg').waitFor({ state: 'detached' });
  });

  step('a case of the area that is not in the outbreak is drawn when it was met', async () => {
    const outside = await report(stranger, day(1));
    const graph = await api.must(api.get(`/outbreaks/${id}/graph?level=0`));
    assert.deepEqual(graph.outside.map((n) => graph.nodes.label[n]), [outside.number]);
    const log = (await stranger.must(stranger.get('/me/access-log'))).items;
    assert.ok(log.some((entry) => entry.action === 'outbreaks.graph'), JSON.stringify(log[0]));
    await cdc.reload();
    await drawn();
    await cdc.getByText('Ngoài ra 1 ca bên ngoài', { exact: false }).waitFor();
    await panel('Chú giải').getByText('Ca bên ngoài', { exact: false }).waitFor();
    await search(outside.number);
    await panel(outside.number).getByText('Ca nghi ngờ (ca bên ngoài)').waitFor();
    await panel(outside.number).getByRole('listitem').filter({ hasText: `Có thể lây cho ${second.number}` }).getByText('Hội trường thôn Tây', { exact: false }).waitFor();
    await panel(outside.number).getByRole('link', { name: 'Mở hồ sơ ca bệnh' }).waitFor();
    await cdc.getByText('Xem dạng danh sách').click();
    const rows = cdc.getByRole('region', { name: /^Người trong sơ đồ/ }).getByRole('row');
    await rows.filter({ hasText: outside.number }).getByText(`Có thể lây cho ${second.number}`, { exact: false }).waitFor();
    await browser.check(cdc, 'graph-outside');
    await search('');
  });

  step('a picture is taken out with its mark, and in the log', async () => {
    const before = await frames();
    await cdc.getByRole('button', { name: 'Xem tất cả' }).click();
    await until('a frame of everything', async () => (await frames()) > before);
    const [file] = await Promise.all([cdc.waitForEvent('download'), cdc.getByRole('button', { name: 'Lưu SVG' }).click()]);
    const svg = await readFile(await file.path(), 'utf8');
    assert.match(svg, /^<svg /);
    assert.match(svg, /Lũy Tre: outbreak /);
    assert.match(svg, /stroke="#c41414"/);
    assert.match(svg, /stroke-dasharray/);
    assert.match(svg, /■ ca bên ngoài/);
    await cdc.evaluate(() => {
      window.print = () => (window.printed = [...document.querySelectorAll('.only-print svg')].map((one) => one.textContent).join());
    });
    await cdc.getByRole('button', { name: 'In', exact: true }).click();
    await until('paper', () => cdc.evaluate(() => window.printed));
    assert.match(await cdc.evaluate(() => window.printed), /Lũy Tre: outbreak /);
    const log = (await ill.must(ill.get('/me/access-log'))).items;
    assert.ok(log.filter((entry) => entry.action === 'outbreaks.takeOut').length >= 2, JSON.stringify(log.slice(0, 3)));
    const strangers = (await stranger.must(stranger.get('/me/access-log'))).items;
    assert.ok(strangers.some((entry) => entry.action === 'outbreaks.takeOut'), JSON.stringify(strangers[0]));
    await api.must(api.call('DELETE', `/outbreaks/${id}/charge`));
    assert.equal((await api.post(`/outbreaks/${id}/graph/take-out`, { file: 'svg', people: 1 })).status, 403);
  });

  step('a case has its graph in a tab, also on a phone', async () => {
    await cdc.goto(`${server.origin}/console/cases/${first.id}`);
    await cdc.getByRole('link', { name: 'Sơ đồ lây', exact: true }).click();
    await drawn();
    await search('gap');
    await panel('V. T. Gặp').waitFor();
    const phone = await browser.officer('cdc1', { width: 390, height: 844 });
    await phone.goto(`${server.origin}/console/cases/${first.id}/graph`);
    await drawn(phone);
    await browser.check(phone, 'graph-phone');
    await phone.close();
  });

  step('twenty thousand people are drawn, moved, zoomed and found', async () => {
    const page = await browser.officer('cdc1');
    await page.addInitScript(() => {
      window.card = { calls: 0, uploads: 0 };
      const { prototype } = WebGL2RenderingContext;
      const count = (what, names) => {
        for (const name of names) {
          const real = prototype[name];
          prototype[name] = function (...all) {
            window.card[what]++;
            return real.apply(this, all);
          };
        }
      };
      count('calls', ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']);
      count('uploads', ['bufferData', 'bufferSubData']);
    });
    await page.route(`**/api/v1/outbreaks/${id}/graph?*`, (route) => route.fulfill({ json: study(20_000, 1000) }));
    await page.goto(`${server.origin}/console/outbreaks/${id}/graph`);
    await drawn(page);
    assert.equal(await stage(page).getAttribute('data-renderer'), 'webgl');
    await page.getByText('còn 1234 người tiếp xúc bậc 2', { exact: false }).waitFor();
    // What is on the canvas is ink, not an empty sheet: looked at in the frame that drew it, for it is not kept longer.
    const colours = await page.evaluate(
      (element) =>
        new Promise((resolve) => {
          element.dispatchEvent(new WheelEvent('wheel', { deltaY: 1, clientX: 500, clientY: 400, cancelable: true }));
          requestAnimationFrame(() => {
            const drawn = element.querySelector('canvas');
            const sheet = new OffscreenCanvas(drawn.width, drawn.height);
            const ink = sheet.getContext('2d');
            ink.drawImage(drawn, 0, 0);
            const { data } = ink.getImageData(0, 0, sheet.width, sheet.height);
            const seen = new Set();
            for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 200) seen.add((data[i] >> 4 << 8) | (data[i + 1] >> 4 << 4) | (data[i + 2] >> 4));
            resolve(seen.size);
          });
        }),
      await stage(page).elementHandle(),
    );
    assert.ok(colours >= 4, `${colours} colours`);
    const work = async () => page.evaluate((element) => ({ ...window.card, frames: Number(element.dataset.frames) }), await stage(page).elementHandle());
    const resting = await work();
    let before = await frames(page);
    const middle = await centre(page);
    await page.mouse.move(...middle);
    await page.mouse.down();
    for (let i = 1; i <= 30; i++) await page.mouse.move(middle[0] + i * 5, middle[1] + i * 2);
    await page.mouse.up();
    await until('a frame of the move', async () => (await frames(page)) > before);
    before = await frames(page);
    for (let i = 0; i < 30; i++) await page.mouse.wheel(0, -60);
    await until('a frame nearer', async () => (await frames(page)) > before);
    const took = await page.evaluate(
      (element) =>
        new Promise((resolve) => {
          const each = [];
          let last = performance.now();
          const next = (now) => {
            each.push(now - last);
            last = now;
            element.dispatchEvent(new WheelEvent('wheel', { deltaY: each.length % 2 ? 40 : -40, clientX: 500, clientY: 400, cancelable: true }));
            if (each.length < 40) requestAnimationFrame(next);
            else resolve(each.slice(5).sort((a, b) => a - b));
          };
          requestAnimationFrame(next);
        }),
      await stage(page).elementHandle(),
    );
    // What a frame costs does not grow with the people: everything lies on the card, and two calls draw it, on whatever machine.
    const moved = await work();
    assert.ok(moved.frames > resting.frames);
    assert.equal(moved.calls - resting.calls, 2 * (moved.frames - resting.frames));
    assert.equal(moved.uploads, resting.uploads, 'nothing is taken to the card again while the picture is moved');
    console.log(`# a frame of 20,000 people: median ${took[Math.floor(took.length / 2)].toFixed(1)} ms, slowest ${took.at(-1).toFixed(1)} ms; ours of it ${await stage(page).getAttribute('data-frame')} ms`);
    await search('tap 19999', page);
    await panel('N. V. Tập 19999', page).waitFor();
    // Whoever was found stands in the middle: a click there chooses the same.
    await panel('N. V. Tập 19999', page).getByRole('button', { name: 'Bỏ chọn' }).click();
    await page.getByText('Chọn một người trong sơ đồ để xem bằng chứng.').waitFor();
    await page.mouse.click(...(await centre(page)));
    await panel('N. V. Tập 19999', page).waitFor();
    await browser.picture(page, 'graph-large');
    await page.close();
  });

  step('without WebGL it is drawn as SVG, and too many are said to be', async () => {
    const page = await browser.officer('cdc1');
    await page.addInitScript(() => {
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
        return kind === 'webgl2' ? null : getContext.call(this, kind, ...more);
      };
    });
    await page.goto(`${server.origin}/console/outbreaks/${id}/graph`);
    await page.getByText('Trình duyệt này không có WebGL', { exact: false }).waitFor();
    await until('the picture', () => stage(page).locator('svg circle').count());
    await search(third.number, page);
    await panel(third.number, page).waitFor();
    await browser.check(page, 'graph-svg');
    await page.route(`**/api/v1/outbreaks/${id}/graph?*`, (route) => route.fulfill({ json: study(3000, 100) }));
    await page.reload();
    await page.getByText('là quá nhiều (nhiều nhất 2000)', { exact: false }).waitFor();
    await page.close();
  });

  step('an outbreak without cases says so', async () => {
    const unit = await commune(server, '19333');
    const none = await api.must(api.post('/outbreaks', { name: 'Ổ dịch chưa có ca', disease: 'covid-19', unit: unit.id }), 201);
    await cdc.goto(`${server.origin}/console/outbreaks/${none.id}/graph`);
    await cdc.getByText('Chưa có ai để vẽ').waitFor();
  });

  step('no page called anybody else, threw, or wanted what the policy forbids', () => assert.deepEqual(browser.faults, []));
});
