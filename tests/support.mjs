// What the API and browser tests share: a demonstration server of their own on a free loopback port, with a database of its own, and clients.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const program = process.env.LUYTRE_SERVER ?? join(root, 'build/asan/apps/luytre/luytre');

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Until `probe` answers something truthy; fails after `seconds`, saying what was waited for.
export async function until(what, probe, seconds = 120) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() >= end) throw new Error(`waited ${seconds} s for ${what}`);
    await sleep(100);
  }
}

// Below those that the system gives to connections, of which one might take it before the server does.
async function freePort() {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 20_000);
    const free = await new Promise((resolve) => {
      const probe = createServer();
      probe.on('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
}

// A PostgreSQL database of its own on the private server of `make test`.
function postgresDatabase() {
  const admin = process.env.LUYTRE_TEST_POSTGRES;
  if (!admin) throw new Error('LUYTRE_TEST_POSTGRES is not set: run `make test`, which starts a private PostgreSQL');
  const name = `luytre_${randomBytes(6).toString('hex')}`;
  execFileSync('psql', [admin, '-qc', `CREATE DATABASE ${name}`]);
  return {
    url: admin.replace('///postgres?', `///${name}?`),
    drop: () => execFileSync('psql', [admin, '-qc', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]),
  };
}

export class Server {
  // engine: sqlite | postgres. `command`: demo (with the demonstration province) or serve (empty). `story`: as people get the demonstration, with the
  // story of an outbreak in it; else the province alone, so that tests count what they make.
  // `assets`: a folder with data/ and web/ other than the program's.
  // LUYTRE_TEST_DEMO, if set, is the data directory of a demonstration that was loaded and stopped: a copy of it starts at once.
  static async start({ engine = 'sqlite', command = 'demo', story = false, config = '', data, assets } = {}) {
    const server = new Server();
    server.assets = assets;
    server.data = data ?? mkdtempSync(join(tmpdir(), 'luytre-data-'));
    mkdirSync(server.data, { recursive: true });
    const loaded = process.env.LUYTRE_TEST_DEMO;
    if (loaded && command === 'demo' && !story && engine === 'sqlite' && !data && !assets) cpSync(loaded, server.data, { recursive: true });
    server.sms = join(server.data, 'sms.txt');
    server.database = engine === 'postgres' ? postgresDatabase() : null;
    server.config = join(server.data, 'test.toml');
    writeFileSync(server.config, `log = "info"\nthreads = 2\n${config}\n[sms]\nkind = "file"\nfile = "${server.sms}"\n`);
    server.command = command === 'demo' && !story ? ['demo', '--plain'] : [command];
    try {
      await server.launch();
    } catch (error) {
      server.clear();
      throw error;
    }
    return server;
  }

  arguments(...words) {
    const out = [...words, '--data', this.data, '--config', this.config];
    if (this.database) out.push('--db', this.database.url);
    if (this.assets) out.push('--assets', this.assets);
    return out;
  }

  // `patience`: how many seconds it has to be ready; it is gone when it is not.
  async launch(patience = 300) {
    this.port = await freePort();
    this.origin = `http://127.0.0.1:${this.port}`;
    this.log = this.log ?? '';
    this.child = spawn(program, this.arguments(...this.command, '--listen', `127.0.0.1:${this.port}`), { stdio: ['ignore', 'pipe', 'pipe'] });
    this.exited = new Promise((resolve) => this.child.on('exit', (code, signal) => resolve({ code, signal })));
    this.child.stdout.on('data', (data) => (this.log += data));
    this.child.stderr.on('data', (data) => (this.log += data));
    try {
      await until('the server to be ready', async () => {
        const { exitCode, signalCode } = this.child;
        if (exitCode !== null || signalCode !== null) throw new Error(`the server ended with ${exitCode ?? signalCode}:\n${this.log}`);
        return fetch(`${this.origin}/readyz`).then((r) => r.ok, () => false);
      }, patience);
    } catch (error) {
      await this.kill();  // nobody else holds it yet
      throw error;
    }
  }

  accounts() {
    return JSON.parse(readFileSync(join(this.data, 'demo-accounts.json'), 'utf8'));
  }

  password(username) {
    return this.accounts().officers.find((o) => o.username === username).password;
  }

  // The newest one-time code sent to a phone (E.164).
  async code(phone, after = 0) {
    return until(`a code for ${phone}`, () => {
      if (!existsSync(this.sms)) return null;
      const found = this.messages(phone).slice(after).reverse().map((m) => m.match(/\b(\d{6})\b/)?.[1]).find(Boolean);
      return found ?? null;
    });
  }

  messages(phone) {
    if (!existsSync(this.sms)) return [];
    return readFileSync(this.sms, 'utf8').split('\n').filter((line) => line.includes(phone));
  }

  // Rows of the database, asked past the server, each a list of texts.
  rows(sql) {
    const [command, words] = this.database ? ['psql', ['-qtAX', '-F|', this.database.url, '-c']] : ['sqlite3', ['-cmd', '.timeout 60000', '-separator', '|', join(this.data, 'luytre.db')]];
    const text = execFileSync(command, [...words, sql], { encoding: 'utf8', maxBuffer: 1 << 26 });
    return text.split('\n').filter(Boolean).map((line) => line.split('|'));
  }

  async kill() {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  // Says what is wrong with how it ended, if anything.
  async end() {
    this.child.kill('SIGTERM');
    let patience;  // cleared, or it would keep the test's process for the rest of its time
    const ended = await Promise.race([this.exited, new Promise((resolve) => (patience = setTimeout(resolve, 60_000, null)))]);
    clearTimeout(patience);
    if (!ended) {
      await this.kill();
      return 'the server did not stop within 60 s of SIGTERM';
    }
    return ended.code === 0 ? undefined : `the server ended with ${ended.code ?? ended.signal}:\n${this.log.slice(-4000)}`;
  }

  clear() {
    this.database?.drop();
    rmSync(this.data, { recursive: true, force: true });
  }

  async stop() {
    const wrong = await this.end();
    this.clear();
    if (wrong) throw new Error(wrong);
  }
}

// A browser of one person, as far as the API is concerned: cookies, and the headers that our pages send.
export class Client {
  constructor(server) {
    this.server = server;
    this.cookies = new Map();
  }

  async call(method, path, body, headers = {}) {
    const sent = { Accept: 'application/json', ...headers };
    if (this.cookies.size) sent.Cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
    if (method !== 'GET') sent['X-Requested-With'] ??= 'luytre';
    if (body !== undefined) sent['Content-Type'] ??= 'application/json';
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const response = await fetch(this.server.origin + (path.startsWith('/api') ? path : `/api/v1${path}`), { method, headers: sent, body: text, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0].split('=');
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    const type = response.headers.get('content-type') ?? '';
    const answer = type.includes('json') ? await response.json() : await response.text();
    return { status: response.status, headers: response.headers, body: answer };
  }

  get(path, headers) {
    return this.call('GET', path, undefined, headers);
  }
  post(path, body, headers) {
    return this.call('POST', path, body, headers);
  }

  // A flood: with an idempotency key of its own.
  send(path, body, key = randomUUID()) {
    return this.post(path, body, { 'Idempotency-Key': key });
  }

  edit(path, body, version, method = 'POST') {
    return this.call(method, path, body, { 'If-Match': `"${version}"` });
  }

  async must(promise, status) {
    const answer = await promise;
    const good = status ? answer.status === status : answer.status < 300;
    if (!good) throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body).slice(0, 600)}`);
    return answer.body;
  }
}

// `agrees`: to what, once there is a profile, so that the account may check in and declare.
export async function citizen(server, phone, profile, { agrees = ['tracing', 'declarations'] } = {}) {
  const client = new Client(server);
  const before = server.messages(phone).length;
  await client.must(client.post('/auth/codes', { phone }));
  client.session = await client.must(client.post('/auth/sign-in', { phone, code: await server.code(phone, before) }));
  if (!profile) return client;
  client.self = await client.must(client.post('/me/people', { relation: 'self', nationality: 'VN', ...profile }));
  for (const text of agrees) await client.must(client.post('/me/consents', { text, version: 1 }), 201);
  return client;
}

export async function officer(server, username) {
  const client = new Client(server);
  client.session = await client.must(client.post('/auth/officer/sign-in', { username, password: server.password(username) }));
  return client;
}

// As the station of its commune does once it has looked at the place.
export async function approved(server, place, station) {
  const by = await officer(server, station);
  await by.must(by.post(`/places/${place.id}/approve`));
}

export async function commune(server, code) {
  const client = new Client(server);
  const provinces = (await client.must(client.get('/units'))).items;
  const province = provinces.find((u) => u.code === '44');
  return (await client.must(client.get(`/units?parent=${province.id}`))).items.find((u) => u.code === code);
}

export const ago = (minutes) => new Date(Math.floor(Date.now() / 1000) * 1000 - minutes * 60_000).toISOString().replace('.000', '');
// The same moment as people write it here: "23/11/2026" and "07:45".
export function local(minutesAgo) {
  const at = new Date(Date.now() + 7 * 3600_000 - minutesAgo * 60_000).toISOString();
  return { day: at.slice(0, 10).split('-').reverse().join('/'), clock: at.slice(11, 16) };
}
export const day = (daysAgo) => new Date(Date.now() + 7 * 3600_000 - daysAgo * 86_400_000).toISOString().slice(0, 10);

// Keys one right after the other, however busy this machine is: what follows late is no pair of keys, and no reader's.
export const strike = (page, keys) =>
  page.evaluate((all) => {
    for (const key of all) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  }, [...keys]);

// Tests that build on each other: after one has failed the others say so at once, instead of each waiting in vain.
export function steps() {
  let broken;
  return (name, run) =>
    test(name, async () => {
      if (broken) throw new Error(`not tried, for this failed: ${broken}`);
      try {
        await run();
      } catch (error) {
        broken = name;
        throw error;
      }
    });
}

// A real browser, and what no page of ours may do: call anybody else, throw, or want what the content security policy forbids.
export class Browser {
  // `webgl`: drawn by the processor, where there is no card.
  static async open(server, { webgl = false } = {}) {
    const { chromium } = await import(join(root, 'web/node_modules/playwright-core/index.mjs'));
    const made = new Browser();
    made.server = server;
    made.faults = [];
    made.axe = readFileSync(join(root, 'web/node_modules/axe-core/axe.min.js'), 'utf8');
    const drawn = webgl ? ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'] : ['--disable-gpu'];
    const quiet = [...drawn, '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
    made.chromium = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless', '--no-sandbox', ...quiet] });
    return made;
  }

  // A page in a browser profile of its own.
  async page(viewport) {
    const context = await this.chromium.newContext({ viewport, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(90_000);
    page.on('request', (request) => {
      if (!request.url().startsWith(this.server.origin) && !/^(data|blob):/.test(request.url())) this.faults.push(`asked ${request.url()}`);
    });
    page.on('pageerror', (error) => this.faults.push(`threw on ${page.url()}: ${error.message}`));
    page.on('console', (line) => {
      if (line.text().includes('Content Security Policy')) this.faults.push(`on ${page.url()}: ${line.text()}`);
    });
    return page;
  }

  desk() {
    return this.page({ width: 1280, height: 800 });
  }
  phone() {
    return this.page({ width: 390, height: 844 });
  }

  // The phone of somebody who has signed in over the API.
  async phoneOf(client) {
    const page = await this.phone();
    await page.addInitScript(() => localStorage.setItem('luytre.opened', '1'));  // the app signs in nobody before its first opening
    await page.context().addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: this.server.origin })));
    return page;
  }

  // An officer of the demonstration, signed in by the form.
  async officer(username, viewport = { width: 1280, height: 800 }) {
    const page = await this.page(viewport);
    await page.goto(`${this.server.origin}/console/`);
    await page.getByRole('textbox', { name: 'Tên đăng nhập' }).fill(username);
    await page.getByLabel('Mật khẩu').fill(this.server.password(username));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).and(page.getByText(/Tổng quan/)).waitFor();
    return page;
  }

  // Every row of the databases that the page's app keeps on the device, as text.
  kept(page) {
    return page.evaluate(async () => {
      const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
      const found = [];
      for (const { name } of await indexedDB.databases()) {
        const database = await done(indexedDB.open(name));
        for (const table of database.objectStoreNames) found.push(...(await done(database.transaction(table).objectStore(table).getAll())));
        database.close();
      }
      return found.map((row) => JSON.stringify(row));
    });
  }

  // Runs `work` while the device has no room left for what waits to be sent.
  async full(page, work) {
    await page.evaluate(() => {
      const { put } = IDBObjectStore.prototype;
      window.roomAgain = () => (IDBObjectStore.prototype.put = put);
      IDBObjectStore.prototype.put = function (...given) {
        if (this.name === 'queue') throw new DOMException('no room', 'QuotaExceededError');
        return put.apply(this, given);
      };
    });
    await work();
    await page.evaluate(() => void window.roomAgain());
  }

  // Runs `work` while the page's seconds stand still, so that what is offered for a few of them stays however slow this machine is.
  async still(page, work) {
    await page.evaluate(() => {
      const { now } = Date;
      const at = now();
      window.timeAgain = () => (Date.now = now);
      Date.now = () => at;
    });
    await work();
    await page.evaluate(() => void window.timeAgain());
  }

  // Of what was seen, kept in LUYTRE_PICTURES, if set.
  async picture(page, name) {
    if (process.env.LUYTRE_PICTURES) await page.screenshot({ path: join(process.env.LUYTRE_PICTURES, `${name}.png`) });
  }

  // Nothing that axe finds, and nothing that sticks out of the page sideways.
  async check(page, name) {
    const flaws = await this.flaws(page, name);
    await this.picture(page, name);
    if (flaws.length) throw new Error(flaws.join('\n'));
  }

  // By all rules of WCAG 2.2 A and AA that axe knows, or by the rules named.
  async flaws(page, name, rules) {
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(this.axe);
    // A list that is being read anew is pale meanwhile; one that stays so is judged as it is.
    await page.waitForFunction(() => !document.querySelector('[data-stale]'), undefined, { timeout: 10_000 }).catch(() => undefined);
    const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
    // A button that has just become usable has the colours of neither state for a moment; and sizes and overlaps that were measured while something came in or went
    // are of no page that anybody saw: such a judgement is made again. axe holds up the page while it judges, so that what was going is seen to have gone afterwards.
    const found = await page.evaluate(async (only) => {
      const moving = () => document.getAnimations().filter((one) => one instanceof CSSTransition);
      // What scrolled half beneath the head or the foot of the page is scrolled out again: its size is not that of what is left to see.
      const stays = (element) => element && (['fixed', 'sticky'].includes(getComputedStyle(element).position) || stays(element.parentElement));
      const beneath = ({ element, any }) =>
        !stays(element) && any.some(({ data, relatedNodes }) => data?.messageKey === 'partiallyObscured' && relatedNodes.every((one) => stays(one.element)));
      const flawed = ({ id, nodes }) => id !== 'target-size' || !nodes.every(beneath);
      for (let again = 0; ; again++) {
        await Promise.all(moving().map((one) => one.finished.catch(() => undefined)));
        let changed = false;
        const watch = new MutationObserver(() => (changed = true));
        watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
        const judged = await globalThis.axe.run(document, { runOnly: only, resultTypes: ['violations'], elementRef: true });
        const violations = judged.violations.filter(flawed).map(({ id, nodes }) => ({ id, target: String(nodes[0].target) }));
        if (violations.length) await new Promise((later) => setTimeout(later, 500));
        changed ||= watch.takeRecords().length > 0 || moving().length > 0;
        watch.disconnect();
        if (!changed || !violations.length || again === 5) return violations;
      }
    }, runOnly);
    // How much, and the innermost of what sticks out.
    const [wide, by] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const out = (one) => one.getBoundingClientRect().right > clientWidth;
      const inmost = scrollWidth > clientWidth ? [...document.body.querySelectorAll('*')].filter((one) => out(one) && ![...one.children].some(out)) : [];
      return [scrollWidth - clientWidth, inmost.slice(0, 4).map((one) => one.outerHTML.slice(0, 160))];
    });
    const flaws = found.map(({ id, target }) => `${name}: ${id} ${target}`);
    if (wide > 0) flaws.push(`${name}: ${wide} px wider than the screen, by ${by.join(' … ')}`);
    return flaws;
  }

  // What each page still open showed last says most about a test that failed.
  async close() {
    const pages = this.chromium.contexts().flatMap((context) => context.pages());
    for (const [i, page] of pages.entries()) await this.picture(page, `last-${i + 1}`).catch(() => undefined);
    await this.chromium.close();
  }
}
