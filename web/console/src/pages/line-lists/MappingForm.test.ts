import { expect, test } from "vitest";

import { readValues } from "./MappingForm";

test("values are read line by line; what stands alone counts as not told", () => {
  expect(readValues("Trai = male\n\n Gái=female \n?")).toEqual([{ theirs: "Trai", ours: "male" }, { theirs: "Gái", ours: "female" }, { theirs: "?" }]);
});
