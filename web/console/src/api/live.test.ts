import { expect, test } from "vitest";

import { keysFor } from "./live";

test("an event concerns the lists of its noun", () => {
  expect(keysFor("case.confirmed")).toEqual([["cases"], ["outbreaks", "one"], ["laboratory", "positives"], ["laboratory", "overturned"], ["waiting"]]);
  expect(keysFor("task.opened")).toEqual([["tasks", "list"], ["waiting"]]);
  expect(keysFor("person.changed")).toEqual([]);
  expect(keysFor("case.imported")).toEqual([]);
});
