// Of one departure's passenger list, the seats for which nobody has declared: for who keeps the vehicle.

import { ask } from "@luytre/shared/api";
import { useMutation } from "@tanstack/react-query";

import { api } from "../app/api";
import { Button } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { useWords } from "./words";

const atOnce = 200;

async function notDeclared(id: string, departure: string): Promise<string[]> {
  const seats: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(
      api.GET("/api/v1/places/{id}/passengers/declared", {
        params: {
          path: { id },
          query: { departure, declared: false, limit: atOnce, ...(cursor === undefined ? {} : { cursor }) },
        },
      }),
    );
    seats.push(...page.items.map(({ seat }) => seat));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return seats;
}

export function Aboard({ id, departure }: { id: string; departure: string }) {
  const w = useWords();
  const look = useMutation({ mutationFn: () => notDeclared(id, departure) });
  return (
    <div className="stack-small" style={{ flexBasis: "100%" }}>
      <Trouble error={look.error} />
      {look.data && (
        <div role="status" className="stack-small">
          <p className="strong">
            {look.data.length === 0 ? w("aboardNone") : w("aboardCount", { count: look.data.length })}
          </p>
          {look.data.length > 0 && <p>{w("aboardSeats", { seats: look.data.join(", ") })}</p>}
          <p className="small soft">{w("aboardText")}</p>
        </div>
      )}
      <Button tone="plain" busy={look.isPending} onClick={() => look.mutate()}>
        {w("aboard")}
      </Button>
    </div>
  );
}
