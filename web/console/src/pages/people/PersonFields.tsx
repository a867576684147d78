// The fields of somebody who is being registered; used for people without a phone and for the patient of a new case.
import { Checkbox, Group, Radio, Select, Stack, TextInput } from "@mantine/core";
import { countries } from "@luytre/shared/nations";
import { localDate } from "@luytre/shared/time";
import { useTranslation } from "react-i18next";

import { DayField } from "../../parts/DayField";
import { Pair } from "../../parts/Pair";
import { fieldText } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";
import { paperKinds, type PersonDraft } from "./person-draft";
import { useLanguage } from "../../parts/When";

interface Props {
  draft: PersonDraft;
  onChange: (draft: PersonDraft) => void;
  error: unknown;
  /** Where the person stands in the body that is sent: "" or "/newPerson". */
  at?: string;
  /** Of a record that is there already, whose phones are not corrected. */
  withoutPhone?: boolean;
}

export function PersonFields({ draft, onChange, error, at = "", withoutPhone = false }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const set = (change: Partial<PersonDraft>) => onChange({ ...draft, ...change });
  const field = (name: string) => fieldText(t, error, `${at}/${name}`);
  return (
    <Stack>
      <TextInput
        label={t("people.name")}
        description={t("people.nameHelp")}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={field("name")}
        maxLength={120}
        autoComplete="off"
        required
      />
      {!draft.birthUnknown && (
        <Pair>
          <DayField
            label={t("people.birthDate")}
            description={t("people.birthDateHelp")}
            value={draft.birthDate}
            onChange={(birthDate) => set({ birthDate })}
            error={field("birthDate")}
            max={localDate(Date.now())}
          />
          <TextInput
            label={t("people.birthYear")}
            description={t("people.birthYearHelp")}
            value={draft.birthDate ? draft.birthDate.slice(0, 4) : draft.birthYear}
            disabled={draft.birthDate !== undefined}
            onChange={(event) => set({ birthYear: event.currentTarget.value })}
            error={field("birthYear")}
            inputMode="numeric"
            maxLength={4}
          />
        </Pair>
      )}
      {!withoutPhone && (
        <Checkbox
          label={t("people.birthUnknown")}
          checked={draft.birthUnknown ?? false}
          onChange={(event) => set(event.currentTarget.checked ? { birthUnknown: true, birthDate: undefined, birthYear: "" } : { birthUnknown: undefined })}
        />
      )}
      <Radio.Group label={t("people.sex")} value={draft.sex} onChange={(sex) => set({ sex })} error={field("sex")} required>
        <Group mt={6}>
          {(["female", "male", "other"] as const).map((sex) => (
            <Radio key={sex} value={sex} label={t(`common.sex.${sex}`)} />
          ))}
        </Group>
      </Radio.Group>
      <UnitSelect label={t("people.residence")} value={draft.unit} onChange={(unit) => set({ unit })} error={field("unit")} required />
      <TextInput
        label={t("people.address")}
        description={t("people.addressHelp")}
        value={draft.address}
        onChange={(event) => set({ address: event.currentTarget.value })}
        error={field("address")}
        maxLength={200}
        autoComplete="off"
      />
      {!withoutPhone && (
        <TextInput
          label={t("people.phone")}
          description={t("people.phoneHelp")}
          value={draft.phone}
          onChange={(event) => set({ phone: event.currentTarget.value })}
          error={field("phone")}
          inputMode="tel"
          autoComplete="off"
        />
      )}
      <Pair>
        <Select
          label={t("people.paperKind")}
          data={paperKinds.map((kind) => ({ value: kind, label: t(`people.papers.${kind}`) }))}
          value={draft.paperKind ?? null}
          onChange={(kind) => set({ paperKind: paperKinds.find((one) => one === kind) })}
          clearable
        />
        <TextInput
          label={t("people.paperNumber")}
          value={draft.paperNumber}
          onChange={(event) => set({ paperNumber: event.currentTarget.value })}
          error={field("paper/number") ?? field("paper")}
          disabled={!draft.paperKind}
          autoComplete="off"
          spellCheck={false}
        />
      </Pair>
      <Select
        label={t("people.nationality")}
        data={countries(language)}
        value={draft.nationality ?? null}
        onChange={(nationality) => set({ nationality: nationality ?? undefined })}
        error={field("nationality")}
        searchable
        clearable
        placeholder={t("people.nationalityNone")}
      />
    </Stack>
  );
}
