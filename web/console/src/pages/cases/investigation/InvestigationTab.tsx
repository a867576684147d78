// The investigation of a case by the form of its disease: made for a phone, asked as far as it is known, kept on the device until it is sent.
import { textOf, type Questionnaire, type QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { Alert, Button, Checkbox, Group, Stack } from "@mantine/core";
import { IconClipboardText } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { begunFrom, investigationQuery, investigationVersionsQuery, keepDraft, useWaitingDraft, type WaitingDraft } from "../../../api/investigations";
import type { Investigation } from "../../../api/types";
import { Drawer } from "../../../parts/Dialog";
import { AnswerForm } from "../../../parts/forms/AnswerForm";
import { Empty, Loading } from "../../../parts/ListFrame";
import { Panel } from "../../../parts/Panel";
import { barring, ProblemNote } from "../../../parts/ProblemNote";
import { say } from "../../../parts/Toasts";
import { useLanguage, When } from "../../../parts/When";
import { useCase } from "../useCase";
import { FindingsPanel } from "./FindingsPanel";
import styles from "./Investigation.module.css";
import { PrintedForm } from "./PrintedForm";
import { Differences, SaidList } from "./SaidList";
import { WaitingNote } from "./WaitingNote";

export function InvestigationTab() {
  const file = useCase();
  const { data, error, refetch } = useQuery(investigationQuery(file.id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Loaded asked={data} error={error} retry={() => void refetch()} /> : <Loading rows={4} />;
}

/** What is being written: begun from a version that the officer saw, on top of what waits. */
interface Begun {
  at: number;
  response: QuestionnaireResponse;
  complete: boolean;
  version: number;
  instead: WaitingDraft | undefined;
}

function Loaded({ asked, error, retry }: { asked: Investigation; error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const file = useCase();
  const draft = useWaitingDraft(file.id);
  const [begun, setBegun] = useState<Begun>();
  const [printing, setPrinting] = useState<"empty" | "filled">();
  const [history, setHistory] = useState(false);
  useEffect(() => {
    if (!printing) return;
    const over = () => setPrinting(undefined);
    addEventListener("afterprint", over, { once: true });
    print();
    return () => removeEventListener("afterprint", over);
  }, [printing]);
  const form = asked.questionnaire as Questionnaire;
  const stands = asked.response as QuestionnaireResponse;
  const begin = () =>
    setBegun(
      draft
        ? { at: Date.now(), response: draft.body.response, complete: draft.body.complete, version: begunFrom(draft.body), instead: draft }
        : { at: Date.now(), response: stands, complete: asked.complete, version: asked.version, instead: undefined },
    );
  const printer = printing && <PrintedForm form={form} response={stands} filled={printing === "filled"} />;
  if (begun) return <Writing key={begun.at} caseId={file.id} asked={asked} form={form} begun={begun} onDone={() => setBegun(undefined)} />;
  return (
    <>
      {printer}
      <Stack className={printing && "no-print"}>
        <p className="quiet no-print">{t("investigation.lead")}</p>
        <ProblemNote error={error} retry={retry} />
        <Group className="no-print">
          {!draft && (
            <Button size="md" onClick={begin}>
              {t(asked.version === 0 ? "investigation.begin" : "investigation.goOn")}
            </Button>
          )}
          <Button variant="default" onClick={() => setPrinting("empty")}>
            {t("investigation.printEmpty")}
          </Button>
          {asked.version > 0 && (
            <>
              <Button variant="default" onClick={() => setPrinting("filled")}>
                {t("investigation.printFilled")}
              </Button>
              <Button variant="subtle" onClick={() => setHistory(true)}>
                {t("investigation.versions")}
              </Button>
            </>
          )}
        </Group>
        {draft && <WaitingNote caseId={file.id} form={form} draft={draft} onContinue={begin} />}
        {asked.version === 0 ? (
          !draft && (
            <Empty icon={<IconClipboardText size={38} stroke={1.3} />} title={t("investigation.none")}>
              {textOf(form.title, form._title, language)}
            </Empty>
          )
        ) : (
          <>
            <FindingsPanel file={file} asked={asked} />
            <Panel title={textOf(form.title, form._title, language)}>
              <p className="quiet">
                {t(asked.complete ? "investigation.complete" : "investigation.partial")} · {t("investigation.by", { name: asked.by ?? "" })}
                {asked.toldAt && (
                  <>
                    {" "}
                    · <When at={asked.toldAt} />
                  </>
                )}
              </p>
              <SaidList form={form} response={stands} />
            </Panel>
          </>
        )}
        <Drawer opened={history} onClose={() => setHistory(false)} title={t("investigation.versions")}>
          {history && <Versions of={file.id} form={form} />}
        </Drawer>
      </Stack>
    </>
  );
}

interface WritingProps {
  caseId: string;
  asked: Investigation;
  form: Questionnaire;
  begun: Begun;
  onDone: () => void;
}

function Writing({ caseId, asked, form: fresh, begun, onDone }: WritingProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  // The form as it was when the officer began.
  const [{ form, id, version }] = useState({ form: fresh, id: asked.form, version: asked.formVersion });
  const [complete, setComplete] = useState(begun.complete);
  const keeping = useMutation({
    mutationFn: ({ response, at }: { response: QuestionnaireResponse; at: string }) =>
      keepDraft(caseId, { form: id, formVersion: version, response, complete, toldAt: at, version: begun.version }, begun.instead),
    onSuccess: () => {
      say(t("investigation.kept"));
      onDone();
    },
  });
  return (
    <Panel title={textOf(form.title, form._title, language)}>
      <p className="quiet">{t("investigation.partialHint")}</p>
      {keeping.isError && (
        <Alert color="lacquer" role="alert" mb="md">
          {t("interviews.cannotKeep")}
        </Alert>
      )}
      <AnswerForm form={form} begun={begun.response} send={t("investigation.save")} busy={keeping.isPending} error={null} onSend={({ response, at }) => keeping.mutate({ response, at })} onCancel={onDone}>
        <Checkbox label={t("investigation.markComplete")} checked={complete} onChange={(event) => setComplete(event.currentTarget.checked)} />
      </AnswerForm>
    </Panel>
  );
}

/** Each time it was written, and what that changed. */
function Versions({ of, form }: { of: string; form: Questionnaire }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(investigationVersionsQuery(of));
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading rows={2} />;
  return (
    <ol className={styles.versions}>
      {data.map((one, i) => {
        const before = data[i + 1];
        return (
          <li key={one.version}>
            <p>
              <b>{t("investigation.version", { number: one.version })}</b> · <When at={one.at} /> · {t("investigation.by", { name: one.by })}
            </p>
            {before ? (
              <Differences form={form} before={before.response as QuestionnaireResponse} after={one.response as QuestionnaireResponse} />
            ) : (
              <SaidList form={form} response={one.response as QuestionnaireResponse} />
            )}
          </li>
        );
      })}
    </ol>
  );
}
