// What the benchmarks over HTTP stand on: both databases, filled with people and places.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { built, root, run, say } from './support.mjs';

export const kPeople = 100_000;
const kHousehold = 5;  // as checkins_prepare makes them
export const kPlaces = 2_000;
export const kClients = 64;
export const names = { sqlite: 'SQLite', postgres: 'PostgreSQL 15' };
export const tool = (path) => join(built, 'bench', path);

// Both databases, once filled; every measurement gets a copy of its own, so that none meets what another wrote.
export class Stage {
  constructor() {
    this.folder = mkdtempSync(join(root, 'build/bench-'));
    chmodSync(this.folder, 0o711);  // as root, PostgreSQL runs as another user and must reach its folder in here
    this.copies = 0;
    this.startPostgres();
  }

  async fill() {
    for (const engine of ['sqlite', 'postgres']) mkdirSync(join(this.folder, engine));
    say(`filling both databases: ${kPeople} people, ${kPlaces} places`);
    this.psql('CREATE DATABASE filled');
    const env = { ...process.env, PGOPTIONS: '-c synchronous_commit=off' };  // filling need not be durable
    await Promise.all(['sqlite', 'postgres'].map((engine) =>
      run(tool('checkins/checkins_prepare'), [join(this.folder, engine), this.url(engine, engine, 'filled'), kPeople / kHousehold, kPlaces].map(String), { env })));
  }

  startPostgres(...preload) {
    this.admin = execFileSync(join(root, 'tests/postgres.sh'), ['start', join(this.folder, 'pg'), 'durable', ...preload], { encoding: 'utf8' }).trim();
  }

  postgres(action) {
    execFileSync(join(root, 'tests/postgres.sh'), [action, join(this.folder, 'pg')]);
  }

  psql(sql) {
    execFileSync('psql', [this.admin, '-qc', sql]);
  }

  url(engine, folder, database) {
    return engine === 'sqlite' ? `sqlite:${join(this.folder, folder, 'luytre.db')}` : this.admin.replace('///postgres?', `///${database}?`);
  }

  copy(engine) {
    const name = `copy${++this.copies}`;
    cpSync(join(this.folder, engine), join(this.folder, name), { recursive: true });
    if (engine === 'postgres') this.psql(`CREATE DATABASE ${name} TEMPLATE filled`);
    return { engine, name, data: join(this.folder, name), db: this.url(engine, name, name), cast: join(this.folder, engine, 'cast') };
  }

  drop(copy) {
    rmSync(copy.data, { recursive: true });
    if (copy.engine === 'postgres') this.psql(`DROP DATABASE ${copy.name} WITH (FORCE)`);
  }

  // The ids of a table of a copy, as text, whoever wrote its rows.
  ids(copy, table) {
    const sql = `SELECT id FROM ${table}`;
    const [program, words] = copy.engine === 'sqlite' ? ['sqlite3', [copy.db.slice('sqlite:'.length)]] : ['psql', [copy.db, '-qtAc']];
    return execFileSync(program, [...words, sql], { encoding: 'utf8', maxBuffer: 2 ** 28 }).split('\n').filter(Boolean);
  }

  close() {
    this.postgres('stop');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
