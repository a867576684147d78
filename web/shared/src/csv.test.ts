import { expect, test } from "vitest";

import { commaSeparated } from "./csv";

test("semicolons and tabs become commas, and a comma in a field is quoted", () => {
  expect(commaSeparated("seat;name;phone\n1;Trần, Thị Cúc;0912\r\n2;An;\n")).toBe(
    'seat,name,phone\n1,"Trần, Thị Cúc",0912\r\n2,An,\n',
  );
  expect(commaSeparated("seat\tname\n1\tAn")).toBe("seat,name\n1,An");
});

test("what stands in quotes stays as it is", () => {
  expect(commaSeparated('seat;name\n1;"a;b ""c"""\n2;"d\ne"\n')).toBe('seat,name\n1,"a;b ""c"""\n2,"d\ne"\n');
});

test("commas are left alone, but for a byte order mark", () => {
  expect(commaSeparated("\uFEFFseat,name\n1,a;b\n")).toBe("seat,name\n1,a;b\n");
  expect(commaSeparated("")).toBe("");
});
