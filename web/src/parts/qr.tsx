/* A QR code (ISO/IEC 18004) as one path of SVG: bytes, error correction M, versions 1 to 12 (287 bytes), which an otpauth
 * address fits. Own, since the libraries for it are several times this long and draw on a canvas or in HTML. */

/* By version from 1: error correction codewords of a block, blocks of the first kind, data codewords of one, blocks of the
 * second kind, which have one more. */
const BLOCKS = [
  [10, 1, 16, 0],
  [16, 1, 28, 0],
  [26, 1, 44, 0],
  [18, 2, 32, 0],
  [24, 2, 43, 0],
  [16, 4, 27, 0],
  [18, 4, 31, 0],
  [22, 2, 38, 2],
  [22, 3, 36, 2],
  [26, 4, 43, 1],
  [30, 1, 50, 4],
  [22, 6, 36, 2],
] as const
const MIDDLES = [[], [18], [22], [26], [30], [34], [22, 38], [24, 42], [26, 46], [28, 50], [30, 54], [32, 58]] as const

/* --- arithmetic of GF(256), by the polynomial 0x11d --- */

function multiply(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d)
    product ^= ((b >> bit) & 1) * a
  }
  return product
}

/* The generator polynomial of so many correction codewords, its highest coefficient left out. */
function generator(count: number): number[] {
  const found = new Array<number>(count).fill(0)
  found[count - 1] = 1
  let root = 1
  for (let k = 0; k < count; k++) {
    for (let j = 0; j < count; j++) found[j] = multiply(found[j]!, root) ^ (found[j + 1] ?? 0)
    root = multiply(root, 2)
  }
  return found
}

function correction(data: readonly number[], divisor: readonly number[]): number[] {
  const rest = divisor.map(() => 0)
  for (const each of data) {
    const factor = each ^ rest.shift()!
    rest.push(0)
    divisor.forEach((coefficient, at) => (rest[at]! ^= multiply(coefficient, factor)))
  }
  return rest
}

/* --- bits --- */

const capacity = (version: number): number => {
  const [, first, each, second] = BLOCKS[version - 1]!
  return first * each + second * (each + 1)
}

function dataOf(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = []
  const put = (value: number, length: number) => {
    for (let k = length - 1; k >= 0; k--) bits.push((value >> k) & 1)
  }
  const room = capacity(version) * 8
  put(4, 4)
  put(bytes.length, version < 10 ? 8 : 16)
  bytes.forEach((each) => put(each, 8))
  put(0, Math.min(4, room - bits.length))
  put(0, (8 - (bits.length % 8)) % 8)
  for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) put(pad, 8)
  return Array.from({ length: bits.length / 8 }, (_, k) => parseInt(bits.slice(k * 8, k * 8 + 8).join(""), 2))
}

/* The blocks' codewords in turns, then those of their correction. */
function codewords(data: readonly number[], version: number): number[] {
  const [corrections, first, each, second] = BLOCKS[version - 1]!
  const divisor = generator(corrections)
  const blocks: number[][] = []
  for (let k = 0, at = 0; k < first + second; k++) {
    const length = each + (k >= first ? 1 : 0)
    blocks.push(data.slice(at, at + length))
    at += length
  }
  const tails = blocks.map((block) => correction(block, divisor))
  const inTurns = (lists: number[][]) =>
    Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, at) =>
      lists.flatMap((list) => list.slice(at, at + 1)),
    ).flat()
  return [...inTurns(blocks), ...inTurns(tails)]
}

/* --- the square --- */

type Square = { size: number; dark: boolean[][]; fixed: boolean[][] }

function set(square: Square, x: number, y: number, dark: boolean): void {
  square.dark[y]![x] = dark
  square.fixed[y]![x] = true
}

function drawFinder(square: Square, centreX: number, centreY: number): void {
  for (let dy = -4; dy <= 4; dy++)
    for (let dx = -4; dx <= 4; dx++) {
      const x = centreX + dx,
        y = centreY + dy,
        ring = Math.max(Math.abs(dx), Math.abs(dy))
      if (x >= 0 && y >= 0 && x < square.size && y < square.size) set(square, x, y, ring !== 2 && ring !== 4)
    }
}

function drawFixed(square: Square, version: number): void {
  const { size } = square
  for (let k = 0; k < size; k++) {
    set(square, 6, k, k % 2 === 0)
    set(square, k, 6, k % 2 === 0)
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    drawFinder(square, x, y)
  const middles = MIDDLES[version - 1]!.length ? [6, ...MIDDLES[version - 1]!] : []
  const last = middles.length - 1
  middles.forEach((x, i) =>
    middles.forEach((y, j) => {
      if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++) set(square, x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1)
    }),
  )
  drawFormat(square, 0) // to keep its places; the true one comes with the mask
  if (version >= 7) drawVersion(square, version)
}

const remainder = (value: number, polynomial: number, length: number): number => {
  let rest = value << length
  for (let bit = 31; bit >= length; bit--) if ((rest >>> bit) & 1) rest ^= polynomial << (bit - length)
  return (value << length) | rest
}

function drawFormat(square: Square, mask: number): void {
  const { size } = square
  const bits = remainder(mask, 0x537, 10) ^ 0x5412 // correction M is 0
  const bit = (k: number) => ((bits >> k) & 1) === 1
  for (let k = 0; k < 6; k++) set(square, 8, k, bit(k))
  set(square, 8, 7, bit(6))
  set(square, 8, 8, bit(7))
  set(square, 7, 8, bit(8))
  for (let k = 9; k < 15; k++) set(square, 14 - k, 8, bit(k))
  for (let k = 0; k < 8; k++) set(square, size - 1 - k, 8, bit(k))
  for (let k = 8; k < 15; k++) set(square, 8, size - 15 + k, bit(k))
  set(square, 8, size - 8, true)
}

function drawVersion(square: Square, version: number): void {
  const bits = remainder(version, 0x1f25, 12)
  for (let k = 0; k < 18; k++) {
    const near = square.size - 11 + (k % 3),
      far = Math.floor(k / 3),
      dark = ((bits >> k) & 1) === 1
    set(square, near, far, dark)
    set(square, far, near, dark)
  }
}

function drawData(square: Square, words: readonly number[]): void {
  let at = 0
  for (let right = square.size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    for (let k = 0; k < square.size; k++)
      for (const x of [right, right - 1]) {
        const up = ((right + 1) & 2) === 0
        const y = up ? square.size - 1 - k : k
        if (square.fixed[y]![x]) continue
        square.dark[y]![x] = (((words[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 1
        at++
      }
  }
}

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

function masked(square: Square, mask: number): Square {
  const copy = {
    size: square.size,
    fixed: square.fixed,
    dark: square.dark.map((row, y) => row.map((dark, x) => dark !== (!square.fixed[y]![x] && MASKS[mask]!(x, y)))),
  }
  drawFormat(copy, mask)
  return copy
}

/* How hard it is to read: long runs, squares of one colour, what looks like a finder, too much of one colour. */
function penalty({ size, dark }: Square): number {
  let points = 0,
    all = 0
  const rows = dark.map((row) => row.map((each) => (each ? "1" : "0")).join(""))
  const columns = rows.map((_, x) => rows.map((row) => row[x]).join(""))
  for (const line of [...rows, ...columns]) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) points += run.length - 2
    points += 40 * (line.match(/(?=10111010000)|(?=00001011101)/g) ?? []).length
  }
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const here = dark[y]![x]!
      all += here ? 1 : 0
      if (
        y + 1 < size &&
        x + 1 < size &&
        here === dark[y]![x + 1] &&
        here === dark[y + 1]![x] &&
        here === dark[y + 1]![x + 1]
      )
        points += 3
    }
  return points + 10 * Math.floor(Math.abs((all / (size * size)) * 20 - 10))
}

/* Rows of the square, true where it is dark; null when the text is too long. */
export function qrSquare(text: string): boolean[][] | null {
  const bytes = new TextEncoder().encode(text)
  const version = BLOCKS.findIndex((_, at) => bytes.length + (at + 1 < 10 ? 2 : 3) <= capacity(at + 1)) + 1
  if (!version) return null
  const size = 17 + 4 * version
  const plane = (): boolean[][] => Array.from({ length: size }, () => new Array<boolean>(size).fill(false))
  const square: Square = { size, dark: plane(), fixed: plane() }
  drawFixed(square, version)
  drawData(square, codewords(dataOf(bytes, version), version))
  const all = MASKS.map((_, mask) => masked(square, mask))
  return all.reduce((best, each) => (penalty(each) < penalty(best) ? each : best)).dark
}

const QUIET = 4

export function Qr({ text, label }: { text: string; label: string }) {
  const square = qrSquare(text)
  if (!square) return null
  const side = square.length + 2 * QUIET
  const path = square
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")))
    .join("")
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${side} ${side}`} shape-rendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
