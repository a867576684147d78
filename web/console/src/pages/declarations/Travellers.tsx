// People of the area who came through an epidemic area and have not declared: names, looked at with a reason.
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { silentTravellers } from "../../api/duties";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";
import { useLanguage } from "../../parts/When";

type Traveller = Awaited<ReturnType<typeof silentTravellers>>[number];

export function Travellers({ unit }: { unit: string | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  const looking = useMutation({
    mutationFn: (reason: string) => silentTravellers(reason, unit),
    onSuccess: () => setAsking(false),
  });
  const columns: Column<Traveller>[] = [
    {
      key: "name",
      head: t("people.name"),
      lead: true,
      grow: true,
      cell: (row) => (
        <TextLink to="/people/$person" params={{ person: row.person }}>
          {row.name}
        </TextLink>
      ),
    },
    { key: "unit", head: t("common.unit"), cell: (row) => row.unitName },
    {
      key: "rules",
      head: t("duties.notDeclaredBy"),
      cell: (row) =>
        row.duties
          .filter(({ declared }) => !declared)
          .map(({ rule, title }) => title[language] ?? rule)
          .join("; "),
    },
  ];
  return (
    <Panel
      title={t("duties.travellers")}
      actions={
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            if (looking.error) looking.reset(); // of an earlier try
            setAsking(true);
          }}
        >
          {t("duties.travellersLook")}
        </Button>
      }
    >
      <p>{t("duties.travellersLead")}</p>
      {looking.data?.length === 0 && <p role="status">{t("duties.travellersNone")}</p>}
      {looking.data && looking.data.length > 0 && (
        <>
          <DataTable rows={looking.data} columns={columns} rowKey={(row) => row.person} caption={t("duties.travellers")} />
          <LoggedNote />
        </>
      )}
      <ReasonDialog
        opened={asking}
        title={t("duties.travellersLook")}
        action={t("duties.travellersLook")}
        busy={looking.isPending}
        error={<ProblemNote error={looking.error} />}
        onReason={(reason) => looking.mutate(reason)}
        onClose={() => setAsking(false)}
      />
    </Panel>
  );
}
