// The desk of a place of entry: a traveller's code, the declaration on entry, its correction together, the decision.
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { usePlaces } from "../../api/places";
import type { PlaceBrief } from "../../api/types";
import { FilterBar } from "../../parts/FilterBar";
import { ButtonLink, TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { SearchBox } from "../../parts/SearchBox";
import choices from "../cases/PersonPicker.module.css";
import styles from "./Arrivals.module.css";
import { Desk } from "./Desk";

export function ArrivalsPage() {
  const { t } = useTranslation();
  const [place, setPlace] = useState<PlaceBrief>();
  return (
    <>
      <PageHead title={t("arrivals.title")} lead={t("arrivals.lead")} back={<TextLink to="/declarations">{t("shell.section.declarations")}</TextLink>}>
        <ButtonLink to="/declarations/coming" variant="default">
          {t("arrivals.coming")}
        </ButtonLink>
      </PageHead>
      <div className={styles.panels}>
        {place ? <Desk place={place} onOther={() => setPlace(undefined)} /> : <Picker onPick={setPlace} />}
      </div>
    </>
  );
}

function Picker({ onPick }: { onPick: (place: PlaceBrief) => void }) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const places = usePlaces(q ? { q } : {});
  return (
    <div>
      <FilterBar>
        <SearchBox value={q} onSearch={setQ} label={t("arrivals.findPlace")} />
      </FilterBar>
      <ListFrame list={places} empty={<Empty title={t("arrivals.noPlace")} />}>
        {(rows) => (
          <ul className={choices.choices}>
            {rows.map((place) => (
              <li key={place.id}>
                <button type="button" onClick={() => onPick(place)}>
                  <b>{place.name}</b>
                  <span>{place.unitPath}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </ListFrame>
    </div>
  );
}
