// A form that an officer fills in with somebody: nothing is answered beforehand, but for what is corrected. Nothing is kept until it is sent.
import { Alert, Button, Group } from "@mantine/core";
import type { Questionnaire, QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { Body, FormKit, useFilling } from "@luytre/shared/forms";
import { useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { ProblemNote } from "../ProblemNote";
import styles from "./forms.module.css";
import { kit } from "./kit";

export interface Answered {
  response: QuestionnaireResponse;
  /** When it was first sent; and a key. Both stay while the answers do, so that sending again says the same thing once. */
  at: string;
  key: string;
  /** The unit that was chosen as the journey's end. */
  unit: string | undefined;
}

interface Props {
  form: Questionnaire;
  /** What is corrected. */
  begun?: QuestionnaireResponse;
  /** What is asked besides, below the form. */
  children?: ReactNode;
  send: string;
  /** Something besides the answers is missing; told when sending was tried. */
  blocked?: boolean;
  onBlocked?: () => void;
  busy: boolean;
  error: unknown;
  onSend: (answered: Answered) => void;
  onCancel: () => void;
}

export function AnswerForm({ form, begun, children, send, blocked, onBlocked, busy, error, onSend, onCancel }: Props) {
  const { t } = useTranslation();
  const { open, tried, towards, finish, body } = useFilling(form, kit.useWords(), begun);
  const sent = useRef<{ answers: unknown; at: string; key: string }>(undefined);
  const frame = useRef<HTMLFormElement>(null);
  const submit = () => {
    if (sent.current?.answers !== body.answers) sent.current = { answers: body.answers, at: new Date().toISOString(), key: crypto.randomUUID() };
    const { at, key } = sent.current;
    const response = finish(at);
    if (blocked) onBlocked?.();
    if (response && !blocked && !busy) onSend({ response, at, key, unit: towards });
    else requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>("[data-wrong] input, [data-wrong] textarea")?.focus());
  };
  return (
    <form
      ref={frame}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormKit value={kit}>
        <Body {...body} />
      </FormKit>
      {children}
      {tried && open.length > 0 && <Alert role="alert" color="turmeric" title={t("forms.left", { count: open.length })} />}
      <ProblemNote error={error} />
      <Group>
        <Button type="submit" loading={busy}>
          {send}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t("common.cancel")}
        </Button>
      </Group>
    </form>
  );
}
