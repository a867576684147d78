// A form that an officer fills in with somebody: nothing is answered beforehand, but for what is corrected. Nothing is kept until it is sent.
import { Alert, Button, Group } from "@mantine/core";
import type { Questionnaire, QuestionnaireResponse } from "@luytre/shared/questionnaire";
import { Body, FormKit, useFilling, type Finished } from "@luytre/shared/forms";
import { useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { ProblemNote } from "../ProblemNote";
import styles from "./forms.module.css";
import { kit } from "./kit";

export interface Answered extends Finished {
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
  const frame = useRef<HTMLFormElement>(null);
  const submit = () => {
    const finished = finish();
    if (blocked) onBlocked?.();
    if (finished && !blocked && !busy) onSend({ ...finished, unit: towards });
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
