/* The audit chain, the test of effectiveness, and what an agency settles: words of the service are words of the page, and
 * each such screen is looked at in three languages, light and dark, wide and narrow. */
import { examine, look, picture, settled, withPage } from "./browser.mjs"
import { fillQueue } from "./casework.mjs"
import { startService } from "./service.mjs"
import { besideOthers, equal, expect } from "./tap.mjs"

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/* A service with cases, a report of the test of effectiveness, and something done at the machine. */
let begun = null
const begin = () =>
    (begun ??= (async () => {
        const service = await startService()
        const cases = await fillQueue(service)
        const rim = await service.person("rim", ["auditor", "administrator", "programme-officer", "approver"], "Rim T.")
        const { label } = await service.as(rim).ask("GET", `/cases/${cases.open}`)
        await service.command("cases", "note", label, "Vu au guichet", "--as", "rim")
        const client = service.as(rim)
        await client.ask("POST", "/effectiveness", { sample: 3 })
        while (!(await client.ask("GET", "/effectiveness")).reports.length) await wait(200)
        const { decisions } = await client.ask("GET", `/cases/${cases.proposed}`)
        const { version } = await client.ask("GET", `/cases/${cases.proposed}`)
        const yes = { version, approve: true, note: "" }
        await client.ask("POST", `/cases/${cases.proposed}/decisions/${decisions[0].id}/answer`, yes)
        return { service, rim, ...cases }
    })())

const screens = [
    { name: "audit", path: "audit", ready: "table" },
    { name: "audit-entry", path: "audit/1", ready: ".json" },
    { name: "effectiveness-report", path: "effectiveness", ready: "table" },
    { name: "goaml-settings", path: "goaml", ready: "form" },
    { name: "goaml-report", path: "cases/{proposed}/goaml", ready: "form" },
    { name: "security", path: "security", ready: "main" },
    { name: "policies-and-roles", path: "policies", ready: "table" },
]

/* A word of the service that nobody put into the language: "session.opened". */
const RAW = /(^|\s)[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*($|\s)/

for (const language of ["ar", "fr", "en"])
    for (const { name, path, ready } of screens)
        besideOthers(`${name} in ${language}`, async () => {
            const { service, rim, proposed } = await begin()
            await withPage(service, { as: rim, language }, async (page) => {
                await page.goto(`/app/${path.replace("{proposed}", proposed)}`)
                await page.waitForSelector(ready)
                await settled(page)
                for (const width of [1280, 360])
                    for (const theme of ["light", "dark"]) {
                        await look(page, { theme, width })
                        await examine(page, { what: name, looksOnly: width === 360 || theme === "dark" })
                        await picture(page, name)
                    }
            })
        })

for (const language of ["ar", "fr"])
    besideOthers(`each entry and each class says what it is in ${language}`, async () => {
        const { service, rim } = await begin()
        await withPage(service, { as: rim, language }, async (page) => {
            for (const path of ["audit", "effectiveness"]) {
                await page.goto(`/app/${path}`)
                await page.waitForSelector("tbody td")
                await settled(page)
                const more = page.locator(".table-frame + .table-foot button")
                while (await more.count()) {
                    await more.click()
                    await settled(page)
                }
                const told = await page
                    .locator(path === "audit" ? "td:nth-child(3) > div" : "td:first-child > div")
                    .allTextContents()
                expect(told.length > 20, `${told.length} rows`)
                equal(
                    told.filter((each) => !each.trim() || RAW.test(each) || /^[a-z]+(-[a-z0-9]+)+$/.test(each)),
                    [],
                )
            }
            await page.goto("/app/audit?kind=note")
            const by = page.locator("td", { hasText: { ar: "بالأمر", fr: "par commande" }[language] })
            await by.waitFor()
            expect((await by.textContent()).includes("Rim T."), "who did it by a command is named, too")
        })
    })

besideOthers("what the agency says in each report is set once, and errors stand at their fields", async () => {
    const service = await startService()
    const rim = await service.person("rim", ["administrator", "analyst", "approver"], "Rim T.")
    const client = service.as(rim)
    await withPage(service, { as: rim, language: "fr", expected: ["status of 400"] }, async (page) => {
        await page.goto("/app/goaml")
        const standing = page.locator("section")
        const number = standing.getByLabel("Numéro de l’entité déclarante")
        await number.fill("dix-sept")
        await standing.getByLabel("Monnaie locale").selectOption("MAD")
        await standing.getByLabel("Indicateurs").selectOption("TFSUN")
        await page.getByText("Codes propres à la cellule").click()
        await page.locator("details[open]").last().getByLabel("Type de déclaration").fill("DOS Déclaration de soupçon")
        const save = page.locator("form button[type=submit]")
        await save.click()
        await page.waitForSelector("[data-path='/rentity_id'] .error")
        await number.fill("17")
        await save.click()
        await page.waitForSelector(".toast")
        const kind = standing.getByLabel("Type de déclaration")
        await kind.locator("option", { hasText: "Déclaration de soupçon" }).waitFor({ state: "attached" })
        await kind.selectOption("DOS")
        const { version, settings } = await client.ask("GET", "/goaml/settings")
        equal(
            [version, settings.report],
            [1, { currency_code_local: "MAD", rentity_id: 17, report_indicators: ["TFSUN"] }],
        )
        equal(settings.codes, { report_type: [{ code: "DOS", title: "Déclaration de soupçon" }] })
    })
})
