// Wrong input gets a clear problem document; nothing is lost, nothing is doubled, and nothing that identifies a person is logged.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { ago, citizen, Client, commune, officer, Server } from './support.mjs';

// Raw bytes over a socket; answers what came back when the server closed, or after `wait` ms of silence.
function raw(server, bytes, wait = 1500) {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    const done = () => {
      socket.destroy();
      resolve(answer);
    };
    let timer = setTimeout(done, wait);
    socket.on('data', (data) => {
      answer += data;
      clearTimeout(timer);
      timer = setTimeout(done, 300);
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

  const problem = (answer, status, code) => {
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    assert.equal(answer.body.code, code);
    assert.equal(answer.body.status, status);
    assert.ok(answer.body.detail.length > 10, 'says what to do');
  };

  test('malformed JSON', async () => problem(await person.post('/me/people', '{"name":'), 400, 'malformed'));
  test('another content type', async () => assert.equal((await person.post('/me/people', 'name=x', { 'Content-Type': 'text/plain' })).status, 415));
  test('a body over the limit', async () => assert.equal((await person.post('/me/people', JSON.stringify({ name: 'x'.repeat(2_000_000) }))).status, 413));
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
  test('codes that are forged, mistyped, or of another system', async () => {
    const forged = await person.send('/visits', { placeCode: 'http://127.0.0.1:8080/p/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', at: ago(1) });
    assert.ok([404, 422].includes(forged.status), JSON.stringify(forged.body));
    assert.match(forged.body.code, /^place_/);
    const foreign = await person.send('/visits', { placeCode: 'https://qr.tokhaiyte.vn/?id=123', at: ago(1) });
    problem(foreign, 422, 'place_code_foreign');
    const swapped = place.shortCode.replace(/[0-9A-Z]$/i, (c) => (c === '7' ? '8' : '7'));
    const mistyped = await person.send('/visits', { placeCode: swapped, at: ago(1) });
    assert.match(mistyped.body.code, /^place_/);
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
    assert.equal(late.body.code, 'code_exhausted');
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
  test('a form on another site cannot act for somebody signed in', async () => {
    const answer = await person.post('/me/people', {}, { 'X-Requested-With': '' });
    assert.equal(answer.status, 403);
    assert.equal((await person.post('/me/people', {}, { Origin: 'https://evil.example' })).status, 403);
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
    assert.equal(late.status, 412);
    assert.equal(late.body.current.name, 'Nguyễn Thị Thử Một');
  });
  test('the log names nobody', () => {
    for (const secret of ['913000001', 'Nguyễn Thị Thử', 'DROP TABLE', 'luytre_session=']) assert.equal(server.log.includes(secret), false, secret);
  });
});
