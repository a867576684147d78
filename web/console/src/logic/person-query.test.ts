import { expect, test } from "vitest";

import { askedBy, parseCaseNumber, parseOrderNumber, parsePersonQuery } from "./person-query";

test("phones are recognised however they are written", () => {
  expect(parsePersonQuery("0912 345 678")).toEqual({ phone: "0912345678" });
  expect(parsePersonQuery("+84 912.345.678")).toEqual({ phone: "+84912345678" });
});

test("papers are told from phones by their length", () => {
  expect(parsePersonQuery("045 186 001 234")).toEqual({ paper: "045186001234" });
  expect(parsePersonQuery("197123456")).toEqual({ paper: "197123456" });
  expect(parsePersonQuery("c1234567")).toEqual({ paper: "C1234567" });
  expect(parsePersonQuery("GD4454512345678")).toEqual({ paper: "GD4454512345678" });
});

test("a name may be followed by a year of birth", () => {
  expect(parsePersonQuery("Trần Thị Lành 1986")).toEqual({ name: "Trần Thị Lành", birthYear: 1986 });
  expect(parsePersonQuery("  tran   thi lanh ")).toEqual({ name: "tran thi lanh" });
  expect(parsePersonQuery("Lành 1786")).toBeUndefined();
});

test("too little, or a half-typed number, asks nothing", () => {
  expect(parsePersonQuery("")).toBeUndefined();
  expect(parsePersonQuery("Lành")).toBeUndefined();
  expect(parsePersonQuery("0912 34")).toBeUndefined();
  expect(parsePersonQuery("Lành 19")).toBeUndefined();
});

test("a full birth date stands alone or behind a name, day before month", () => {
  expect(parsePersonQuery("Lành 5/3/1986")).toEqual({ name: "Lành", birthDate: "1986-03-05" });
  expect(parsePersonQuery("Trần Thị Lành 05.03.1986")).toEqual({ name: "Trần Thị Lành", birthDate: "1986-03-05" });
  expect(parsePersonQuery("17-05-1980")).toEqual({ birthDate: "1980-05-17" });
  expect(parsePersonQuery("31/02/1986")).toBeUndefined();
  expect(parsePersonQuery("Lành 5/3/86")).toBeUndefined();
});

test("an address stands alone, or behind a name and a comma, where it is looked for", () => {
  const at = (typed: string) => parsePersonQuery(typed, { homes: true });
  for (const address of ["Thôn Mỹ Lộc", "thon my loc", "tổ 3, khu phố 2", "to 3 khu pho 2", "so 12 le loi", "12/3 Lê Lợi", "12 Lê Lợi, Đông Hà", "Đường Trần Phú"]) {
    expect(at(address)).toEqual({ address });
    expect(askedBy({ address })).toBe("home");
    expect(parsePersonQuery(address)?.address).toBeUndefined();
  }
  expect(at("Nguyễn Văn Hùng, thôn 3")).toEqual({ name: "Nguyễn Văn Hùng", address: "thôn 3" });
  expect(at("Lành 1986, Mỹ Lộc")).toEqual({ name: "Lành", birthYear: 1986, address: "Mỹ Lộc" });
  expect(at("5/3/1986, Mỹ Lộc")).toEqual({ birthDate: "1986-03-05", address: "Mỹ Lộc" });
  expect(at("Lành, thôn Mỹ Lộc")).toEqual({ name: "Lành", address: "thôn Mỹ Lộc" });
  expect(at("Lành, Lộc")).toEqual({ name: "Lành, Lộc" });
  expect(askedBy({ name: "Lành", address: "thôn Mỹ Lộc" })).toBe("nameHome");
});

test("names, numbers and dates are not taken for addresses", () => {
  for (const typed of ["Ngô Văn An", "ngo van an", "Tô Thị Ba", "to thi ba", "dương văn minh", "Kiệt Nguyễn", "Trần Thị Lành 1986", "17-05-1980", "0912 345 678", "045 186 001 234", "197123456", "C1234567"])
    expect(parsePersonQuery(typed, { homes: true })).toEqual(parsePersonQuery(typed));
  expect(parsePersonQuery("thôn", { homes: true })).toBeUndefined();
});

test("a month of birth stands behind a name", () => {
  for (const typed of ["Lành 3/1987", "Lành 03/1987", "Lành 03-1987", "Lành 1987-03", "Lành 1987-3"])
    expect(parsePersonQuery(typed)).toEqual({ name: "Lành", birthYear: 1987, birthMonth: 3 });
  expect(parsePersonQuery("Trần Thị Lành 12.1987")).toEqual({ name: "Trần Thị Lành", birthYear: 1987, birthMonth: 12 });
  for (const typed of ["Lành 13/1987", "Lành 0/1987", "Lành 3/1787", "Lành 12/2999", "3/1987", "1987-03"]) expect(parsePersonQuery(typed)).toBeUndefined();
  expect(parsePersonQuery("Lành 3/1987, Mỹ Lộc", { homes: true })).toEqual({ name: "Lành", birthYear: 1987, birthMonth: 3, address: "Mỹ Lộc" });
});

test("a code that a person shows is told from everything else", () => {
  const code = `LTP.${"7K2F".repeat(35)}`;
  expect(parsePersonQuery(` ${code}`)).toEqual({ code });
  expect(parsePersonQuery("LTP.7K2F")).toBeUndefined();
});

test("a printed card's code and its number are codes, too", () => {
  const card = `LTC.${"7K2F".repeat(29)}`;
  for (const code of [card, "LTC-7GK2-M0QX", "ltc 7gk2 m0qx", "LTC-7GK2M0QX"]) {
    expect(parsePersonQuery(code)).toEqual({ code });
    expect(askedBy({ code })).toBe("code");
    expect(parseOrderNumber(code)).toBeUndefined();
  }
  for (const cut of ["LTC.7K2F", "LTC-7GK2", "LTC-7GK2-M0Q"]) expect(parsePersonQuery(cut)).toBeUndefined();
});

const papers = {
  "identity card": "045099000123|197123456|Nguyễn Thị Hạnh|30041975|Nữ|Thôn Mỹ Lộc, Hải Quế, Hải Lăng, Quảng Trị|25042021",
  "identity card without an old number": "079201004567||Trần Văn Bình|09122001|Nam|12 Lê Lợi, Quận 1, TP HCM|01032022",
  "identity card since 2024": "045310000777||Lê Bảo An|01022010|Nam|Khu phố 2, Đông Hà|20082024||Lê Văn Cường|Hồ Thị Duyên|",
  "health insurance": "GD4454501234567|4e677579e1bb856e2048e1baa16e68|30/04/1975|2|48e1baa369|45 - 012|01/01/2021|-|15/12/2020|45030112345678|-|4|01/01/2025|1a2b-7102|$",
  "health insurance by the person's number": "4501234567|48e1bb93|1948|1|-|45 - 012|01/01/2021|-|x|$",
  "the apps of 2021": "045099000123|NGUYEN THI HANH|1975-04-30|0|162979388586171100|2<GD4454501234567<0943123456<",
  passport: "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10",
  "card with three lines": "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
};

test.each(Object.entries(papers))("a scanned paper is asked whole: %s", (_, code) => {
  expect(parsePersonQuery(` ${code}\n`)).toEqual({ code });
  expect(askedBy({ code })).toBe("scanned");
  expect(parseCaseNumber(code)).toBeUndefined();
  expect(parseOrderNumber(code)).toBeUndefined();
});

test("lines that a reader parts are one zone", () => {
  const lines = papers.passport.replace(/^(.{44})/, "$1\r\n");
  expect(parsePersonQuery(lines)).toEqual({ code: papers.passport.replace(/^(.{44})/, "$1 ") });
});

test("half of a scanned paper asks nothing, and other systems' codes are no people", () => {
  for (const half of ["045099000123|", "045099000123||Nguyễn Thị Hạnh|30041975", "GD4454501234567|4e67|", papers.passport.slice(0, 44), "a | b | c"])
    expect(parsePersonQuery(half)).toBeUndefined();
  for (const other of ["https://example.vn/x?y=1", "WIFI:S:nha;T:WPA;P:12345678;;"]) expect(parsePersonQuery(other)).toBeUndefined();
});

test("a case number is no person", () => {
  expect(parseCaseNumber(" cov-260821-7k2fq9 ")).toBe("COV-260821-7K2FQ9");
  expect(parsePersonQuery("COV-260821-7K2FQ9")).toBeUndefined();
  expect(parseCaseNumber("Trần Thị Lành")).toBeUndefined();
});

test("nor is the number of an order, however it is typed", () => {
  for (const typed of ["LTQ-7GK2-M0QX", " ltq-7gk2-m0qx ", "ltq 7gk2 m0qx", "LTQ7GK2M0QX"]) {
    expect(parseOrderNumber(typed)).toBe("LTQ-7GK2-M0QX");
    expect(parsePersonQuery(typed)).toBeUndefined();
    expect(parseCaseNumber(typed)).toBeUndefined();
  }
  expect(parseOrderNumber("LTQ-7GK2")).toBeUndefined();
  expect(parseOrderNumber("LTQ.7GK2M0QX")).toBeUndefined();
  expect(parseOrderNumber("COV-260821-7K2FQ9")).toBeUndefined();
});
