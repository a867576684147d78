// A form being filled in, kept nowhere but here.

import { useMemo, useState } from "react";

import type { Questionnaire, QuestionnaireResponse } from "../questionnaire";
import {
  answersFrom,
  destinationUnit,
  flaws,
  removed,
  respond,
  standing,
  withInstance,
  withoutInstance,
  type Answer,
  type Answers,
  type Node,
} from "./filling";
import type { FormWords } from "./kit";

type Units = Readonly<Record<string, string>>;

/** `begun`: what is corrected. */
export function useFilling(form: Questionnaire, words: Pick<FormWords, "flaw">, begun?: QuestionnaireResponse) {
  const [answers, setAnswers] = useState<Answers>(() => (begun ? answersFrom(form, begun) : {}));
  const [units, setUnits] = useState<Units>({});
  const [tried, setTried] = useState(false);
  const nodes = useMemo(() => standing(form, answers), [form, answers]);
  const open = useMemo(() => flaws(form, answers), [form, answers]);
  const wrong = ({ key }: Node) => {
    const found = tried ? open.find((each) => each.key === key) : undefined;
    return found && words.flaw(found.flaw, found.item.maxLength);
  };
  return {
    open,
    tried,
    /** The unit that was chosen as the journey's end. */
    towards: destinationUnit(form, answers, units),
    /** What to send; nothing while something is missing, which is marked from then on. */
    finish: (at: string): QuestionnaireResponse | undefined => {
      setTried(true);
      return open.length > 0 ? undefined : respond(form, answers, at);
    },
    body: {
      nodes,
      answers,
      wrong,
      onAnswer: (key: string, said: readonly Answer[], unit?: string) => {
        setAnswers((now) => ({ ...now, [key]: said }));
        setUnits(({ [key]: _, ...others }) => (unit ? { ...others, [key]: unit } : others));
      },
      onAdd: (group: Node) => setAnswers((now) => withInstance(group, now)),
      onRemove: (instance: NonNullable<Node["instance"]>) => {
        setAnswers((now) => removed(instance, now));
        setUnits((now) => withoutInstance(instance, now));
      },
    },
  };
}
