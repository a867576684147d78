// What is due at this hour for the household: forms that somebody began to send, in a window that is open. Asked for only
// where a decision names such a form.

import { clock } from "@luytre/shared/time";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { decisionsQuery, formsNowQuery, usePeople } from "../app/queries";
import { pick, useText } from "../i18n";
import { Icon } from "../ui/Icon";

export function DueNow({ className }: { className: string | undefined }) {
  const { t, language } = useText();
  const { people, self } = usePeople();
  const named = useQuery(decisionsQuery).data?.some((decision) => decision.form) ?? false;
  const idOf = (person: (typeof people)[number]) => (person === self ? undefined : person.id);
  const now = useQueries({
    queries: people.map((person) => ({ ...formsNowQuery(idOf(person)), enabled: named })),
  });
  return people.flatMap((person, i) =>
    (now[i]?.data?.items ?? []).flatMap((form) => {
      const open = form.begun ? form.windows.find(({ state }) => state === "open") : undefined;
      if (!open) return [];
      const other = idOf(person);
      return [
        <Link
          key={person.id + form.id}
          to="/declare/$form"
          params={{ form: form.id }}
          search={other ? { person: other } : {}}
          className={className}
        >
          <Icon name="bell" />
          <span className="grow">
            <span className="strong">{pick(form.title, language)}</span>
            <br />
            <span className="small">
              {t("due.now", { name: person.name, until: clock(Date.parse(open.until) - 60_000, language) })}
            </span>
          </span>
          <Icon name="next" />
        </Link>,
      ];
    }),
  );
}
