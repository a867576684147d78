// Wrong input gets a clear problem document; nothing is lost, nothing is doubled, and nothing that identifies a person is logged.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { posterText } from './camera.mjs';
import { ago, citizen, Client, commune, officer, Server, until } from './support.mjs';

// Raw bytes over a socket; answers what came back, once it is whole or the server has closed.
function raw(server, bytes) {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    const done = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setEncoding('utf8');
    socket.setTimeout(60_000, done);
    socket.on('data', (data) => {
      answer += data;
      const [head, length] = answer.match(/^[^]*?\r\ncontent-length: *(\d+)[^]*?\r\n\r\n/i) ?? [];
      if (head && Buffer.byteLength(answer) >= Buffer.byteLength(head) + Number(length)) done();
    });
    socket.on('close', done);
    socket.on('error', reject);
  });
}

describe('bad input', { concurrency: 1 }, () => {
  let server, unit, person, place;

  before(async () => {
    server = await Server.start({});
    unit = await commune(server, '19333');
    person = await citizen(server, '+84913000001', { name: 'Nguyễn Thị Thử', birthYear: 1980, sex: 'female', unit: unit.id });
    const pending = await person.must(person.post('/places/registrations', { name: 'Tạp hóa Thử', kind: 'shop', unit: unit.id, address: '1 Lê Lợi', phone: '+84913000002' }));
    place = await person.must(person.post(`/places/registrations/${pending.id}/confirm`, { code: await server.code('+84913000002') }));
  });
  after(async () => {
    await server?.stop();
  });

  // The whole document: RFC 9457's members, ours, and nothing else.
  const problem = (answer, status, code) => {
    const { body } = answer;
    assert.deepEqual([answer.status, body.code], [status, code], JSON.stringify(body));
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    assert.deepEqual([body.type, body.status], [`/api/#${code}`, status]);
    assert.ok(body.title.length > 2 && body.title !== String(status), body.title);
    assert.ok(body.detail.length > 10 && body.detail !== code, `says what to do: ${body.detail}`);
    const known = ['type', 'title', 'status', 'code', 'detail', 'errors', 'params', 'current'];
    assert.deepEqual(Object.keys(body).filter((key) => !known.includes(key)), []);
    assert.equal(body.errors !== undefined, code === 'invalid', 'names fields if fields are wrong');
    for (const field of body.errors ?? []) {
      assert.match(field.pointer, /^[/?]/);
      assert.match(field.code, /^[a-z_]+$/);
      assert.ok(field.detail.length > 5, JSON.stringify(field));
    }
  };

  test('malformed JSON', async () => problem(await person.post('/me/people', '{"name":'), 400, 'malformed'));
  test('another content type', async () => {
    const answer = await person.post('/me/people', 'name=x', { 'Content-Type': 'text/plain' });
    problem(answer, 415, 'unsupported_media_type');
    assert.match(answer.body.params.expected, /application\/json/);
  });
  test('a body over the limit', async () => {
    const answer = await person.post('/me/people', JSON.stringify({ name: 'x'.repeat(2_000_000) }));
    problem(answer, 413, 'body_too_large');
    assert.ok(Number(answer.body.params.bytes) < 2_000_000);
  });
  test('wrong type, missing and unknown field are named together', async () => {
    const answer = await person.post('/me/people', { name: 7, nonsense: 1 });
    problem(answer, 422, 'invalid');
    const found = answer.body.errors.map((e) => `${e.pointer} ${e.code}`);
    for (const wanted of ['/name type', '/sex required', '/unit required', '/nonsense unknown']) assert.ok(found.includes(wanted), found.join());
  });
  test('a name of 10,000 characters', async () => {
    const answer = await person.post('/me/people', { name: 'ă'.repeat(10_000), birthYear: 2015, sex: 'male', unit: unit.id, relation: 'child' });
    problem(answer, 422, 'invalid');
    assert.equal(answer.body.errors[0].code, 'too_long');
  });
  test('NUL, control characters and invalid UTF-8', async () => {
    const answer = await person.post('/me/people', { name: 'a\u0000b', birthYear: 2015, sex: 'male', unit: unit.id, relation: 'child' });
    problem(answer, 422, 'invalid');
    const cookie = [...person.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
    const body = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
    const text = await raw(server, Buffer.concat([Buffer.from(`POST /api/v1/me/people HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nX-Requested-With: luytre\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`), body]));
    assert.match(text, /^HTTP\/1.1 400/);
    assert.equal(JSON.parse(text.slice(text.indexOf('\r\n\r\n'))).code, 'malformed');
  });
  test('SQL-looking and script-looking text is text', async () => {
    const name = `Robert'); DROP TABLE people_person;-- <script>alert(1)</script>`;
    const made = await person.must(person.post('/me/people', { name, birthYear: 2015, sex: 'male', unit: unit.id, relation: 'child' }), 201);
    assert.equal(made.name, name);
    const { items } = await person.must(person.get('/me/people'));
    assert.ok(items.some((p) => p.name === name));
  });
  test('out before in, times in the future', async () => {
    const future = await person.send('/visits', { placeCode: place.shortCode, at: ago(-60) });
    problem(future, 422, 'time_in_future');
    const visit = await person.must(person.send('/visits', { placeCode: place.shortCode, at: ago(30) }), 201);
    problem(await person.send(`/visits/${visit.id}/check-out`, { at: ago(40) }), 422, 'out_before_in');
    problem(await person.send(`/visits/${visit.id}/check-out`, { at: ago(-60) }), 422, 'time_in_future');
  });
  test('codes that are forged, mistyped, expired, of another system, or of no place', async () => {
    const scan = (placeCode) => person.send('/visits', { placeCode, at: ago(1) });
    const poster = async () => posterText((await person.get(`/places/${place.id}/poster.svg`)).body);
    const code = await poster();
    await person.must(scan(code), 201);
    const end = code.at(-3);  // within the signature
    problem(await scan(`${code.slice(0, -3)}${end === '7' ? '8' : '7'}${code.slice(-2)}`), 422, 'place_code_forged');
    problem(await scan(`http://127.0.0.1:8080/p/2${'A'.repeat(118)}`), 422, 'place_code_forged');
    problem(await scan('http://127.0.0.1:8080/p/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'), 422, 'place_code_foreign');
    problem(await scan('https://qr.tokhaiyte.vn/?id=123'), 422, 'place_code_foreign');
    problem(await scan(place.shortCode.replace(/[0-9A-Z]$/i, (c) => (c === '7' ? '8' : '7'))), 422, 'place_code_mistyped');
    problem(await scan('0000-0000'), 404, 'place_unknown');  // its check symbol fits

    place = await person.must(person.edit(`/places/${place.id}`, { newCodes: true }, place.version, 'PATCH'));
    problem(await scan(code), 422, 'place_code_expired');
    await person.must(scan(await poster()), 201);
  });
  test('an idempotency key is needed, and not for something else', async () => {
    problem(await person.post('/visits', { placeCode: place.shortCode, at: ago(1) }), 400, 'idempotency_key_required');
    const key = 'used-for-one-check-in';
    await person.must(person.send('/visits', { placeCode: place.shortCode, at: ago(2) }, key), 201);
    problem(await person.send('/visits', { placeCode: place.shortCode, at: ago(3) }, key), 422, 'idempotency_key_reused');
  });
  test('a wrong code five times is the end of it', async () => {
    const phone = '+84913000050';
    const client = new Client(server);
    await client.must(client.post('/auth/codes', { phone }));
    const right = await server.code(phone);
    const wrong = right === '000000' ? '000001' : '000000';
    for (let i = 0; i < 5; ++i) assert.ok((await client.post('/auth/sign-in', { phone, code: wrong })).status >= 400);
    const late = await client.post('/auth/sign-in', { phone, code: right });
    problem(late, 422, 'code_exhausted');
  });
  test('a phone is not flooded', async () => {
    const client = new Client(server);
    await client.must(client.post('/auth/codes', { phone: '+84913000051' }));
    const again = await client.post('/auth/codes', { phone: '+84913000051' });
    problem(again, 429, 'too_many_requests');
    assert.ok(Number(again.headers.get('retry-after')) > 0);
  });
  test('a code alone opens no earlier record on a new device', async () => {
    const { phone, pin } = server.accounts().citizens[0];  // has a record, made on no device
    const client = await citizen(server, phone);
    assert.equal(client.session.level, 'limited');
    problem(await client.get('/me/people'), 403, 'second_proof_required');
    await client.must(client.post('/auth/second-proof', { pin }));
    assert.ok((await client.must(client.get('/me/people'))).items.length > 0);
  });
  test('nobody, and another area', async () => {
    problem(await new Client(server).get('/me/people'), 401, 'unauthenticated');
    problem(await person.get('/cases'), 403, 'not_permitted');
    const station = await officer(server, 'tyt-hailang');
    const { items } = await station.must(station.get('/cases'));
    assert.equal(items.length, 0);
  });
  test("another area's data by an id: refused, and the access log has the refusal", async () => {
    const [cdc, station, auditor] = [await officer(server, 'cdc1'), await officer(server, 'tyt-hailang'), await officer(server, 'kiemtoan')];
    const kase = await cdc.must(cdc.post('/cases', { person: person.self.id, disease: 'covid-19' }), 201);
    const refusals = async () => {
      const { items } = await auditor.must(auditor.get(`/access-log?person=${person.self.id}`));
      return items.filter((row) => !row.passed && row.account === station.session.account).length;
    };
    assert.equal(await refusals(), 0);
    const tries = [`/cases/${kase.id}`, `/cases/${kase.id}/history`, `/cases/${kase.id}/candidates`, `/people/${person.self.id}/look`];
    for (const [i, path] of tries.entries()) {
      problem(path.endsWith('/look') ? await station.post(path, { reason: 'Xem' }) : await station.get(path), 403, 'not_permitted');
      await until(`the refusal of ${path} to be logged`, async () => (await refusals()) === i + 1);
    }
    const stranger = await citizen(server, '+84913000060', { name: 'Người Lạ', birthYear: 1980, sex: 'male', unit: unit.id });
    problem(await stranger.get(`/me/visits?person=${person.self.id}`), 403, 'not_in_household');
    problem(await stranger.edit(`/me/people/${person.self.id}`, { name: 'Tên Khác' }, person.self.version, 'PATCH'), 403, 'not_in_household');
    const { items } = await person.must(person.get('/me/visits'));
    problem(await stranger.send(`/visits/${items[0].id}/check-out`, { at: ago(0) }), 404, 'not_found');
    problem(await stranger.get('/cases/0000000000000'), 403, 'not_permitted');
    problem(await cdc.get('/cases/0000000000001'), 403, 'not_permitted');  // as of one that lies elsewhere
  });
  test('why somebody looks, and for whom, stands in no address, which proxies write down', async () => {
    const { paths } = (await person.get('/api/openapi.json')).body;
    const found = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, route]) =>
        (route.parameters ?? []).filter((one) => one.in !== 'header' && /^(reason|why|phone|paper|name|birthYear|birthDate)$/.test(one.name)).map((one) => `${method} ${path} ${one.name}`),
      ),
    );
    assert.deepEqual(found, []);
    const cdc = await officer(server, 'cdc1');
    problem(await cdc.post('/people/search', { phone: '+84913000001', reason: ' ' }), 422, 'reason_required');
    problem(await cdc.post(`/people/${person.self.id}/look`, { reason: '' }), 422, 'reason_required');
    problem(await cdc.get(`/people/${person.self.id}?reason=Xem`), 405, 'method_not_allowed');
  });
  test('a form on another site cannot act for somebody signed in', async () => {
    problem(await person.post('/me/people', {}, { 'X-Requested-With': '' }), 403, 'cross_site');
    problem(await person.post('/me/people', {}, { Origin: 'https://evil.example' }), 403, 'cross_site');
  });
  test('missing, double and odd Host', async () => {
    assert.match(await raw(server, 'GET /healthz HTTP/1.1\r\n\r\n'), /^HTTP\/1.1 400/);
    assert.match(await raw(server, 'GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'), /^HTTP\/1.1 400/);
    assert.match(await raw(server, 'GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n'), /^HTTP\/1.1 400/);
    assert.match(await raw(server, `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`), /^HTTP\/1.1 200/);
  });
  test('concurrent edits: the second learns of the first', async () => {
    const { items } = await person.must(person.get('/me/people'));
    const self = items.find((p) => p.relation === 'self');
    await person.must(person.edit(`/me/people/${self.id}`, { name: 'Nguyễn Thị Thử Một' }, self.version, 'PATCH'));
    const late = await person.edit(`/me/people/${self.id}`, { name: 'Nguyễn Thị Thử Hai' }, self.version, 'PATCH');
    problem(late, 412, 'version_conflict');
    assert.equal(late.body.current.name, 'Nguyễn Thị Thử Một');
  });
  test('the log names nobody', () => {
    for (const secret of ['913000001', 'Nguyễn Thị Thử', 'DROP TABLE', 'luytre_session=']) assert.equal(server.log.includes(secret), false, secret);
  });
});
