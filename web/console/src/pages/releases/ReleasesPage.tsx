import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconBell } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useReleases } from "../../api/tracing";
import { releaseStates } from "../../logic/filters";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ReleaseRow } from "./ReleaseRow";

const route = getRouteApi("/office/releases");

/** Releases that wait for a second officer, and those decided. */
export function ReleasesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { state } = route.useSearch();
  const list = useReleases(state);
  return (
    <>
      <PageHead title={t("shell.section.releases")} lead={t("releases.lead")} />
      <FilterBar>
        <Choice
          label={t("decisions.state")}
          value={state}
          options={releaseStates.map((value) => ({ value, label: t(`releases.state.${value}`) }))}
          onChange={(next) => void navigate({ to: "/releases", search: next ? { state: next } : {}, replace: true })}
        />
      </FilterBar>
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconBell size={38} stroke={1.3} />} title={t(state === "awaiting" ? "releases.noneAwaiting" : "releases.none")}>
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
