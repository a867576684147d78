// Lists as spreadsheets save them. A workbook goes to the server as it is. Of comma-separated values: where the decimal point is a comma, as in Vietnamese, they part fields by semicolons or
// tabs instead; the server reads RFC 4180, so such files are written anew. Line breaks stay where they are, so that the
// server's line numbers are the file's.

/** What parts the fields of the head line. */
function separator(head: string): "," | ";" | "\t" {
  const counts = ([",", ";", "\t"] as const).map((mark) => [mark, head.split(mark).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

export function commaSeparated(text: string): string {
  const plain = text.replace(/^\uFEFF/, "");
  // Our own lists begin with a line that says who took them out, in words and commas.
  const [first = "", second = ""] = plain.split(/\r?\n/, 2);
  const mark = separator(/^"?Lũy Tre: /.test(first) ? second : first);
  if (mark === ",") return plain;
  let out = "";
  let field = "";
  let quoted = false;
  const close = () => {
    out += /[",\n]/.test(field) && !field.startsWith('"') ? `"${field}"` : field;
    field = "";
  };
  for (const letter of plain) {
    if (letter === '"') quoted = !quoted;
    if (!quoted && letter === mark) {
      close();
      out += ",";
    } else if (!quoted && letter === "\n") {
      close();
      out += letter;
    } else {
      field += letter;
    }
  }
  close();
  return out;
}

/** What a chosen file is sent as: a workbook (a zip file) in its own bytes, anything else as comma-separated values. */
export async function listBody(file: Blob): Promise<{ type: string; body: string | Blob }> {
  const first = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if ([0x50, 0x4b, 0x03, 0x04].every((byte, at) => first[at] === byte)) {
    const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    // A Blob without a type of its own: the request says the type.
    return { type, body: new Blob([await file.arrayBuffer()]) };
  }
  return { type: "text/csv", body: commaSeparated(await file.text()) };
}

/** What a file input of such a list offers to choose. */
export const listAccepts = ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
