// At a door: who lives there, what was found, and what somebody wants to declare. Nothing is chosen beforehand.

import type { DoorHousehold, DoorTeam } from "@luytre/shared/api";
import { useState } from "react";

import { Icon } from "../ui/Icon";
import { Button, Frame, Notice, Select, Sheet } from "../ui/parts";
import { DoorForm } from "./DoorForm";
import type { DoorDeclaration, Finding } from "./list";
import { useWords } from "./words";

interface Props {
  team: DoorTeam;
  household: DoorHousehold;
  onFound: (finding: Omit<Finding, "shift" | "household" | "at">) => Promise<boolean>;
  onDeclared: (declaration: Omit<DoorDeclaration, "shift">) => Promise<boolean>;
  /** What was not recorded, and why: said here, as a page beneath a sheet is neither seen nor read out. */
  problem: { title: string; text?: string } | undefined;
  onClose: () => void;
}

export function DoorSheet({ team, household, onFound, onDeclared, problem, onClose }: Props) {
  const { w } = useWords();
  const [sending, setSending] = useState<Finding["outcome"]>();
  const [asked, setAsked] = useState<string>(); // whose declaration is written down
  const [help, setHelp] = useState(false);
  const member = household.members.find(({ id }) => id === asked);
  const found = async (part: Parameters<typeof onFound>[0]) => {
    if (sending) return;
    setSending(part.outcome);
    const recorded = await onFound(part);
    setSending(undefined);
    if (recorded) onClose();
  };
  const wrong = problem && (
    <Notice tone="bad" title={problem.title} live>
      {problem.text && <p>{problem.text}</p>}
    </Notice>
  );
  if (member)
    return (
      <Sheet title={w("declareFor", { name: member.name })} onClose={() => setAsked(undefined)}>
        {wrong}
        <DoorForm
          form={team.form}
          member={member}
          household={household}
          onDeclared={async (declaration) => {
            if (await onDeclared(declaration)) setAsked(undefined);
          }}
          onBack={() => setAsked(undefined)}
        />
      </Sheet>
    );
  if (help)
    return (
      <Sheet title={w("outcome.needsHelp")} onClose={() => setHelp(false)}>
        {wrong}
        <HelpForm household={household} busy={sending !== undefined} onAsk={(part) => void found({ outcome: "needsHelp", ...part })} />
      </Sheet>
    );
  return (
    <Sheet title={`${household.number} · ${household.members[0]?.name ?? ""}`} onClose={onClose}>
      {wrong}
      <p className="soft">{household.address}</p>
      <p className="small">{team.duty ? w("duty") : w("voluntary")}</p>
      <ul className="list">
        {household.members.map((each) => (
          <li key={each.id} className="line">
            <Icon name={each.declared ? "check" : "person"} />
            <span className="grow">
              <span className="strong">{each.name}</span>{" "}
              <span className="small soft numbers">
                {each.birthYear}
                {each.head && ` · ${w("head")}`}
              </span>
              {each.missed && <span className="small soft"> · {w("missed")}</span>}
            </span>
            {each.declared ? (
              <span className="tag" data-tone="good">
                {w("done")}
              </span>
            ) : (
              <Button tone="second" onClick={() => setAsked(each.id)} aria-label={w("declareFor", { name: each.name })}>
                {w("declare")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="stack-small">
        <Button wide tone="second" icon="check" busy={sending === "met"} onClick={() => void found({ outcome: "met" })}>
          {w("outcome.met")}
        </Button>
        <Button wide tone="second" icon="clock" busy={sending === "notAtHome"} onClick={() => void found({ outcome: "notAtHome" })}>
          {w("outcome.notAtHome")}
        </Button>
        <Button wide tone="second" icon="hand" busy={sending === "refused"} onClick={() => void found({ outcome: "refused" })}>
          {w("outcome.refused")}
        </Button>
        <Button wide tone="danger" icon="bell" onClick={() => setHelp(true)}>
          {w("outcome.needsHelp")}
        </Button>
        <Button wide tone="plain" onClick={onClose}>
          {w("close")}
        </Button>
      </div>
      <p className="small soft">{w("noConsequence")}</p>
    </Sheet>
  );
}

interface HelpProps {
  household: DoorHousehold;
  busy: boolean;
  onAsk: (part: Pick<Finding, "member" | "note">) => void;
}

function HelpForm({ household, busy, onAsk }: HelpProps) {
  const { w } = useWords();
  const [member, setMember] = useState("");
  const [note, setNote] = useState("");
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onAsk({ ...(member ? { member } : {}), ...(note.trim() ? { note: note.trim() } : {}) });
      }}
    >
      <p>{w("helpLead")}</p>
      <Select
        label={w("helpWho")}
        optional
        value={member}
        onValue={setMember}
        options={household.members.map(({ id, name }) => ({ value: id, text: name }))}
      />
      <Frame id="help-note" label={w("helpNote")} optional>
        <textarea id="help-note" className="input" rows={3} maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} />
      </Frame>
      <Button type="submit" wide tone="danger" busy={busy}>
        {w("helpSend")}
      </Button>
    </form>
  );
}
