// A unit's places in bulk: one file, each line judged by itself. Sent again, put right, nothing is doubled.
import { Alert, Button, Group, Select, Stack } from "@mantine/core";
import { foreignApp, foreignSystems } from "@luytre/shared/foreign";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { listPostersUrl, sendPlaceList } from "../../api/places";
import { queryClient } from "../../api/query-client";
import { useOfficer } from "../../api/session";
import { ownArea } from "../../logic/navigation";
import { TextLink } from "../../parts/links";
import { ListForm, type ListFile } from "../../parts/ListForm";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { RefusedLines } from "../../parts/RefusedLines";
import { UnitSelect } from "../../parts/UnitSelect";
import { useLanguage } from "../../parts/When";

export function PlaceListPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const officer = useOfficer();
  const [unit, setUnit] = useState(ownArea(officer));
  const [system, setSystem] = useState("");
  const sending = useMutation({
    mutationFn: (file: ListFile) => sendPlaceList(unit!, system || undefined, file),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["places"] }),
  });
  const report = sending.data;
  const parts = Array.from({ length: report?.parts ?? 0 }, (_, part) => part);
  const columns = {
    id: t("placeList.column.id"),
    name: t("placeList.column.name"),
    kind: t("placeList.column.kind"),
    commune: t("placeList.column.commune"),
    zones: t("placeList.column.zones"),
    address: t("places.address"),
    phone: t("placeList.column.phone"),
    capacity: t("places.capacity"),
  };
  return (
    <>
      <PageHead title={t("placeList.title")} lead={t("placeList.lead")} back={<TextLink to="/places">{t("shell.section.places")}</TextLink>} />
      <Stack>
        <Panel title={t("placeList.format")}>
          <p>
            <code>id,name,kind,commune,zones,address,phone,capacity</code>
          </p>
          <p>{t("placeList.formatText")}</p>
        </Panel>
        <ListForm about={`${unit ?? ""}\n${system}`} ready={unit !== undefined} sending={sending}>
          <UnitSelect label={t("placeList.unit")} description={t("placeList.unitHelp")} value={unit} onChange={setUnit} />
          <Select
            label={t("placeList.system")}
            value={system}
            onChange={(value) => setSystem(value ?? "")}
            data={[{ value: "", label: t("placeList.ownNumbers") }, ...foreignSystems.map((value) => ({ value, label: foreignApp(value, language) }))]}
            allowDeselect={false}
          />
        </ListForm>
        {report && (
          <Alert color={report.refused > 0 ? "yellow" : "green"} role="status">
            {t("placeList.told", { taken: report.taken, known: report.known, refused: report.refused })}
          </Alert>
        )}
        {report?.batch && (
          <Group>
            {parts.map((part) => (
              <Button key={part} component="a" variant="default" href={listPostersUrl(report.batch!, part)} download>
                {parts.length === 1 ? t("placeList.posters") : t("placeList.postersPart", { part: part + 1, parts: parts.length })}
              </Button>
            ))}
          </Group>
        )}
        {report && <RefusedLines lines={report.lines} columns={columns} own={{ head: t("placeList.id"), of: (line) => line.id }} />}
      </Stack>
    </>
  );
}
