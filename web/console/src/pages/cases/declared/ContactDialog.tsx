// Somebody whom the case was with, or a contact of it, by what was told: found, or written down anew after a look at who might be the same.
import { Button, Group, Radio, Stack, TextInput } from "@mantine/core";
import { ApiError } from "@luytre/shared/api";
import { localDate } from "@luytre/shared/time";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { declareContact, refreshContacts } from "../../../api/contacts";
import { draftDuplicatesQuery } from "../../../api/person-duplicates";
import type { Case, DeclaredContact, NewContact } from "../../../api/types";
import { DayField, MomentField } from "../../../parts/DayField";
import { Drawer } from "../../../parts/Dialog";
import { fieldText, ProblemNote } from "../../../parts/ProblemNote";
import { say } from "../../../parts/Toasts";
import { useSentOnce } from "../../../parts/useSentOnce";
import { emptyDraft, personOf } from "../../people/person-draft";
import { NewPatient } from "../NewPatient";
import { PersonPicker, type Picked } from "../PersonPicker";

const hows = ["interview", "list", "officer"] as const satisfies readonly NewContact["how"][];

export function ContactDialog({ of, opened, onClose }: { of: Case; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer opened={opened} onClose={onClose} title={t("declared.addTitle", { number: of.number })}>
      {opened && <ContactForm of={of.id} lead={t("declared.addLead")} told={t("declared.how.interview")} send={declareContact(of.id)} onClose={onClose} />}
    </Drawer>
  );
}

interface FormProps {
  /** The case. */
  of: string;
  lead: string;
  /** Whose word it is when it was told. */
  told: string;
  send: (body: NewContact, key: string) => Promise<DeclaredContact>;
  onMade?: () => void;
  onClose: () => void;
}

export function ContactForm({ of, lead, told, send: declare, onMade, onClose }: FormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [way, setWay] = useState("known");
  const [picked, setPicked] = useState<Picked>();
  const [draft, setDraft] = useState(emptyDraft);
  const [span, setSpan] = useState("");
  const [day, setDay] = useState<string>();
  const [from, setFrom] = useState<string>();
  const [to, setTo] = useState<string>();
  const [how, setHow] = useState<NewContact["how"]>();
  const [where, setWhere] = useState("");
  const [relation, setRelation] = useState("");
  const send = useSentOnce(declare);
  const sending = useMutation({
    mutationFn: send,
    // Somebody wrote them down meanwhile, or the page was quicker than the comparison: it is shown now.
    onError: (error) => {
      if (error instanceof ApiError && error.code === "person_may_be_known") void client.invalidateQueries({ queryKey: ["person-duplicates", "draft"] });
    },
    onSuccess: (made) => {
      say(t("declared.added", { name: made.person.name }));
      onMade?.();
      refreshContacts(client, of);
      onClose();
    },
  });
  const newPerson = way === "new" ? personOf(draft) : undefined;
  // The same comparison that stands beside the fields; who goes on with it before their eyes has said that it is none of these.
  const alike = useQuery({ ...draftDuplicatesQuery(newPerson, t("cases.searchReason")), enabled: false }).data?.items ?? [];
  const who = way === "known" ? (picked ? { person: picked.id } : undefined) : newPerson ? { newPerson } : undefined;
  const when = span === "day" ? (day ? { day } : undefined) : span === "hours" && from && to ? { from, to } : undefined;
  const today = localDate(Date.now());
  const field = (pointer: string) => fieldText(t, sending.error, pointer);
  const submit = () => {
    if (!who || !when || !how) return;
    const none = newPerson && alike.length > 0 ? { noneOfThese: true } : {};
    sending.mutate({ ...who, ...none, ...when, how, ...(where.trim() ? { where: where.trim() } : {}), ...(relation.trim() ? { relation: relation.trim() } : {}) });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <p className="quiet">{lead}</p>
        <Radio.Group value={way} onChange={setWay} label={t("declared.who")}>
          <Group mt={4}>
            <Radio value="known" label={t("cases.personKnown")} />
            <Radio value="new" label={t("cases.personNew")} />
          </Group>
        </Radio.Group>
        {way === "known" ? (
          <PersonPicker picked={picked} onPick={setPicked} onNew={() => setWay("new")} scan />
        ) : (
          <NewPatient
            draft={draft}
            onChange={setDraft}
            error={sending.error}
            onSame={(person) => {
              setPicked(person);
              setWay("known");
            }}
          />
        )}
        <Radio.Group value={span} onChange={setSpan} label={t("declared.when")} required>
          <Group mt={4}>
            <Radio value="hours" label={t("declared.hours")} />
            <Radio value="day" label={t("declared.dayOnly")} />
          </Group>
        </Radio.Group>
        {span === "day" && <DayField label={t("declared.day")} value={day} onChange={setDay} max={today} error={field("/day")} required />}
        {span === "hours" && (
          <>
            <MomentField label={t("declared.from")} value={from} onChange={setFrom} max={today} error={field("/from")} required />
            <MomentField label={t("declared.to")} value={to} onChange={setTo} max={today} error={field("/to")} required />
          </>
        )}
        <Radio.Group value={how ?? ""} onChange={(next) => setHow(hows.find((one) => one === next))} label={t("declared.howHead")} required>
          <Group mt={4}>
            {hows.map((one) => (
              <Radio key={one} value={one} label={one === "interview" ? told : t(`declared.how.${one}`)} />
            ))}
          </Group>
        </Radio.Group>
        <TextInput
          label={t("declared.where")}
          description={t("declared.whereHelp")}
          value={where}
          onChange={(event) => setWhere(event.currentTarget.value)}
          error={field("/where")}
          maxLength={200}
          autoComplete="off"
        />
        <TextInput
          label={t("declared.relation")}
          description={t("declared.relationHelp")}
          value={relation}
          onChange={(event) => setRelation(event.currentTarget.value)}
          error={field("/relation")}
          maxLength={120}
          autoComplete="off"
        />
        <ProblemNote error={sending.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!who || !when || !how} loading={sending.isPending}>
            {t("declared.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
