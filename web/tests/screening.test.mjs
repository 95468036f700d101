/* The screen to screen with, entities and lists: what one does there. */
import { readFileSync } from "node:fs"

import { examine, picture, settled, withPage } from "./browser.mjs"
import { invented, sharedService, startService } from "./service.mjs"
import { equal, expect, test } from "./tap.mjs"

const BOX = "main input[type=search]"

test("hits come while one types, with their evidence, and what is typed is in no address", async () => {
    const service = await sharedService()
    await withPage(service, { language: "fr" }, async (page) => {
        await page.goto("/app/screen")
        await page.fill(BOX, "Sufian al-Marbacoui")
        await page.waitForSelector(".says")
        const parts = await page.locator(".evidence li:not(.sum) .points").allInnerTexts()
        const sum = parts.reduce((all, each) => all + Number(each.replace("−", "-").replace("+", "")), 0)
        const score = Number(await page.locator(".evidence .sum .points").innerText())
        expect(parts.length > 1 && Math.abs(sum - score) < 0.004, `the parts add up: ${parts} = ${score}`)
        await page.getByText("autre orthographe", { exact: false }).first().waitFor()
        expect(
            (await page.locator(".hit .met").first().innerText()).includes("سفيان"),
            "the other script stands beside",
        )
        expect(!page.url().includes("Sufian") && !page.url().includes("Marb"), page.url())
    })
})

test("what more is known changes the evidence; lists stand in the address, the rest does not", async () => {
    const service = await sharedService()
    await withPage(service, {}, async (page) => {
        await page.goto("/app/screen")
        await page.fill(BOX, "Sofyane Marbekoui")
        await page.waitForSelector(".hit")
        await page.getByText("More that is known").click()
        await page.getByLabel("Date of birth").fill("1974-13")
        await page.getByLabel("Date of birth").fill("197")
        await page.getByText("Year, month, day").waitFor()
        await page.getByLabel("Date of birth").fill("1974-03-09")
        await page
            .locator(".evidence")
            .getByText(/date of birth/)
            .first()
            .waitFor()
        await examine(page)
        await picture(page, "screen-more")
        await page.getByLabel("web", { exact: true }).check()
        await page.waitForURL(/lists=web/)
        await page.getByText("No hit", { exact: true }).waitFor()
        expect(!page.url().includes("1974"), page.url())
        await examine(page)
    })
})

test("hits are walked through by keys, also on an Arabic keyboard", async () => {
    const service = await sharedService()
    await withPage(service, {}, async (page) => {
        await page.goto("/app/screen")
        await page.fill(BOX, "Tazarine")
        await page.waitForFunction(() => document.querySelectorAll(".hit").length > 1)
        await page.locator("h1").click()
        const current = () => page.locator(".hit[aria-current]").getAttribute("data-entity")
        const first = await current()
        await page.keyboard.press("j")
        const second = await current()
        expect(first !== second, "j goes to the next")
        await page.evaluate(() =>
            dispatchEvent(new KeyboardEvent("keydown", { key: "ن", code: "KeyK", bubbles: true })),
        )
        equal(await current(), first, "the key in the place of k:")
        await page.keyboard.press("e")
        await page.waitForURL("**/app/entities/**")
        await page.goBack()
        await page.waitForSelector(".hit")
        equal(await page.inputValue(BOX), "Tazarine", "coming back, what was typed is there:")
    })
})

test("markup in a name is text, wherever it is shown", async () => {
    const service = await sharedService()
    await withPage(service, {}, async (page) => {
        page.on("dialog", (dialog) => expect(false, `a script ran: ${dialog.message()}`))
        await page.goto("/app/screen")
        await page.fill(BOX, "<b> Sabotagius Probe")
        await page.waitForSelector(".says")
        equal(await page.locator("main img, main script, main b").count(), 0, "elements made of a name:")
        expect(
            (await page.locator(".hit").first().innerText()).includes("<img src=x onerror=alert(1)>"),
            "it is shown as it is",
        )
        await page.goto("/app/entities/web-markup")
        await settled(page)
        equal(
            await page.locator("main img, main script, main b, main a[href^='javascript']").count(),
            0,
            "elements made of facts:",
        )
        await picture(page, "markup")
    })
})

test("when the service cannot be reached, that is said where it happened, and trying again goes on", async () => {
    const service = await sharedService()
    await withPage(service, { expected: ["ERR_FAILED", "Failed to load"] }, async (page) => {
        await page.goto("/app/screen")
        await page.route("**/api/v1/screen*", (route) => route.abort())
        await page.fill(BOX, "Sofyane Marbekoui")
        await page.getByText("The service cannot be reached.", { exact: false }).waitFor()
        await examine(page)
        await page.unroute("**/api/v1/screen*")
        await page.getByRole("button", { name: "Try again" }).click()
        await page.waitForSelector(".hit")
        equal(await page.inputValue(BOX), "Sofyane Marbekoui")
    })
})

test("a screening that hits is opened as a case, and the same again is known", async () => {
    const service = await startService()
    const amal = await service.person("amal", ["analyst"])
    await withPage(service, { as: amal }, async (page) => {
        await page.goto("/app/screen")
        await page.fill(BOX, "Sofyane Marbekoui")
        await page.getByRole("button", { name: "Open a case" }).click()
        await page.waitForURL("**/app/cases/**")
        await settled(page)
        await page.getByRole("link", { name: "Screen", exact: true }).click()
        await page.getByRole("button", { name: "Open a case" }).click()
        await page.getByText("This was screened before, and nothing has changed.").waitFor()
    })
})

test("who owns and who is owned, who directs and who is directed, is said and drawn", async () => {
    const service = await sharedService()
    const arrows = (page, end) => page.locator(`.graph path[marker-${end}]`).count()
    await withPage(service, {}, async (page) => {
        await page.goto("/app/entities/web-firm")
        await page.waitForSelector(".relations li")
        const firm = (await page.locator(".relations li").allInnerTexts()).join("\n")
        for (const said of ["Owned by Warid Testoun · 60 %", "Owns MV Essaoui Invention", "Directed by Lalla Probatou"])
            expect(firm.includes(said), `the firm: ${said} in ${firm}`)
        equal(await arrows(page, "start"), 2, "arrows that lead to the firm:")
        equal(await arrows(page, "end"), 1, "arrows that lead away from it:")
        await page.setViewportSize({ width: 360, height: 800 })
        expect(await page.locator(".graph").isHidden(), "the picture is not shrunk")
        expect(await page.locator(".relations").isVisible(), "the list stays")
    })
})

test("a list changes: its versions, what is different, and going back", async () => {
    const service = await startService()
    const admin = await service.administrator()
    const changed = readFileSync(invented, "utf8")
        .replace("2026-08-01T12:00:00.000Z", "2026-08-02T12:00:00.000Z")
        .replace("Derb Oulad Zerhoun 14", "Derb Oulad Zerhoun 15")
    await withPage(service, { as: admin }, async (page) => {
        await page.goto("/app/lists/invented")
        await page.getByText("The first").waitFor()
        await service.as(admin).ask("POST", "/lists/import?format=un&list=invented&file_name=invented.xml", changed)
        await page.reload()
        await page
            .waitForFunction(() => document.querySelectorAll("main tbody tr").length > 2, null, { polling: 300 })
            .catch(() => page.reload())
        await page.getByRole("heading", { name: "What changed since the version before" }).waitFor()
        await page.getByText("Derb Oulad Zerhoun 15").first().waitFor()
        await examine(page)
        await picture(page, "list-changes")
        await page.getByRole("button", { name: "Use this one" }).click()
        await page.getByRole("dialog").getByRole("button", { name: "Use this one" }).click()
        await page.getByText("The list ⁨invented⁩ is done.").waitFor({ timeout: 30_000 })
        await page.goto("/app/entities/invented-9900001")
        await page.getByText("Changed").first().waitFor()
        await examine(page)
        await picture(page, "entity-changes")
    })
})

test("the number of a document is met in the one box, whatever kind of number it is", async () => {
    const service = await sharedService()
    await withPage(service, {}, async (page) => {
        await page.goto("/app/screen")
        for (const number of ["INV0017401", "INV-IC-8511"]) {
            await page.fill(BOX, number)
            await page.locator(".evidence").getByText(number.replaceAll("-", ""), { exact: false }).first().waitFor()
            await page.getByText("1 hit", { exact: true }).waitFor()
        }
        await page.fill(BOX, "INV0000000")
        await page.getByText("No hit", { exact: true }).waitFor()
        equal(await page.getByText("0 hits").evaluate((told) => told.className), "unseen", "nothing is told twice:")
    })
})

/* The letters of an element as the eye meets them, from left to right. */
const seen = (locator) =>
    locator.evaluate((element) => {
        const text = element.firstChild,
            range = document.createRange()
        const letters = [...text.data].map((letter, at) => {
            range.setStart(text, at)
            range.setEnd(text, at + 1)
            const { left, top, width } = range.getBoundingClientRect()
            return { letter, left, top, width }
        })
        return letters
            .filter(({ width }) => width)
            .sort((one, other) => one.top - other.top || one.left - other.left)
            .map(({ letter }) => letter)
            .join("")
    })

test("a date is typed as people write it, its examples read the right way, and one that is refused has no result", async () => {
    const service = await sharedService()
    await withPage(service, { language: "ar" }, async (page) => {
        await page.goto("/app/screen")
        equal(
            await page.locator(BOX).evaluate((box) => getComputedStyle(box).direction),
            "rtl",
            "an empty box stands as its page:",
        )
        await page.fill(BOX, "Sofyane Marbekoui")
        equal(await page.locator(BOX).evaluate((box) => getComputedStyle(box).direction), "ltr")
        await page.waitForSelector(".hit")
        await page.locator(".screen-form summary").click()
        const born = page.locator(".screen-form input[dir=ltr]").first()
        await born.fill("09/03/1974")
        await page.locator(".sides").getByText("9 مارس 1974").first().waitFor()
        const hint = await seen(page.locator(".screen-form .hint").first())
        for (const example of ["1974-03-09", "09/03/1974"]) expect(hint.includes(example), `${example} in: ${hint}`)
        await examine(page)
        await picture(page, "screen-born")
        for (const wrong of ["1974-13", "30/30/1974", "soon"]) {
            await born.fill(wrong)
            await page.getByText("لم يُجرَ الفرز", { exact: false }).waitFor()
            equal(await page.locator(".hits").count(), 0, `results beside ${wrong}:`)
            expect(
                (await seen(page.locator(".screen-form .error"))).includes("1974-03-09"),
                "the error is read so, too",
            )
            expect(!/واحدة/.test(await page.locator(".screen-form summary").innerText()), "it is not in use")
        }
        await picture(page, "screen-unread")
        await born.fill("9.3.1974")
        await page.waitForSelector(".hit")
    })
})
