/* A listed entity: every fact with the place in the source that it comes from, what changed when, who is linked to it. */
import { api, ask } from "../../api/client"
import { useLoad } from "../../api/load"
import type { EntityAnswer, Provenance, Record as Listed, YenteEntity } from "../../api/shapes"
import { Badge, Button, Code, Name, Time } from "../../parts/basic"
import { Facts } from "../../parts/facts"
import { Page, Section } from "../../parts/page"
import { Note, ProblemNote, Show } from "../../parts/state"
import { go, to } from "../../shell/router"
import { may } from "../../shell/session"
import { scriptOf } from "../../text/format"
import { t, word } from "../../text/messages"
import { nothing, typed } from "../screen/query"
import { Changes } from "./changes"
import { Relations } from "./graph"
import { LINKS, relationsOf } from "./relations"

/* Where in the publisher's file a value stands, and how it was written there when it was understood as another. */
function Source({ of, text }: { of: Provenance | undefined; text: string | undefined }) {
  if (!of?.line && !of?.original) return null
  return (
    <span class="source">
      {of.line !== undefined && t("entity.line", { n: of.line })}
      {of.original && of.original !== text && (
        <>
          {" "}
          · {t("entity.as_published")} <Name text={of.original} />
        </>
      )}
    </span>
  )
}

const POINTERS = new Set(["entity", "holder", "addressEntity", "sanctions"])

function RecordFacts({ record }: { record: Listed }) {
  const properties = Object.fromEntries(Object.entries(record.properties).filter(([key]) => !POINTERS.has(key)))
  return (
    <Facts
      properties={properties}
      behind={(property, at) => (
        <Source of={record.provenance?.[property]?.[at]} text={record.properties[property]?.[at]} />
      )}
    />
  )
}

/* The caption in the other script, where the list has it. */
function otherScript(record: Listed): string | undefined {
  const caption = record.caption ?? ""
  return record.properties.name?.find((name) => scriptOf(name).dir !== scriptOf(caption).dir)
}

function Head({ answer }: { answer: EntityAnswer }) {
  const { entity, source } = answer
  const other = otherScript(entity)
  return (
    <div class="panel entity-head">
      {other && (
        <p class="other-script">
          <Name text={other} />
        </p>
      )}
      <p class="row">
        <Badge tone="accent">{source.list}</Badge>
        <span>{word("schema", entity.schema)}</span>
        {entity.reference && <Code text={entity.reference} />}
        {source.published && (
          <span class="dim">
            {t("entity.as_of")} <Time at={source.published} as="day" />
          </span>
        )}
        {may("lists.read") && <a href={to(`lists/${source.list}`)}>{t("entity.the_list")}</a>}
      </p>
    </div>
  )
}

function Linked({ id, caption }: { id: string; caption: string }) {
  const loaded = useLoad(
    (stop) =>
      may("screen")
        ? ask<YenteEntity>("GET", `/entities/${encodeURIComponent(id)}`, { face: "", signal: stop })
        : Promise.resolve(null),
    [id],
  )
  if (loaded.problem) return <ProblemNote problem={loaded.problem} retry={loaded.reload} />
  return loaded.value ? <Relations caption={caption} relations={relationsOf(loaded.value)} /> : null
}

function Whole({ answer }: { answer: EntityAnswer }) {
  const { entity } = answer
  return (
    <>
      <Head answer={answer} />
      <Section title={t("entity.facts")}>
        <div class="panel">
          <RecordFacts record={entity} />
        </div>
      </Section>
      {entity.attached
        ?.filter((each) => each.schema !== "Address" && !(LINKS.has(each.schema) && may("screen")))
        .map((each) => (
          <Section key={each.id} title={word("schema", each.schema)}>
            <div class="panel">
              <RecordFacts record={each} />
            </div>
          </Section>
        ))}
      <Linked id={entity.id} caption={entity.caption ?? entity.id} />
    </>
  )
}

export default function EntityPage({ id = "" }: { id?: string }) {
  const loaded = useLoad((stop) => api("GET /entities/{id}", { place: { id }, signal: stop }), [id])
  const history = useLoad((stop) => api("GET /entities/{id}/history", { place: { id }, signal: stop }), [id])
  const gone = loaded.problem?.status === 404 && history.value && !history.value.listed
  const caption = loaded.value?.entity.caption ?? id
  const screen = () => {
    typed.value = { ...nothing, name: caption }
    go(to("screen"))
  }
  return (
    <Page
      title={caption}
      actions={
        <>
          {may("screen") && loaded.value && (
            <Button icon="screen" onClick={screen}>
              {t("entity.screen")}
            </Button>
          )}
          <Button onClick={() => print()}>{t("action.print")}</Button>
        </>
      }
    >
      {gone ? (
        <Note tone="warning">
          <p>{t("entity.gone")}</p>
        </Note>
      ) : (
        <Show of={loaded}>{(answer) => <Whole answer={answer} />}</Show>
      )}
      {(loaded.value || gone) && (
        <Section title={t("entity.changes")}>
          <div class="panel">
            <Show of={history}>{(told) => <Changes history={told} />}</Show>
          </div>
        </Section>
      )}
    </Page>
  )
}
