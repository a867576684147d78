// The own test results, and those of one's children: asked for anew each time, and never kept on the device.

import { ask } from "@luytre/shared/api";
import type { Answer, Item } from "@luytre/shared/api";
import { day, localDate } from "@luytre/shared/time";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../app/api";
import { usePeople } from "../app/queries";
import { pick, useText } from "../i18n";
import { isGrownUp } from "../people/adult";
import { Empty, Notice, Page, Select, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { useResultWords } from "./words";

type OwnTest = Item<Answer<"/api/v1/me/test-results", "get">>;

const resultsQuery = (person?: string) =>
  queryOptions({
    queryKey: ["testResults", person ?? "self"],
    staleTime: 0,
    gcTime: 0,
    queryFn: async () =>
      (await ask(api.GET("/api/v1/me/test-results", { params: { query: person ? { person } : {} } }))).items,
  });

export function TestResults() {
  const w = useResultWords();
  const { people: all, self } = usePeople();
  const people = all.filter((each) => !isGrownUp(each, localDate(Date.now())));
  const [wanted, setWanted] = useState<string>();
  // Who has declared for children alone has no record to begin with.
  const first = self ?? people[0];
  const person = people.find((each) => each.id === (wanted ?? first?.id) && each !== self);
  const results = useQuery(resultsQuery(person?.id));
  return (
    <Page title={w("title")} back="/" lead={w("lead")}>
      {people.length > 1 && (
        <Select
          label={w("whose")}
          value={person?.id ?? first?.id ?? ""}
          onValue={setWanted}
          options={people.map((each) => ({
            value: each.id,
            text: each === self ? w("me", { name: each.name }) : each.name,
          }))}
        />
      )}
      {results.isPending && <Skeleton lines={[84, 84]} />}
      <Trouble error={results.error} retry={() => void results.refetch()} />
      {results.data?.length === 0 && (
        <Empty icon="form" title={w("none")}>
          <p>{w("noneText")}</p>
        </Empty>
      )}
      {results.data?.map((test, i) => (
        <Line key={i} test={test} />
      ))}
    </Page>
  );
}

/** Names of specimens begin a line elsewhere. */
function inSentence(name: string): string {
  return name.charAt(0).toLocaleLowerCase() + name.slice(1);
}

function Line({ test }: { test: OwnTest }) {
  const w = useResultWords();
  const { language } = useText();
  const outcome = test.state === "result" ? test.outcome : undefined;
  const unclear = outcome === "inconclusive" || outcome === "invalid";
  return (
    <Notice title={pick(test.diseaseName, language)} tone={outcome === "positive" || test.state === "repeat" ? "care" : "good"}>
      <p>
        <b>{outcome ? w(`outcome.${outcome}`) : w(`state.${test.state}`)}</b>
      </p>
      {test.method && test.at && (
        <p>{w("tested", { method: w(`method.${test.method}`), day: day(test.at, language) })}</p>
      )}
      <p className="small soft">
        {w("sampled", { day: day(test.sampledAt, language), specimen: inSentence(pick(test.specimenName, language)) })}
      </p>
      {test.state === "repeat" && <p>{w(test.betweenPeople ? "repeatText" : "repeatTextAlone")}</p>}
      {outcome === "positive" && <p>{w(test.betweenPeople ? "positiveText" : "positiveTextAlone")}</p>}
      {unclear && <p>{w("unclearText")}</p>}
    </Notice>
  );
}
