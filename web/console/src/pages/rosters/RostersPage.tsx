// The rosters of an officer: people of an area who must declare, and belong to no place of their own.
import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { IconUsersGroup } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { openRoster, rostersQuery } from "../../api/duties";
import { queryClient } from "../../api/query-client";
import { useOfficer } from "../../api/session";
import type { DutySector, Roster } from "../../api/types";
import { ownArea } from "../../logic/navigation";
import { DataTable, type Column } from "../../parts/DataTable";
import { Dialog } from "../../parts/Dialog";
import { TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { UnitSelect } from "../../parts/UnitSelect";
import { useSentOnce } from "../../parts/useSentOnce";

const sectors: readonly DutySector[] = ["health", "industry", "education", "residence", "other"];

export function RostersPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const rosters = useQuery(rostersQuery);
  const [opening, setOpening] = useState(false);
  const columns: Column<Roster>[] = [
    {
      key: "name",
      head: t("rosters.name"),
      lead: true,
      grow: true,
      cell: (row) => (
        <TextLink to="/declarations/rosters/$roster" params={{ roster: row.id }} fw={600} c="var(--ink)" underline="hover">
          {row.name}
        </TextLink>
      ),
    },
    { key: "sector", head: t("duties.sector"), cell: (row) => t(`duties.sectors.${row.sector}`) },
    { key: "unit", head: t("common.unit"), cell: (row) => row.unitName },
    { key: "members", head: t("duties.members"), align: "right", cell: (row) => row.members },
  ];
  return (
    <>
      <PageHead title={t("rosters.title")} lead={t("rosters.lead")} back={<TextLink to="/declarations/duties">{t("duties.title")}</TextLink>}>
        <Button onClick={() => setOpening(true)}>{t("rosters.open")}</Button>
      </PageHead>
      <Dialog opened={opening} onClose={() => setOpening(false)} title={t("rosters.open")}>
        <Fields onClose={() => setOpening(false)} />
      </Dialog>
      {rosters.error && <ProblemNote error={rosters.error} retry={() => void rosters.refetch()} />}
      {rosters.isPending && <Loading />}
      {rosters.data?.length === 0 && (
        <Empty icon={<IconUsersGroup size={38} stroke={1.3} />} title={t("rosters.none")}>
          {t("rosters.noneLead")}
        </Empty>
      )}
      {rosters.data && rosters.data.length > 0 && (
        <DataTable
          rows={rosters.data}
          columns={columns}
          rowKey={(row) => row.id}
          caption={t("rosters.title")}
          onOpen={(row) => void navigate({ to: "/declarations/rosters/$roster", params: { roster: row.id } })}
        />
      )}
    </>
  );
}

function Fields({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const officer = useOfficer();
  const [unit, setUnit] = useState(ownArea(officer));
  const [name, setName] = useState("");
  const [sector, setSector] = useState<DutySector | null>(null);
  const open = useSentOnce(openRoster);
  const opening = useMutation({
    mutationFn: open,
    onSuccess: async (roster) => {
      await queryClient.invalidateQueries({ queryKey: ["duties"] });
      say(t("rosters.opened", { name: roster.name }));
      onClose();
      await navigate({ to: "/declarations/rosters/$roster", params: { roster: roster.id } });
    },
  });
  const field = (pointer: string) => fieldText(t, opening.error, pointer);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (unit && sector && name.trim()) opening.mutate({ unit, name: name.trim(), sector });
      }}
    >
      <Stack>
        <UnitSelect label={t("common.unit")} value={unit} onChange={setUnit} error={field("/unit")} />
        <TextInput label={t("rosters.name")} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={120} error={field("/name")} />
        <Select
          label={t("duties.sector")}
          data={sectors.map((value) => ({ value, label: t(`duties.sectors.${value}`) }))}
          value={sector}
          onChange={(value) => setSector(value as DutySector | null)}
        />
        <ProblemNote error={opening.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!unit || !sector || !name.trim()} loading={opening.isPending}>
            {t("rosters.open")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
