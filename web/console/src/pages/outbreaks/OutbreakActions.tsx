// What can be done with an outbreak: take charge, change what is said of it, close it, open it again, take out the line list.
import { Button } from "@mantine/core";
import { localDate } from "@luytre/shared/time";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { closeOutbreak, editOutbreak, outbreakQuery, reopenOutbreak, takeCharge } from "../../api/outbreaks";
import type { Outbreak } from "../../api/types";
import { showDay } from "../../logic/moments";
import { DayField } from "../../parts/DayField";
import { Dialog } from "../../parts/Dialog";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonDialog } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useEdit } from "../../parts/useEdit";
import { OutbreakForm, type Said } from "./OutbreakForm";
import { TakeOutLineList } from "./TakeOutLineList";

type Doing = { what: "edit"; said: Said } | { what: "close"; on?: string; reason: string } | { what: "reopen"; reason: string };

const send = (id: string, version: number, doing: Doing) => {
  if (doing.what === "reopen") return reopenOutbreak(id, version, { reason: doing.reason });
  if (doing.what === "close") return closeOutbreak(id, version, { ...(doing.on ? { on: doing.on } : {}), reason: doing.reason });
  const { disease: _, ...facts } = doing.said;
  return editOutbreak(id, version, facts);
};

export function OutbreakActions({ of }: { of: Outbreak }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  // The outbreak as the officer saw it when beginning: a newer one must not be overwritten unseen.
  const [begun, setBegun] = useState<{ what: Doing["what"]; of: Outbreak }>();
  const [on, setOn] = useState<string>();
  const show = () => {
    setBegun(undefined);
    void client.invalidateQueries({ queryKey: ["outbreaks"], predicate: (query) => query.queryKey[1] !== "cases" });
  };
  const charging = useMutation({
    mutationFn: (charge: boolean) => takeCharge(of.id, charge),
    onSuccess: (fresh) => {
      client.setQueryData(outbreakQuery(of.id).queryKey, fresh);
      show();
    },
  });
  const edit = useEdit<Outbreak, Doing>({
    save: (doing, version) => send(of.id, version, doing),
    compare: (doing, current) =>
      doing.what === "edit"
        ? [
            { name: t("outbreaks.name"), mine: doing.said.name, theirs: current.name },
            { name: t("outbreaks.source"), mine: doing.said.source, theirs: current.source?.number },
            { name: t("outbreaks.openedOn"), mine: doing.said.openedOn && showDay(doing.said.openedOn), theirs: showDay(current.openedOn) },
          ]
        : [{ name: t("outbreaks.state"), mine: t(`outbreaks.did.${doing.what === "close" ? "closed" : "reopened"}`), theirs: t(`outbreaks.status.${current.status}`) }],
    onSaved: () => {
      say(t("outbreaks.saved"));
      show();
    },
    onKept: show,
  });
  const begin = (what: Doing["what"]) => {
    edit.reset();
    setOn(undefined);
    setBegun({ what, of });
  };
  const leave = () => setBegun(undefined);
  return (
    <>
      <Button variant={of.mine ? "default" : "filled"} loading={charging.isPending} onClick={() => charging.mutate(!of.mine)}>
        {t(of.mine ? "outbreaks.leaveCharge" : "outbreaks.takeCharge")}
      </Button>
      <Button variant="default" onClick={() => begin("edit")}>
        {t("outbreaks.edit")}
      </Button>
      <Button variant="default" onClick={() => begin(of.status === "open" ? "close" : "reopen")}>
        {t(of.status === "open" ? "outbreaks.close" : "outbreaks.reopen")}
      </Button>
      {of.mine && <TakeOutLineList id={of.id} />}
      <Dialog opened={begun?.what === "edit"} onClose={leave} title={t("outbreaks.edit")}>
        {begun && <OutbreakForm of={begun.of} action={t("outbreaks.save")} busy={edit.busy} error={edit.error} onSaid={(said) => edit.save({ what: "edit", said }, begun.of.version)} onClose={leave} />}
      </Dialog>
      <ReasonDialog
        opened={begun?.what === "close"}
        onClose={leave}
        title={t("outbreaks.close")}
        action={t("outbreaks.close")}
        busy={edit.busy}
        error={<ProblemNote error={edit.error} />}
        onReason={(reason) => begun && edit.save({ what: "close", ...(on ? { on } : {}), reason }, begun.of.version)}
      >
        {!of.over && of.quietUntil && <p>{t("outbreaks.notYetOver", { day: showDay(of.quietUntil) })}</p>}
        <DayField label={t("outbreaks.closedOn")} description={t("outbreaks.openedOnHelp")} value={on} onChange={setOn} max={localDate(Date.now())} />
      </ReasonDialog>
      <ReasonDialog
        opened={begun?.what === "reopen"}
        onClose={leave}
        title={t("outbreaks.reopen")}
        action={t("outbreaks.reopen")}
        busy={edit.busy}
        error={<ProblemNote error={edit.error} />}
        onReason={(reason) => begun && edit.save({ what: "reopen", reason }, begun.of.version)}
      />
      <ProblemNote error={charging.error} />
      {edit.dialog}
    </>
  );
}
