import { rounds } from "@luytre/shared/fuzzing";
import { commaSeparated } from "@luytre/shared/csv";
import { expect, test } from "vitest";

import { asList, columns, lacking, noSeat, ofCard, written, type Seat } from "./seats";

const an: Seat = { seat: "1", name: "Nguyễn Văn An", birthYear: "1980", phone: "0912345678", paper: "" };

test("what is written is sent as a list whose first seat is line 2", () => {
  const quoted = { ...an, seat: "2", name: 'Trần, "Bé" Thị' };
  expect(asList([an, quoted])).toBe(
    'seat,name,birthYear,phone,paper\n"1","Nguyễn Văn An","1980","0912345678",""\n"2","Trần, ""Bé"" Thị","1980","0912345678",""\n',
  );
  expect(commaSeparated(asList([quoted]))).toBe(asList([quoted]));
});

test("a seat is written once, the later of it", () => {
  const seats = written(written([], an), { ...an, seat: "2" });
  expect(written(seats, { ...an, seat: " 1 ", name: " Ân " })).toEqual([seats[1], { ...an, name: "Ân" }]);
});

test("a seat wants a name, a year, and a phone or a paper", () => {
  expect(lacking(an)).toBeUndefined();
  expect(lacking({ ...an, phone: "", paper: "B1234567" })).toBeUndefined();
  expect(lacking(noSeat)).toEqual({ column: "seat", code: "required" });
  expect(lacking({ ...an, name: " " })).toEqual({ column: "name", code: "required" });
  expect(lacking({ ...an, birthYear: "80" })).toEqual({ column: "birthYear", code: "format" });
  expect(lacking({ ...an, phone: " " })).toEqual({ column: "phone", code: "required" });
});

const cards = [
  "045099000123|197123456|Nguyễn Thị Hạnh|30041975|Nữ|Thôn Mỹ Lộc, Hải Quế, Hải Lăng, Quảng Trị|25042021",
  "045310000777||Lê Bảo An|01022010|Nam|Khu phố 2, Đông Hà, Quảng Trị|20082024||Lê Văn Cường|Hồ Thị Duyên|",
];

test("an identity card's code says name, year and number; a masked one, or another code, nothing", () => {
  expect(cards.map(ofCard)).toEqual([
    { paper: "045099000123", name: "Nguyễn Thị Hạnh", birthYear: "1975" },
    { paper: "045310000777", name: "Lê Bảo An", birthYear: "2010" },
  ]);
  for (const other of ["", "045090******|NGUYEN VAN AN|1990-**-**|0|162979388586171100|", "LTP.8AAA", "045099000123"])
    expect(ofCard(other)).toBeUndefined();
  for (const { text, round } of rounds(cards, 5_000)) {
    const card = ofCard(text);
    if (!card) continue;
    expect(card.paper, round).toMatch(/^\d{12}$/);
    expect(card.birthYear, round).toMatch(/^\d{4}$/);
    expect(columns.every((column) => !(column in card) || card[column as keyof typeof card] !== ""), round).toBe(true);
  }
});
