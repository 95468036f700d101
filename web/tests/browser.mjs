/* Pages in Chromium. Each is watched: an error on its console, an exception, or a request to another host fails the test.
 *
 *     await withPage(service, { as: amal, language: "ar", theme: "dark", width: 360 }, async (page) => {
 *       await page.goto("/app/lists")
 *       …
 *       await settled(page)
 *       await examine(page)                 // axe: no violation; nothing wider than the window
 *       await picture(page, "lists")        // build/pages/lists-ar-dark-360.png
 *     })
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

import { chromium } from "playwright-core"

import { illegible } from "./legible.mjs"
import { Failure, atEnd } from "./tap.mjs"

const top = join(dirname(fileURLToPath(import.meta.url)), "../..")
export const pictures = process.env.MIZAN_PICTURES ?? join(top, "build/pages")
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

let browser = null
async function launch() {
    const program = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
        (each) => each && existsSync(each),
    )
    if (!program) throw new Failure("there is no chromium; install it, or set CHROMIUM")
    // As root there is no sandbox; the pages that are opened are our own.
    const args = process.getuid() === 0 ? ["--no-sandbox"] : []
    const launched = await chromium.launch({ executablePath: program, args: [...args, "--font-render-hinting=none"] })
    atEnd(() => launched.close())
    return launched
}
const theBrowser = () => (browser ??= launch())

function watch(page, base, allowed) {
    const wrong = []
    const note = (text) => allowed.some((each) => text.includes(each)) || wrong.push(text)
    page.on(
        "console",
        (message) =>
            ["error", "warning"].includes(message.type()) &&
            note(`console: ${message.text()} (${message.location().url})`),
    )
    page.on("pageerror", (error) => note(`exception: ${error.message}`))
    page.on("request", (request) => {
        if (!request.url().startsWith(base) && !/^(data|blob|about):/.test(request.url()))
            note(`asks elsewhere: ${request.url()}`)
    })
    return wrong
}

const cookies = (service, person) =>
    person.cookie.split("; ").map((pair) => ({
        name: pair.slice(0, pair.indexOf("=")),
        value: pair.slice(pair.indexOf("=") + 1),
        url: service.base,
    }))

/* as: a person of the service, or nobody; expected: parts of complaints that belong to the test ("status of 401"). */
export async function withPage(
    service,
    { as = null, language = "en", theme = "light", width = 1280, height = 800, expected = [] },
    run,
) {
    const context = await (
        await theBrowser()
    ).newContext({
        baseURL: service.base,
        viewport: { width, height },
        colorScheme: theme,
        locale: language,
        timezoneId: "Africa/Casablanca",
        acceptDownloads: true,
        reducedMotion: "reduce",
    })
    try {
        if (as) await context.addCookies(cookies(service, as))
        await context.addInitScript(
            (chosen) => localStorage.getItem("mizan.language") ?? localStorage.setItem("mizan.language", chosen),
            language,
        )
        const page = await context.newPage()
        page.setDefaultTimeout(30_000)
        page.language = language
        page.appearance = `${language}-${theme}-${width}`
        const wrong = watch(page, service.base, expected)
        try {
            await run(page)
        } catch (error) {
            await picture(page, "failed").catch(() => {})
            throw error
        }
        if (wrong.length) throw new Failure(wrong.join("\n"))
    } finally {
        await context.close()
    }
}

/* Until nothing is being loaded any more, and what came is drawn. */
export async function settled(page) {
    await page.waitForFunction(
        () => document.querySelector("h1") && !document.querySelector(".loading, [aria-busy=true]"),
    )
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}

/* The same page in another appearance. */
export async function look(page, { theme, width, height = 800 }) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" })
    await page.setViewportSize({ width, height })
    page.appearance = `${page.language}-${theme}-${width}`
    await settled(page)
}

export async function picture(page, name) {
    mkdirSync(pictures, { recursive: true })
    await page.screenshot({ path: join(pictures, `${name}-${page.appearance}.png`), fullPage: true })
}

/* What may be another matter in other colours, or in a narrower window. */
const LOOKS = ["color-contrast", "target-size", "scrollable-region-focusable"]

/* No violation that axe finds, nothing that makes the window scroll aside, nothing too narrow for its words. `looksOnly`: of a page that was examined
 * already, in another look. */
export async function examine(page, { what = page.url(), looksOnly = false } = {}) {
    const complaints = []
    if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe)
    const only = looksOnly ? { type: "rule", values: LOOKS } : { type: "tag", values: WCAG }
    const found = await page.evaluate(
        (runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"] }),
        only,
    )
    for (const each of found.violations)
        complaints.push(
            `axe ${each.id}: ${each.help}\n${each.nodes
                .slice(0, 3)
                .map((node) => `  ${node.html.slice(0, 200)}\n  ${node.failureSummary}`)
                .join("\n")}`,
        )
    const wide = await page.evaluate(() => {
        const room = document.documentElement.clientWidth
        if (document.documentElement.scrollWidth <= room) return ""
        const out = [...document.querySelectorAll("body *")].find((each) => {
            const box = each.getBoundingClientRect()
            return (
                box.width && (box.right > room + 1 || box.left < -1) && getComputedStyle(each).position !== "absolute"
            )
        })
        return `wider than the window: ${out?.outerHTML.slice(0, 200) ?? document.documentElement.scrollWidth}`
    })
    if (wide) complaints.push(wide)
    complaints.push(...(await page.evaluate(illegible)))
    if (complaints.length) throw new Failure(`${what} (${page.appearance})\n${complaints.join("\n")}`)
}
