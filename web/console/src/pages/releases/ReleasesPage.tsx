import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconBell } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import { useReleases } from "../../api/tracing";
import { releaseFilter, releaseStates } from "../../logic/filters";
import { sortedBy, type Sorts } from "../../logic/sorting";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { SortChoice } from "../../parts/SortChoice";
import { useLanguage } from "../../parts/When";
import { ReleaseRow } from "./ReleaseRow";

const route = getRouteApi("/office/releases");
const sorts: Sorts<"asked"> = [["asked", "descending"]];

/** Releases that wait for a second officer, and those decided. */
export function ReleasesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const { state, disease, order } = filter;
  const list = useReleases(filter);
  const language = useLanguage();
  const diseases = useQuery(diseasesQuery).data?.items ?? [];
  const show = (search: object) => void navigate({ to: "/releases", search: releaseFilter({ ...search }), replace: true });
  return (
    <>
      <PageHead title={t("shell.section.releases")} lead={t("releases.lead")} />
      <FilterBar onClear={state || disease ? () => show({ order }) : undefined}>
        <Choice
          label={t("decisions.state")}
          value={state}
          options={releaseStates.map((value) => ({ value, label: t(`releases.state.${value}`) }))}
          onChange={(next) => show({ ...filter, state: next })}
        />
        <Select
          aria-label={t("cases.disease")}
          placeholder={t("cases.anyDisease")}
          data={diseases.map((one) => ({ value: one.id, label: one.name[language] }))}
          value={disease ?? null}
          onChange={(value) => show({ ...filter, disease: value ?? undefined })}
          searchable
          clearable
          w={190}
          maw="100%"
        />
        <SortChoice headless sorts={[{ sort: "asked", label: t("releases.askedAt") }]} sorted={sortedBy({ order }, sorts)} onSort={(_, way) => show({ ...filter, order: way })} />
      </FilterBar>
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconBell size={38} stroke={1.3} />} title={t(disease ? "releases.noneFound" : state === "awaiting" ? "releases.noneAwaiting" : "releases.none")}>
            {t("releases.noneLead")}
          </Empty>
        }
      >
        {(rows) => (
          <Panel>
            {rows.map((release) => (
              <ReleaseRow key={release.id} release={release} linked />
            ))}
          </Panel>
        )}
      </ListFrame>
    </>
  );
}
