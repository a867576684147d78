// Before a list runs: what its columns are, by a saved mapping or by hand; the first rows as they would be read.
import { Alert, Button, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { joinRelationships, lineListMappingsQuery, lineListQuery, previewLineList, runLineList, saveLineListMapping } from "../../api/line-lists";
import { queryClient } from "../../api/query-client";
import type { LineList, LineListMapping } from "../../api/types";
import { ListForm, type ListFile } from "../../parts/ListForm";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { MappingForm } from "./MappingForm";
import { Rows } from "./Rows";

/** Go.Data says in a second file whom its contacts met. */
function Relationships({ of }: { of: LineList }) {
  const { t } = useTranslation();
  const joining = useMutation({
    mutationFn: (file: ListFile) => joinRelationships(of.id, file),
    onSuccess: (joined) => queryClient.setQueryData(lineListQuery(of.id).queryKey, joined),
  });
  return (
    <ListForm about={of.id} ready sending={joining}>
      <h2>{t("lineLists.relationships")}</h2>
      <p>{t("lineLists.relationshipsText")}</p>
    </ListForm>
  );
}

export function MappingStep({ of }: { of: LineList }) {
  const { t } = useTranslation();
  const [mapping, setMapping] = useState<LineListMapping>(of.suggested ?? { uses: [], compare: true });
  const [name, setName] = useState("");
  const saved = useQuery(lineListMappingsQuery(of.unit));
  const previewing = useMutation({ mutationFn: () => previewLineList(of.id, mapping) });
  const running = useMutation({
    mutationFn: () => runLineList(of.id, mapping),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: lineListQuery(of.id).queryKey }),
  });
  const saving = useMutation({
    mutationFn: () => saveLineListMapping(of.unit, name.trim(), mapping),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ["line-lists", "mappings", of.unit] }),
  });
  const change = (next: LineListMapping) => {
    setMapping(next);
    previewing.reset();
    running.reset();
    saving.reset();
  };
  const seen = previewing.data;
  return (
    <Stack>
      {of.about === "contacts" && !of.columns.some((column) => /target.?(uuid|visualid)/i.test(column.name)) && <Relationships of={of} />}
      <Panel title={t("lineLists.mapping")}>
        <Stack>
          <p>{t("lineLists.mappingLead")}</p>
          {(saved.data?.length ?? 0) > 0 && (
            <NativeSelect
              label={t("lineLists.saved")}
              defaultValue=""
              data={[{ value: "", label: t("lineLists.chooseSaved") }, ...(saved.data ?? []).map((one) => ({ value: one.name, label: one.name }))]}
              onChange={(event) => {
                const chosen = saved.data?.find((one) => one.name === event.currentTarget.value);
                if (chosen) change(chosen.mapping);
              }}
            />
          )}
          <MappingForm about={of.about} columns={of.columns} value={mapping} onChange={change} />
          <Group align="flex-end">
            <TextInput label={t("lineLists.saveName")} value={name} maxLength={80} onChange={(event) => setName(event.currentTarget.value)} />
            <Button variant="default" disabled={!name.trim()} loading={saving.isPending} onClick={() => saving.mutate()}>
              {t("lineLists.save")}
            </Button>
          </Group>
          {saving.isSuccess && <p role="status">{t("lineLists.savedNow")}</p>}
          <ProblemNote error={saving.error ?? previewing.error ?? running.error} />
          <Group>
            <Button variant="default" loading={previewing.isPending} onClick={() => previewing.mutate()}>
              {t("lineLists.preview")}
            </Button>
            <Button disabled={!seen} loading={running.isPending} onClick={() => running.mutate()}>
              {t("lineLists.run")}
            </Button>
          </Group>
        </Stack>
      </Panel>
      {seen && (
        <>
          <Alert role="status" color={seen.counts.wrong > 0 ? "yellow" : "green"}>
            {t(of.about === "contacts" ? "lineLists.contactPreviewTold" : "lineLists.previewTold", { judged: seen.judged, taken: seen.counts.taken, known: seen.counts.known, undecided: seen.counts.undecided, wrong: seen.counts.wrong })}
          </Alert>
          <Rows about={of.about} rows={seen.rows} caption={t("lineLists.preview")} />
        </>
      )}
    </Stack>
  );
}
