/* Whether what a page says can be read where it stands: runs in the page, and tells of what cannot.
 *
 * A word is to stand in one line: a column that is too narrow breaks names into letters, which no other check sees, since
 * nothing is wider than the window then. Only what has no words is broken anywhere: digests, keys, numbers. A text is not
 * cut off at the edge of its box, nor runs over it; and what a field says fits into the field. */
export function illegible() {
    const LONGEST_WORD = 20 // what is longer, from one blank to the next, must be broken somewhere
    const shown = (element) =>
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
        !element.closest(".unseen, .code, .once, pre, code, kbd, option, [aria-hidden=true] svg")
    const told = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 160)
    const found = []

    const range = document.createRange()
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const element = node.parentElement
        if (!/\p{L}/u.test(node.data) || !shown(element)) continue
        for (const run of node.data.matchAll(/\S+/g)) {
            if (run[0].length > LONGEST_WORD) continue
            for (const { 0: word, index } of run[0].matchAll(/[\p{L}\p{M}\u200c\u200d]{4,}/gu)) {
                range.setStart(node, run.index + index)
                range.setEnd(node, run.index + index + word.length)
                const lines = new Set([...range.getClientRects()].map((each) => Math.round(each.bottom)))
                if (lines.size > 1) found.push(`"${word}" is broken into ${lines.size} lines: ${told(element)}`)
            }
        }
        if (element.closest("svg")) continue
        range.selectNodeContents(node)
        const text = range.getBoundingClientRect()
        let box = element
        while (getComputedStyle(box).display.startsWith("inline") && box.parentElement) box = box.parentElement
        const edge = box.getBoundingClientRect()
        const hides = getComputedStyle(box).overflowX !== "visible"
        const unseen = edge.width <= 1 || (hides && getComputedStyle(box).overflowX !== "hidden")
        if (!unseen && text.width && (text.right > edge.right + 2 || text.left < edge.left - 2))
            found.push(`"${node.data.trim().slice(0, 40)}" does not fit: ${told(box)}`)
    }

    const pen = document.createElement("canvas").getContext("2d")
    for (const field of document.querySelectorAll("select, input:not([type=checkbox], [type=radio], [type=file])")) {
        if (!shown(field)) continue
        const style = getComputedStyle(field)
        const isDate = /date|time/.test(field.type)
        const said = field.matches("select")
            ? field.selectedOptions[0]?.text
            : isDate
              ? field.type === "date"
                  ? "00/00/0000"
                  : "00/00/0000, 00:00 AM"
              : field.placeholder
        pen.font = style.font
        const ornament = isDate || field.matches("select") ? 20 : 0 // the arrow, the calendar
        const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - ornament
        if (pen.measureText(said ?? "").width > room + 1) found.push(`"${said}" is cut off: ${told(field)}`)
    }
    return found.slice(0, 8)
}
