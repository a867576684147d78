// Who declared for somebody; of oneself nothing need be said.

import type { MyDeclaration } from "@luytre/shared/api";

import { Icon } from "../ui/Icon";
import { useWords } from "./words";

export function Declarer({ by }: { by: MyDeclaration["declaredBy"] }) {
  const f = useWords();
  const kind = by?.channel === "kiosk" ? by.channel : by?.kind;
  if (!by || kind === "self" || kind === "import") return null; // which other system it was is said beside
  return (
    <p className="row soft">
      <Icon name="person" />
      <span className="grow">
        {f(`declarer.${kind}`)}
        {by.name && `: ${by.name}`}
      </span>
    </p>
  );
}
