import { expect, test } from "vitest";

import { readAtGate } from "./reading";

test("what a guard may scan", () => {
  const kind = (text: string) => readAtGate(text).kind;
  expect(kind(" ltp.ABC ")).toBe("person");
  expect(kind("ltc.ABC")).toBe("ownCard");
  expect(kind("045099000123||Nguyễn Thị Hạnh|30041975|Nữ|Hải Lăng|25042021")).toBe("card");
  expect(kind("GD4454501234567|48e1bb932056c4836e2043c3b46e|30/04/1975|2|48e1baa369205175e1babf2c2048e1baa369204cc4836e672c205175e1baa36e67205472e1bb8b|45 - 012|01/01/2021|-|15/12/2020|45030112345678|-|4|01/01/2025|1a2b3c4d5e6f-7102|$")).toBe("card");
  expect(kind("******000123|NGUYEN THI HANH|1975-**-**|0|162979388586171100|")).toBe("card");
  expect(
    kind("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"),
  ).toBe("card");
  expect(kind(`https://luytre.example/p/${"2".repeat(119)}`)).toBe("place");
  expect(kind("HC1:6BF")).toBe("unknown");
  expect(kind("https://example.org")).toBe("unknown");
});
