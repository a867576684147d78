// How much a first visit loads, in gzip bytes: the page itself and what it names, and everything that the first pages
// (signing in, home) need through static imports. Fails above the budget. Run after `npm run build`.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const budget = 150_000;
const budgetOfOpening = 8_000; // the page, its style, and the script that shows it and asks for the rest
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist)));
const first = ["src/start.tsx", "src/pages/SignIn.tsx", "src/app/Shell.tsx", "src/pages/Home.tsx"];

const files = new Set(["index.html"]);
function need(key) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not in the build: has it been renamed?`);
  if (files.has(chunk.file)) return;
  for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
  for (const other of chunk.imports ?? []) need(other);
}
need("index.html");
const ofOpening = [...files];
first.forEach(need);
for (const [, file] of readFileSync(new URL("index.html", dist), "utf8").matchAll(
  /(?:href|src)="\/([^"]+\.(?:js|css|woff2))"/g,
))
  files.add(file);

const bytesOf = (file) => {
  const plain = readFileSync(new URL(file, dist));
  return file.endsWith(".woff2") ? plain.length : gzipSync(plain, { level: 9 }).length;
};
let total = 0;
for (const file of files) {
  const bytes = bytesOf(file);
  total += bytes;
  console.log(String(bytes).padStart(8), file);
}
const opening = ofOpening.reduce((sum, file) => sum + bytesOf(file), 0);
console.log(String(opening).padStart(8), `bytes before anything is seen, of ${budgetOfOpening}`);
console.log(String(total).padStart(8), `bytes in all, of ${budget}`);
if (opening > budgetOfOpening) {
  console.error("main.tsx must import nothing but style and what loads the rest: it is read before anything is seen.");
  process.exit(1);
}
if (total > budget) {
  console.error("The first load is over its budget: what the first pages need not show goes to a page that is loaded later.");
  process.exit(1);
}
