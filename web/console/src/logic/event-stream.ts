// Reads text/event-stream as it arrives, in pieces that may end anywhere. EventSource would want every event type named beforehand.

export interface StreamEvent {
  type: string;
  data: string;
  id?: string;
}

/** A reader: give it text, it answers the events completed by it. */
export function eventReader(): (text: string) => StreamEvent[] {
  let rest = "";
  let type = "";
  let id: string | undefined;
  let data: string[] = [];
  return (text) => {
    const found: StreamEvent[] = [];
    const lines = (rest + text).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (data.length > 0) found.push({ type: type || "message", data: data.join("\n"), ...(id === undefined ? {} : { id }) });
        type = "";
        data = [];
        continue;
      }
      const colon = line.indexOf(":");
      if (colon === 0) continue;
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "event") type = value;
      else if (field === "data") data.push(value);
      else if (field === "id") id = value;
    }
    return found;
  };
}
