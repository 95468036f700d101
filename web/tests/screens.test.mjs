/* Every screen in all languages, light and dark, wide and narrow: axe, the console, other hosts, the window's width. */
import { examine, look, picture, settled, withPage } from "./browser.mjs"
import { screens } from "./screens.mjs"
import { sharedService } from "./service.mjs"
import { besideOthers, equal } from "./tap.mjs"

const wide = [
    { theme: "light", width: 1280 },
    { theme: "dark", width: 1280 },
]
const narrow = [
    { theme: "dark", width: 360, height: 740 },
    { theme: "light", width: 360, height: 740 },
]

async function prepare(screen) {
    const service = await sharedService()
    const as = screen.roles && (await service.person(screen.roles.join("-"), screen.roles, "Salma B."))
    return { service, as, address: (await screen.before?.(service, as)) ?? screen.path }
}
/* Once for all its languages. */
const prepared = (screen) => (screen.prepared ??= prepare(screen))

for (const screen of screens)
    for (const language of ["ar", "fr", "en"])
        besideOthers(`${screen.name} in ${language}`, async () => {
            const { service, as, address } = await prepared(screen)
            await withPage(service, { as, language }, async (page) => {
                await page.goto(address)
                if (screen.ready) await page.waitForSelector(screen.ready)
                await screen.act?.(page)
                await settled(page)
                equal(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [
                    language,
                    language === "ar" ? "rtl" : "ltr",
                ])
                for (const looks of [wide, narrow])
                    for (const each of looks) {
                        await look(page, each)
                        const known = each === looks[1] || (looks === narrow && language !== "ar")
                        await examine(page, { what: screen.name, looksOnly: known })
                        if (each === looks[0]) await picture(page, screen.name)
                    }
            })
        })
