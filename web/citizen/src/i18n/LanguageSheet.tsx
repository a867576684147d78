// The choice of a language, each by its own name: whoever looks for theirs may read no other.

import { useMutation } from "@tanstack/react-query";

import { Icon } from "../ui/Icon";
import { Sheet } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { setLanguage, useText } from ".";
import { languages } from "./languages";

export function LanguageSheet({ onClose }: { onClose: () => void }) {
  const { t, language } = useText();
  const choose = useMutation({ mutationFn: setLanguage, onSuccess: onClose });
  return (
    <Sheet title={t("language.label")} onClose={onClose}>
      <Trouble error={choose.error} />
      <ul className="list">
        {languages.map(({ code, name, direction }) => (
          <li key={code}>
            <button
              className="line"
              type="button"
              lang={code}
              dir={direction}
              aria-current={code === language ? true : undefined}
              onClick={() => choose.mutate(code)}
            >
              <span className="grow strong">{name}</span>
              {code === language && <Icon name="check" size={20} />}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
