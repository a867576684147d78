// A unit's places in bulk: one file, each line judged by itself. Sent again, put right, nothing is doubled.
import { Alert, Button, FileInput, Group, Stack } from "@mantine/core";
import { listAccepts, listBody } from "@luytre/shared/csv";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { sendPlaceList } from "../../api/places";
import { queryClient } from "../../api/query-client";
import { useOfficer } from "../../api/session";
import { ownArea } from "../../logic/navigation";
import { TextLink } from "../../parts/links";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { RefusedLines } from "../../parts/RefusedLines";
import { UnitSelect } from "../../parts/UnitSelect";

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
  const report = sending.data;
  const columns = {
    id: t("placeList.column.id"),
    name: t("placeList.column.name"),
    kind: t("placeList.column.kind"),
    commune: t("placeList.column.commune"),
    zones: t("placeList.column.zones"),
  };
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
        {report && <RefusedLines lines={report.lines} columns={columns} own={{ head: t("placeList.id"), of: (line) => line.id }} />}
      </Stack>
    </>
  );
}
