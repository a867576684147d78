import { expect, test } from "vitest";

import { fold } from "./fold";

test("typing without diacritics finds the name with them", () => {
  expect(fold("Đông Hà")).toBe("dong ha");
  expect(fold("  HƯỚNG   Hóa ")).toBe("huong hoa");
});

test("composed and decomposed letters fold alike", () => {
  expect(fold("Quảng Trị".normalize("NFD"))).toBe(fold("Quảng Trị".normalize("NFC")));
});
