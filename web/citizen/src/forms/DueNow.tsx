// What is due at this hour for the household: forms that somebody began to send, in a window that is open. Asked for only
// where a decision names such a form. What is a duty, or an order asks for, is said with its reason instead.

import { clock } from "@luytre/shared/time";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { decisionsQuery, dutiesQuery, formsNowQuery, usePeople } from "../app/queries";
import { DutiesDue } from "../duties/DutiesDue";
import { pick, useText } from "../i18n";
import { ordersQuery } from "../orders/queries";
import { Icon } from "../ui/Icon";

export function DueNow({ className }: { className: string | undefined }) {
  const { t, language } = useText();
  const { people, self } = usePeople();
  const decisions = useQuery(decisionsQuery).data;
  const named = decisions?.some((decision) => decision.form) ?? false;
  const obliged = decisions?.some((decision) => decision.duty) ?? false;
  const duties = useQuery({ ...dutiesQuery, enabled: obliged }).data?.items ?? [];
  const orders = useQuery({ ...ordersQuery, enabled: named }).data ?? [];
  const idOf = (person: (typeof people)[number]) => (person === self ? undefined : person.id);
  const now = useQueries({
    queries: people.map((person) => ({ ...formsNowQuery(idOf(person)), enabled: named })),
  });
  const due = people.flatMap((person, i) =>
    (now[i]?.data?.items ?? []).flatMap((form) => {
      const open = form.begun ? form.windows.find(({ state }) => state === "open") : undefined;
      if (orders.some((order) => order.person === person.id && order.checks?.form === form.id)) return [];
      if (!open || duties.some((duty) => duty.person === person.id && duty.form === form.id)) return [];
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
  return (
    <>
      {duties.length > 0 && <DutiesDue className={className} />}
      {due}
    </>
  );
}
