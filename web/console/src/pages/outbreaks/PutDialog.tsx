// Puts cases into an outbreak that is open, or into a new one; says of each that cannot be put in why.
import { Button, Group, Select, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { openOutbreaksQuery, putCases } from "../../api/outbreaks";
import type { PutCases } from "../../api/types";
import { Dialog } from "../../parts/Dialog";
import { TextLink } from "../../parts/links";
import { ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useDiseaseName } from "../../parts/useNames";
import { NewOutbreak } from "./NewOutbreak";

interface Props {
  cases: readonly { id: string; disease: string }[];
  onClose: () => void;
  onPut: () => void;
}

export function PutDialog({ cases, onClose, onPut }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const diseaseName = useDiseaseName();
  const [anew, setAnew] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [left, setLeft] = useState<PutCases["refused"]>();
  const diseases = [...new Set(cases.map((one) => one.disease))];
  const disease = diseases.length === 1 ? diseases[0] : undefined;
  const offered = useQuery({ ...openOutbreaksQuery(disease ?? ""), enabled: disease !== undefined });
  const putting = useMutation({
    mutationFn: (outbreak: string) => putCases(outbreak, cases.map((one) => one.id)),
    onSuccess: (done) => {
      void client.invalidateQueries({ queryKey: ["outbreaks"] });
      if (done.added + done.known > 0) say(t("outbreaks.putIn", { count: done.added + done.known }));
      onPut();
      if (done.refused.length > 0) setLeft(done.refused);
      else onClose();
    },
  });
  return (
    <Dialog opened onClose={onClose} title={t("outbreaks.put", { count: cases.length })}>
      {left ? (
        <Stack>
          <p>{t("outbreaks.refusedLead")}</p>
          <ul>
            {left.map((one) => (
              <li key={one.id}>
                <span className="number">{one.number ?? t("common.unknown")}</span>: {t(`outbreaks.refused.${one.why}`)}
                {one.outbreak && (
                  <>
                    {" "}
                    <TextLink to="/outbreaks/$outbreak" params={{ outbreak: one.outbreak.id }}>
                      {one.outbreak.name}
                    </TextLink>
                  </>
                )}
              </li>
            ))}
          </ul>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t("common.close")}</Button>
          </Group>
        </Stack>
      ) : !disease ? (
        <p>{t("outbreaks.oneDisease")}</p>
      ) : anew ? (
        <NewOutbreak
          disease={disease}
          onClose={onClose}
          onOpened={(made) => {
            // It is there now: should putting in fail, what is tried again is that alone.
            setAnew(false);
            setChosen(made.id);
            putting.mutate(made.id);
          }}
        />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (chosen) putting.mutate(chosen);
          }}
        >
          <Stack>
            <Select
              label={t("outbreaks.openOnes", { disease: diseaseName(disease) })}
              data={(offered.data ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${one.unitName}` }))}
              value={chosen}
              onChange={setChosen}
              nothingFoundMessage={t("outbreaks.noOpenOnes")}
              searchable
            />
            <ProblemNote error={putting.error ?? offered.error} />
            <Group justify="space-between">
              <Button variant="default" onClick={() => setAnew(true)}>
                {t("outbreaks.new")}
              </Button>
              <Button type="submit" disabled={!chosen} loading={putting.isPending}>
                {t("outbreaks.putThere")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
