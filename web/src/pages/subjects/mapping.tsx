/* What the columns of a file are: one line for each column, with what stands in it. */
import { Name } from "../../parts/basic"
import { propertyTitle } from "../../parts/facts"
import { SelectField, TextField } from "../../parts/field"
import { t } from "../../text/messages"
import type { MessageName } from "../../text/messages"
import { dated, mappable, schemataOffered } from "../../work/schemata"
import type { MappedColumn, Mapping, Preview } from "../../work/subjects"
import { schemaTitle } from "../../work/words"

const USUAL = "Person",
  REFERENCE = "*reference",
  SCHEMA = "*schema"
const FORMATS = ["", "DD/MM/YYYY", "MM/DD/YYYY", "YYYYMMDD", "DD.MM.YYYY"]
const columnOf = (mapped: MappedColumn): string => (typeof mapped === "string" ? mapped : mapped.column)

/* What a column is now: "", the reference, the kind, or a property. */
function roleOf(mapping: Mapping, column: string): string {
  if (mapping.reference === column) return REFERENCE
  if (typeof mapping.schema === "object" && mapping.schema.column === column) return SCHEMA
  return (
    Object.entries(mapping.properties).find(([, columns]) => columns.some((each) => columnOf(each) === column))?.[0] ??
    ""
  )
}

function without(mapping: Mapping, column: string): Mapping {
  const properties = Object.entries(mapping.properties)
    .map(([property, columns]) => [property, columns.filter((each) => columnOf(each) !== column)] as const)
    .filter(([, columns]) => columns.length > 0)
  const { reference, schema = USUAL } = mapping
  return {
    ...mapping,
    properties: Object.fromEntries(properties),
    reference: reference === column ? "" : reference,
    schema: typeof schema === "object" && schema.column === column ? USUAL : schema,
  }
}

function withRole(mapping: Mapping, column: string, role: string, values: readonly string[]): Mapping {
  const bare = without(mapping, column)
  if (role === REFERENCE) return { ...bare, reference: column }
  if (role === SCHEMA)
    return {
      ...bare,
      schema: {
        column,
        values: Object.fromEntries([...new Set(values)].map((each) => [each, USUAL])),
        usual: "LegalEntity",
      },
    }
  return role
    ? { ...bare, properties: { ...bare.properties, [role]: [...(bare.properties[role] ?? []), column] } }
    : bare
}

function withFormat(mapping: Mapping, property: string, column: string, format: string): Mapping {
  const columns = (mapping.properties[property] ?? []).map((each) =>
    columnOf(each) === column ? (format ? { column, format } : column) : each,
  )
  return { ...mapping, properties: { ...mapping.properties, [property]: columns } }
}

const formatOf = (mapping: Mapping, property: string, column: string): string => {
  const found = mapping.properties[property]?.find((each) => columnOf(each) === column)
  return typeof found === "object" ? (found.format ?? "") : ""
}

/* Why nothing can be brought in by it. */
export function whyNot(mapping: Mapping): MessageName | null {
  if (!mapping.reference) return "mapping.no_reference"
  const named = ["name", "firstName", "lastName", "alias"].some((each) => mapping.properties[each]?.length)
  return named ? null : "mapping.no_name"
}

type Props = { of: Preview; mapping: Mapping; onChange: (mapping: Mapping) => void }

function Kind({ mapping, onChange }: Pick<Props, "mapping" | "onChange">) {
  const { schema = USUAL } = mapping
  const choices = schemataOffered.map((value) => ({ value, title: schemaTitle(value) }))
  if (typeof schema === "string")
    return (
      <div class="fields">
        <SelectField
          label={t("mapping.all_are")}
          value={schema}
          choices={choices}
          onChange={(chosen) => onChange({ ...mapping, schema: chosen })}
        />
      </div>
    )
  return (
    <fieldset>
      <legend>{t("mapping.kinds")}</legend>
      <div class="fields">
        {Object.entries(schema.values ?? {}).map(([text, kind]) => (
          <SelectField
            key={text}
            label={text || "—"}
            value={kind}
            choices={choices}
            onChange={(chosen) =>
              onChange({ ...mapping, schema: { ...schema, values: { ...schema.values, [text]: chosen } } })
            }
          />
        ))}
      </div>
    </fieldset>
  )
}

function Line({ column, at, of, mapping, onChange }: Props & { column: string; at: number }) {
  const role = roleOf(mapping, column)
  const values = of.sample.map((line) => line[at] ?? "").filter(Boolean)
  const choices = [
    { value: "", title: t("mapping.ignored") },
    { value: REFERENCE, title: t("mapping.reference") },
    { value: SCHEMA, title: t("mapping.schema") },
    ...[...new Set([...mappable, ...(role && !role.startsWith("*") ? [role] : [])])].map((value) => ({
      value,
      title: propertyTitle(value),
    })),
  ]
  const format = formatOf(mapping, role, column)
  return (
    <tr role="row" class={role ? "" : "ignored"}>
      <th role="rowheader" scope="row">
        <Name text={column} />
      </th>
      <td role="cell" data-title={t("mapping.values")} class="dim small">
        {values.slice(0, 3).map((each, line) => (
          <p key={line}>
            <Name text={each.slice(0, 60)} />
          </p>
        ))}
      </td>
      <td role="cell" data-title={t("mapping.is")}>
        <SelectField
          label={t("mapping.is_of", { column })}
          hideLabel
          value={role}
          choices={choices}
          onChange={(chosen) => onChange(withRole(mapping, column, chosen, values))}
        />
        {dated.has(role) && (
          <SelectField
            label={t("mapping.format")}
            value={format}
            onChange={(chosen) => onChange(withFormat(mapping, role, column, chosen))}
            choices={[...new Set([...FORMATS, format])].map((value) => ({
              value,
              title: value || t("mapping.format_any"),
            }))}
          />
        )}
      </td>
    </tr>
  )
}

export function MappingTable(props: Props) {
  const { of, mapping, onChange } = props
  const country = mapping.constant.country?.[0] ?? ""
  return (
    <div class="stack">
      <div class="table-frame">
        <table role="table" aria-label={t("mapping.title")} class="mapping">
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">
                {t("mapping.column")}
              </th>
              <th role="columnheader" scope="col">
                {t("mapping.values")}
              </th>
              <th role="columnheader" scope="col">
                {t("mapping.is")}
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {of.columns.map((column, at) => (
              <Line key={column} column={column} at={at} {...props} />
            ))}
          </tbody>
        </table>
      </div>
      <Kind mapping={mapping} onChange={onChange} />
      <div class="fields">
        <TextField
          label={t("mapping.country")}
          hint={t("mapping.country_hint")}
          code
          value={country}
          onInput={(text) => {
            const { country: _, ...rest } = mapping.constant
            onChange({ ...mapping, constant: text.trim() ? { ...rest, country: [text.trim().toLowerCase()] } : rest })
          }}
          input={{ maxLength: 2 }}
        />
      </div>
    </div>
  )
}
