// Whether a paper stands, for anybody who scanned its code. The code lies behind "#", which opening a page sends to nobody.

import { ask } from "@luytre/shared/api";
import { day, noon } from "@luytre/shared/time";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";

import { api } from "../app/api";
import { useText } from "../i18n";
import { Notice, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { useOrderWords } from "./words";

export function Verify() {
  const w = useOrderWords();
  const { language } = useText();
  const code = useLocation({ select: (at) => at.hash });
  const found = useQuery({
    queryKey: ["verify", code],
    queryFn: () => ask(api.POST("/api/v1/order-codes/verify", { body: { code } })),
    enabled: code !== "",
    staleTime: 0,
    gcTime: 0,
  });
  const date = (text: string) => day(noon(text), language);
  const paper = found.data;
  return (
    <Page title={w("verify.title")} lead={w("verify.lead")}>
      {code === "" && <Notice tone="care">{w("verify.noCode")}</Notice>}
      {found.isLoading && <Skeleton lines={[120]} />}
      <Trouble error={found.error} retry={() => void found.refetch()} />
      {paper && (
        <Notice tone={paper.standing === "valid" ? "good" : "care"} title={w(`verify.${paper.standing}`)} live>
          <p className="numbers">{paper.number}</p>
          {paper.firstDay && paper.lastDay && <p>{w("fromTo", { from: date(paper.firstDay), to: date(paper.lastDay) })}</p>}
        </Notice>
      )}
    </Page>
  );
}
