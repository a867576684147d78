// A form being filled in, kept nowhere but here.

import { useMemo, useRef, useState } from "react";

import type { Questionnaire, QuestionnaireResponse } from "../questionnaire";
import {
  answersFrom,
  destinationUnit,
  flaws,
  pictures,
  removed,
  respond,
  standing,
  withInstance,
  withoutInstance,
  type Answer,
  type Answers,
  type Node,
  type Picture,
} from "./filling";
import type { FormWords } from "./kit";

type Units = Readonly<Record<string, string>>;

/** What to send. It says the same thing when it is sent again, under the same key, as long as no answer changes. */
export interface Finished {
  response: QuestionnaireResponse;
  pictures?: Picture[];
  at: string;
  key: string;
}

/** `begun`: what is corrected. */
export function useFilling(form: Questionnaire, words: Pick<FormWords, "flaw">, begun?: QuestionnaireResponse) {
  const [answers, setAnswers] = useState<Answers>(() => (begun ? answersFrom(form, begun) : {}));
  const [units, setUnits] = useState<Units>({});
  const [tried, setTried] = useState(false);
  const last = useRef<{ answers: Answers; at: string; key: string }>(undefined);
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
    /** Nothing while something is missing, which is marked from then on. `at`: now, if absent. */
    finish: (at = new Date().toISOString()): Finished | undefined => {
      setTried(true);
      if (open.length > 0) return undefined;
      if (last.current?.answers !== answers) last.current = { answers, at, key: crypto.randomUUID() };
      const { at: said, key } = last.current;
      return { response: respond(form, answers, said), ...pictures(form, answers), at: said, key };
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
