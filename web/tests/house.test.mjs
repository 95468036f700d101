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
        return { service, rim, ...cases }
    })())

const screens = [
    { name: "audit", path: "audit", ready: "table" },
    { name: "audit-entry", path: "audit/1", ready: ".json" },
    { name: "effectiveness-report", path: "effectiveness", ready: "table" },
    { name: "security", path: "security", ready: "main" },
    { name: "policies-and-roles", path: "policies", ready: "table" },
]

/* A word of the service that nobody put into the language: "session.opened". */
const RAW = /(^|\s)[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*($|\s)/

for (const language of ["ar", "fr", "en"])
    for (const { name, path, ready } of screens)
        besideOthers(`${name} in ${language}`, async () => {
            const { service, rim } = await begin()
            await withPage(service, { as: rim, language }, async (page) => {
                await page.goto(`/app/${path}`)
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
