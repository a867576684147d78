// Where somebody is going: a form about a journey that is on there concerns them, and nobody else knows of it.

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";

import { pointsOfEntryQuery } from "../app/queries";
import { useText } from "../i18n";
import { UnitSearch, type ChosenUnit } from "../people/UnitSearch";
import { Select } from "../ui/parts";

/** `found`: a form is asked for there. */
export function Towards({ found }: { found: boolean }) {
  const { t } = useText();
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/declare" });
  const gates = useQuery(pointsOfEntryQuery).data ?? [];
  const [chosen, setChosen] = useState<ChosenUnit>();
  const go = (next: { unit?: string | undefined; place?: string | undefined }) => {
    const { unit, place } = { ...search, ...next };
    void navigate({
      to: "/declare",
      search: {
        ...(search.person ? { person: search.person } : {}),
        ...(place ? { place } : {}),
        ...(unit ? { unit } : {}),
      },
      replace: true,
    });
  };
  return (
    <section className="stack-small">
      <h2>{t("declare.going.title")}</h2>
      <p className="soft">{t("declare.going.lead")}</p>
      <UnitSearch
        id="going"
        label={t("declare.going.unit")}
        value={search.unit === chosen?.id ? chosen : undefined}
        onValue={(unit) => {
          setChosen(unit);
          go({ unit: unit?.id });
        }}
      />
      {gates.length > 0 && (
        <Select
          label={t("declare.going.gate")}
          value={gates.some(({ id }) => id === search.place) ? search.place! : ""}
          onValue={(place) => go({ place })}
          options={gates.map(({ id, name, unitPath }) => ({ value: id, text: `${name}, ${unitPath}` }))}
          optional
        />
      )}
      {!found && (search.unit || search.place) && <p role="status">{t("declare.going.none")}</p>}
    </section>
  );
}
