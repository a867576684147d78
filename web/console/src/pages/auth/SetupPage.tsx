import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { adopt, setUp, setupQuery } from "../../api/session";
import { TextLink } from "../../parts/links";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { Gate } from "./Gate";
import { NewPasswordFields, useNewPassword } from "./NewPasswordFields";

/** Makes the first officer, while there is none. */
export function SetupPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: setup, error } = useQuery(setupQuery);
  const [token, setToken] = useState("");
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const password = useNewPassword();

  const creation = useMutation({
    mutationFn: () => setUp({ token: token.trim(), name: name.trim(), username: username.trim(), password: password.value }),
    onSuccess: async (session) => {
      adopt(session);
      await navigate({ to: "/" });
    },
  });

  if (setup && !setup.needed && !creation.isSuccess) {
    return (
      <Gate title={t("auth.setup.title")}>
        <Alert color="bamboo">{t("auth.setup.done")}</Alert>
        <TextLink to="/sign-in">{t("auth.signIn")}</TextLink>
      </Gate>
    );
  }
  const field = (pointer: string) => fieldText(t, creation.error, pointer);
  return (
    <Gate title={t("auth.setup.title")} lead={t("auth.setup.lead")}>
      <ProblemNote error={error} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (password.ready) creation.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={t("auth.setup.token")}
            description={t("auth.setup.tokenHelp")}
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            error={field("/token")}
            autoComplete="off"
            spellCheck={false}
            required
            autoFocus
          />
          <TextInput
            label={t("auth.setup.name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={field("/name")}
            autoComplete="name"
            required
          />
          <TextInput
            label={t("auth.username")}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
            error={field("/username")}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <NewPasswordFields password={password} error={field("/password")} />
          <ProblemNote error={creation.error} />
          <Button type="submit" size="md" loading={creation.isPending} disabled={!password.ready}>
            {t("auth.setup.create")}
          </Button>
        </Stack>
      </form>
    </Gate>
  );
}
