import { Button, PasswordInput, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { changePassword } from "../../api/session";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { NewPasswordFields, useNewPassword } from "./NewPasswordFields";

export function ChangePassword({ onChanged }: { onChanged: () => void }) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState("");
  const next = useNewPassword();
  const change = useMutation({ mutationFn: () => changePassword(current, next.value), onSuccess: onChanged });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (next.ready) change.mutate();
      }}
    >
      <Stack>
        <PasswordInput
          label={t("auth.currentPassword")}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={fieldText(t, change.error, "/current")}
          autoComplete="current-password"
          required
        />
        <NewPasswordFields password={next} error={fieldText(t, change.error, "/next")} />
        <ProblemNote error={change.error} />
        <Button type="submit" loading={change.isPending} disabled={!next.ready || current === ""}>
          {t("auth.change")}
        </Button>
      </Stack>
    </form>
  );
}
