import { ApiError } from "@luytre/shared/api";
import { Alert, Anchor, Button, PasswordInput, PinInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";

import { adopt, sessionQuery, signIn } from "../../api/session";
import { ProblemNote } from "../../parts/ProblemNote";
import { Gate } from "./Gate";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { to, ended } = route.useSearch();
  const { data: session } = useQuery(sessionQuery);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  const [second, setSecond] = useState(false);

  const entry = useMutation({
    mutationFn: (code: string | undefined) => signIn({ username: username.trim(), password, ...(code ? { totp: code } : {}) }),
    onSuccess: async (fresh) => {
      adopt(fresh);
      await navigate({ href: to ?? "/" });
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === "totp_required") setSecond(true);
      setTotp("");
    },
  });
  const asksSecond = entry.error instanceof ApiError && entry.error.code === "totp_required" && entry.variables === undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    entry.mutate(second ? totp : undefined);
  };

  return (
    <Gate title={t("auth.signIn")} lead={t("auth.lead")}>
      {ended && !entry.error && <Alert color="turmeric">{t("auth.ended")}</Alert>}
      {session?.kind === "citizen" && (
        <Alert color="indigo">
          {t("auth.citizen")} <Anchor href="/">{t("auth.citizenApp")}</Anchor>
        </Alert>
      )}
      <form onSubmit={submit}>
        <Stack>
          {!second && (
            <>
              <TextInput
                label={t("auth.username")}
                value={username}
                onChange={(event) => setUsername(event.currentTarget.value)}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                size="md"
                required
                autoFocus
              />
              <PasswordInput
                label={t("auth.password")}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                autoComplete="current-password"
                size="md"
                required
              />
            </>
          )}
          {second && (
            <div>
              <Text fw={500} id="totp">
                {t("auth.totp")}
              </Text>
              <Text size="sm" c="dimmed" mb="xs">
                {t("auth.totpHelp")}
              </Text>
              <PinInput
                length={6}
                type="number"
                gap="xs"
                oneTimeCode
                autoFocus
                value={totp}
                onChange={setTotp}
                onComplete={(code) => entry.mutate(code)}
                aria-labelledby="totp"
              />
            </div>
          )}
          {entry.error && !asksSecond && <ProblemNote error={entry.error} />}
          <Button type="submit" size="md" loading={entry.isPending} disabled={second && totp.length < 6}>
            {t("auth.signIn")}
          </Button>
          {second && (
            <Button
              variant="subtle"
              onClick={() => {
                setSecond(false);
                setPassword("");
                entry.reset();
              }}
            >
              {t("auth.again")}
            </Button>
          )}
        </Stack>
      </form>
    </Gate>
  );
}
