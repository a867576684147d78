// A program of another institution: the administrator gives it a key, it hands over visits over HTTP and may do nothing else, the person reads where
// they came from, the log says who sent them, and from its revocation on the key opens nothing.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { approved, Browser, citizen, Client, commune, officer, Server, steps } from './support.mjs';

describe('keys of programs', { concurrency: 1 }, () => {
  const step = steps();
  let server, browser, person, place, unit, desk, key, batch;

  before(async () => {
    server = await Server.start({});
    browser = await Browser.open(server);
    unit = await commune(server, '19333');
    person = await citizen(server, '+84919000071', { name: 'Hồ Thị Lượt', birthYear: 1988, sex: 'female', unit: unit.id });
    const pending = await person.must(person.post('/places/registrations', { name: 'Quán nước đầu ngõ', kind: 'restaurant', unit: unit.id, address: '9 Lê Lợi', phone: '+84919000072' }));
    place = await person.must(person.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84919000072') }));
    await approved(server, place, 'tyt-dongha');
    desk = await browser.officer('quantri');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const program = (method, path, body, headers = {}) => new Client(server).call(method, path, body, { Authorization: `Bearer ${key}`, ...headers });
  const at = (minutes) => new Date(Date.now() - minutes * 60_000 + 7 * 3600_000).toISOString().slice(0, 16).replace('T', ' ');
  const hand = (of, once, ...lines) =>
    program('POST', `/foreign/visits?system=tokhaiyte&unit=${of}&basis=CV%2012`, ['id,name,birthYear,phone,placeCode,place,in,out', ...lines].join('\r\n'), { 'Content-Type': 'text/csv', 'Idempotency-Key': once });

  step('the administrator makes a key, which is shown once', async () => {
    await desk.goto(`${server.origin}/console/officers`);
    await desk.getByText('Chưa cấp khóa nào').waitFor();
    await desk.getByRole('button', { name: 'Cấp khóa' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel('Cơ quan và phần mềm').fill('Sở TT&TT, tokhaiyte.vn');
    await dialog.getByRole('combobox', { name: 'Địa bàn' }).or(dialog.getByLabel('Địa bàn').and(dialog.locator('input'))).first().fill('dong ha');
    await desk.getByRole('option', { name: /^Phường Đông Hà/ }).click();
    await browser.check(desk, 'new-key');
    await dialog.getByRole('button', { name: 'Tạo khóa' }).click();
    await dialog.getByText('Chỉ hiện một lần này').waitFor();
    key = await dialog.locator('code').first().innerText();
    assert.match(key, /^[\w-]{43}$/);
    await browser.check(desk, 'key-shown');
    await dialog.getByRole('button', { name: 'Đã trao' }).click();
    await dialog.waitFor({ state: 'detached' });
    await desk.getByRole('row').filter({ hasText: 'Sở TT&TT, tokhaiyte.vn' }).waitFor();
    assert.ok(!(await desk.content()).includes(key));
    await browser.check(desk, 'keys');
  });

  step('the program hands over visits, twice without doubling, and is not told whom we know', async () => {
    const lines = [`1,Hồ Thị Lượt,1988,0919000071,${place.shortCode},,${at(90)},${at(60)}`, `2,Người Lạ,1970,0911111112,${place.shortCode},,${at(90)},`];
    const first = await hand(unit.id, 'k-1', ...lines);
    assert.equal(first.status, 200, JSON.stringify(first.body));
    assert.deepEqual(first.body.lines.map((line) => line.state), ['taken', 'taken']);
    assert.equal(first.body.claims, 0);
    batch = first.body.batch;
    assert.deepEqual((await hand(unit.id, 'k-1', ...lines)).body, first.body);
    const again = (await hand(unit.id, 'k-2', ...lines)).body;
    assert.deepEqual([again.taken, again.known, again.earlier], [2, 0, undefined], 'nor what was told before');
    const seen = (await person.must(person.get('/me/visits'))).items;
    assert.equal(seen.length, 1);
    const station = await officer(server, 'tyt-dongha');
    const told = (await station.must(station.get('/foreign/batches'))).items.find(({ id }) => id === batch);
    assert.deepEqual([told.id, told.taken, told.claims], [batch, 1, 1]);
  });

  step('it may do nothing else, and nothing elsewhere', async () => {
    const other = await commune(server, '19702');
    assert.equal((await hand(other.id, 'k-3', `9,Hồ Thị Lượt,1988,0919000071,${place.shortCode},,${at(50)},`)).status, 403);
    for (const [method, path, body] of [
      ['GET', '/foreign/batches'], ['GET', '/places'], ['GET', '/cases'], ['GET', '/officers'], ['GET', '/keys'], ['GET', '/me/people'], ['GET', '/changes'],
      ['GET', '/access-log'], ['GET', '/declarations'], ['POST', '/people/search', { phone: '0919000071', reason: 'xem' }], ['POST', '/keys', { name: 'x', area: unit.id, days: 1 }],
    ]) {
      const answer = await program(method, path, body);
      assert.equal(answer.status, 403, `${method} ${path}: ${answer.status}`);
    }
    assert.equal((await program('POST', `/foreign/batches/${batch}/undo`, { reason: 'x' }, { 'Idempotency-Key': 'k-4' })).status, 403);
    const cookie = new Client(server);
    cookie.cookies.set('luytre_session', key);
    assert.equal((await cookie.get('/foreign/batches')).status, 401, 'a key is no session');
  });

  step('the access log names the program; the key itself stands nowhere', async () => {
    const rows = server.rows("SELECT name, role, action FROM identity_access WHERE action = 'foreign.visits' ORDER BY id");
    assert.deepEqual(rows[0], ['Sở TT&TT, tokhaiyte.vn', 'integrator', 'foreign.visits']);
    assert.ok(!server.log.includes(key));
    assert.equal(server.rows('SELECT count(*) FROM identity_key WHERE last_used IS NOT NULL')[0][0], '1');
  });

  step('revoked, it opens nothing from that moment on', async () => {
    await desk.getByRole('button', { name: 'Thu hồi khóa: Sở TT&TT, tokhaiyte.vn' }).click();
    const dialog = desk.getByRole('dialog');
    await browser.check(desk, 'key-revoke');
    await dialog.getByRole('button', { name: 'Thu hồi', exact: true }).click();
    await desk.getByText('Đã thu hồi', { exact: true }).waitFor();
    assert.equal((await hand(unit.id, 'k-5', `7,Hồ Thị Lượt,1988,0919000071,${place.shortCode},,${at(40)},`)).status, 401);
    assert.deepEqual(browser.faults, []);
  });
});
