// A checkpoint's lane: the same shift as at a gate, on the same device.

import { useEffect, useState } from "react";

import { endDuty, forgetShift, keepDuty, onDuty, type OnDuty } from "../guard/shift";
import { LaneDesk } from "../lane/LaneDesk";
import { useWords } from "../lane/words";
import { Gate } from "../ui/Gate";
import { Button, Notice, Skeleton } from "../ui/parts";
import { GuardSignIn } from "./GuardSignIn";

export function Lane() {
  const { w, t } = useWords();
  const [duty, setDuty] = useState<OnDuty | null>(); // null: nobody is on duty
  useEffect(() => void onDuty().then((found) => setDuty(found ?? null)), []);

  if (duty === undefined)
    return (
      <Gate title={w("title")}>
        <Skeleton />
      </Gate>
    );
  if (duty === null) return <GuardSignIn onDuty={setDuty} />;
  const posts = duty.desk.gates.filter((each) => each.kind === "checkpoint");
  const end = () => void endDuty(duty).then(() => setDuty(null));
  const over = () => void forgetShift().then(() => setDuty(null));
  const post = posts.length === 1 ? posts[0] : posts.find((each) => each.place === duty.place);
  if (post) return <LaneDesk key={post.place} duty={duty} gate={post} onOver={over} onEnd={end} />;
  return (
    <Gate title={posts.length > 0 ? w("choose") : w("title")}>
      {posts.length === 0 && (
        <>
          <Notice tone="care">{w("none")}</Notice>
          <Button wide tone="danger" onClick={end}>
            {t("guard.end")}
          </Button>
        </>
      )}
      {posts.map((each) => (
        <section key={each.place} className="stack-small">
          <h2>{each.name}</h2>
          <Button
            wide
            tone="second"
            icon="door"
            onClick={() => {
              const next = { ...duty, place: each.place };
              setDuty(next);
              void keepDuty(next);
            }}
          >
            {w("open")}
          </Button>
        </section>
      ))}
    </Gate>
  );
}
