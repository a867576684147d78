// Line lists of cases and contacts: send a file, go on with one that was sent, take the unit's own list out.
import { Button, Group, Select, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { IconTableImport } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { sendLineList, takeOutLineList, useLineLists, type LineListAbout } from "../../api/line-lists";
import { queryClient } from "../../api/query-client";
import { useOfficer } from "../../api/session";
import type { LineListBrief } from "../../api/types";
import { lineListSorts } from "../../logic/filters";
import { ownArea } from "../../logic/navigation";
import { pressed, sortedBy, type Sorting } from "../../logic/sorting";
import { DataTable, type Column } from "../../parts/DataTable";
import { TextLink } from "../../parts/links";
import { ListForm, type ListFile } from "../../parts/ListForm";
import { Empty, ListFrame } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote, ReasonDialog } from "../../parts/ReasonDialog";
import { SortChoice } from "../../parts/SortChoice";
import { UnitSelect } from "../../parts/UnitSelect";
import { When } from "../../parts/When";

const route = getRouteApi("/office/cases/lists");
const systems = [
  { value: "godata", label: "WHO Go.Data" },
  { value: "sormas", label: "SORMAS" },
];

export function LineListsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [unit, setUnit] = useState(ownArea(useOfficer()));
  const [about, setAbout] = useState<LineListAbout>("cases");
  const [system, setSystem] = useState("");
  const [format, setFormat] = useState<"csv" | "xlsx">();
  const by = route.useSearch();
  const sorted = sortedBy(by, lineListSorts);
  const sort = (search: Sorting<"sent">) => void navigate({ to: "/cases/lists", search, replace: true, resetScroll: false });
  const lists = useLineLists(by.sort && sorted.order);
  const sending = useMutation({
    mutationFn: (file: ListFile) => sendLineList(unit!, file.name, about, system || undefined, file),
    onSuccess: ({ id }) => {
      void queryClient.invalidateQueries({ queryKey: ["line-lists", "list"] });
      void navigate({ to: "/cases/lists/$list", params: { list: id } });
    },
  });
  const taking = useMutation({ mutationFn: (reason: string) => takeOutLineList(unit!, format!, reason), onSuccess: () => setFormat(undefined) });
  const columns: Column<LineListBrief>[] = [
    {
      key: "file",
      head: t("lineLists.file"),
      lead: true,
      grow: true,
      cell: (one) => (
        <TextLink to="/cases/lists/$list" params={{ list: one.id }}>
          {one.file || one.id}
        </TextLink>
      ),
    },
    { key: "about", head: t("lineLists.about"), cell: (one) => t(`lineLists.aboutOf.${one.about}`) },
    { key: "state", head: t("lineLists.state"), cell: (one) => (one.stopped ? t("lineLists.stoppedShort") : t(`lineLists.stateOf.${one.state}`)) },
    { key: "rows", head: t("lineLists.rows"), align: "right", cell: (one) => one.total },
    { key: "by", head: t("lineLists.by"), cell: (one) => one.by },
    { key: "at", head: t("lineLists.at"), sort: "sent", cell: (one) => <When at={one.at} /> },
  ];
  return (
    <>
      <PageHead title={t("lineLists.title")} lead={t("lineLists.lead")} back={<TextLink to="/cases">{t("shell.section.cases")}</TextLink>} />
      <Stack>
        <Panel title={t("lineLists.send")}>
          <p>{t(about === "contacts" ? "lineLists.contactRule" : "lineLists.rule")}</p>
        </Panel>
        <ListForm about={`${unit ?? ""}\n${system}\n${about}`} ready={unit !== undefined} sending={sending}>
          <Select
            label={t("lineLists.about")}
            value={about}
            onChange={(value) => setAbout(value === "contacts" ? "contacts" : "cases")}
            data={(["cases", "contacts"] as const).map((one) => ({ value: one, label: t(`lineLists.aboutOf.${one}`) }))}
            allowDeselect={false}
          />
          <UnitSelect label={t("lineLists.unit")} description={t("lineLists.unitHelp")} value={unit} onChange={setUnit} />
          <Select label={t("lineLists.system")} value={system} onChange={(value) => setSystem(value ?? "")} data={[{ value: "", label: t("lineLists.own") }, ...systems]} allowDeselect={false} />
        </ListForm>
        <SortChoice sorts={[{ sort: "sent", label: t("lineLists.at") }]} sorted={sorted} onSort={(on, order) => sort({ sort: on, order })} />
        <ListFrame list={lists} empty={<Empty icon={<IconTableImport size={38} stroke={1.3} />} title={t("lineLists.none")} />}>
          {(rows) => (
            <DataTable
              rows={rows}
              columns={columns}
              rowKey={(one) => one.id}
              caption={t("lineLists.lists")}
              onOpen={(one) => void navigate({ to: "/cases/lists/$list", params: { list: one.id } })}
              stale={lists.stale}
              sorting={{ ...sorted, onSort: () => sort(pressed(by, "sent", lineListSorts)) }}
            />
          )}
        </ListFrame>
        <Panel title={t("lineLists.out")}>
          <Stack>
            <p>{t("lineLists.outText")}</p>
            <Group>
              {(["csv", "xlsx"] as const).map((one) => (
                <Button key={one} variant="default" disabled={unit === undefined} onClick={() => setFormat(one)}>
                  {t("lineLists.outAs", { format: one.toUpperCase() })}
                </Button>
              ))}
            </Group>
          </Stack>
        </Panel>
      </Stack>
      <ReasonDialog
        opened={format !== undefined}
        title={t("lineLists.out")}
        action={t("lineLists.outAs", { format: format?.toUpperCase() ?? "" })}
        busy={taking.isPending}
        error={<ProblemNote error={taking.error} />}
        onReason={(reason) => taking.mutate(reason)}
        onClose={() => {
          taking.reset();
          setFormat(undefined);
        }}
      >
        <LoggedNote />
      </ReasonDialog>
    </>
  );
}
