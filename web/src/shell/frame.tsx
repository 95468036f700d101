/* What stands around every screen: the navigation, who is here, language and appearance, and the place for the screen. */
import type { ComponentChildren, ComponentType } from "preact"
import { useEffect, useState } from "preact/hooks"

import { asProblem } from "../api/load"
import type { Problem } from "../api/client"
import { loadScreen, pages } from "../pages"
import type { Group, PageEntry } from "../pages"
import { Button, Name } from "../parts/basic"
import { Icon } from "../parts/icons"
import { Choice, Menu } from "../parts/menu"
import { Page } from "../parts/page"
import { Empty, Loading, ProblemNote } from "../parts/state"
import { chooseLanguage, language, languages, languageTitles, t } from "../text/messages"
import { PREFIX, go, match, path, to } from "./router"
import { chooseTheme, theme, themes } from "./preferences"
import { account, mayAll, pending, signOut, who } from "./session"
import { SignIn, SignInAgain } from "./sign_in"
import { FirstSteps } from "./first_steps"
import { listOpen, ShortcutList, useShortcuts } from "./shortcuts"
import { Toasts } from "./toasts"

const GROUPS: readonly Group[] = ["work", "lists", "proof", "house"]

const offered = (): PageEntry[] => pages.filter((each) => each.nav && mayAll(each.rights))

function NavLink({ entry }: { entry: PageEntry }) {
  const here = (find(path.value)?.entry.under ?? path.value.split("/")[0]) === entry.path
  return (
    <li>
      <a href={to(entry.path)} aria-current={here ? "page" : undefined}>
        <Icon name={entry.nav!.icon} />
        {t(entry.title)}
      </a>
    </li>
  )
}

function Navigation() {
  const links = offered()
  return (
    <nav id="navigation" aria-label={t("nav.label")}>
      <div class="nav-body">
        {GROUPS.map((group) => {
          const those = links.filter((each) => each.nav!.group === group)
          return (
            those.length > 0 && (
              <div key={group} role="group" aria-label={t(`nav.${group}`)}>
                <p class="nav-group" aria-hidden="true">
                  {t(`nav.${group}`)}
                </p>
                <ul>
                  {those.map((entry) => (
                    <NavLink key={entry.path} entry={entry} />
                  ))}
                </ul>
              </div>
            )
          )
        })}
      </div>
    </nav>
  )
}

const themeIcons = { system: "half", light: "sun", dark: "moon" } as const

function Preferences() {
  return (
    <>
      <Menu
        label={t("bar.language")}
        icon="globe"
        text={<span class="bar-text">{languageTitles[language.value]}</span>}
      >
        {languages.map((each) => (
          <Choice key={each} lang={each} chosen={each === language.value} onChoose={() => void chooseLanguage(each)}>
            {languageTitles[each]}
          </Choice>
        ))}
      </Menu>
      <Menu label={t("bar.theme")} icon={themeIcons[theme.value]}>
        {themes.map((each) => (
          <Choice key={each} chosen={each === theme.value} onChoose={() => chooseTheme(each)}>
            {t(`theme.${each}`)}
          </Choice>
        ))}
      </Menu>
    </>
  )
}

function Person() {
  const own = account.value
  if (!own)
    return who.value?.sign_in && path.value !== "sign-in" ? (
      <a class="button" href={to("sign-in")}>
        {t("sign_in.action")}
      </a>
    ) : null
  return (
    <Menu
      label={t("bar.person")}
      icon="person"
      text={
        <span class="bar-text">
          <Name text={own.person.display_name || own.person.name} />
        </span>
      }
    >
      <p class="menu-head">
        <Name text={own.agency.title || own.agency.name} />
      </p>
      <a class="choice" data-choice href={to("account")}>
        {t("account.title")}
      </a>
      <Choice onChoose={() => (listOpen.value = true)}>{t("shortcuts.title")}</Choice>
      <Choice onChoose={() => void signOut()}>{t("bar.sign_out")}</Choice>
    </Menu>
  )
}

function Bar({ open, toggle }: { open: boolean; toggle?: () => void }) {
  return (
    <header class="top">
      {toggle && (
        <span class="bar-menu">
          <Button tone="quiet" icon={open ? "close" : "menu"} label={t("nav.open")} onClick={toggle}>
            {null}
          </Button>
        </span>
      )}
      <a class="brand" href={PREFIX}>
        <Icon name="balance" />
        <span>{t("app.name")}</span>
      </a>
      <span class="bar-space" />
      <Preferences />
      <Person />
    </header>
  )
}

/* --- the screen of an address --- */

type Place = { entry: PageEntry; values: Record<string, string> }

function find(given: string): Place | null {
  for (const entry of pages) {
    const values = match(entry.path, given)
    if (values) return { entry, values }
  }
  return null
}

function LoadedScreen({ entry, values }: Place) {
  const [screen, setScreen] = useState<{ entry: PageEntry; Screen: ComponentType<Record<string, string>> } | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    setProblem(null)
    loadScreen(entry).then(
      (Screen) => setScreen({ entry, Screen }),
      (error: unknown) => setProblem(asProblem(error)),
    )
  }, [entry])
  // A newer version of the service has no such file any more: the page is loaded anew.
  if (problem) return <ProblemNote problem={problem} retry={() => location.reload()} />
  if (screen?.entry !== entry) return <Loading />
  return <screen.Screen key={path.value} {...values} />
}

function NotHere() {
  return (
    <Page title={t("absent.title")}>
      <Empty title={t("absent.text")}>
        <p>
          <a href={PREFIX}>{t("absent.home")}</a>
        </p>
      </Empty>
    </Page>
  )
}

function NotAllowed() {
  return (
    <Page title={t("refused.title")}>
      <Empty icon="warning" title={t("refused.text")} />
    </Page>
  )
}

function Content(): ComponentChildren {
  const first = offered()[0]
  useEffect(() => {
    if (path.value === "" && first) go(to(first.path), true)
    if (path.value === "sign-in" && account.value && first) go(to(first.path), true)
  }, [path.value, first, account.value])
  const place = find(path.value)
  if (pending.value) return <FirstSteps />
  if (
    !account.value &&
    who.value?.sign_in &&
    (path.value === "sign-in" || !first || (place && !mayAll(place.entry.rights)))
  )
    return <SignIn />
  if (path.value === "" || path.value === "sign-in") return first ? <Loading /> : <NotAllowed />
  if (!place) return <NotHere />
  return mayAll(place.entry.rights) ? <LoadedScreen {...place} /> : <NotAllowed />
}

export function Frame() {
  const [open, setOpen] = useState(false)
  const bare = offered().length === 0 || pending.value !== null || path.value === "sign-in"
  useEffect(() => setOpen(false), [path.value])
  useShortcuts([
    ...offered()
      .filter((each) => each.nav!.keys)
      .map((each) => ({ keys: `g ${each.nav!.keys}`, title: t(each.title), run: () => go(to(each.path)) })),
    {
      keys: "/",
      title: t("shortcuts.search"),
      run: () => document.querySelector<HTMLInputElement>("main input[type=search]")?.focus(),
    },
  ])
  return (
    <div class={bare ? "frame bare" : "frame"} data-open={open}>
      <a class="skip" href="#main" target="_self">
        {t("bar.skip")}
      </a>
      <Bar open={open} toggle={bare ? undefined : () => setOpen(!open)} />
      {!bare && <Navigation />}
      <main id="main" tabIndex={-1}>
        <Content />
      </main>
      <Toasts />
      <ShortcutList />
      <SignInAgain />
    </div>
  )
}
