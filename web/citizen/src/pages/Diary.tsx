// The symptom diary: temperature as a curve over the days, and every entry in a table, which says the same to those who
// do not see the picture.

import type { MyDeclaration } from "@luytre/shared/api";
import { clock, day } from "@luytre/shared/time";
import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";

import { diaryQuery, formVersionQuery, usePeople } from "../app/queries";
import { curve, noted, type Noted } from "../forms/diary";
import { Colour } from "../forms/Outcome";
import { useText } from "../i18n";
import { Button, Empty, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import styles from "./Diary.module.css";

const width = 320;
const height = 150;

export function Diary() {
  const { t } = useText();
  const { person: wanted } = useSearch({ from: "/inside/diary" });
  const { people, self } = usePeople();
  const person = people.find((each) => each.id === wanted) ?? self;
  const past = useInfiniteQuery(diaryQuery(person === self ? undefined : person?.id));
  const notes = useNotes(past.data?.pages.flatMap((page) => page.items) ?? []);
  return (
    <Page title={t("diary.title")} back="/declare" lead={person && t("diary.lead", { name: person.name })}>
      {(past.isPending || notes.pending) && <Skeleton lines={[180, 60, 60]} />}
      <Trouble error={past.error ?? notes.error} retry={() => void past.refetch()} />
      {past.isSuccess && !notes.pending && notes.all.length === 0 && (
        <Empty icon="form" title={t("diary.noneTitle")}>
          <p>{t("diary.noneText")}</p>
        </Empty>
      )}
      {notes.all.length > 0 && (
        <>
          <Picture notes={notes.all} />
          <Entries notes={notes.all} />
        </>
      )}
      {past.hasNextPage && (
        <Button tone="second" busy={past.isFetchingNextPage} onClick={() => void past.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </Page>
  );
}

/** What the declarations add to the diary, each read by the version of the form that it answers. */
function useNotes(declarations: readonly MyDeclaration[]) {
  const { language } = useText();
  const versions = [...new Set(declarations.map(({ form, formVersion }) => `${form}|${formVersion}`))];
  const forms = useQueries({
    queries: versions.map((each) => formVersionQuery(each.split("|")[0]!, each.split("|")[1]!)),
  });
  const all = declarations.flatMap((declaration) => {
    if (declaration.replacedBy) return []; // corrected
    const form = forms[versions.indexOf(`${declaration.form}|${declaration.formVersion}`)]?.data;
    const note = form && noted(form, declaration, language);
    return note ? [note] : [];
  });
  all.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)); // by when it was so, not by when it was sent
  return {
    all,
    pending: forms.some((form) => form.isPending),
    error: forms.find((form) => form.error)?.error ?? null,
  };
}

function Picture({ notes }: { notes: readonly Noted[] }) {
  const { t, language } = useText();
  const { lines, points, days, degrees } = curve(notes, width, height);
  if (points.length === 0) return null;
  const shownDays = days.filter((_, i) => i % Math.ceil(days.length / 5) === 0);
  return (
    <figure className={styles.picture}>
      <svg viewBox={`-28 -8 ${width + 36} ${height + 28}`} role="img" aria-label={t("diary.picture")}>
        {degrees.map(({ y, degree }) => (
          <g key={degree}>
            <line x1={0} x2={width} y1={y} y2={y} className={styles.grid} />
            <text x={-6} y={y + 4} textAnchor="end">
              {degree}
            </text>
          </g>
        ))}
        {shownDays.map(({ x, at }) => (
          <text key={at} x={x} y={height + 16}>
            {day(at, language).slice(0, 5)}
          </text>
        ))}
        {lines.map((line, i) => (
          <polyline key={i} points={line.map(({ x, y }) => `${x},${y}`).join(" ")} className={styles.line} />
        ))}
        {points.map(({ x, y, note }) => (
          <circle key={note.id} cx={x} cy={y} r={4} data-colour={note.colour} />
        ))}
      </svg>
      <figcaption className="small soft">{t("diary.caption")}</figcaption>
    </figure>
  );
}

function Entries({ notes }: { notes: readonly Noted[] }) {
  const { t, language } = useText();
  return (
    <div className={styles.entries} tabIndex={0} role="region" aria-label={t("diary.table")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("diary.when")}</th>
            <th scope="col">{t("diary.temperature")}</th>
            <th scope="col">{t("diary.symptoms")}</th>
          </tr>
        </thead>
        <tbody>
          {notes.map((note) => (
            <tr key={note.id}>
              <th scope="row" className="numbers">
                {day(note.at, language).slice(0, 5)}
                <br />
                {clock(note.at, language)}
              </th>
              <td className="numbers">
                {note.temperature === undefined
                  ? t("diary.notTaken")
                  : `${note.temperature.toLocaleString(language)} °C`}
              </td>
              <td>
                {note.symptoms.length > 0 ? note.symptoms.join(", ") : t("diary.noSymptom")}
                <br />
                <Colour colour={note.colour} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
