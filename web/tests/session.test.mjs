/* Who is here: signing in, first steps, the second factor, a session that ends under work in hand, rights, the frame. */
import { createHmac } from "node:crypto"

import { examine, picture, settled, withPage } from "./browser.mjs"
import { readPicture } from "./qr.mjs"
import { sharedService, startService } from "./service.mjs"
import { equal, expect, test } from "./tap.mjs"

const CHOSEN = "kayak olive lanterne bleue"
const byLabel = (page, text) => page.getByLabel(text, { exact: true })

/* The code of a second factor now (RFC 6238). */
function totp(secret) {
    const bits = [...secret].map((each) =>
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(each).toString(2).padStart(5, "0"),
    )
    const key = Buffer.from(
        bits
            .join("")
            .match(/.{8}/g)
            .map((each) => parseInt(each, 2)),
    )
    const counter = Buffer.alloc(8)
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
    const digest = createHmac("sha1", key).update(counter).digest()
    return String((digest.readUInt32BE(digest[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0")
}

async function signIn(page, name, password) {
    await byLabel(page, "Name to sign in with").fill(name)
    await byLabel(page, "Password").fill(password)
    await page.locator("main").getByRole("button", { name: "Sign in" }).click()
}

test("somebody new signs in, changes the one-time password, and is let in", async () => {
    const service = await sharedService()
    const { name, password } = await service.newcomer("newcomer", ["analyst"])
    await withPage(service, {}, async (page) => {
        await page.goto("/app/sign-in")
        await signIn(page, name, password)
        await page.getByRole("heading", { name: "Choose your password" }).waitFor()
        await examine(page)
        await picture(page, "first-password")
        expect((await page.locator("nav").count()) === 0, "nothing else is offered before")
        await byLabel(page, "The password that you were given").fill(password)
        await byLabel(page, "New password").fill(CHOSEN)
        await byLabel(page, "New password, again").fill(`${CHOSEN}x`)
        await page.getByText("The two are not the same.").waitFor()
        await byLabel(page, "New password, again").fill(CHOSEN)
        await page.getByRole("button", { name: "Change the password" }).click()
        await page.locator("nav").getByRole("link", { name: "Screen", exact: true }).waitFor()
        await page.waitForURL("**/app/screen")
    })
})

test("a wrong password is said to be wrong, and not what of it", async () => {
    const service = await sharedService()
    await withPage(service, { expected: ["401"] }, async (page) => {
        await page.goto("/app/sign-in")
        await signIn(page, "nobody-there", "wrong wrong wrong")
        await page.getByText("The agency, the name, the password or the code is wrong.").waitFor()
        await examine(page)
    })
})

test("a second factor is set up by a picture or by hand, and asked for from then on", async () => {
    const service = await sharedService()
    const person = await service.person("careful", ["analyst"])
    await withPage(service, { as: person }, async (page) => {
        await page.goto("/app/account")
        await page.getByRole("button", { name: "Set up a second factor" }).click()
        const dialog = page.getByRole("dialog")
        await dialog.getByLabel("Password").fill(person.password)
        await dialog.getByRole("button", { name: "Continue" }).click()
        await dialog.getByRole("img", { name: /QR code/ }).waitFor()
        await dialog.getByText("Type it by hand instead").click()
        const secret = (await dialog.locator(".code").first().innerText()).replace(/\s/g, "")
        const read = await readPicture(dialog.getByRole("img", { name: /QR code/ }))
        expect(read.startsWith("otpauth://totp/") && read.includes(`secret=${secret}`), `the picture says ${read}`)
        await examine(page)
        await picture(page, "second-factor")
        await dialog.getByLabel("Code", { exact: true }).fill(totp(secret))
        await dialog.getByRole("button", { name: "Confirm" }).click()
        await dialog.getByText("Your second factor is set up.").waitFor()
        const code = await dialog.locator(".codes li").first().innerText()
        await dialog.getByRole("button", { name: "I have kept them" }).click()
        await page.getByText(/recovery codes are left/).waitFor()
        await page.getByRole("group", { name: "Account" }).waitFor({ state: "hidden" })

        await page.context().clearCookies()
        await page.goto("/app/sign-in")
        await signIn(page, person.name, person.password)
        await page.getByText("The password is right.").waitFor()
        await byLabel(page, "Code").fill(code)
        await page.locator("main").getByRole("button", { name: "Sign in" }).click()
        await page.locator("nav").waitFor()
    })
})

test("when a session ends, one signs in again where one was, and what was begun goes on", async () => {
    const service = await startService()
    const person = await service.person("amal", ["analyst"], "أمل")
    await withPage(service, { as: person, expected: ["401", "404"] }, async (page) => {
        await page.goto("/app/screen")
        await page.fill("main input[type=search]", "Sofyane Marbekoui")
        await page.waitForSelector(".hit")
        await service.as(person).ask("DELETE", "/session")
        await page.getByRole("button", { name: "Open a case" }).click()
        const dialog = page.getByRole("dialog", { name: "Your session has ended" })
        await dialog.waitFor()
        await dialog.getByText("أمل").waitFor()
        await examine(page)
        await picture(page, "session-ended")
        await dialog.getByLabel("Password").fill(person.password)
        await dialog.getByRole("button", { name: "Sign in" }).click()
        await page.waitForURL("**/app/cases/**")
    })
})

test("what one may not do is not offered, and its address says so", async () => {
    const service = await sharedService()
    const links = (page) => page.locator("nav a").allInnerTexts()
    await withPage(service, {}, async (page) => {
        await page.goto("/app")
        await page.waitForURL("**/app/screen")
        equal(await links(page), ["Screen", "Lists"])
        await page.goto("/app/account")
        await page.getByRole("heading", { name: "Sign in" }).waitFor()
    })
    const viewer = await service.person("viewer", ["viewer"])
    await withPage(service, { as: viewer }, async (page) => {
        await page.goto("/app")
        await page.waitForSelector("nav a")
        expect(
            (await links(page)).includes("Lists") && !(await links(page)).includes("Screen"),
            "a viewer sees lists alone",
        )
        await page.goto("/app/screen")
        await page.getByText("Your roles do not include this.").waitFor()
    })
})

test("language, appearance and shortcuts are kept in the browser, and nothing else", async () => {
    const service = await sharedService()
    await withPage(service, {}, async (page) => {
        await page.goto("/app/screen")
        await page.fill("main input[type=search]", "Sofyane Marbekoui")
        await page.waitForSelector(".hit")
        await page.getByTitle("Language").click()
        await page.getByRole("button", { name: "العربية" }).click()
        await page.getByRole("heading", { name: "الفرز" }).waitFor()
        equal(await page.evaluate(() => document.documentElement.dir), "rtl")
        equal(await page.inputValue("main input[type=search]"), "Sofyane Marbekoui", "what was typed stays:")
        await page.getByTitle("المظهر").click()
        await page.getByRole("button", { name: "داكن" }).click()
        equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark")
        equal(await page.evaluate(() => Object.keys(localStorage).sort()), ["mizan.language", "mizan.theme"])
        equal(await page.evaluate(() => sessionStorage.length + (indexedDB.databases ? 0 : 0)), 0)
        await page.reload()
        await page.getByRole("heading", { name: "الفرز" }).waitFor()
        equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark")
        equal(await page.inputValue("main input[type=search]"), "", "a page that is loaded anew knows nothing:")
    })
})

test("all is reached by the keyboard: the skip link, the heading after a change of screen, the list of keys", async () => {
    const service = await sharedService()
    await withPage(service, {}, async (page) => {
        await page.goto("/app/lists")
        await settled(page)
        await page.keyboard.press("Tab")
        equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content")
        await page.keyboard.press("Enter")
        equal(await page.evaluate(() => document.activeElement.id), "main")
        await page.getByRole("link", { name: "invented" }).click()
        await page.waitForFunction(() => document.activeElement?.tagName === "H1")
        await page.keyboard.press("?")
        const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" })
        await dialog.waitFor()
        await examine(page)
        await picture(page, "shortcuts")
        await dialog.getByLabel("Single keys do something").uncheck()
        await page.keyboard.press("Escape")
        await dialog.waitFor({ state: "hidden" })
        await page.keyboard.press("g")
        await page.keyboard.press("f")
        expect(page.url().endsWith("/app/lists/invented"), "keys that were turned off do nothing")
        await page.evaluate(() => localStorage.setItem("mizan.shortcuts", "on"))
        await page.reload()
        await settled(page)
        await page.keyboard.press("g")
        await page.keyboard.press("f")
        await page.waitForURL("**/app/screen")
    })
})

test("on paper there is the screen, and nothing that can only be pressed", async () => {
    const service = await sharedService()
    await withPage(service, {}, async (page) => {
        await page.goto("/app/entities/invented-9900001")
        await settled(page)
        await page.emulateMedia({ media: "print" })
        equal(
            await page
                .locator("nav, header.top, .page-head .actions")
                .evaluateAll((all) => all.filter((each) => each.offsetParent).length),
            0,
        )
        expect(await page.getByRole("heading", { level: 1 }).isVisible(), "the heading is printed")
        await picture(page, "paper")
    })
})
