// A declaration on entry goes with a passport or another paper: by its number the officer at the gate finds whoever shows no code, and a carrier's
// list is joined to it. It is part of the record, so the form does not ask for it; whoever has none on it is told, and may send all the same.

import type { Person } from "@luytre/shared/api";
import type { Item, Questionnaire } from "@luytre/shared/questionnaire";

import { useText } from "../i18n";
import { ButtonLink, Notice } from "../ui/parts";

const asksGate = (item: Item): boolean =>
  (item.extension?.some(({ url, valueCode }) => url === "urn:luytre:extension:meaning" && valueCode === "gate") ?? false) ||
  (item.item ?? []).some(asksGate);

/** Of a device without a network, which keeps names alone, nobody can tell. */
export const lacksPaper = (form: Questionnaire, person: Partial<Person>): boolean =>
  person.version !== undefined && !person.paperMasked && (form.item ?? []).some(asksGate);

export function PaperMissing({ form, person }: { form: Questionnaire; person: Partial<Person> & { id: string } }) {
  const { t } = useText();
  if (!lacksPaper(form, person)) return null;
  return (
    <Notice tone="care" title={t("form.paperMissing")}>
      <p>{t("form.paperMissingText")}</p>
      <ButtonLink to="/family/$id" params={{ id: person.id }} tone="second">
        {t("form.paperAdd")}
      </ButtonLink>
    </Notice>
  );
}
