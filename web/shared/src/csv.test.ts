import { expect, test } from "vitest";

import { commaSeparated, listBody } from "./csv";

test("semicolons and tabs become commas, and a comma in a field is quoted", () => {
  expect(commaSeparated("seat;name;phone\n1;Trần, Thị Cúc;0912\r\n2;An;\n")).toBe(
    'seat,name,phone\n1,"Trần, Thị Cúc",0912\r\n2,An,\n',
  );
  expect(commaSeparated("seat\tname\n1\tAn")).toBe("seat,name\n1,An");
});

test("the line that says who took a list out parts no fields", () => {
  expect(commaSeparated("Lũy Tre: Quảng Trị, 1, Hoa, 2;;\nnumber;name;sex\n1;An;male\n")).toBe('"Lũy Tre: Quảng Trị, 1, Hoa, 2",,\nnumber,name,sex\n1,An,male\n');
});

test("what stands in quotes stays as it is", () => {
  expect(commaSeparated('seat;name\n1;"a;b ""c"""\n2;"d\ne"\n')).toBe('seat,name\n1,"a;b ""c"""\n2,"d\ne"\n');
});

test("commas are left alone, but for a byte order mark", () => {
  expect(commaSeparated("\uFEFFseat,name\n1,a;b\n")).toBe("seat,name\n1,a;b\n");
  expect(commaSeparated("")).toBe("");
});

test("a workbook is sent as it is, whatever it is called", async () => {
  const bytes = new Uint8Array([0x50, 0x4b, 3, 4, 0, 0xff]);
  const sent = await listBody(new Blob([bytes]));
  expect(sent.type).toContain("spreadsheetml");
  expect(new Uint8Array(await (sent.body as Blob).arrayBuffer())).toEqual(bytes);
  expect(await listBody(new Blob(["a;b"], { type: "application/vnd.ms-excel" }))).toEqual({ type: "text/csv", body: "a,b" });
});
