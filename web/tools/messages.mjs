/* Whether the messages are whole: each language has the same, with the same {names} in them and a text for each of its
 * plural forms; none is said nowhere; none that is said is missing. The compiler knows of names that are written out;
 * this knows, too, of families (`role.${role}`, word("rule", …)).
 *
 * usage: node tools/messages.mjs */
import { LANGUAGES, readMessages, readSayings } from "./pack_messages.mjs"

const all = Object.fromEntries(await Promise.all(LANGUAGES.map(async (each) => [each, await readMessages(each)])))
const { sources, families } = readSayings()

const texts = (message) => (typeof message === "string" ? [message] : Object.values(message))
/* French sets the narrow blank that does not break before these signs, and within its quotation marks. */
const WITHOUT_BLANK = /(?<!\u202f)(?:[:;!?](?=\s|$)|»)|«(?!\u202f)/u

const places = (message) =>
    [...new Set(texts(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort().join(" ")

function* wrongWith(name) {
    const first = all.en[name]
    for (const language of LANGUAGES) {
        const message = all[language][name]
        if (message === undefined) {
            yield `${language} has no "${name}"`
            continue
        }
        if (texts(message).some((text) => !text.trim())) yield `${language}: "${name}" is empty`
        if (language === "fr" && texts(message).some((text) => WITHOUT_BLANK.test(text)))
            yield `fr: "${name}" needs the narrow blank (U+202F) before : ; ! ? and within « »`
        if (first !== undefined && places(message) !== places(first))
            yield `${language}: "${name}" has ${places(message) || "no {name}"}, English ${places(first) || "none"}`
        if (typeof message === "object") {
            const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
            for (const form of forms) if (!message[form]) yield `${language}: "${name}" has no text for "${form}"`
            for (const form of Object.keys(message))
                if (!forms.includes(form))
                    yield `${language}: "${name}" has a text for "${form}", which the language has not`
        }
    }
}

const isSaid = (name) => sources.includes(`"${name}"`) || families.some((family) => name.startsWith(family))

const names = [...new Set(LANGUAGES.flatMap((each) => Object.keys(all[each])))]
const complaints = names.flatMap((name) => [...wrongWith(name), ...(isSaid(name) ? [] : [`"${name}" is said nowhere`])])
for (const each of complaints) console.error(each)
if (!complaints.length) console.log(`${names.length} messages in ${LANGUAGES.length} languages`)
process.exit(complaints.length ? 1 : 0)
