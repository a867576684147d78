// An officer at a browser, and how long they wait.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const kOfficers = 4; // at once
export const kAsked = 200;
export const kListMs = 100;
const kWarmUp = 20;

// The province's first and second, the commune's, the region's.
export const officersOf = (copy) => readFileSync(join(copy.data, 'officers'), 'utf8').trim().split('\n');

export class Client {
  constructor(server, token) {
    this.at = `http://127.0.0.1:${server.port}/api/v1`;
    this.token = token;
  }

  async call(method, path, body, headers = {}) {
    const sent = { Accept: 'application/json', Cookie: `luytre_session=${this.token}`, 'X-Requested-With': 'luytre', ...headers };
    if (body) sent['Content-Type'] = 'application/json';
    const response = await fetch(this.at + path, { method, headers: sent, body: body && JSON.stringify(body) });
    const answer = await response.json().catch(() => undefined);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }
  get = (path) => this.call('GET', path);
  post = (path, body) => this.call('POST', path, body, { 'Idempotency-Key': crypto.randomUUID() });
  edit = (path, body, version) => this.call('POST', path, body, { 'If-Match': `"${version}"` });
}

// Milliseconds of each answer: the median, and that of the slowest twentieth.
export async function timed(clients, ask, times = kAsked) {
  const warmUp = Math.min(kWarmUp, times);
  for (let i = 0; i < warmUp; ++i) await ask(clients[i % clients.length], i);
  const took = [];
  let next = warmUp;
  const work = async (client) => {
    while (next < warmUp + times) {
      const i = next++;
      const began = performance.now();
      await ask(client, i);
      took.push(performance.now() - began);
    }
  };
  await Promise.all(clients.map(work));
  took.sort((a, b) => a - b);
  return { median: took[took.length >> 1], p95: took[Math.floor(took.length * 0.95)] };
}
