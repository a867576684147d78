// A new device: the code alone opens no earlier record, because phones are shared and numbers are given to others. One
// more proof does.

import { ask } from "@luytre/shared/api";
import { localDate } from "@luytre/shared/time";
import { useMutation, type UseMutationResult } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";

import { api } from "../app/api";
import { entered, useSession } from "../app/session";
import { useLeave } from "../app/useLeave";
import { useText } from "../i18n";
import { parseBirth } from "../people/birth";
import { Gate } from "../ui/Gate";
import { Icon, type IconName } from "../ui/Icon";
import { Button, Input, Notice } from "../ui/parts";
import { Trouble, useFields } from "../ui/Trouble";

type Way = "pin" | "paper" | "station" | "fresh";
type Session = Parameters<typeof entered>[0];
type Proven = { pin: string } | { paperNumber: string; birthDate: string } | { word: string };

export function SecondProof() {
  const { t } = useText();
  const navigate = useNavigate();
  const { back } = useSearch({ from: "/second-proof" });
  const ways = useSession()?.ways ?? [];
  const [way, setWay] = useState<Way>();
  const done = async (session: Session) => {
    await entered(session);
    await navigate({ to: back ?? "/", replace: true });
  };
  const proof = useMutation({
    mutationFn: (body: Proven) => ask(api.POST("/api/v1/auth/second-proof", { body })),
    onSuccess: done,
  });
  const fresh = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/auth/fresh-account", { body: {} })),
    onSuccess: done,
  });
  const leave = useLeave();
  const choose = (to: Way | undefined) => {
    proof.reset();
    fresh.reset();
    setWay(to);
  };

  if (way === "pin") return <Pin proof={proof} onBack={() => choose(undefined)} />;
  if (way === "paper") return <Paper proof={proof} onBack={() => choose(undefined)} />;
  if (way === "station") return <Station proof={proof} onBack={() => choose(undefined)} />;
  if (way === "fresh")
    return (
      <Gate title={t("proof.fresh")}>
        <p>{t("proof.freshText")}</p>
        <p>{t("proof.freshLater")}</p>
        <Trouble error={fresh.error} />
        <Button wide busy={fresh.isPending} onClick={() => fresh.mutate()}>
          {t("proof.freshDo")}
        </Button>
        <Button tone="second" wide onClick={() => choose(undefined)}>
          {t("back")}
        </Button>
      </Gate>
    );
  const rows: { way: Way; icon: IconName }[] = [
    ...(ways.includes("pin") ? [{ way: "pin", icon: "lock" } as const] : []),
    ...(ways.includes("paper") ? [{ way: "paper", icon: "person" } as const] : []),
    { way: "station", icon: "home" },
    { way: "fresh", icon: "phone" },
  ];
  return (
    <Gate title={t("proof.title")} lead={t("proof.lead")}>
      <ul className="list">
        {rows.map((row) => (
          <li key={row.way}>
            <button className="line" type="button" onClick={() => choose(row.way)}>
              <Icon name={row.icon} />
              <span className="grow">
                <span className="strong">{t(`proof.${row.way}`)}</span>
                <br />
                <span className="small soft">{t(`proof.${row.way}Hint`)}</span>
              </span>
              <Icon name="next" size={20} />
            </button>
          </li>
        ))}
      </ul>
      <Trouble error={leave.error} />
      <Button tone="plain" wide busy={leave.isPending} onClick={() => leave.mutate()}>
        {t("proof.leave")}
      </Button>
    </Gate>
  );
}

type Proof = UseMutationResult<Session, Error, Proven>;

function Pin({ proof, onBack }: { proof: Proof; onBack: () => void }) {
  const { t } = useText();
  const [pin, setPin] = useState("");
  return (
    <Gate title={t("proof.pin")}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (pin.length === 6 && !proof.isPending) proof.mutate({ pin }, { onError: () => setPin("") });
        }}
      >
        <Input
          label={t("pin.label")}
          className="big code"
          type="password"
          inputMode="numeric"
          autoComplete="current-password"
          maxLength={6}
          value={pin}
          onValue={(value) => setPin(value.replace(/\D/g, ""))}
          autoFocus
        />
        <Trouble error={proof.error} />
        <Button type="submit" wide busy={proof.isPending}>
          {t("proof.open")}
        </Button>
        <Button tone="second" wide onClick={onBack}>
          {t("proof.otherWay")}
        </Button>
      </form>
    </Gate>
  );
}

function Station({ proof, onBack }: { proof: Proof; onBack: () => void }) {
  const { t } = useText();
  const [word, setWord] = useState("");
  return (
    <Gate title={t("proof.station")} lead={t("proof.stationText")}>
      <Notice icon="info">{t("proof.stationBring")}</Notice>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (word.trim() && !proof.isPending) proof.mutate({ word: word.trim() });
        }}
      >
        <Input
          label={t("proof.word")}
          hint={t("proof.wordHint")}
          className="big"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={20}
          value={word}
          onValue={setWord}
        />
        <Trouble error={proof.error} />
        <Button type="submit" wide busy={proof.isPending}>
          {t("proof.open")}
        </Button>
        <Button tone="second" wide onClick={onBack}>
          {t("proof.otherWay")}
        </Button>
      </form>
    </Gate>
  );
}

function Paper({ proof, onBack }: { proof: Proof; onBack: () => void }) {
  const { t } = useText();
  const [number, setNumber] = useState("");
  const [birth, setBirth] = useState("");
  const [flaw, setFlaw] = useState(false);
  const field = useFields(proof.error);
  return (
    <Gate title={t("proof.paper")} lead={t("proof.paperLead")}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const parsed = parseBirth(birth, localDate(Date.now()));
          const whole = parsed && "birthDate" in parsed ? parsed.birthDate : undefined;
          setFlaw(!whole);
          if (whole && number.trim() && !proof.isPending)
            proof.mutate({ paperNumber: number.trim(), birthDate: whole });
        }}
      >
        <Input
          label={t("person.paperNumber")}
          value={number}
          onValue={setNumber}
          autoCapitalize="characters"
          autoComplete="off"
          wrong={field("/paperNumber")}
          autoFocus
        />
        <Input
          label={t("person.birthDate")}
          hint={t("person.birthDateHint")}
          inputMode="numeric"
          placeholder="12/03/1956"
          value={birth}
          onValue={(value) => {
            setBirth(value);
            setFlaw(false);
          }}
          wrong={flaw ? t("person.birthWrong") : field("/birthDate")}
        />
        <Trouble error={proof.error} />
        <Button type="submit" wide busy={proof.isPending}>
          {t("proof.open")}
        </Button>
        <Button tone="second" wide onClick={onBack}>
          {t("proof.otherWay")}
        </Button>
      </form>
    </Gate>
  );
}
