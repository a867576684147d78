// What was referred to the stations of the own area: most urgent first, fresh without a reload, the same on a phone and on a desk.
import { Checkbox, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconSend } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { acknowledgeReferral, referralCountsQuery, takeOutReferrals, useReferrals } from "../../api/referrals";
import { useOfficer } from "../../api/session";
import { referralFileFilter, referralFilter, referralSorts, referralSources, referralStates } from "../../logic/filters";
import { holds } from "../../logic/navigation";
import { sortedBy } from "../../logic/sorting";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { SortChoice } from "../../parts/SortChoice";
import { TakeOut } from "../../parts/TakeOut";
import { UnitSelect } from "../../parts/UnitSelect";
import { ReferralList } from "./ReferralList";
import styles from "./ReferralsPage.module.css";

const route = getRouteApi("/office/referrals");
/** The server gives no more in one file (platform/identity/list_file.h). */
const mostReferrals = 5000;

export function ReferralsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const officer = useOfficer();
  const filter = route.useSearch();
  const list = useReferrals(filter);
  const counts = useQuery(referralCountsQuery).data;
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: "/referrals", search: (before) => referralFilter({ ...before, ...change }), replace: true });
  const { sort, order, ...asked } = filter;
  const filtered = Object.keys(asked).length > 0;
  const taking = useMutation({
    mutationFn: (id: string) => acknowledgeReferral(id),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["referrals", "list"] });
      void client.invalidateQueries({ queryKey: referralCountsQuery.queryKey });
    },
  });
  return (
    <>
      <PageHead title={t("shell.section.referrals")} lead={t("referrals.lead")}>
        {holds(officer, "districtOfficer", "provinceOfficer") && (
          <TakeOut
            title={t("referrals.takeOutTitle")}
            holds={t("referrals.takeOutHolds", { most: mostReferrals })}
            unit={filter.unit}
            take={(unit, format, reason) => takeOutReferrals(unit, format, reason, referralFileFilter(filter))}
          />
        )}
      </PageHead>
      {counts && (
        <p className={styles.today}>
          {t("referrals.today")}: <b>{t("referrals.todayOf", { green: counts.greenToday, yellow: counts.yellowToday, red: counts.redToday })}</b>
        </p>
      )}
      <FilterBar onClear={filtered ? () => void navigate({ to: "/referrals", search: referralFilter({ sort, order }), replace: true }) : undefined}>
        <Choice
          label={t("referrals.stateHead")}
          value={filter.state}
          options={referralStates.map((value) => ({ value, label: t(`referrals.state.${value}`) }))}
          onChange={(state) => set({ state })}
        />
        <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={210} maw="100%" />
        <Checkbox label={t("referrals.onlyEscalated")} checked={filter.escalated ?? false} onChange={(event) => set({ escalated: event.currentTarget.checked })} />
        <Checkbox label={t("referrals.onlyYours")} checked={filter.yours ?? false} onChange={(event) => set({ yours: event.currentTarget.checked })} />
        <Select
          aria-label={t("referrals.sourceHead")}
          placeholder={t("referrals.anySource")}
          data={referralSources.map((value) => ({ value, label: t(`referrals.source.${value}`) }))}
          value={filter.source ?? null}
          onChange={(value) => set({ source: value ?? undefined })}
          clearable
          w={210}
          maw="100%"
        />
        <SortChoice
          headless
          sorts={[
            { sort: "due", label: t("referrals.dueSort") },
            { sort: "arrival", label: t("referrals.arrivalSort") },
          ]}
          sorted={sortedBy(filter, referralSorts)}
          onSort={(by, way) => set({ sort: by, order: way })}
        />
      </FilterBar>
      <div className={styles.note}>
        <LoggedNote>{t("referrals.logged")}</LoggedNote>
      </div>
      <ProblemNote error={taking.error} />
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconSend size={38} stroke={1.3} />} title={t(filtered ? "referrals.noneFound" : "referrals.none")}>
            {!filtered && t("referrals.noneLead")}
          </Empty>
        }
      >
        {(rows) => <ReferralList rows={rows} onTake={(row) => taking.mutate(row.id)} />}
      </ListFrame>
    </>
  );
}
