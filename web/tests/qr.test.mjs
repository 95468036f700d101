/* QR codes, read back by another's reader. */
import { build } from "esbuild"
import jsQR from "jsqr"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

import { equal, expect, test } from "./tap.mjs"

const web = join(dirname(fileURLToPath(import.meta.url)), "..")

async function loadSquare() {
    const made = await build({
        entryPoints: [join(web, "src/parts/qr.tsx")],
        bundle: true,
        write: false,
        format: "esm",
        jsx: "automatic",
        jsxImportSource: "preact",
    })
    const code = Buffer.from(made.outputFiles[0].text).toString("base64")
    return (await import(`data:text/javascript;base64,${code}`)).qrSquare
}

const SCALE = 4,
    QUIET = 4

function readBack(square) {
    const side = (square.length + 2 * QUIET) * SCALE
    const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
    for (let y = 0; y < side; y++)
        for (let x = 0; x < side; x++)
            if (square[Math.floor(y / SCALE) - QUIET]?.[Math.floor(x / SCALE) - QUIET])
                pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
    return (jsQR.default ?? jsQR)(pixels, side, side)?.data
}

test("a QR code of each length is read back as it was", async () => {
    const square = await loadSquare()
    const text = "otpauth://totp/Mizan:amal%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Mizan&"
    for (let length = 1; length <= 287; length += 11) {
        const part = text.repeat(4).slice(0, length)
        equal(readBack(square(part)), part, `${length} bytes:`)
    }
    equal(readBack(square("أمل")), "أمل")
    expect(square("x".repeat(288)) === null, "what is too long is not drawn")
})
