// A traveller who has not declared: the officer asks and writes it down.
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { declareShown } from "../../api/arrivals";
import { formQuery, formsQuery } from "../../api/declarations";
import { AnswerForm, type Answered } from "../../parts/forms/AnswerForm";
import { Loading } from "../../parts/ListFrame";
import { ProblemNote } from "../../parts/ProblemNote";

const entry = "entry";

interface Props {
  place: string;
  code: string;
  onDeclared: () => void;
}

export function DeclareFor({ place, code, onDeclared }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (open) return <Filling place={place} code={code} onDeclared={onDeclared} onCancel={() => setOpen(false)} />;
  return (
    <>
      <p>{t("arrivals.none")}</p>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("arrivals.declareFor")}
      </Button>
    </>
  );
}

function Filling({ place, code, onDeclared, onCancel }: Props & { onCancel: () => void }) {
  const { t } = useTranslation();
  const forms = useQuery(formsQuery);
  const version = forms.data?.items.find(({ id }) => id === entry)?.version;
  const form = useQuery({ ...formQuery(entry, version ?? ""), enabled: version !== undefined });
  const send = useMutation({
    mutationFn: ({ response, key }: Answered) => declareShown(place, code, version!, response, key),
    onSuccess: onDeclared,
  });
  const fault = forms.error ?? form.error;
  if (fault) return <ProblemNote error={fault} retry={() => void (forms.error ? forms : form).refetch()} />;
  if (!form.data) return <Loading rows={3} />;
  return <AnswerForm form={form.data} send={t("arrivals.declareSend")} busy={send.isPending} error={send.error} onSend={(answered) => send.mutate(answered)} onCancel={onCancel} />;
}
