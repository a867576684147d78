// A draft for an assessed contact or a case. It binds nobody before another officer has signed.
import { ApiError } from "@luytre/shared/api";
import { localDate } from "@luytre/shared/time";
import { Button, Group, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { caseQuery, diseasesQuery } from "../../api/cases";
import { draftOrder } from "../../api/orders";
import { candidateQuery } from "../../api/tracing";
import type { Case, ContactClass, NewOrder } from "../../api/types";
import { ClassBadge } from "../../parts/Badges";
import { DayField } from "../../parts/DayField";
import { TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, fieldText, ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { say } from "../../parts/Toasts";
import { useDiseaseName } from "../../parts/useNames";
import { useSentOnce } from "../../parts/useSentOnce";
import { PlaceFields, placeOf, type PlaceDraft } from "./PlaceFields";
import { WindowFields, windowsWhole, type WindowDraft } from "./WindowFields";

const route = getRouteApi("/office/orders/new");

export function NewOrderPage() {
  const { candidate, case: kase } = route.useSearch();
  return candidate ? <OfContact id={candidate} /> : kase ? <OfCase id={kase} /> : null;
}

function OfContact({ id }: { id: string }) {
  const contact = useQuery(candidateQuery(id));
  const kase = useQuery({ ...caseQuery(contact.data?.case ?? ""), enabled: contact.data !== undefined });
  // Of a case elsewhere the station knows the contact alone; the server knows the rule.
  const elsewhere = kase.error instanceof ApiError && (kase.error.status === 403 || kase.error.status === 404);
  const error = contact.error ?? (elsewhere ? null : kase.error);
  if (error) return <ProblemNote error={error} retry={() => void (contact.error ? contact : kase).refetch()} />;
  return contact.data && (kase.data || elsewhere) ? <Form name={contact.data.person.name} of={kase.data} candidate={id} contactClass={contact.data.class} /> : <Loading />;
}

function OfCase({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(caseQuery(id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Form name={data.person.name} of={data} /> : <Loading />;
}

const kinds = ["quarantine", "observation"] as const;

interface FormProps {
  name: string;
  of: Case | undefined;
  candidate?: string;
  contactClass?: ContactClass | undefined;
}

function Form({ name, of, candidate, contactClass }: FormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const disease = useDiseaseName();
  const today = localDate(Date.now());
  const rules = (useQuery(diseasesQuery).data?.items.find((one) => one.id === of?.disease)?.followUps ?? []).filter(
    (one) => one.contactClass === contactClass && one.from <= today && (!one.to || today < one.to),
  );
  const [kind, setKind] = useState<string>(candidate ? "" : "isolation");
  const [firstDay, setFirstDay] = useState<string | undefined>(today);
  const [place, setPlace] = useState<PlaceDraft>({});
  const [lastDay, setLastDay] = useState<string>();
  const [source, setSource] = useState("");
  const [windows, setWindows] = useState<WindowDraft[]>([]);
  const [reason, setReason] = useState("");
  const send = useSentOnce(draftOrder);
  const drafting = useMutation({
    mutationFn: send,
    onSuccess: async (made) => {
      say(t("orders.drafted", { number: made.number }));
      await navigate({ to: "/orders/$order", params: { order: made.id } });
    },
  });
  const field = (pointer: string) => fieldText(t, drafting.error, pointer);
  const tells = rules.some((one) => one.whom !== "everyone");
  const named = !candidate || (of !== undefined && rules.length === 0) || field("/decided") !== undefined;
  const where = placeOf(place);
  const checked = kind !== "observation" && place.kind === "home";
  const whole = (!checked || windowsWhole(windows)) && kind && where && firstDay && reason.trim() && (!named || (lastDay && source.trim()));
  const save = () => {
    if (!whole || !where || !firstDay) return;
    drafting.mutate({
      kind: kind as NewOrder["kind"],
      ...(candidate ? { candidate } : of && { case: of.id }),
      firstDay,
      place: where,
      ...(named && lastDay ? { decided: { lastDay, source: source.trim() } } : {}),
      ...(checked && windows.length > 0 ? { windows } : {}),
      reason: reason.trim(),
    });
  };
  return (
    <div style={{ maxWidth: 720 }}>
      <PageHead
        title={t(candidate ? "orders.new" : "orders.newIsolation")}
        back={<TextLink to="/orders">{t("shell.section.orders")}</TextLink>}
        lead={
          <Group gap="sm">
            <b>{name}</b> {contactClass && <ClassBadge of={contactClass} />}
            {of && (
              <span>
                {disease(of.disease)} · {of.number}
              </span>
            )}
          </Group>
        }
      />
      <Panel>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Stack>
            <p>{t("orders.newLead")}</p>
            {candidate && (
              <Radio.Group label={t("orders.kindHead")} value={kind} onChange={setKind}>
                <Stack gap={6} mt={6}>
                  {kinds.map((one) => (
                    <Radio key={one} value={one} label={t(`orders.kind.${one}`)} />
                  ))}
                </Stack>
              </Radio.Group>
            )}
            {tells && <p>{t("orders.immuneTold")}</p>}
            <DayField label={t("orders.firstDay")} value={firstDay} onChange={setFirstDay} error={field("/firstDay")} required />
            <PlaceFields draft={place} onChange={setPlace} problem={drafting.error} />
            {checked && kind && (
              <div>
                <b>{t("orders.checks.title")}</b>
                <WindowFields windows={windows} onChange={setWindows} problem={drafting.error} />
              </div>
            )}
            {named ? (
              <>
                <DayField label={t("orders.lastDay")} description={t("orders.namedHelp")} value={lastDay} onChange={setLastDay} error={field("/decided/lastDay")} required />
                <TextInput label={t("orders.source")} description={t("orders.sourceHelp")} value={source} onChange={(event) => setSource(event.currentTarget.value)} maxLength={300} required error={field("/decided/source")} />
              </>
            ) : (
              <p className="quiet">{t("orders.ruleTells")}</p>
            )}
            <Textarea label={t("common.reason")} description={t("orders.reasonHelp")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} maxLength={500} required />
            <ProblemNote error={drafting.error} />
            <Group justify="flex-end">
              <Button type="submit" disabled={!whole} loading={drafting.isPending}>
                {t("orders.draft")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Panel>
      <LoggedNote />
    </div>
  );
}
