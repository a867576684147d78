// Renews docs/vi/pictures from what the browser tests saw:  LUYTRE_PICTURES=FOLDER make test, then  node tools/pictures.mjs FOLDER
// Each becomes a WebP no wider than it is read, below 80 KB.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '../web/node_modules/playwright-core/index.mjs';

const mostBytes = 80 * 1024;
const phone = 360;
const tablet = 520;
const desk = 1000;
const pictures = [
  // as the guides call it, as the tests do, width
  ['trang-chu', 'citizen-home', phone],
  ['da-ghi-nhan', 'citizen-checked-in', phone],
  ['ket-qua-to-khai', 'outcome-phone', phone],
  ['the-in', 'card-made-phone', phone],
  ['cho-gui', 'offline-waiting-phone', phone],
  ['canh-bao', 'citizen-warning', phone],
  ['ai-da-xem', 'citizen-access-log', phone],
  ['dia-diem', 'citizen-place', phone],
  ['to-ma', 'poster', phone],
  ['sap-day', 'keeper-near-phone', phone],
  ['nhat-ky-gio', 'keeper-log-phone', phone],
  ['nguoi-giu-cong', 'guard-names', phone],
  ['nhan-ca', 'guard-sign-in', phone],
  ['chon-cong', 'guard-choose-A', phone],
  ['quet-the', 'guard-id-card', phone],
  ['ma-gia', 'guard-forged', phone],
  ['giu-cong-ngoai-tuyen', 'guard-offline', phone],
  ['khach-ra', 'guard-out', phone],
  ['xe-cuu-thuong', 'guard-ambulance', phone],
  ['may-khai', 'kiosk-welcome', tablet],
  ['lan-xe', 'lane-four', phone],
  ['so-chot', 'lane-book', phone],
  ['chuyen-di', 'journey-code', phone],
  ['chot-theo-gio', 'checkpoint-watch', desk],
  ['nghi-tiep-xuc', 'console-candidates', desk],
  ['xem-truoc-canh-bao', 'console-warnings', desk],
  ['danh-sach-viec', 'tasks-phone', phone],
  ['phan-loai', 'assign-phone', phone],
  ['to-khai', 'declarations', desk],
  ['to-danh-sach', 'team-list', phone],
  ['to-mot-nha', 'team-door', phone],
  ['to-khai-ho', 'team-form-An', phone],
  ['to-trong-trang-tram', 'team-console', desk],
];

const [from] = process.argv.slice(2);
if (!from) throw new Error('usage: node tools/pictures.mjs FOLDER');
const to = join(dirname(fileURLToPath(import.meta.url)), '../docs/vi/pictures');
mkdirSync(to, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
for (const [name, seen, width] of pictures) {
  const png = readFileSync(join(from, `${seen}.png`)).toString('base64');
  for (let quality = 0.9; ; quality -= 0.1) {
    const made = await page.evaluate(
      async ([data, most, q]) => {
        const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
        const scale = Math.min(1, most / image.width);
        const canvas = new OffscreenCanvas(Math.round(image.width * scale), Math.round(image.height * scale));
        const context = canvas.getContext('2d');
        context.imageSmoothingQuality = 'high';
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
        const blob = await canvas.convertToBlob({ type: 'image/webp', quality: q });
        return [...new Uint8Array(await blob.arrayBuffer())];
      },
      [png, width, quality],
    );
    if (made.length > mostBytes && quality > 0.3) continue;
    writeFileSync(join(to, `${name}.webp`), Buffer.from(made));
    console.log(`${name}.webp  ${Math.round(made.length / 1024)} KB`);
    break;
  }
}
await browser.close();
