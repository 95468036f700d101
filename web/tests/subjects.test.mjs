/* What one does in the register: bring in a file, half of it broken, by a mapping that is kept; add somebody by hand,
 * who alerts; close; and what continuous screening says of it. */
import { examine, settled, withPage } from "./browser.mjs"
import { IMAGE, SCRIPT } from "./casework.mjs"
import { startService } from "./service.mjs"
import { equal, expect, test } from "./tap.mjs"

let begun = null
const begin = () =>
    (begun ??= (async () => {
        const service = await startService()
        return { service, salma: await service.person("analyst", ["analyst"], "Salma B.") }
    })())

const LINES = [
    "Customer No;Full name;DOB;Country",
    "1001;Sofyane El Marbekoui;09/03/1974;MA",
    `1002;${IMAGE} Atlas;;MA`,
    "1003;;01/01/1980;MA",
    "1004;Wassila Khermandi;31/02/1980;MA",
    `1005;${SCRIPT};12/12/1990;MA`,
]

test("a file is brought in by its columns, and what was not taken is told line by line", async () => {
    const { service, salma } = await begin()
    await withPage(service, { as: salma, language: "fr" }, async (page) => {
        await page.goto("/app/subjects")
        await page.waitForSelector(".empty")
        await examine(page, { what: "an empty register" })
        await page.locator('a[href$="/subjects/imports/new"]').first().click()
        const file = { name: "clients-2026.csv", mimeType: "text/csv", buffer: Buffer.from(LINES.join("\n")) }
        await page.setInputFiles(".drop input", file)
        await page.waitForSelector(".mapping tbody tr")
        await settled(page)
        await examine(page, { what: "a mapping" })
        equal(await page.locator(".mapping select").evaluateAll((all) => all.map((each) => each.value)), [
            "*reference",
            "name",
            "birthDate",
            "DD/MM/YYYY",
            "country",
        ])
        await page.locator("form button[type=submit]").click()
        await page.waitForSelector(".figures")
        await page.waitForFunction(() => document.querySelector(".badge.good, .badge.bad"))
        await page.waitForSelector("table")
        await settled(page)
        const [{ id, phase, added, rejected }] = (await service.as(salma).ask("GET", "/subjects/imports")).imports
        equal(phase, "done")
        expect(added >= 3 && rejected >= 1, `${added} added, ${rejected} rejected`)
        const { rejections } = await service.as(salma).ask("GET", `/subjects/imports/${id}/rejections`)
        equal(await page.locator("main table tbody tr").count(), rejections.length)
        equal(await page.evaluate(() => [window.ran, document.querySelector("main img, main script")]), [null, null])
        await examine(page, { what: "an import" })
    })
})

test("the next file of the same source is read by the mapping that was kept", async () => {
    const { service, salma } = await begin()
    await withPage(service, { as: salma }, async (page) => {
        await page.goto("/app/subjects/sources")
        await page.locator("li.panel a.button").click()
        const text = LINES.slice(0, 2).join("\n")
        await page.setInputFiles(".drop input", { name: "x.csv", mimeType: "text/csv", buffer: Buffer.from(text) })
        await page.waitForSelector(".mapping tbody tr")
        equal(await page.locator('input[dir="ltr"]').first().inputValue(), "clients")
        equal(await page.locator(".mapping select").first().inputValue(), "*reference")
    })
})

test("somebody is added by hand, alerts at once, and is closed", async () => {
    const { service, salma } = await begin()
    await withPage(service, { as: salma, language: "ar" }, async (page) => {
        await page.goto("/app/subjects/new")
        const fields = page.locator("form textarea")
        await page.locator("form input").nth(0).fill("guichet")
        await page.locator("form input").nth(1).fill("A-1")
        await fields.first().fill("Fatima-Zohra Ouzellaqi\nفاطمة الزهراء أوزلاقي")
        await examine(page, { what: "adding a subject" })
        await page.locator("form button[type=submit]").click()
        await page.waitForSelector("#decide")
        await page.locator('.case-head a[href*="/subjects/"]').click()
        await page.waitForSelector(".facts")
        await settled(page)
        await examine(page, { what: "a subject" })
        await page.locator(".page-head .actions button").nth(1).click()
        await page.locator("dialog .button.danger").click()
        await page.waitForSelector(".lead .badge")
        const { subjects } = await service.as(salma).ask("GET", "/subjects?state=closed")
        equal(
            subjects.map((each) => each.reference),
            ["A-1"],
        )
    })
})

test("subjects are found by a part of their name, and continuous screening says what it did", async () => {
    const { service, salma } = await begin()
    await withPage(service, { as: salma }, async (page) => {
        await page.goto("/app/subjects")
        await settled(page)
        await page.locator("main input[type=search]").fill("marbekoui")
        await page.waitForFunction(() => document.querySelectorAll("main tbody tr").length === 1)
        expect(!page.url().includes("marbekoui"), "what was typed is not in the address")
        await page.goto("/app/subjects/watch")
        await page.waitForSelector(".figures")
        await page.locator(".page-head button").click()
        await page.locator("dialog .button.main").click()
        await page.waitForFunction(() => document.querySelector("main tbody .badge.good"))
        await settled(page)
        await examine(page, { what: "continuous screening" })
        const { runs } = await service.as(salma).ask("GET", "/watch/runs")
        equal(runs[0].phase, "done")
        const { cases } = await service.as(salma).ask("GET", "/cases?phase=all")
        expect(
            cases.some((each) => each.subject.reference === "1001"),
            "who came by the file was screened",
        )
    })
})
