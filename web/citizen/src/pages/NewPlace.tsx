// Registering a place: what and where it is, then the code sent to its phone, then its poster.

import { ask } from "@luytre/shared/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../app/api";
import { placeKindsQuery } from "../app/queries";
import { pick, useText } from "../i18n";
import { showPhone, tidyPhone } from "../people/phone";
import { UnitSearch, type ChosenUnit } from "../people/UnitSearch";
import { Button, Input, Page, Select } from "../ui/parts";
import { Trouble, useFields } from "../ui/Trouble";
import { useWords } from "../visits/words";
import { PlaceProof } from "./PlaceProof";

interface Registration {
  name: string;
  kind: string;
  unit: string;
  address: string;
  phone: string;
}

export function NewPlace() {
  const { t } = useText();
  const [sent, setSent] = useState<{ id: string; registration: Registration }>();
  const start = useMutation({
    mutationFn: async (registration: Registration) => ({
      id: (await ask(api.POST("/api/v1/places/registrations", { body: registration }))).id,
      registration,
    }),
    onSuccess: setSent,
  });
  // The form stays mounted while the code is asked for, so that going back loses nothing.
  return (
    <>
      <div hidden={sent !== undefined}>
        <About busy={start.isPending} error={start.error} onSubmit={(registration) => start.mutate(registration)} />
      </div>
      {sent && (
        <PlaceProof
          say={{
            title: t("newPlace.codeTitle"),
            lead: t("signIn.codeLead", { phone: showPhone(sent.registration.phone) }),
            confirm: t("newPlace.confirm"),
            change: t("newPlace.change"),
            done: t("newPlace.done"),
          }}
          prove={(digits) =>
            ask(
              api.POST("/api/v1/places/registrations/{id}/confirm", {
                params: { path: { id: sent.id } },
                body: { code: digits },
              }),
            )
          }
          again={{ run: () => start.mutate(sent.registration), busy: start.isPending, error: start.error }}
          onBack={() => setSent(undefined)}
        />
      )}
    </>
  );
}

function About({
  busy,
  error,
  onSubmit,
}: {
  busy: boolean;
  error: unknown;
  onSubmit: (registration: Registration) => void;
}) {
  const { t, language } = useText();
  const w = useWords();
  const kinds = useQuery(placeKindsQuery);
  const [name, setName] = useState("");
  const [kind, setKind] = useState("");
  const [unit, setUnit] = useState<ChosenUnit>();
  const [address, setAddress] = useState("");
  const [phone, setPhone] = useState("");
  const [tried, setTried] = useState(false);
  const field = useFields(error);
  const wrong = {
    name: !name.trim() && t("newPlace.nameMissing"),
    kind: !kind && t("newPlace.kindMissing"),
    unit: !unit && t("person.unitMissing"),
    address: !address.trim() && t("newPlace.addressMissing"),
    phone: !tidyPhone(phone) && t("signIn.phoneWrong"),
  };
  const wordsFor = (key: keyof typeof wrong) => (tried && wrong[key]) || field(`/${key}`);
  return (
    <Page title={t("newPlace.title")} back="/places" lead={t("newPlace.lead")}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          const first = (["name", "kind", "unit", "address", "phone"] as const).find((key) => wrong[key]);
          if (first) document.getElementById(`place-${first}`)?.focus();
          else if (!busy && unit)
            onSubmit({ name: name.trim(), kind, unit: unit.id, address: address.trim(), phone: tidyPhone(phone)! });
        }}
      >
        <Input
          id="place-name"
          label={t("newPlace.name")}
          hint={t("newPlace.nameHint")}
          maxLength={120}
          value={name}
          onValue={setName}
          autoComplete="off"
          wrong={wordsFor("name") || undefined}
        />
        <Select
          id="place-kind"
          label={t("newPlace.kind")}
          hint={kinds.data?.find((each) => each.kind === kind)?.official && w("waits.official")}
          value={kind}
          onValue={setKind}
          options={(kinds.data ?? []).map((each) => ({ value: each.kind, text: pick(each.title, language) }))}
          wrong={wordsFor("kind") || undefined}
        />
        <Trouble error={kinds.error} retry={() => void kinds.refetch()} />
        <UnitSearch
          id="place-unit"
          label={t("newPlace.unit")}
          value={unit}
          onValue={setUnit}
          wrong={wordsFor("unit") || undefined}
        />
        <Input
          id="place-address"
          label={t("newPlace.address")}
          hint={t("newPlace.addressHint")}
          maxLength={200}
          value={address}
          onValue={setAddress}
          autoComplete="off"
          wrong={wordsFor("address") || undefined}
        />
        <Input
          id="place-phone"
          label={t("newPlace.phone")}
          hint={t("newPlace.phoneHint")}
          type="tel"
          inputMode="tel"
          value={phone}
          onValue={setPhone}
          autoComplete="tel"
          wrong={wordsFor("phone") || undefined}
        />
        <Trouble error={error} />
        <Button type="submit" wide busy={busy}>
          {t("newPlace.send")}
        </Button>
      </form>
    </Page>
  );
}
