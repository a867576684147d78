import { expect, test } from "vitest";

import { eventReader } from "./event-stream";

test("events come out whole however the text is cut", () => {
  const text = ': awake\n\nid: 1.0.7\nevent: case.confirmed\ndata: {"subject":"c1"}\n\nevent: task.made\ndata: a\ndata: b\n\n';
  for (let size = 1; size < 20; size++) {
    const read = eventReader();
    const events = [];
    for (let at = 0; at < text.length; at += size) events.push(...read(text.slice(at, at + size)));
    expect(events).toEqual([
      { type: "case.confirmed", data: '{"subject":"c1"}', id: "1.0.7" },
      { type: "task.made", data: "a\nb", id: "1.0.7" },
    ]);
  }
});

test("an unfinished event is not told", () => {
  expect(eventReader()("event: x\ndata: 1\n")).toEqual([]);
});
