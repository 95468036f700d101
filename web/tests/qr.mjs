/* Reads a QR code as it stands on a page, by another's reader. */
import jsQR from "jsqr"

const SCALE = 4

/* What the picture says: an SVG of one path, a square of "M x yh1v1h-1z" where it is dark. */
export async function readPicture(picture) {
    const side = Number((await picture.getAttribute("viewBox")).split(" ")[2])
    const drawn = await picture.locator("path").getAttribute("d")
    const across = side * SCALE
    const pixels = new Uint8ClampedArray(across * across * 4).fill(255)
    for (const [, x, y] of drawn.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
        for (let row = y * SCALE; row < (Number(y) + 1) * SCALE; row++)
            for (let column = x * SCALE; column < (Number(x) + 1) * SCALE; column++)
                pixels.fill(0, (row * across + column) * 4, (row * across + column) * 4 + 3)
    return (jsQR.default ?? jsQR)(pixels, across, across)?.data
}
