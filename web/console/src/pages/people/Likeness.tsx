// Why two records may be of one person, field by field.
import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { rememberReason } from "../../api/reasons";
import type { PersonCandidate, PersonSide } from "../../api/types";
import { showDay } from "../../logic/moments";
import { Badge } from "../../parts/Badges";
import { TextLink } from "../../parts/links";
import { useLanguage } from "../../parts/When";

/** What stands on the left: a record, or what has been typed so far. */
export type Told = Partial<Omit<PersonSide, "id">>;

const tone = { same: "lacquer", similar: "turmeric", different: "plain", unknown: "plain" } as const;
const standingTone = { almostCertain: "lacquer", proposed: "turmeric", none: "plain" } as const;

const tenths = 10;

export function Standing({ of }: { of: PersonCandidate["standing"] }) {
  const { t } = useTranslation();
  return (
    <Badge tone={standingTone[of]} solid={of === "almostCertain"}>
      {t(`samePerson.standing.${of}`)}
    </Badge>
  );
}

interface Props {
  one: Told;
  head: string;
  candidate: PersonCandidate;
  /** Why the other record is opened, when it is. */
  reason: string;
}

export function Likeness({ one, head, candidate, reason }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const other = candidate.person;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const told = (side: Told, field: PersonCandidate["fields"][number]["field"]) => {
    if (field === "name") return side.name;
    if (field === "birth") return side.birthDate ? showDay(side.birthDate) : side.birthYear || undefined;
    if (field === "sex") return side.sex && t(`common.sex.${side.sex}`);
    if (field === "paper") return side.paperMasked;
    if (field === "phone") return side.phoneMasked;
    if (field === "unit") return side.unitPath;
    return t("samePerson.addressHidden");
  };
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table aria-label={t("samePerson.caption")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("samePerson.fieldHead")}</Table.Th>
            <Table.Th scope="col">{head}</Table.Th>
            <Table.Th scope="col">
              <TextLink to="/people/$person" params={{ person: other.id }} onClick={() => rememberReason(other.id, reason)}>
                {other.name}
              </TextLink>
              {other.household && <span className="quiet"> · {t("samePerson.household")}</span>}
            </Table.Th>
            <Table.Th scope="col">{t("samePerson.likeHead")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {candidate.fields.map(({ field, agreement, points, most, reasons }) => (
            <Table.Tr key={field}>
              <Table.Th scope="row">{t(`samePerson.field.${field}`)}</Table.Th>
              <Table.Td>{told(one, field) ?? t("common.none")}</Table.Td>
              <Table.Td>{told(other, field) ?? t("common.none")}</Table.Td>
              <Table.Td>
                <Badge tone={tone[agreement]}>{t(`samePerson.agreement.${agreement}`)}</Badge>{" "}
                {reasons.length > 0 && <span>{reasons.map((why) => t(`samePerson.why.${why}`)).join(", ")} </span>}
                {most > 0 && (
                  <span className="quiet nowrap">
                    {t("samePerson.points", { points: number.format(points / tenths), most: number.format(most / tenths) })}
                  </span>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
