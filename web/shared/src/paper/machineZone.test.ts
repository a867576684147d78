import { describe, expect, test } from "vitest";

import { machineZone } from "./machineZone";

// The specimens of ICAO Doc 9303, parts 4 and 5.
const passport = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
const card = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"];

describe("the machine-readable zone in what was read", () => {
  test("a passport's and a card's, below whatever else was read", () => {
    expect(machineZone(["PASSPORT", "Surname ERIKSSON", ...passport, ""].join("\n"))).toBe(passport.join(""));
    expect(machineZone(card.join("\n"))).toBe(card.join(""));
  });

  test("O for 0 and 0 for O are put right where only one can stand", () => {
    const read = [passport[0]!, passport[1]!.replace("UTO74", "UT074").replace("1204159", "12O4159")];
    expect(machineZone(read.join("\n"))).toBe(passport.join(""));
  });

  test("fillers that were lost or added do not matter", () => {
    for (const change of [-9, -1, 1, 4]) {
      const first = change < 0 ? passport[0]!.slice(0, change) : passport[0]! + "<".repeat(change);
      expect(machineZone([first, passport[1]!].join("\n")), String(change)).toBe(passport.join(""));
    }
    expect(machineZone([passport[0]!, passport[1]!.replace("<<<<<10", "<<<10")].join("\n"))).toBe(passport.join(""));
    expect(machineZone(passport.join("\n").replace(/<</g, "« "))).toBe(passport.join(""));
  });

  test("one character that was read as two", () => {
    for (const read of ["I<UTO0D231458907<<<<<<<<<<<<<<<", "I<UT0OD231458907<<<<<<<<<<<<<<<"]) expect(machineZone([read, ...card.slice(1)].join("\n")), read).toBe(card.join(""));
    const read = "L898902C36UT07408122F12041597ZE184226B<<<<<10";
    expect(machineZone([passport[0]!, read].join("\n"))).toBe(passport.join(""));
  });

  test("what could have been two numbers is read again", () => {
    // L for 1 changes no check digit.
    expect(machineZone([passport[0]!, "1" + passport[1]!].join("\n"))).toBeUndefined();
    expect(machineZone([passport[0]!, passport[1]!.replace("2C3", "24C3")].join("\n"))).toBeUndefined();
  });

  test("a wrong character that a check digit covers is refused", () => {
    for (const column of [0, 3, 8, 9, 13, 18, 19, 21, 26, 27, 28, 35, 43]) {
      const wrong = [...passport[1]!];
      wrong[column] = wrong[column] === "7" ? "1" : "7";
      expect(machineZone([passport[0]!, wrong.join("")].join("\n")), String(column)).toBeUndefined();
    }
  });

  test("nothing, half of it, or something else", () => {
    for (const read of ["", "<<<<<<<<<<<<<<<<<<<<<<<<", passport[0]!, passport[1]!, card.slice(1).join("\n"), "1|2|3", "<".repeat(44) + "\n" + "<".repeat(44)])
      expect(machineZone(read), read).toBeUndefined();
  });
});
