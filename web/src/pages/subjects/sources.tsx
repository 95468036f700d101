/* Where subjects come from, and how the files of each are read. */
import { useState } from "preact/hooks"

import { useDoing, useLoad } from "../../api/load"
import { Button, Name, Time } from "../../parts/basic"
import { Dialog } from "../../parts/dialog"
import { propertyTitle } from "../../parts/facts"
import { TextField } from "../../parts/field"
import { Page } from "../../parts/page"
import { Empty, ProblemNote, Show } from "../../parts/state"
import { to } from "../../shell/router"
import { may } from "../../shell/session"

import { t } from "../../text/messages"
import { mappingOf, putSource, readSources } from "../../work/subjects"
import type { Mapping, Source } from "../../work/subjects"
import { sources } from "../../work/shared"
import { isOnce, schemaTitle, sourceTitle } from "../../work/words"
import { Tabs } from "./tabs"

function MappingFacts({ of }: { of: Mapping }) {
  const kind = of.schema ?? "LegalEntity"
  return (
    <dl class="facts">
      <div>
        <dt>{t("mapping.schema")}</dt>
        <dd>
          {typeof kind === "string" ? (
            schemaTitle(kind)
          ) : (
            <>
              <Name text={kind.column} />:{" "}
              {Object.entries(kind.values ?? {}).map(([text, schema], at) => (
                <span key={text}>
                  {at > 0 && ", "}
                  <Name text={text} /> = {schemaTitle(schema)}
                </span>
              ))}
            </>
          )}
        </dd>
      </div>
      {of.reference && (
        <div>
          <dt>{t("mapping.reference")}</dt>
          <dd>
            <Name text={of.reference} />
          </dd>
        </div>
      )}
      {Object.entries(of.properties).map(([property, columns]) => (
        <div key={property}>
          <dt>{propertyTitle(property)}</dt>
          {columns.map((each) =>
            typeof each === "string" ? (
              <dd key={each}>
                <Name text={each} />
              </dd>
            ) : (
              <dd key={each.column}>
                <Name text={each.column} />{" "}
                <bdi class="dim small" dir="ltr">
                  {each.format}
                </bdi>
              </dd>
            ),
          )}
        </div>
      ))}
      {Object.entries(of.constant).map(([property, values]) => (
        <div key={property}>
          <dt>{propertyTitle(property)}</dt>
          <dd>
            {values.join(", ")} <span class="dim small">{t("mapping.always")}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Rename({ of, onClose }: { of: Source; onClose: (changed: boolean) => void }) {
  const [title, setTitle] = useState(of.title)
  const doing = useDoing()
  const send = async () => {
    if (await doing.run(() => putSource(of.source, title.trim(), null))) onClose(true)
  }
  return (
    <Dialog title={of.source} onClose={() => onClose(false)}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <TextField label={t("sources.name")} value={title} onInput={setTitle} />
        <ProblemNote problem={doing.problem} />
        <Button type="submit" tone="main" busy={doing.busy}>
          {t("action.save")}
        </Button>
      </form>
    </Dialog>
  )
}

function One({ of, reload }: { of: Source; reload: () => void }) {
  const [open, setOpen] = useState(false)
  return (
    <li class="panel">
      <div class="row apart">
        <h2>
          <bdi>{sourceTitle(of)}</bdi>
        </h2>
        {may("subjects.change") && !isOnce(of) && (
          <span class="row">
            <Button tone="quiet" onClick={() => setOpen(true)}>
              {t("sources.rename")}
            </Button>
            <a class="button" href={to("subjects/imports/new", { source: of.source })}>
              {t("imports.new")}
            </a>
          </span>
        )}
      </div>
      <p class="dim small">
        <bdi dir="ltr">{of.source}</bdi> ·{" "}
        <a href={to("subjects", { source: of.source })}>{t("sources.subjects", { n: of.subjects })}</a> ·{" "}
        <Time at={of.changed} as="ago" />
      </p>
      {of.mapping ? (
        <details>
          <summary>{t("sources.mapping")}</summary>
          <MappingFacts of={mappingOf(of.mapping)} />
        </details>
      ) : (
        <p class="dim small">{t("sources.no_mapping")}</p>
      )}
      {open && (
        <Rename
          of={of}
          onClose={(changed) => {
            setOpen(false)
            if (changed) {
              sources.forget()
              reload()
            }
          }}
        />
      )}
    </li>
  )
}

export default function SourcesPage() {
  const loaded = useLoad(readSources, [])
  return (
    <Page title={t("sources.title")} lead={t("sources.lead")} wide>
      <Tabs />
      <Show of={loaded}>
        {(all) =>
          all.length ? (
            <ul class="stack">
              {all.map((each) => (
                <One key={each.source} of={each} reload={loaded.reload} />
              ))}
            </ul>
          ) : (
            <Empty icon="subjects" title={t("sources.none")}>
              <p>{t("sources.none_text")}</p>
            </Empty>
          )
        }
      </Show>
    </Page>
  )
}
