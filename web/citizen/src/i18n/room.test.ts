// The words of each room: both languages say the same, and the room's pages name all of them and no others.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import claimEn from "../claim/en.json";
import claimVi from "../claim/vi.json";
import dutiesEn from "../duties/words.en.json";
import dutiesVi from "../duties/words.vi.json";
import formsEn from "../forms/en.json";
import formsVi from "../forms/vi.json";
import guardEn from "../guard/en.json";
import guardVi from "../guard/vi.json";
import helpingEn from "../helping/words.en.json";
import helpingVi from "../helping/words.vi.json";
import inspectionsEn from "../inspections/en.json";
import inspectionsVi from "../inspections/vi.json";
import kioskEn from "../kiosk/en.json";
import kioskVi from "../kiosk/vi.json";
import laneEn from "../lane/en.json";
import laneVi from "../lane/vi.json";
import lateEn from "../late/en.json";
import lateVi from "../late/vi.json";
import noticesEn from "../notices/en.json";
import noticesVi from "../notices/vi.json";
import paperEn from "../paper/en.json";
import paperVi from "../paper/vi.json";
import remindersEn from "../reminders/en.json";
import remindersVi from "../reminders/vi.json";
import runsEn from "../runs/en.json";
import runsVi from "../runs/vi.json";
import visitsEn from "../visits/en.json";
import visitsVi from "../visits/vi.json";
import teamEn from "../team/en.json";
import teamVi from "../team/vi.json";

type Texts = { [key: string]: string | Texts };

// `name`: how the room's pages call the function that says its words.
const rooms: { room: string; name: string; vi: Texts; en: Texts }[] = [
  { room: "claim", name: "w", vi: claimVi, en: claimEn },
  { room: "duties", name: "w", vi: dutiesVi, en: dutiesEn },
  { room: "forms", name: "f", vi: formsVi, en: formsEn },
  { room: "guard", name: "g", vi: guardVi, en: guardEn },
  { room: "helping", name: "w", vi: helpingVi, en: helpingEn },
  { room: "inspections", name: "w", vi: inspectionsVi, en: inspectionsEn },
  { room: "kiosk", name: "w", vi: kioskVi, en: kioskEn },
  { room: "lane", name: "w", vi: laneVi, en: laneEn },
  { room: "late", name: "w", vi: lateVi, en: lateEn },
  { room: "notices", name: "w", vi: noticesVi, en: noticesEn },
  { room: "paper", name: "p", vi: paperVi, en: paperEn },
  { room: "reminders", name: "w", vi: remindersVi, en: remindersEn },
  { room: "runs", name: "r", vi: runsVi, en: runsEn },
  { room: "visits", name: "w", vi: visitsVi, en: visitsEn },
  { room: "team", name: "w", vi: teamVi, en: teamEn },
];

const flat = (texts: Texts, before = ""): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`),
  );
const bare = (key: string) => key.replace(/_(one|other)$/, "");
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".test.ts"))
  .map((name) => ({ name, text: readFileSync(join("src", name), "utf8") }));
const pagesOf = (room: string) =>
  sources
    .filter(({ name, text }) => name.startsWith(`${room}/`) || text.includes(`/${room}/words"`))
    .map(({ text }) => text)
    .join("\n");

describe.each(rooms)("words of $room", ({ room, name, vi, en }) => {
  const vietnamese = new Map(flat(vi).map(([key, text]) => [bare(key), text]));

  test("both languages say the same things", () => {
    for (const [key, text] of flat(en)) expect([key, holes(vietnamese.get(bare(key)) ?? "missing")]).toEqual([key, holes(text)]);
    expect(new Set(flat(en).map(([key]) => bare(key)))).toEqual(new Set(vietnamese.keys()));
  });

  test("every word that is named is there, and none is left over", () => {
    const source = pagesOf(room);
    const named = [...source.matchAll(new RegExp(`\\b${name}\\("([\\w.]+)"`, "g"))].map((match) => match[1]!);
    expect(named.filter((key) => !vietnamese.has(key))).toEqual([]);
    const beginnings = [...source.matchAll(new RegExp(`\\b${name}\\(\`([\\w.]+)\\$\\{`, "g"))].map((match) => match[1]!);
    const used = (key: string) => named.includes(key) || beginnings.some((beginning) => key.startsWith(beginning));
    expect([...vietnamese.keys()].filter((key) => !used(key))).toEqual([]);
  });

  test("Vietnamese is written in composed letters", () => {
    for (const [key, text] of vietnamese) expect([key, text]).toEqual([key, text.normalize("NFC")]);
  });
});
