// What a camera and a reader find on a PDF that a page would print.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './support.mjs';

const reader = join(root, 'web/node_modules/zxing-wasm/dist');
const { prepareZXingModule, readBarcodes } = await import(join(reader, 'es/reader/index.js'));
prepareZXingModule({ overrides: { wasmBinary: readFileSync(join(reader, 'reader/zxing_reader.wasm')) } });

// Every QR code on its first page, printed at 150 dots per inch and photographed, and its text. `page` is signed in.
export async function printed(page, address) {
  const bytes = await page.evaluate(async (url) => {
    const answer = await fetch(url);
    return { status: answer.status, body: [...new Uint8Array(await answer.arrayBuffer())] };
  }, address);
  assert.equal(bytes.status, 200);
  const folder = mkdtempSync(join(tmpdir(), 'luytre-printed-'));
  try {
    const file = join(folder, 'printed.pdf');
    writeFileSync(file, Buffer.from(bytes.body));
    execFileSync('pdftoppm', ['-png', '-r', '150', '-singlefile', file, join(folder, 'page')]);
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    const found = await readBarcodes(new Uint8Array(readFileSync(join(folder, 'page.png'))), { formats: ['QRCode'], maxNumberOfSymbols: 12 });
    return { codes: found.map((each) => each.text), text };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
