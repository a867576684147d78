// Which column of the file is what: ours on the left, theirs with samples on the right.
import { Checkbox, NativeSelect, Stack, Table, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { LineListAbout } from "../../api/line-lists";
import type { LineList, LineListField, LineListMapping, LineListUse } from "../../api/types";

const days: readonly LineListField[] = ["birthDate", "onset", "sample", "result", "isolated", "diagnosed", "notified", "published", "outcomeOn", "contactDay", "contactFrom", "contactTo"];
const words: readonly LineListField[] = ["sex", "disease", "classification", "method", "outcome", "commune"];

const person: readonly LineListField[] = [
  "name", "lastName", "middleName", "firstName", "birthDate", "birthDay", "birthMonth", "birthYear", "age", "sex", "nationality", "commune", "address", "phone", "paper",
];

const ofCases: readonly LineListField[] = [
  "id", "number", ...person, "disease", "classification", "onset", "sample", "result", "method", "isolated", "diagnosed", "notified", "published", "outcome", "outcomeOn", "source",
];

const ofContacts: readonly LineListField[] = ["id", "source", "contactDay", "contactFrom", "contactTo", "contactPlace", "relation", ...person];

/** "Trai = male", one a line; without "=" the value counts as not told. */
export function readValues(text: string): NonNullable<LineListUse["values"]> {
  return text
    .split("\n")
    .map((line) => line.split("="))
    .flatMap(([theirs = "", ours = ""]) => (theirs.trim() ? [{ theirs: theirs.trim(), ...(ours.trim() ? { ours: ours.trim() } : {}) }] : []));
}

const writeValues = (values: LineListUse["values"]) => (values ?? []).map(({ theirs, ours }) => `${theirs} = ${ours ?? ""}`).join("\n");

interface Props {
  about: LineListAbout;
  columns: LineList["columns"];
  value: LineListMapping;
  onChange: (value: LineListMapping) => void;
}

export function MappingForm({ about, columns, value, onChange }: Props) {
  const { t } = useTranslation();
  const of = (field: LineListField): LineListUse => value.uses.find((use) => use.field === field) ?? { field, values: [] };
  const set = (next: LineListUse) => {
    const told = next.column !== undefined || next.fixed !== undefined;
    onChange({ ...value, uses: [...value.uses.filter((use) => use.field !== next.field), ...(told ? [next] : [])] });
  };
  return (
    <Stack>
      <Table.ScrollContainer minWidth={640} type="native">
        <Table aria-label={t("lineLists.mapping")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("lineLists.fieldHead")}</Table.Th>
              <Table.Th scope="col">{t("lineLists.column")}</Table.Th>
              <Table.Th scope="col">{t("lineLists.fixed")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(about === "contacts" ? ofContacts : ofCases).map((field) => {
              const use = of(field);
              const name = t(`lineLists.field.${field}`);
              const samples = columns.find((column) => column.name === use.column)?.samples ?? [];
              return (
                <Table.Tr key={field}>
                  <Table.Th scope="row">{name}</Table.Th>
                  <Table.Td>
                    <NativeSelect
                      aria-label={`${name}: ${t("lineLists.column")}`}
                      value={use.column ?? ""}
                      onChange={(event) => {
                        const { column: _, ...rest } = use;
                        const chosen = event.currentTarget.value;
                        set(chosen ? { ...rest, column: chosen } : rest);
                      }}
                      data={[{ value: "", label: t("lineLists.noColumn") }, ...columns.map((column) => ({ value: column.name, label: column.name }))]}
                    />
                    {samples.length > 0 && (
                      <span className="quiet">
                        {t("lineLists.samples")}: {samples.join(" · ")}
                      </span>
                    )}
                    {use.column !== undefined && days.includes(field) && (
                      <NativeSelect
                        aria-label={`${name}: ${t("lineLists.order")}`}
                        value={use.order ?? "dayFirst"}
                        onChange={(event) => set({ ...use, order: event.currentTarget.value === "monthFirst" ? "monthFirst" : "dayFirst" })}
                        data={(["dayFirst", "monthFirst"] as const).map((order) => ({ value: order, label: t(`lineLists.orderOf.${order}`) }))}
                      />
                    )}
                    {use.column !== undefined && words.includes(field) && (
                      <Textarea
                        aria-label={`${name}: ${t("lineLists.values")}`}
                        placeholder={t("lineLists.valuesHelp")}
                        key={use.column}
                        defaultValue={writeValues(use.values)}
                        autosize
                        minRows={1}
                        onBlur={(event) => set({ ...use, values: readValues(event.currentTarget.value) })}
                      />
                    )}
                  </Table.Td>
                  <Table.Td>
                    <TextInput
                      aria-label={`${name}: ${t("lineLists.fixed")}`}
                      value={use.fixed ?? ""}
                      maxLength={200}
                      onChange={(event) => {
                        const { fixed: _, ...rest } = use;
                        const typed = event.currentTarget.value;
                        set(typed ? { ...rest, fixed: typed } : rest);
                      }}
                    />
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Checkbox label={t("lineLists.compare")} checked={value.compare} onChange={(event) => onChange({ ...value, compare: event.currentTarget.checked })} />
    </Stack>
  );
}
