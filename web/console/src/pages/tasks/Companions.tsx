// Whom interviews named and nobody has a record of, of the unit and disease whose tasks are shown.
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { takeOutCompanions, useCompanions, type CompanionSort } from "../../api/contacts";
import { useOfficer } from "../../api/session";
import { holds } from "../../logic/navigation";
import { sortedBy, type Sorting, type Sorts } from "../../logic/sorting";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { Panel } from "../../parts/Panel";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { CompanionList } from "../cases/declared/CompanionList";
import styles from "./TasksPage.module.css";

/** The server gives no more in one file (modules/interviews). */
const mostCompanions = 1000;
const sorts: Sorts<CompanionSort> = [
  ["listed", "ascending"],
  ["met", "ascending"],
];

export function Companions({ unit, disease }: { unit?: string | undefined; disease?: string | undefined }) {
  const { t } = useTranslation();
  const [days, setDays] = useState<{ from?: string | undefined; to?: string | undefined }>({});
  const [sort, setSort] = useState<Sorting<CompanionSort>>({});
  const officer = useOfficer();
  const list = useCompanions({ unit, disease, ...days, ...sort });
  if (list.rows.length === 0 && !list.error && !days.from && !days.to) return null;
  return (
    <Panel
      title={t("companions.title")}
      actions={
        holds(officer, "districtOfficer", "provinceOfficer") && (
          <TakeOut
            title={t("companions.takeOutTitle")}
            holds={t("companions.takeOutHolds", { most: mostCompanions })}
            unit={unit}
            take={(of, format, reason) => takeOutCompanions(of, format, reason, { disease, ...days })}
          />
        )
      }
    >
      <p className="quiet">{t("companions.lead")}</p>
      <div className={styles.take}>
        <SortChoice
          headless
          sorts={[
            { sort: "listed", label: t("companions.listedAt") },
            { sort: "met", label: t("companions.metAt") },
          ]}
          sorted={sortedBy(sort, sorts)}
          onSort={(by, order) => setSort({ sort: by, order })}
        />
        <TextInput type="date" aria-label={t("companions.metFrom")} title={t("companions.metFrom")} value={days.from ?? ""} onChange={(event) => setDays({ ...days, from: event.currentTarget.value || undefined })} />
        <TextInput type="date" aria-label={t("companions.metTo")} title={t("companions.metTo")} value={days.to ?? ""} onChange={(event) => setDays({ ...days, to: event.currentTarget.value || undefined })} />
      </div>
      <ListFrame list={list} empty={<Empty bare title={t("companions.noneFound")} />}>
        {(rows) => <CompanionList rows={rows} ofCases />}
      </ListFrame>
    </Panel>
  );
}
