// Contacts over cases: who lives in the area and was exposed to any case. One of them opens in the drawer; "a" assigns.
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconUsersGroup } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { mostContacts, takeOutContacts, useContacts, type ContactSort } from "../../api/contact-lists";
import { useOfficer } from "../../api/session";
import type { ListedContact } from "../../api/types";
import { contactFileFilter, contactFilter, contactSorts } from "../../logic/filters";
import { holds } from "../../logic/navigation";
import { pressed, sortedBy } from "../../logic/sorting";
import { CandidateStatus, ClassBadge, LevelBadge, Risk } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { TakeOut } from "../../parts/TakeOut";
import { useDiseaseName } from "../../parts/useNames";
import { UnitName, When } from "../../parts/When";
import { CandidateDrawer } from "../cases/candidate/CandidateDrawer";
import { ContactFilters } from "./ContactFilters";

const route = getRouteApi("/office/contacts");

export function ContactsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = route.useSearch();
  const list = useContacts(filter);
  const officer = useOfficer();
  const disease = useDiseaseName();
  const [open, setOpen] = useState<{ of: ListedContact; assigning: boolean }>();
  const set = (change: object) =>
    void navigate({ to: "/contacts", search: (before) => contactFilter({ ...before, ...change }), replace: true });
  const { sort, order, ...asked } = filter;
  const filtered = Object.keys(asked).length > 0;

  const columns: Column<ListedContact>[] = [
    {
      key: "name",
      head: t("people.name"),
      lead: true,
      cell: (one) => (
        <>
          {one.person.name} <span className="quiet">{one.person.birthYear || t("people.bornUnknown")}</span>
        </>
      ),
    },
    { key: "level", head: t("tracing.level"), cell: (one) => <LevelBadge level={one.level} suspected /> },
    {
      key: "status",
      head: t("tracing.statusHead"),
      cell: (one) => (one.status === "assigned" && one.class ? <ClassBadge of={one.class} /> : <CandidateStatus of={one.status} />),
    },
    { key: "disease", head: t("cases.disease"), cell: (one) => <span className="nowrap">{disease(one.disease)}</span> },
    {
      key: "case",
      head: t("contactLists.ofCase"),
      cell: (one) => (
        <TextLink to="/cases/$case" params={{ case: one.case }} preload={false} className="number">
          {one.caseNumber}
        </TextLink>
      ),
    },
    { key: "unit", head: t("people.residence"), grow: true, cell: (one) => <UnitName path={one.person.unitPath} /> },
    { key: "since", head: t("tracing.since"), sort: "exposure", cell: (one) => <When at={one.exposedSince} /> },
    { key: "risk", head: t("tracing.risk"), sort: "risk", cell: (one) => <Risk of={one.risk} /> },
    { key: "decided", head: t("contactLists.decided"), sort: "decision", cell: (one) => one.assignedAt && <When at={one.assignedAt} /> },
    { key: "followUp", head: t("followUps.stripHead"), cell: (one) => <Followed of={one} /> },
  ];

  return (
    <>
      <PageHead title={t("shell.section.contacts")} lead={t("contactLists.lead")}>
        {holds(officer, "districtOfficer", "provinceOfficer") && (
          <TakeOut
            title={t("contactLists.takeOutTitle")}
            holds={t("contactLists.takeOutHolds", { most: mostContacts })}
            unit={filter.unit}
            take={(unit, format, reason) => takeOutContacts(unit, format, reason, contactFileFilter(filter))}
          />
        )}
      </PageHead>
      <ContactFilters
        filter={filter}
        set={set}
        onSort={(by, way) => set({ sort: by, order: way })}
        onClear={filtered ? () => void navigate({ to: "/contacts", search: { ...(sort ? { sort } : {}), ...(order ? { order } : {}) }, replace: true }) : undefined}
      />
      <ListFrame
        list={list}
        empty={
          <Empty icon={<IconUsersGroup size={38} stroke={1.3} />} title={t(filtered ? "contactLists.noneFound" : "contactLists.none")}>
            {!filtered && t("contactLists.noneLead")}
          </Empty>
        }
      >
        {(rows) => (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(one) => one.id}
            caption={t("shell.section.contacts")}
            onOpen={(one) => setOpen({ of: one, assigning: false })}
            keys={[{ keys: "a", says: t("keys.assign"), run: (one) => setOpen({ of: one, assigning: true }) }]}
            tone={(one) => (one.status === "withdrawn" || one.status === "dismissed" ? "faded" : undefined)}
            stale={list.stale}
            sorting={{ ...sortedBy(filter, contactSorts), onSort: (head) => set(pressed(filter, head as ContactSort, contactSorts)) }}
          />
        )}
      </ListFrame>
      <CandidateDrawer
        candidate={open?.of.id}
        disease={open?.of.disease ?? ""}
        assigning={open?.assigning ?? false}
        thresholds={undefined}
        onClose={() => setOpen(undefined)}
        onAssigned={() => setOpen(undefined)}
      />
    </>
  );
}

function Followed({ of }: { of: ListedContact }) {
  const { t } = useTranslation();
  const state = of.followUp?.state;
  if (!of.followUp || !state || state === "none") return null;
  return (
    <TextLink to="/follow-ups/$followUp" params={{ followUp: of.followUp.id }} preload={false} aria-label={`${t(`followUps.state.${state}`)}. ${t("followUps.open", { name: of.person.name })}`}>
      {t(`followUps.state.${state}`)}
    </TextLink>
  );
}
