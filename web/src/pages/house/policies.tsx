/* By what is screened, and who may do what: the policy in force with the digest that receipts name, and the table of
 * roles and rights. */
import { api } from "../../api/client"
import { useLoad } from "../../api/load"
import type { Right } from "../../api/shapes"
import { Code } from "../../parts/basic"
import { Icon } from "../../parts/icons"
import { Page, Section } from "../../parts/page"
import { Show } from "../../parts/state"
import { Table } from "../../parts/table"
import { to } from "../../shell/router"
import { may } from "../../shell/session"
import { score } from "../../text/format"
import { t, word } from "../../text/messages"

function Policy() {
  const loaded = useLoad((stop) => api("GET /policy", { signal: stop }), [])
  return (
    <Show of={loaded}>
      {(told) => (
        <div class="panel stack">
          <dl class="facts">
            <div>
              <dt>{t("policies.name")}</dt>
              <dd>
                <bdi>{told.name}</bdi>
              </dd>
            </div>
            <div>
              <dt>{t("policies.algorithm")}</dt>
              <dd>
                <Code text={told.algorithm} />
              </dd>
            </div>
            <div>
              <dt>{t("rules.threshold")}</dt>
              <dd>{score(told.threshold)}</dd>
            </div>
            <div>
              <dt>{t("policies.digest")}</dt>
              <dd>
                <Code text={told.digest} />
              </dd>
            </div>
          </dl>
          <p class="dim">{t("policies.change")}</p>
          <p class="row">
            {may("cases.settings") && <a href={to("rules")}>{t("rules.title")}</a>}
            {may("audit") && <a href={to("audit", { kind: "service.using" })}>{t("policies.before")}</a>}
          </p>
          <details>
            <summary>{t("policies.whole")}</summary>
            <pre class="code json" dir="ltr" tabIndex={0} role="region" aria-label={t("policies.whole")}>
              {JSON.stringify(told.policy, null, 2)}
            </pre>
          </details>
        </div>
      )}
    </Show>
  )
}

function Roles() {
  const loaded = useLoad((stop) => api("GET /roles", { signal: stop }), [])
  return (
    <Show of={loaded}>
      {({ roles }) => {
        const rights = [...new Set(roles.flatMap((each) => each.rights))]
        return (
          <Table
            label={t("policies.roles")}
            rows={rights}
            rowKey={(right: Right) => right}
            columns={[
              { key: "right", title: t("policies.right"), wide: true, cell: (right: Right) => word("right", right) },
              ...roles.map(({ role, rights: has }) => ({
                key: role,
                title: t(`role.${role}`),
                cell: (right: Right) =>
                  has.includes(right) ? (
                    <>
                      <Icon name="check" />
                      <span class="unseen">{t("policies.yes")}</span>
                    </>
                  ) : (
                    <span class="none">
                      <span aria-hidden="true">·</span>
                      <span class="unseen">{t("policies.no")}</span>
                    </span>
                  ),
              })),
            ]}
          />
        )
      }}
    </Show>
  )
}

export default function PoliciesPage() {
  return (
    <Page title={t("policies.title")} lead={t("policies.lead")} wide>
      <Policy />
      <Section title={t("policies.roles")}>
        <div class="roles">
          <Roles />
        </div>
      </Section>
    </Page>
  )
}
