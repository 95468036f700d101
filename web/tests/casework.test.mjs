/* What one does in the queue and in a case: decide from the keyboard, take back, be overtaken, approve, note, attach,
 * clear and revoke. Names, notes and file names are markup, which no page may run. */
import { readFileSync } from "node:fs"

import { examine, picture, settled, withPage } from "./browser.mjs"
import { FILE, HOSTILE, IMAGE, SCRIPT, fillQueue, raise } from "./casework.mjs"
import { startService } from "./service.mjs"
import { equal, expect, test } from "./tap.mjs"

let begun = null
/* A service of this file's own, with a queue in it. */
const begin = () =>
    (begun ??= (async () => {
        const service = await startService()
        return { service, ...(await fillQueue(service)) }
    })())

const rows = (page) => page.locator(".triage .table-frame tbody tr").count()
const read = async (service, person, path) => service.as(person).ask("GET", path)
const toast = (page, text) =>
    page.waitForFunction((part) => document.querySelector(".toasts")?.textContent.includes(part), text)

test("a case is decided in the queue by two keys, and taken back by one button", async () => {
    const { service, salma } = await begin()
    const id = await raise(service.as(salma), "Wassila Khermandi", { birthDate: ["1979-02-28"] })
    await withPage(service, { as: salma, width: 1400 }, async (page) => {
        await page.goto("/app/queue")
        await settled(page)
        const before = await rows(page)
        while ((await page.locator("tr[aria-current] a").getAttribute("data-case")) !== id)
            await page.keyboard.press("j")
        await page.waitForSelector(".preview .evidence")
        const from = Date.now()
        await page.keyboard.press("f")
        await page.waitForSelector("dialog .reasons input:focus")
        await page.keyboard.press("2")
        await page.waitForFunction(
            (count) => document.querySelectorAll(".triage .table-frame tbody tr").length === count,
            before - 1,
        )
        expect(Date.now() - from < 5000, `deciding took ${Date.now() - from} ms`)
        const decided = await read(service, salma, `/cases/${id}`)
        equal(
            [decided.phase, decided.decisions[0].disposition, decided.decisions[0].phase],
            ["closed", "false-positive", "made"],
        )
        const undo = page.locator(".toast button").first()
        await undo.focus()
        await page.keyboard.press("Enter")
        await page.waitForFunction(
            (count) => document.querySelectorAll(".triage .table-frame tbody tr").length === count,
            before,
        )
        expect(
            await page.evaluate(() => document.activeElement.matches("[data-case]")),
            "the focus goes back to the row",
        )
        equal((await read(service, salma, `/cases/${id}`)).phase, "open")
    })
})

test("several are selected and decided for one reason", async () => {
    const { service, salma } = await begin()
    const names = ["Moncef Dhrayfiya", "Oumar Seydou Kontabali"]
    const ids = []
    for (const name of names) ids.push(await raise(service.as(salma), name))
    await withPage(service, { as: salma, width: 1400, language: "fr" }, async (page) => {
        await page.goto("/app/queue?order=age")
        await settled(page)
        for (const id of ids) await page.locator(`tr:has([data-case="${id}"]) input`).check()
        await page.locator("h1").focus()
        await page.keyboard.press("i")
        await page.waitForSelector("dialog .reasons input:focus")
        await page.keyboard.press("1")
        await page.waitForFunction(() => !document.querySelector("dialog"))
        for (const id of ids) equal((await read(service, salma, `/cases/${id}`)).phase, "waiting", id)
    })
})

test("who is overtaken is told by whom, loses nothing of what was typed, and can look", async () => {
    const { service, salma, karim } = await begin()
    const id = await raise(service.as(salma), "Lakhdar Bounejmar")
    const expected = ["status of 409"]
    await withPage(service, { as: salma, width: 1400, expected }, async (page) => {
        await page.goto(`/app/cases/${id}`)
        await page.waitForSelector("#decide .segment")
        await settled(page)
        const { version } = await read(service, karim, `/cases/${id}`)
        await service.as(karim).ask("POST", `/cases/${id}/decisions`, {
            version,
            disposition: "false-positive",
            reason: "name-only",
            note: "",
        })
        await page.keyboard.press("t")
        await page.waitForSelector("#decide .reasons input:focus")
        await page.keyboard.press("1")
        await page.locator("#decide textarea").fill("mine")
        await page.locator("#decide button[type=submit]").click()
        const told = page.locator("#decide .note.warning")
        await told.waitFor()
        expect((await told.textContent()).includes(`Karim ${SCRIPT}`), await told.textContent())
        equal(await page.locator("#decide textarea").inputValue(), "mine")
        equal(await page.evaluate(() => window.ran), undefined)
        await told.locator("button").click()
        await page.waitForFunction(() => !document.querySelector("#decide"))
        equal((await read(service, salma, `/cases/${id}`)).decisions.length, 1)
    })
})

test("a true match is made by another person, and not by who proposed it", async () => {
    const { service, salma, karim } = await begin()
    const id = await raise(service.as(salma), "Nejib Abdelqader Soukrati")
    await withPage(service, { as: salma, width: 1400 }, async (page) => {
        await page.goto(`/app/cases/${id}`)
        await page.waitForSelector("#decide .segment")
        await settled(page)
        equal(
            await page.locator("#decide [aria-pressed=true], #decide .reasons input").count(),
            0,
            "chosen for anybody",
        )
        await page.keyboard.press("t")
        await page.waitForSelector("#decide .reasons input:focus")
        const { y, height } = await page.locator("#decide [type=submit]").boundingBox()
        expect(y + height <= 800, `the button that decides ends at ${y + height}`)
        await page.keyboard.press("1")
        await page.keyboard.press("Enter")
        await page.waitForSelector(".decision.proposed .note")
        equal(await page.locator(".decision.proposed button[type=submit]").count(), 0)
        equal(await page.evaluate(() => document.activeElement.tagName), "H1", "the focus after the form is gone")
    })
    await withPage(service, { as: karim, language: "ar", width: 1400 }, async (page) => {
        await page.goto("/app/queue?phase=proposed")
        await page.locator(`[data-case="${id}"]`).click()
        await page.locator(".decision.proposed button[type=submit]").click()
        await page.waitForFunction(() => !document.querySelector(".decision.proposed"))
        const whole = await read(service, karim, `/cases/${id}`)
        equal([whole.phase, whole.decisions[0].phase, whole.decisions[0].approver.id], ["closed", "made", karim.id])
        await page.waitForSelector('.case-side a[href$="/goaml"]')
    })
})

test("what is proposed is answered in the queue, by nobody who proposed it, and nothing else is decided there", async () => {
    const { service, salma, karim } = await begin()
    const names = ["Wassila Khermandi", "Lakhdar Bounejmar"]
    const ids = []
    for (const name of names) {
        const id = await raise(service.as(salma), name, { country: ["tn"] })
        const { version } = await read(service, salma, `/cases/${id}`)
        const given = { version, disposition: "true-match", reason: "same-person", note: `${IMAGE} seen` }
        await service.as(salma).ask("POST", `/cases/${id}/decisions`, given)
        ids.push(id)
    }
    const select = async (page, id) => {
        await page.goto("/app/queue?phase=proposed")
        await page.locator(`[data-case="${id}"]`).focus()
        await page.waitForSelector(`.preview:has(h2 [href$="${id}"]) .evidence`)
    }
    await withPage(service, { as: salma, width: 1400 }, async (page) => {
        await select(page, ids[0])
        await page.waitForSelector(".preview .note")
        equal(await page.locator(".preview form").count(), 0)
        for (const key of ["f", "t", "i", "p", "r"]) await page.keyboard.press(key)
        equal(await page.locator("dialog").count(), 0)
        equal(await page.locator(".preview-actions a").getAttribute("href"), `/app/cases/${ids[0]}`)
    })
    await withPage(service, { as: karim, width: 1400, language: "ar" }, async (page) => {
        await select(page, ids[0])
        expect((await page.locator(".preview .quote").first().textContent()).includes(IMAGE), "why it was proposed")
        await picture(page, "queue-answer")
        await examine(page, { what: "answering in the queue" })
        await page.keyboard.press("p")
        await page.waitForSelector(".preview form [type=submit]:focus")
        equal((await read(service, karim, `/cases/${ids[0]}`)).phase, "proposed", "a key only leads there")
        await page.keyboard.press("Enter")
        await page.waitForFunction((id) => !document.querySelector(`[data-case="${id}"]`), ids[0])
        await page.waitForSelector("[data-case]:focus")
        equal((await read(service, karim, `/cases/${ids[0]}`)).phase, "closed")
        await select(page, ids[1])
        await page.keyboard.press("r")
        await page.waitForSelector(".preview textarea:focus")
        await page.keyboard.type("which passport?")
        await page.locator(".preview form button:not([type=submit])").click()
        await page.waitForFunction((id) => !document.querySelector(`[data-case="${id}"]`), ids[1])
        const returned = await read(service, karim, `/cases/${ids[1]}`)
        equal([returned.phase, returned.decisions[0].answer], ["open", "which passport?"])
    })
})

test("a date that took from the score differs, and one that agrees says what it proves where it adds nothing", async () => {
    const { service, salma, open } = await begin()
    const id = await raise(service.as(salma), "Wassila Khermandi", { birthDate: ["1979-02-28"], country: ["dz"] })
    for (const [each, mark] of [
        [open, "different"],
        [id, "same"],
    ]) {
        const { hit } = (await read(service, salma, `/cases/${each}`)).alert_list[0]
        const { points, bits } = hit.evidence.find(({ property }) => property === "birthDate")
        equal([points < 0, points === 0 && bits > 0], [mark === "different", mark === "same"], `${points} ${bits}`)
        await withPage(service, { as: salma, width: 1400 }, async (page) => {
            await page.goto(`/app/cases/${each}`)
            const row = page.locator(`.sides tr:has(time)`).first()
            await row.waitFor()
            equal(await row.getAttribute("class"), mark)
            await page.waitForSelector(".mark svg")
            if (mark === "same") await page.waitForSelector(`.evidence .what .dim`)
            const shown = await page.locator(".evidence .points").allTextContents()
            const sum = shown
                .slice(0, -1)
                .reduce((all, text) => all + Math.round(Number(text.replace("−", "-")) * 1000), 0)
            equal(sum, Math.round(Number(shown.at(-1)) * 1000), "what is shown adds up to what is shown")
            equal(Number(shown.at(-1)), Math.floor(hit.score * 1000 + 1e-7) / 1000, "a score is never more than it is")
        })
    }
})

test("the report to the authority says what it lacks, and is a file when it lacks nothing", async () => {
    const { service, salma, karim } = await begin()
    const id = await raise(service.as(salma), "Sidi Ould Mbeirikat")
    const { version } = await read(service, salma, `/cases/${id}`)
    const true_match = { version, disposition: "true-match", reason: "same-person", note: "" }
    const { decision, case: row } = await service.as(salma).ask("POST", `/cases/${id}/decisions`, true_match)
    const yes = { version: row.version, approve: true, note: "" }
    await service.as(karim).ask("POST", `/cases/${id}/decisions/${decision.id}/answer`, yes)
    await withPage(service, { as: karim, language: "fr", expected: ["status of 409"] }, async (page) => {
        await page.goto(`/app/cases/${id}/goaml`)
        const gaps = page.locator("form .note.warning li a")
        await gaps.first().waitFor()
        await examine(page, { what: "a report to the authority" })
        expect((await gaps.count()) >= 3, "the number, the currency and the indicators are not known of a case")
        await page.locator("form button[type=submit]").click()
        await page.waitForSelector("[data-path='/rentity_id'] .error")
        await page.getByRole("link", { name: "Numéro de l’entité déclarante" }).click()
        await page.keyboard.type("17")
        await page.getByLabel("Monnaie locale").selectOption("MAD")
        await page.getByLabel("Indicateurs").selectOption("TFSUN")
        equal(await gaps.count(), 0, "what was filled in is not missing any more")
        const [saved] = await Promise.all([
            page.waitForEvent("download"),
            page.locator("form button[type=submit]").click(),
        ])
        equal(saved.suggestedFilename(), `goaml-${id}.xml`)
        await page.waitForSelector(".note.good")
        const xml = readFileSync(await saved.path(), "utf8")
        for (const each of ["<rentity_id>17<", "<currency_code_local>MAD<", "<indicator>TFSUN<"])
            expect(xml.includes(each), `${each} in ${xml.slice(0, 300)}`)
    })
})

test("a proposal is returned with its reason, and the case is open again", async () => {
    const { service, karim, proposed } = await begin()
    await withPage(service, { as: karim }, async (page) => {
        await page.goto(`/app/cases/${proposed}`)
        const form = page.locator(".decision.proposed form")
        await form.locator("textarea").fill(`${IMAGE} which passport?`)
        await form.locator("button:not([type=submit])").click()
        await page.waitForSelector(".decision.returned")
        expect((await page.locator(".decision.returned").textContent()).includes(IMAGE), "the answer is text")
        equal((await read(service, karim, `/cases/${proposed}`)).phase, "open")
    })
})

for (const language of ["ar", "fr", "en"])
    test(`markup in names, notes and names of files is text in ${language}`, async () => {
        const { service, salma, hostile, clearance } = await begin()
        await withPage(service, { as: salma, language, width: 1400 }, async (page) => {
            for (const address of [`cases/${hostile}`, "queue", "mentions", "clearances", `clearances/${clearance}`]) {
                await page.goto(`/app/${address}`)
                await settled(page)
                if (address === "queue") await page.waitForSelector(".preview .evidence")
                equal(
                    await page.evaluate(() => [
                        window.ran,
                        document.querySelector("main img, main script, main b, main [onerror]"),
                    ]),
                    [null, null],
                )
            }
            await page.goto(`/app/cases/${hostile}`)
            await settled(page)
            const text = await page.locator("main").textContent()
            for (const each of [HOSTILE, SCRIPT, IMAGE, FILE]) expect(text.includes(each), `${each} stands there`)
            expect((await page.title()).startsWith(HOSTILE), await page.title())
            await page.emulateMedia({ media: "print" })
            await examine(page, { what: "a case on paper" })
        })
    })

test("a note completes a colleague's name, who finds it among the mentions", async () => {
    const { service, salma, karim, open } = await begin()
    await withPage(service, { as: salma }, async (page) => {
        await page.goto(`/app/cases/${open}`)
        await settled(page)
        await page.keyboard.press("n")
        await page.keyboard.type("Please look, @app")
        await page.waitForSelector("[role=option]")
        await examine(page, { what: "completing a name" })
        await page.keyboard.press("Enter")
        equal(await page.locator("#note textarea").inputValue(), "Please look, @approver ")
        await page.locator("#note button").click()
        await page.waitForFunction(() => document.querySelector(".timeline")?.textContent.includes("Please look"))
    })
    await withPage(service, { as: karim }, async (page) => {
        await page.goto("/app/queue")
        await page.locator('.page-head a[href$="/mentions"]').click()
        await page.waitForSelector("li.panel .badge")
        await page.goto("/app/mentions")
        await page.waitForSelector("li.panel")
        await page.waitForFunction(() => !document.querySelector("li.panel .badge"))
    })
})

test("a file is attached, only downloaded, and refused before it is sent when it is too large", async () => {
    const { service, salma, open } = await begin()
    await withPage(service, { as: salma }, async (page) => {
        await page.goto(`/app/cases/${open}`)
        await settled(page)
        const name = "<b>facture<b>.txt"
        await page.setInputFiles(".drop input", {
            name,
            mimeType: "text/plain",
            buffer: Buffer.from("<script>1</script>"),
        })
        await page.waitForSelector(".files .file a")
        equal((await page.locator(".files .file").textContent()).trim(), name)
        const [saved] = await Promise.all([page.waitForEvent("download"), page.locator(".files .file a").click()])
        expect(saved.suggestedFilename().endsWith(".txt"), saved.suggestedFilename())
        const large = { name: "large.txt", mimeType: "text/plain", buffer: Buffer.alloc(11 * 1024 * 1024, 97) }
        await page.setInputFiles(".drop input", large)
        await page.waitForSelector(".note.bad")
        equal((await read(service, salma, `/cases/${open}`)).attachments.length, 1)
        await page.locator(".files button").click()
        await page.locator("dialog .button.danger").click()
        await page.waitForSelector(".files del")
    })
})

test("a clearance is found, says what it rests on, and is revoked", async () => {
    const { service, salma, clearance } = await begin()
    await withPage(service, { as: salma, language: "fr" }, async (page) => {
        await page.goto("/app/clearances")
        await page.locator("main input[type=search]").fill("marbekoui")
        await page.locator(`a[href$="${clearance}"]`).click()
        await page.waitForSelector(".sides")
        await page.locator(".page-head .button.danger").click()
        await page.locator("dialog textarea").fill("Autre document reçu")
        await page.locator("dialog button[type=submit]").click()
        await toast(page, "révoqu")
        equal((await read(service, salma, `/clearances/${clearance}`)).state, "revoked")
    })
})
