// The form about a person: oneself at the first visit, a member of the family, or a change of either.

import type { Person } from "@luytre/shared/api";
import { countries } from "@luytre/shared/nations";
import { localDate } from "@luytre/shared/time";
import { lazy, Suspense, useMemo, useState } from "react";

import { useText } from "../i18n";
import { Button, Choices, Input, Select } from "../ui/parts";
import { Trouble, useFields } from "../ui/Trouble";
import { parseBirth, writeBirth } from "./birth";
import { UnitSearch, type ChosenUnit } from "./UnitSearch";

const PaperFill = lazy(() => import("../paper/PaperFill"));

export type Relation = NonNullable<Person["relation"]>;
type Sex = Person["sex"];
const sexes: readonly Sex[] = ["female", "male", "other"];
const papers = ["cccd", "cmnd", "passport", "insurance"] as const;
const relations: readonly Relation[] = ["child", "parent", "spouse", "sibling", "other"];

/** What the form gives: as POST /me/people takes it, without the relation of oneself. */
export interface PersonInput {
  name: string;
  birthDate?: string;
  birthYear?: number;
  sex: Sex;
  nationality: string;
  unit: string;
  address?: string;
  paper?: { kind: (typeof papers)[number]; number: string };
  relation: Relation;
}

interface Props {
  person?: Person;
  self?: boolean;
  submit: string;
  busy: boolean;
  error: unknown;
  onSubmit: (input: PersonInput) => void;
}

export function PersonForm({ person, self, submit, busy, error, onSubmit }: Props) {
  const { t, language } = useText();
  const [name, setName] = useState(person?.name ?? "");
  const [birth, setBirth] = useState(person ? writeBirth(person) : "");
  const [sex, setSex] = useState<Sex | undefined>(person?.sex);
  const [unit, setUnit] = useState<ChosenUnit | undefined>(person && { id: person.unit, path: person.unitPath });
  const [address, setAddress] = useState(person?.address ?? "");
  const [relation, setRelation] = useState<Relation | undefined>(self ? "self" : person?.relation);
  const [paperKind, setPaperKind] = useState("");
  const [paperNumber, setPaperNumber] = useState("");
  // Whoever reads Vietnamese is mostly of Viet Nam; of anybody else nothing is supposed.
  const [nationality, setNationality] = useState(person?.nationality ?? (language === "vi" ? "VN" : ""));
  const nations = useMemo(() => countries(language).map(({ value, label }) => ({ value, text: label })), [language]);
  const [photographed, setPhotographed] = useState(false);
  const [tried, setTried] = useState(false);
  const field = useFields(error);

  const parsed = parseBirth(birth, localDate(Date.now()));
  const wrong = {
    relation: !relation && t("person.relationMissing"),
    name: !name.trim() && t("person.nameMissing"),
    birth: !parsed && t("person.birthWrong"),
    sex: !sex && t("person.sexMissing"),
    nationality: !nationality && t("person.nationalityMissing"),
    unit: !unit && t("person.unitMissing"),
  };
  const wordsFor = (key: keyof typeof wrong, pointer = `/${key}`) => (tried && wrong[key]) || field(pointer);

  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        const first = (["relation", "name", "birth", "sex", "nationality", "unit"] as const).find((key) => wrong[key]);
        if (first) {
          const place = document.getElementById(`person-${first}`);
          (place?.matches("input, select") ? place : place?.querySelector("input"))?.focus();
          return;
        }
        if (busy || !parsed || !sex || !unit || !relation) return;
        onSubmit({
          name: name.trim(),
          ...parsed,
          sex,
          nationality,
          unit: unit.id,
          ...(address.trim() ? { address: address.trim() } : {}),
          ...(paperKind && paperNumber.trim()
            ? { paper: { kind: paperKind as (typeof papers)[number], number: paperNumber.trim() } }
            : {}),
          relation,
        });
      }}
    >
      {!self && (
        <Choices
          id="person-relation"
          label={t("person.relation")}
          columns={2}
          value={relation}
          onValue={(value) => setRelation(value as Relation)}
          options={relations.map((value) => ({ value, text: t(`relation.${value}`) }))}
          wrong={wordsFor("relation") || undefined}
        />
      )}
      <Input
        id="person-name"
        label={t("person.name")}
        hint={t("person.nameHint")}
        value={name}
        onValue={setName}
        autoComplete={self ? "name" : "off"}
        autoCapitalize="words"
        maxLength={120}
        wrong={wordsFor("name") || undefined}
      />
      <Input
        id="person-birth"
        label={t("person.birth")}
        hint={t("person.birthHint")}
        placeholder="12/03/1956"
        inputMode="numeric"
        autoComplete="off"
        value={birth}
        onValue={setBirth}
        wrong={wordsFor("birth", "/birthDate") || field("/birthYear") || undefined}
      />
      <Choices
        id="person-sex"
        label={t("person.sex")}
        columns={3}
        value={sex}
        onValue={(value) => setSex(value as Sex)}
        options={sexes.map((value) => ({ value, text: t(`sex.${value}`) }))}
        wrong={wordsFor("sex") || undefined}
      />
      <Select
        id="person-nationality"
        label={t("person.nationality")}
        value={nationality}
        onValue={setNationality}
        options={nations}
        wrong={wordsFor("nationality") || undefined}
      />
      <UnitSearch
        id="person-unit"
        label={t("person.unit")}
        hint={t("person.unitHint")}
        value={unit}
        onValue={setUnit}
        wrong={wordsFor("unit") || undefined}
      />
      <Input
        label={t("person.address")}
        hint={t("person.addressHint")}
        optional
        value={address}
        onValue={setAddress}
        autoComplete={self ? "street-address" : "off"}
        maxLength={200}
        wrong={field("/address")}
      />
      <details>
        <summary className="strong">{person?.paperMasked ? t("person.paperAnother") : t("person.paper")}</summary>
        <div className="stack" style={{ paddingTop: 12 }}>
          <p className="hint">{self ? t("person.paperWhy") : t("person.paperWhyMember")}</p>
          {person?.paperMasked && <p className="small">{t("person.paperKnown", { number: person.paperMasked })}</p>}
          {photographed ? (
            <Suspense fallback={null}>
              <PaperFill
                onRead={(read) => {
                  setPaperKind(read.kind);
                  setPaperNumber(read.number);
                  if (read.nationality) setNationality(read.nationality);
                  if (!name.trim()) setName(read.name);
                  if (!birth.trim() && read.birthDate) setBirth(writeBirth({ birthDate: read.birthDate, birthYear: Number(read.birthDate.slice(0, 4)) }));
                }}
              />
            </Suspense>
          ) : (
            <Button tone="second" icon="image" onClick={() => setPhotographed(true)}>
              {t("person.paperPicture")}
            </Button>
          )}
          <Select
            label={t("person.paperKind")}
            optional
            value={paperKind}
            onValue={setPaperKind}
            options={papers.map((value) => ({ value, text: t(`paper.${value}`) }))}
          />
          <Input
            label={t("person.paperNumber")}
            optional
            value={paperNumber}
            onValue={setPaperNumber}
            autoComplete="off"
            autoCapitalize="characters"
            maxLength={32}
            wrong={field("/paper/number")}
          />
        </div>
      </details>
      <Trouble error={error} />
      <Button type="submit" wide busy={busy}>
        {submit}
      </Button>
    </form>
  );
}
