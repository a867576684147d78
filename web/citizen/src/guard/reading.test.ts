import { expect, test } from "vitest";

import { readAtGate } from "./reading";

test("what a guard may scan", () => {
  const kind = (text: string) => readAtGate(text).kind;
  expect(kind(" ltp.ABC ")).toBe("person");
  expect(kind("ltc.ABC")).toBe("ownCard");
  expect(kind("045099000123||Nguyễn Thị Hạnh|30041975|Nữ|Hải Lăng|25042021")).toBe("card");
  expect(kind("******000123|NGUYEN THI HANH|1975-**-**|0|162979388586171100|")).toBe("card");
  expect(
    kind("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"),
  ).toBe("card");
  expect(kind(`https://luytre.example/p/${"2".repeat(119)}`)).toBe("place");
  expect(kind("HC1:6BF")).toBe("unknown");
  expect(kind("https://example.org")).toBe("unknown");
});
