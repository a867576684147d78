// At a door: who lives there, what was found, and what somebody wants to declare. Nothing is chosen beforehand.

import type { DoorHousehold, DoorTeam } from "@luytre/shared/api";
import { useState } from "react";

import { Icon } from "../ui/Icon";
import { Button, Frame, Select, Sheet } from "../ui/parts";
import { DoorForm } from "./DoorForm";
import type { DoorDeclaration, Finding } from "./list";
import { useWords } from "./words";

interface Props {
  team: DoorTeam;
  household: DoorHousehold;
  onFound: (finding: Omit<Finding, "shift" | "household" | "at">) => Promise<boolean>;
  onDeclared: (declaration: Omit<DoorDeclaration, "shift">) => Promise<boolean>;
  onClose: () => void;
}

export function DoorSheet({ team, household, onFound, onDeclared, onClose }: Props) {
  const { w } = useWords();
  const [asked, setAsked] = useState<string>(); // whose declaration is written down
  const [help, setHelp] = useState(false);
  const member = household.members.find(({ id }) => id === asked);
  const found = async (outcome: Finding["outcome"]) => {
    if (await onFound({ outcome })) onClose();
  };
  if (member)
    return (
      <Sheet title={w("declareFor", { name: member.name })} onClose={() => setAsked(undefined)}>
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
        <HelpForm
          household={household}
          onAsk={async (part) => {
            if (await onFound({ outcome: "needsHelp", ...part })) onClose();
          }}
        />
      </Sheet>
    );
  return (
    <Sheet title={`${household.number} · ${household.members[0]?.name ?? ""}`} onClose={onClose}>
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
        <Button wide tone="second" icon="check" onClick={() => void found("met")}>
          {w("outcome.met")}
        </Button>
        <Button wide tone="second" icon="clock" onClick={() => void found("notAtHome")}>
          {w("outcome.notAtHome")}
        </Button>
        <Button wide tone="second" icon="hand" onClick={() => void found("refused")}>
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

function HelpForm({ household, onAsk }: { household: DoorHousehold; onAsk: (part: Pick<Finding, "member" | "note">) => Promise<void> }) {
  const { w } = useWords();
  const [member, setMember] = useState("");
  const [note, setNote] = useState("");
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void onAsk({ ...(member ? { member } : {}), ...(note.trim() ? { note: note.trim() } : {}) });
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
      <Button type="submit" wide tone="danger">
        {w("helpSend")}
      </Button>
    </form>
  );
}
