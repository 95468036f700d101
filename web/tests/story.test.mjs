/* The whole story, in each language, as people do it: a list is brought in, somebody is screened and alerts, an analyst
 * decides from the keyboard, another person approves, the list changes, the register is screened again by itself, and an
 * auditor screens again what was screened and verifies the chain.
 *
 * Each language has an agency's worth of people of its own, on one service. */
import { readMessages } from "../tools/pack_messages.mjs"
import { examine, picture, settled, withPage } from "./browser.mjs"
import { startService } from "./service.mjs"
import { Failure, equal, expect, test } from "./tap.mjs"

const TRIES = 400
const PAUSE_MS = 200

const person = (id, ...names) =>
    JSON.stringify({
        id,
        schema: "Person",
        properties: { name: names, topics: ["sanction"] },
        datasets: ["house"],
        target: true,
    })

/* Nobody of these names is on any list. */
const people = {
    ar: {
        listed: "زبير قنديل المروشي",
        screened: "Zoubir Qandil Al Marrouchi",
        registered: "Ouardia Belkhattam Sefrioui",
    },
    fr: {
        listed: "Ghislain Kerouadan-Mboti",
        screened: "Ghislain Kerouadan Mboti",
        registered: "Thiéry Nzamboko Delafaille",
    },
    en: {
        listed: "Oswin Tarkelby Hroznik",
        screened: "Oswin Tarkelbi Hroznik",
        registered: "Perpetua Wexcombe Adjoyi",
    },
}

const until = async (what, look) => {
    for (let tries = 0; tries < TRIES; tries++) {
        const found = await look()
        if (found) return found
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    throw new Failure(`${what} did not come about in ${(TRIES * PAUSE_MS) / 1000} s`)
}

/* Chooses a file on the page of lists, or on that of a list that is held, which knows its name; and stays until the page
 * says that it is done. */
async function bringIn({ service, t }, language, list, lines, held = false) {
    const as = await service.administrator()
    await withPage(service, { as, language }, async (page) => {
        await page.goto(held ? `/app/lists/${list}` : "/app/lists")
        await settled(page)
        await page.getByRole("button", { name: t["imports.new"] }).click()
        await page.setInputFiles("dialog input[type=file]", {
            name: `${list}.json`,
            mimeType: "application/json",
            buffer: Buffer.from(lines.join("\n") + "\n"),
        })
        if (!held) await page.getByLabel(t["lists.name"]).fill(list)
        await examine(page)
        await picture(page, held ? "story-4-list-changes" : "story-0-list")
        await page.locator("dialog button[type=submit]").click()
        await page.getByText(t["lists.task_done"].replace("{list}", `\u2068${list}\u2069`)).waitFor()
        await settled(page)
    })
}

const listed = async (service, who, name) =>
    (await service.as(who).ask("POST", "/screen", { schema: "Person", properties: { name: [name] } })).hits.length

let started = null
async function cast(language) {
    started ??= startService()
    const service = await started
    const t = await readMessages(language)
    return {
        service,
        t,
        analyst: await service.person(`analyst-${language}`, ["analyst"], "Salma B."),
        approver: await service.person(`approver-${language}`, ["approver"], "Karim T."),
        auditor: await service.person(`auditor-${language}`, ["auditor"], "Rabia H."),
    }
}

/* Types a name into the box, opens a case of what it hits, and gives back its key. */
async function screenAndOpen({ service, t, analyst }, language, name) {
    let key
    await withPage(service, { as: analyst, language }, async (page) => {
        await page.goto("/app/screen")
        await page.fill("main input[type=search]", name)
        await page.waitForSelector(".hit")
        await settled(page)
        await picture(page, "story-1-screen")
        await page.getByRole("button", { name: t["screen.open_case"] }).click()
        await page.waitForURL(/\/app\/cases\/\w+/)
        await settled(page)
        await page.waitForSelector(".evidence")
        await picture(page, "story-2-case")
        key = page.url().split("/").at(-1)
    })
    return key
}

/* From the keyboard alone: "t" says true match, "1" the first reason. */
async function decideFromKeyboard({ service, analyst }, language, list) {
    await withPage(service, { as: analyst, language }, async (page) => {
        await page.goto(`/app/queue?list=${list}`)
        await page.waitForSelector("[data-case]")
        await settled(page)
        const before = Date.now()
        await page.keyboard.press("t")
        await page.waitForSelector("dialog .reasons input")
        await page.keyboard.press("1")
        await page.waitForSelector(".toast")
        expect(Date.now() - before < 5000, `deciding took ${Date.now() - before} ms of the machine`)
        await picture(page, "story-3-decided")
    })
}

async function approve({ service, t, approver }, language, key) {
    await withPage(service, { as: approver, language }, async (page) => {
        await page.goto(`/app/cases/${key}`)
        await page.getByRole("button", { name: t["decision.approve"] }).click()
        await page.waitForSelector(".decision:not(.proposed)")
        await settled(page)
        await examine(page)
        await picture(page, "story-4-approved")
    })
    equal((await service.as(approver).ask("GET", `/cases/${key}`)).decisions[0].phase, "made")
}

async function seeAlertOf({ service, analyst }, language, name) {
    const client = service.as(analyst)
    const found = await until(`an alert of ${name}`, async () => {
        const { cases } = await client.ask("GET", `/cases?q=${encodeURIComponent(name)}`)
        return cases[0]
    })
    equal(found.phase, "open")
    await withPage(service, { as: analyst, language }, async (page) => {
        await page.goto(`/app/cases/${found.id}`)
        await page.waitForSelector(".evidence")
        await settled(page)
        await picture(page, "story-5-list-changed")
    })
}

async function replayAndVerify({ service, t, auditor }, language, receipt) {
    await withPage(service, { as: auditor, language }, async (page) => {
        await page.goto(`/app/audit/${receipt}`)
        await page.getByRole("button", { name: t["receipt.replay"] }).click()
        await page.getByText(t["replay.identical"]).waitFor()
        await examine(page)
        await picture(page, "story-6-replayed")
        await page.goto("/app/audit")
        await page.getByRole("button", { name: t["audit.verify"] }).click()
        await page.getByText(t["audit.whole"], { exact: true }).waitFor()
        await examine(page)
        await picture(page, "story-7-verified")
    })
}

for (const language of ["ar", "fr", "en"])
    test(`the whole story in ${language}`, async () => {
        const { listed: name, screened, registered } = people[language]
        const all = await cast(language)
        const { service, analyst } = all
        const list = `house-${language}`
        await bringIn(all, language, list, [person("house-1", name)])
        await until("the new list in the index", () => listed(service, analyst, name))
        const kept = await service.as(analyst).ask("POST", "/subjects", {
            source: "branch",
            reference: `client-${language}`,
            schema: "Person",
            properties: { name: [registered] },
        })
        equal(kept.screening.raised, 0)

        const key = await screenAndOpen(all, language, screened)
        await decideFromKeyboard(all, language, list)
        const decided = await service.as(analyst).ask("GET", `/cases/${key}`)
        equal(decided.phase, "proposed")
        await approve(all, language, key)

        await bringIn(all, language, list, [person("house-1", name), person("house-2", registered)], true)
        await seeAlertOf(all, language, registered)
        await replayAndVerify(all, language, decided.alert_list[0].receipt)
    })
