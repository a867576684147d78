// Renews docs/vi/pictures from what the browser tests saw:  LUYTRE_PICTURES=FOLDER make test, then  node tools/pictures.mjs FOLDER [NAME…]
// Each becomes a WebP no wider than it is read, below 80 KB. With names, as the guides call them, only those.
// First it looks whether the guides and this list speak of the same pictures.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  ['phieu-dieu-tra', 'investigation-phone', phone],
  ['phong-van', 'interview-phone', phone],
  ['ghi-nguoi-tiep-xuc', 'declare-contact', desk],
  ['chuyen-viec', 'task-hand-over', desk],
  ['theo-doi-hom-nay', 'follow-up-phone', phone],
  ['diem-danh', 'site', desk],
  ['lay-mau', 'laboratory-taken-phone', phone],
  ['giao-viec', 'tasks-given', desk],
  ['ky-nhieu', 'orders-sign-together', desk],
  ['nhan-doan', 'site-intake', desk],
  ['duong-tinh', 'laboratory', desk],
  ['dong-cho-quyet-dinh', 'line-list-decide', desk],
  ['o-dich', 'outbreak', desk],
  ['so-do-lay', 'graph', desk],
  ['ca-theo-dia-ban', 'case-report-then', desk],
];

const [from, ...only] = process.argv.slice(2);
if (!from) throw new Error('usage: node tools/pictures.mjs FOLDER [NAME…]');
const guides = join(dirname(fileURLToPath(import.meta.url)), '../docs/vi');
const to = join(guides, 'pictures');
mkdirSync(to, { recursive: true });

const listed = new Set(pictures.map(([name]) => name));
const shown = new Set(
  readdirSync(guides)
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => [...readFileSync(join(guides, file), 'utf8').matchAll(/\(pictures\/([\w-]+)\.webp\)/g)].map(([, name]) => name)),
);
const amiss = [
  ...[...shown].filter((name) => !listed.has(name)).map((name) => `${name}: shown in a guide, not listed here`),
  ...[...listed].filter((name) => !shown.has(name)).map((name) => `${name}: listed here, shown in no guide`),
  ...only.filter((name) => !listed.has(name)).map((name) => `${name}: asked for, not listed here`),
];
if (amiss.length) throw new Error(amiss.join('\n'));

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
for (const [name, seen, width] of pictures.filter(([one]) => only.length === 0 || only.includes(one))) {
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
