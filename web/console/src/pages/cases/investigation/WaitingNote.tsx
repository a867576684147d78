// Answers that wait on the device: not sent yet, refused, or written while somebody else wrote. Nothing of theirs is overwritten unseen.
import type { Questionnaire, QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { Alert, Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { dropDraft, investigationQuery, keepDraft, type WaitingDraft } from "../../../api/investigations";
import type { Investigation } from "../../../api/types";
import { When } from "../../../parts/When";
import { Differences } from "./SaidList";

interface Props {
  caseId: string;
  form: Questionnaire;
  draft: WaitingDraft;
  onContinue: () => void;
}

export function WaitingNote({ caseId, form, draft, onContinue }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { body, refused, key } = draft;
  const current = refused?.code === "version_conflict" ? (refused.current as Investigation | undefined) : undefined;
  const again = () => client.invalidateQueries({ queryKey: investigationQuery(caseId).queryKey });
  const over = useMutation({
    mutationFn: (version: number) => keepDraft(caseId, { ...body, version }, draft),
  });
  const drop = useMutation({ mutationFn: () => dropDraft(key), onSuccess: again });
  if (current)
    return (
      <Alert color="turmeric" role="alert" title={t("investigation.conflict")} className="no-print">
        <p>{t("investigation.conflictLead", { name: current.by ?? "" })}</p>
        <Differences form={form} before={current.response as QuestionnaireResponse} after={body.response} />
        <Group>
          <Button variant="default" onClick={() => drop.mutate()} loading={drop.isPending}>
            {t("conflict.keep")}
          </Button>
          <Button color="turmeric" onClick={() => over.mutate(current.version)} loading={over.isPending}>
            {t("conflict.overwrite")}
          </Button>
        </Group>
      </Alert>
    );
  return (
    <Alert color={refused ? "lacquer" : "turmeric"} role="status" title={t(refused ? "investigation.refused" : "investigation.waiting")} className="no-print">
      <p>
        <When at={body.toldAt} />
        {refused && ` · ${refused.detail || refused.title || refused.code}`}
      </p>
      <Group>
        <Button variant="default" size="xs" onClick={onContinue}>
          {t("investigation.continue")}
        </Button>
        {refused && (
          <Button variant="subtle" size="xs" onClick={() => drop.mutate()} loading={drop.isPending}>
            {t("investigation.dismiss")}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
