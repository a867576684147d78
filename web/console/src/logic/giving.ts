// Giving work: what a choice in the box means, and how what was given is put back.
import type { Hand } from "../api/staff";

interface Held {
  id: string;
  assignee?: { officer?: string | undefined; team?: string | undefined } | undefined;
}

/** "officer 12", "team 7"; anything else: nobody. */
export function handOf(choice: string): Hand {
  const [kind, id] = choice.split(" ");
  if (id && kind === "officer") return { officer: id };
  if (id && kind === "team") return { team: id };
  return {};
}

/** Whose each was, one call for each holder. */
export function putBack(rows: readonly Held[]): { to: Hand; ids: string[] }[] {
  const out = new Map<string, { to: Hand; ids: string[] }>();
  for (const { id, assignee } of rows) {
    const to: Hand = { ...(assignee?.officer ? { officer: assignee.officer } : {}), ...(assignee?.team ? { team: assignee.team } : {}) };
    const key = `${to.officer ?? ""} ${to.team ?? ""}`;
    const group = out.get(key) ?? { to, ids: [] };
    group.ids.push(id);
    out.set(key, group);
  }
  return [...out.values()];
}

/** How many of the work is whose: teams by name, then what officers have without a team, then nobody's. */
export function countByTeam(rows: readonly { assignee?: { team?: string | undefined; teamName?: string | undefined } | undefined }[]) {
  const teams = new Map<string, { id: string; name: string; count: number }>();
  let officers = 0;
  let nobodys = 0;
  for (const { assignee } of rows) {
    if (!assignee) nobodys += 1;
    else if (!assignee.team) officers += 1;
    else {
      const known = teams.get(assignee.team) ?? { id: assignee.team, name: assignee.teamName ?? "", count: 0 };
      known.count += 1;
      teams.set(assignee.team, known);
    }
  }
  return { teams: [...teams.values()].sort((a, b) => a.name.localeCompare(b.name, "vi")), officers, nobodys };
}

/** How many lie at which unit, most first, and how many of them are nobody's. */
export function countByUnit(rows: readonly { unit: string; unitName: string; assignee?: object | undefined }[]) {
  const units = new Map<string, { id: string; name: string; count: number; nobodys: number }>();
  for (const row of rows) {
    const known = units.get(row.unit) ?? { id: row.unit, name: row.unitName, count: 0, nobodys: 0 };
    known.count += 1;
    if (!row.assignee) known.nobodys += 1;
    units.set(row.unit, known);
  }
  return [...units.values()].sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, "vi"));
}
