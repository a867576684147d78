// For members of the unions who help people to install and declare: the steps, the app's code, and two buttons that count. No record
// of anybody opens here.

import { ask } from "@luytre/shared/api";
import { day, noon } from "@luytre/shared/time";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";

import { api, client } from "../app/api";
import { toast } from "../app/toast";
import { useText } from "../i18n";
import { Button, Empty, Notice, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import styles from "./Helping.module.css";
import { useWords } from "./words";

const helpingQuery = queryOptions({ queryKey: ["helping"], queryFn: () => ask(api.GET("/api/v1/me/helping")) });

const steps = ["open", "signIn", "who", "pin", "declare", "noPhone"] as const;

export function Helping() {
  const w = useWords();
  const helping = useQuery(helpingQuery);
  const { items = [], address, svg } = helping.data ?? {};
  return (
    <Page title={w("title")} back="/settings" lead={w("lead")}>
      {helping.isPending && <Skeleton />}
      <Trouble error={helping.error} retry={() => void helping.refetch()} />
      {helping.data && items.length === 0 && (
        <Empty icon="family" title={w("none")}>
          <p>{w("noneText")}</p>
        </Empty>
      )}
      {items.length > 0 && (
        <>
          {items.map((one) => (
            <Counting key={one.id} helping={one} />
          ))}
          <section className="card stack-small">
            <h2>{w("qr")}</h2>
            <p>{w("qrText")}</p>
            {svg && <img className={styles.qr} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={w("qr")} />}
            <p className={`strong ${styles.address}`}>{address}</p>
          </section>
          <section className="card stack-small">
            <h2>{w("steps")}</h2>
            <ol className="stack-small">
              {steps.map((step) => (
                <li key={step}>{w(`step.${step}`)}</li>
              ))}
            </ol>
          </section>
          <Notice tone="care" title={w("rules")} />
        </>
      )}
    </Page>
  );
}

interface One {
  id: string;
  unitName: string;
  organisation: string;
  lastDay: string;
  installedToday: number;
  declaredToday: number;
  installed: number;
  declared: number;
}

function Counting({ helping }: { helping: One }) {
  const { language } = useText();
  const w = useWords();
  const { id } = helping;
  const count = useMutation({
    mutationFn: (help: "installed" | "declared") =>
      ask(api.POST("/api/v1/me/helping/{id}/helped", { params: { path: { id } }, body: { help } })),
    onSuccess: async () => {
      toast({ text: w("counted") });
      await client.invalidateQueries({ queryKey: helpingQuery.queryKey });
    },
  });
  return (
    <section className="card stack">
      <p>
        <span className="strong">
          {w("where", { organisation: w(`organisation.${helping.organisation}`), unit: helping.unitName })}
        </span>
        <br />
        <span className="small soft">{w("until", { date: day(noon(helping.lastDay), language) })}</span>
      </p>
      <h2>{w("count")}</h2>
      <Button wide busy={count.isPending && count.variables === "installed"} onClick={() => count.mutate("installed")}>
        {w("installed")}
      </Button>
      <Button wide busy={count.isPending && count.variables === "declared"} onClick={() => count.mutate("declared")}>
        {w("declared")}
      </Button>
      <Trouble error={count.error} />
      <p className="small numbers">
        {w("today", {
          installed: helping.installedToday,
          declared: helping.declaredToday,
          allInstalled: helping.installed,
          allDeclared: helping.declared,
        })}
      </p>
    </section>
  );
}
