// People without a code that can be read, at a door: so many of them by one tap, or what is typed or taken a picture of.

import { Button } from "../ui/parts";
import styles from "./GuardDesk.module.css";
import type { Asked } from "./GuardSheet";
import { useGateWords } from "./words";
import type { Way } from "./WaySwitch";

const groups = [1, 2, 3, 5, 10];

export function Groups({ way, onGroup }: { way: Way; onGroup: (people: number) => void }) {
  const { g, t } = useGateWords();
  return (
    <section className={styles.groups} aria-label={way === "out" ? g("out.groups") : t("guard.groups")}>
      {groups.map((count) => (
        <button key={count} type="button" className="button" data-tone="second" onClick={() => onGroup(count)}>
          {way === "out" ? "−" : "+"}
          {count}
        </button>
      ))}
    </section>
  );
}

export function OtherWays({ onAsk }: { onAsk: (what: Asked) => void }) {
  const { t } = useGateWords();
  return (
    <>
      <Button tone="second" icon="phone" onClick={() => onAsk("phone")}>
        {t("guard.typePhone")}
      </Button>
      <Button tone="second" icon="code" onClick={() => onAsk("card")}>
        {t("guard.typeCard")}
      </Button>
      <Button tone="second" icon="image" onClick={() => onAsk("paper")}>
        {t("guard.passport")}
      </Button>
    </>
  );
}
