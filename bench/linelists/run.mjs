// A line list of a hundred thousand cases, taken into a new database: each person compared with all who are known by then, beside the same list
// compared with nobody.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { names, tool } from '../stage.mjs';
import { median, run, say, table, whole } from '../support.mjs';

const kRows = 100_000;
const kMost = 60; // seconds, with linkage

export async function linelists(stage, { rounds }) {
  const rows = [];
  for (const engine of Object.keys(names)) {
    const found = { linked: [], plain: [] };
    let undecided = 0;
    for (let round = 1; round <= rounds; ++round) {
      for (const how of ['linked', 'plain']) {
        say(`${engine}: a line list, ${how}, round ${round} of ${rounds}`);
        const name = `lists_${engine}_${how}_${round}`;
        mkdirSync(join(stage.folder, name));
        if (engine === 'postgres') stage.psql(`CREATE DATABASE ${name}`);
        const answer = JSON.parse((await run(tool('linelists/linelists_load'), [join(stage.folder, name), stage.url(engine, name, name), String(kRows), how])).stdout);
        found[how].push(answer.seconds);
        if (how === 'linked') undecided = answer.undecided;
        stage.drop({ engine, name, data: join(stage.folder, name) });
      }
    }
    const linked = median(found.linked);
    const plain = median(found.plain);
    rows.push([names[engine], linked.toFixed(1), plain.toFixed(1), whole(kRows / linked), whole(undecided), linked <= kMost ? 'yes' : 'no']);
  }
  return `## A line list

${whole(kRows)} cases of people whom nobody knows, one row in a hundred of somebody an earlier row named, into a new database: sending, reading, linking,
writing people and cases. Seconds; *plain* is the same list compared with nobody.

${table(['database', 'linked', 'plain', 'rows/s, linked', 'put aside', `within ${kMost} s`], rows)}`;
}
