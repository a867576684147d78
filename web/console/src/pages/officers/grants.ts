// Grants as they are edited and as they are sent.
import type { NewGrant } from "../../api/types";
import type { OfficerRole } from "../../logic/navigation";
import { officerRoles } from "../../logic/navigation";

/** How the API writes the area that is no unit: the whole country. */
export const wholeCountry = "0".repeat(13);

export interface GrantDraft {
  key: number;
  role?: OfficerRole | undefined;
  area?: string | undefined;
}

export function draftsOf(grants: readonly NewGrant[]): GrantDraft[] {
  return grants.map((grant, key) => ({ key, role: officerRoles.find((role) => role === grant.role), area: grant.area || wholeCountry }));
}

/** Undefined while a line is unfinished or there is none. */
export function grantsOf(drafts: readonly GrantDraft[]): NewGrant[] | undefined {
  const whole = drafts.flatMap(({ role, area }) => (role && area ? [{ role, area }] : []));
  return whole.length === drafts.length && whole.length > 0 ? whole : undefined;
}
