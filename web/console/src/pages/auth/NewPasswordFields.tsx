// A new password, typed twice.
import { PasswordInput } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

const shortest = 12;

export interface NewPassword {
  value: string;
  set: (value: string) => void;
  again: string;
  setAgain: (value: string) => void;
  different: boolean;
  ready: boolean;
}

export function useNewPassword(): NewPassword {
  const [value, set] = useState("");
  const [again, setAgain] = useState("");
  const different = again !== "" && again !== value;
  return { value, set, again, setAgain, different, ready: value.length >= shortest && again === value };
}

export function NewPasswordFields({ password, error }: { password: NewPassword; error?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <PasswordInput
        label={t("auth.newPassword")}
        description={t("auth.passwordHelp")}
        value={password.value}
        onChange={(event) => password.set(event.currentTarget.value)}
        error={error}
        autoComplete="new-password"
        required
      />
      <PasswordInput
        label={t("auth.repeatPassword")}
        value={password.again}
        onChange={(event) => password.setAgain(event.currentTarget.value)}
        error={password.different ? t("auth.different") : undefined}
        autoComplete="new-password"
        required
      />
    </>
  );
}
