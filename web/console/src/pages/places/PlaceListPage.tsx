// A unit's places in bulk: one file, each line judged by itself. Sent again, put right, nothing is doubled.
import { Alert, Button, FileInput, Group, Stack } from "@mantine/core";
import { listAccepts, listBody } from "@luytre/shared/csv";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { sendPlaceList } from "../../api/places";
import { queryClient } from "../../api/query-client";
import { useOfficer } from "../../api/session";
import type { PlaceListLine } from "../../api/types";
import { ownArea } from "../../logic/navigation";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";

const columnsKnown = ["id", "name", "kind", "commune", "zones"] as const;
const flawsKnown = ["required", "format", "too_long", "repeated", "encoding", "unknown", "ambiguous", "not_permitted"] as const;

export function PlaceListPage() {
  const { t } = useTranslation();
  const officer = useOfficer();
  const [unit, setUnit] = useState(ownArea(officer));
  const [file, setFile] = useState<File | null>(null);
  const sending = useMutation({
    mutationFn: async (chosen: { unit: string; file: File }) =>
      sendPlaceList(chosen.unit, await listBody(chosen.file)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["places"] }),
  });
  const columns: Column<PlaceListLine>[] = [
    { key: "line", head: t("placeList.line"), align: "right", lead: true, cell: (row) => row.line },
    { key: "id", head: t("placeList.id"), cell: (row) => row.id ?? "–" },
    {
      key: "wrong",
      head: t("placeList.wrong"),
      grow: true,
      cell: (row) =>
        row.errors
          .map(({ column: named, code }) => {
            const column = columnsKnown.find((one) => one === named);
            const flaw = flawsKnown.find((one) => one === code) ?? "format";
            return column ? `${t(`placeList.column.${column}`)}: ${t(`placeList.flaw.${flaw}`)}` : t("placeList.unreadable");
          })
          .join("; "),
    },
  ];
  const report = sending.data;
  const refused = report?.lines.filter((line) => line.state === "refused") ?? [];
  return (
    <>
      <PageHead title={t("placeList.title")} lead={t("placeList.lead")} back={<TextLink to="/places">{t("shell.section.places")}</TextLink>} />
      <Stack>
        <Panel title={t("placeList.format")}>
          <p>
            <code>id,name,kind,commune,zones</code>
          </p>
          <p>{t("placeList.formatText")}</p>
        </Panel>
        <Panel>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (unit && file) sending.mutate({ unit, file });
            }}
          >
            <Stack>
              <UnitSelect label={t("placeList.unit")} description={t("placeList.unitHelp")} value={unit} onChange={setUnit} />
              <FileInput
                label={t("placeList.file")}
                placeholder={t("placeList.choose")}
                accept={listAccepts}
                value={file}
                onChange={(chosen) => {
                  sending.reset();
                  setFile(chosen);
                }}
              />
              <ProblemNote error={sending.error} />
              <Group>
                <Button type="submit" disabled={!unit || !file} loading={sending.isPending}>
                  {t("placeList.send")}
                </Button>
              </Group>
            </Stack>
          </form>
        </Panel>
        {report && (
          <Alert color={report.refused > 0 ? "yellow" : "green"} role="status">
            {t("placeList.told", { taken: report.taken, known: report.known, refused: report.refused })}
          </Alert>
        )}
        {refused.length > 0 && (
          <DataTable rows={refused} columns={columns} rowKey={(row) => String(row.line)} caption={t("placeList.refused")} />
        )}
      </Stack>
    </>
  );
}
