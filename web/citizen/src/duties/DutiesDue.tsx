// What the household must declare today: on the first page, one tap from the form.

import type { Duty } from "@luytre/shared/api";
import { day } from "@luytre/shared/time";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { dutiesQuery, usePeople } from "../app/queries";
import { pick, useText } from "../i18n";
import { Icon } from "../ui/Icon";
import { useWords } from "./words";

/** Why somebody is asked, and until when. */
export function useWhy(): (duty: Duty) => { why: string; until: string } {
  const { language } = useText();
  const w = useWords();
  return (duty) => {
    const unit = duty.unitName ?? w("country");
    return {
      why:
        duty.rosters.length > 0
          ? w("why.roster", { names: duty.rosters.join(", ") })
          : duty.journeys.length > 0
            ? w("why.journey")
            : duty.state === "journey"
              ? w("why.travel", { unit })
              : w("why.area", { unit }),
      until: w("why.until", { date: day(Date.parse(duty.until) - 1000, language), basis: duty.basis }),
    };
  };
}

export function DutiesDue({ className }: { className: string | undefined }) {
  const { language } = useText();
  const w = useWords();
  const why = useWhy();
  const { people, self } = usePeople();
  const duties = useQuery(dutiesQuery).data?.items ?? [];
  return duties
    .filter(({ state }) => state === "open")
    .map((duty) => {
      const person = people.find(({ id }) => id === duty.person);
      return (
        <Link
          key={duty.rule + duty.person}
          to="/declare/$form"
          params={{ form: duty.form }}
          search={{
            ...(person && person !== self ? { person: duty.person } : {}),
            ...(duty.place ? { place: duty.place } : {}),
            ...(duty.unit ? { unit: duty.unit } : {}),
          }}
          className={className}
        >
          <Icon name="form" />
          <span className="grow">
            <span className="strong">{pick(duty.title, language)}</span>
            <br />
            <span className="small">{w("due", { name: person?.name ?? "", reason: why(duty).why })}</span>
          </span>
          <Icon name="next" />
        </Link>
      );
    });
}
