// Who is a contact, as the disease's file has it for the day of the exposure. A text for "none" says that nobody is one.
import type { ContactClass, Disease } from "../api/types";
import { inForce } from "./notification";

type Pack = Pick<Disease, "contactClasses">;
type Text = Pack["contactClasses"][number]["text"];

const all: readonly ContactClass[] = ["F1", "F2", "none"];

export function classTextOn(disease: Pack | undefined, day: string, of: ContactClass): Text | undefined {
  return inForce(
    (disease?.contactClasses ?? []).filter((one) => one.contactClass === of),
    day,
  )?.text;
}

/** What an officer can assign; the class that is assigned already stays to be seen. */
export function offeredClasses(disease: Pack | undefined, day: string, assigned: ContactClass | undefined): readonly ContactClass[] {
  return classTextOn(disease, day, "none") ? all.filter((one) => one === "none" || one === assigned) : all;
}
