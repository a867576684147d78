// Settings: language, PIN, consents, devices signed in, and the way out.

import { ask } from "@luytre/shared/api";
import { dayAndClock } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { api, client } from "../app/api";
import { useWaiting } from "../app/hooks";
import { sessionsQuery } from "../app/queries";
import { useSession } from "../app/session";
import { toast } from "../app/toast";
import { useLeave } from "../app/useLeave";
import { useText } from "../i18n";
import { LanguageSheet } from "../i18n/LanguageSheet";
import { PinForm } from "../people/PinForm";
import { Reminders } from "../reminders/Reminders";
import { Icon } from "../ui/Icon";
import { Button, Page, Sheet, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";

export function Settings() {
  const { t } = useText();
  const session = useSession();
  return (
    <Page title={t("settings.title")} back="/">
      <ul className="list">
        <li>
          <ChooseLanguage />
        </li>
        <li>
          <Link className="line" to="/settings/pin">
            <Icon name="lock" />
            <span className="grow">
              <span className="strong">{session?.hasPin ? t("settings.pinChange") : t("settings.pinSet")}</span>
              <br />
              <span className="small soft">{t("settings.pinHint")}</span>
            </span>
            <Icon name="next" size={20} />
          </Link>
        </li>
        <li>
          <Link className="line" to="/consents">
            <Icon name="hand" />
            <span className="grow">
              <span className="strong">{t("settings.consents")}</span>
              <br />
              <span className="small soft">{t("settings.consentsHint")}</span>
            </span>
            <Icon name="next" size={20} />
          </Link>
        </li>
        <li>
          <Reminders />
        </li>
        <li>
          <Link className="line" to="/helping">
            <Icon name="family" />
            <span className="grow strong">{t("settings.helping")}</span>
            <Icon name="next" size={20} />
          </Link>
        </li>
        <li>
          <Link className="line" to="/access">
            <Icon name="eye" />
            <span className="grow strong">{t("home.access")}</span>
            <Icon name="next" size={20} />
          </Link>
        </li>
      </ul>
      <Sessions />
      <Leave />
    </Page>
  );
}

function ChooseLanguage() {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button className="line" type="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon name="form" />
        <span className="grow">
          <span className="strong">{t("language.label")}</span>
          <br />
          <span className="small soft">{t("language.own")}</span>
        </span>
        <Icon name="next" size={20} />
      </button>
      {open && <LanguageSheet onClose={() => setOpen(false)} />}
    </>
  );
}

function Sessions() {
  const { t, language } = useText();
  const sessions = useQuery(sessionsQuery);
  const others = sessions.data?.filter((each) => !each.current) ?? [];
  const end = useMutation({
    mutationFn: async (ids: readonly string[]) => {
      for (const id of ids) await ask(api.DELETE("/api/v1/auth/sessions/{id}", { params: { path: { id } } }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <section className="stack-small">
      <h2>{t("settings.sessions")}</h2>
      <p className="small soft">{t("settings.sessionsText")}</p>
      {sessions.isPending && <Skeleton lines={[72]} />}
      <Trouble error={sessions.error ?? end.error} />
      {sessions.data && (
        <ul className="list">
          {sessions.data.map((each) => (
            <li key={each.id} className="line">
              <Icon name="phone" />
              <span className="grow">
                <span className="strong">{each.device || t("settings.device")}</span>
                <br />
                <span className="small soft">
                  {each.current
                    ? t("settings.thisDevice")
                    : t("settings.lastSeen", { time: dayAndClock(each.lastSeenAt, language) })}
                </span>
              </span>
              {!each.current && (
                <Button tone="plain" busy={end.isPending} onClick={() => end.mutate([each.id])}>
                  {t("settings.end")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <Button tone="second" busy={end.isPending} onClick={() => end.mutate(others.map((each) => each.id))}>
          {t("settings.endOthers")}
        </Button>
      )}
    </section>
  );
}

function Leave() {
  const { t } = useText();
  const waiting = useWaiting().filter((entry) => !entry.refused).length;
  const [asking, setAsking] = useState(false);
  const leave = useLeave();
  return (
    <>
      <Button tone="danger" wide icon="door" onClick={() => setAsking(true)}>
        {t("settings.signOut")}
      </Button>
      {asking && (
        <Sheet title={t("settings.signOutTitle")} onClose={() => setAsking(false)}>
          <p>{waiting > 0 ? t("settings.signOutWaiting", { count: waiting }) : t("settings.signOutText")}</p>
          <Trouble error={leave.error} />
          <Button tone="danger" wide busy={leave.isPending} onClick={() => leave.mutate()}>
            {waiting > 0 ? t("settings.signOutAnyway") : t("settings.signOut")}
          </Button>
          <Button tone="second" wide onClick={() => setAsking(false)}>
            {t("cancel")}
          </Button>
        </Sheet>
      )}
    </>
  );
}

export function ChangePin() {
  const { t } = useText();
  const navigate = useNavigate();
  const had = useSession()?.hasPin ?? false;
  return (
    <Page title={had ? t("settings.pinChange") : t("settings.pinSet")} back="/settings" lead={t("pin.why")}>
      <PinForm
        onDone={() => {
          toast({ text: t("pin.saved") });
          void navigate({ to: "/settings", replace: true });
        }}
      />
    </Page>
  );
}
