// One list over the rooms of what nobody has yet and somebody should: oldest first, no names; opening one is a look.
import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconHourglassEmpty } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { waitingQuery } from "../../api/staff";
import type { Waiting } from "../../api/types";
import { Badge } from "../../parts/Badges";
import { DataTable, type Column } from "../../parts/DataTable";
import { FilterBar } from "../../parts/FilterBar";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { ProblemNote } from "../../parts/ProblemNote";
import { When } from "../../parts/When";

export function WaitingPage() {
  const { t } = useTranslation();
  const [yours, setYours] = useState(true);
  const waiting = useQuery(waitingQuery(yours));
  const columns: Column<Waiting>[] = [
    { key: "kind", head: t("staff.waiting.what"), lead: true, grow: true, cell: (row) => <Open of={row} /> },
    { key: "unit", head: t("common.unit"), cell: (row) => row.unitName },
    { key: "since", head: t("staff.waiting.since"), cell: (row) => <When at={row.since} /> },
    { key: "level", head: t("staff.waiting.level"), cell: (row) => <Badge tone={row.escalated ? "lacquer" : "plain"}>{t(`referrals.level.${row.level}`)}</Badge> },
  ];
  const rows = waiting.data?.items;
  return (
    <>
      <PageHead title={t("staff.waiting.title")} lead={t("staff.waiting.lead")} back={<TextLink to="/">{t("shell.section.overview")}</TextLink>} />
      <FilterBar>
        <Checkbox label={t("staff.waiting.yours")} checked={yours} onChange={(event) => setYours(event.currentTarget.checked)} />
      </FilterBar>
      <ProblemNote error={waiting.error} retry={() => void waiting.refetch()} />
      {waiting.isLoading && <Loading />}
      {rows?.length === 0 && <Empty icon={<IconHourglassEmpty size={38} stroke={1.3} />} title={t("staff.waiting.none")} />}
      {rows && rows.length > 0 && <DataTable rows={rows} columns={columns} rowKey={(row) => `${row.kind} ${row.subject}`} caption={t("staff.waiting.title")} />}
    </>
  );
}

function Open({ of }: { of: Waiting }) {
  const { t } = useTranslation();
  const text = t(`staff.waiting.kind.${of.kind}`);
  switch (of.kind) {
    case "positive":
      return <TextLink to="/laboratory">{text}</TextLink>;
    case "companion":
      return (
        <TextLink to="/cases/$case/interview" params={{ case: of.subject }}>
          {text}
        </TextLink>
      );
    case "notice":
      return (
        <TextLink to="/cases/$case" params={{ case: of.subject }}>
          {text}
        </TextLink>
      );
    case "task":
    case "taskTransfer":
      return (
        <TextLink to="/tasks/$task" params={{ task: of.subject }}>
          {text}
        </TextLink>
      );
    case "order":
      return (
        <TextLink to="/orders/$order" params={{ order: of.subject }} preload={false}>
          {text}
        </TextLink>
      );
    case "unfollowed":
      return (
        <TextLink to="/follow-ups/by-hand/$candidate" params={{ candidate: of.subject }} preload={false}>
          {text}
        </TextLink>
      );
    case "followUp":
    case "followUpTransfer":
    case "test":
      return (
        <TextLink to="/follow-ups/$followUp" params={{ followUp: of.subject }}>
          {text}
        </TextLink>
      );
  }
}
