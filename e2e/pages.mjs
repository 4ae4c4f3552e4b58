// The pages of the product, found as somebody finds them: from the home page of each role, by its links.

// How many pages of one pattern that links lead to are looked at, and how many in all.
const OF_A_PATTERN = 2
const AT_MOST = 150
// Where the walk begins; an error there is asked for.
const START = 'the start'

/** One pattern for all pages of a kind: what names one thing is left out, and so are values of a query. */
export function pattern(address) {
  const { pathname, searchParams } = new URL(address)
  // What comes after these names one of many; after a measure comes an area, after a register an entry, and after a
  // service a locality.
  const named = (parts, place) =>
    ['indicators', 'places', 'series', 'programmes', 'registers', 'services'].includes(parts[place - 1]) ||
    ['series', 'services'].includes(parts[place - 2])
  const names = (part) => /\d/.test(part) || /^[A-Z0-9]{3,}$/.test(part)
  const path = pathname
    .split('/')
    .map((part, place, parts) => (names(part) || named(parts, place) ? '*' : part))
    .join('/')
  const keys = [...new Set(searchParams.keys())].sort()
  return keys.length === 0 ? path : `${path}?${keys.join('&')}`
}

/**
 * Walks from `starts`, calling `visit(page, {address, pattern, status})` on each page that is HTML.
 * Gives what was visited, and what led nowhere: an address that answered 4xx or 5xx, and from where.
 */
export async function crawl(page, origin, starts, visit = async () => {}) {
  const queue = starts.map((address) => ({ address: new URL(address, origin).href, from: START }))
  const known = new Set(queue.map(({ address }) => address))
  const seen = new Map()
  const visited = []
  const broken = []
  while (queue.length > 0 && visited.length < AT_MOST) {
    const { address, from } = queue.shift()
    const kind = pattern(address)
    if (from !== START && (seen.get(kind) ?? 0) >= OF_A_PATTERN) continue
    seen.set(kind, (seen.get(kind) ?? 0) + 1)
    if (from !== START && !(await isPage(page, address, from, broken))) continue
    const answer = await page.goto(address, { waitUntil: 'load' })
    const at = { address, pattern: kind, status: answer.status(), from }
    visited.push(at)
    await visit(page, at)
    for (const next of await links(page, origin)) {
      if (known.has(next)) continue
      known.add(next)
      queue.push({ address: next, from: address })
    }
  }
  return { visited, broken }
}

/** Asks first, since a download or a stream is not a page to open. */
async function isPage(page, address, from, broken) {
  const answer = await page.request.get(address, { maxRedirects: 0 })
  const status = answer.status()
  if (status >= 400) {
    broken.push(`${status} from ${address}, linked on ${from}`)
    return false
  }
  // A way on to somebody's telephone or site is counted, and then leads elsewhere.
  if (status >= 300) return new URL(answer.headers().location ?? address, address).origin === new URL(address).origin
  return (answer.headers()['content-type'] ?? '').startsWith('text/html')
}

async function links(page, origin) {
  const all = await page.locator('a[href]').evaluateAll((found) =>
    // A link within a drawing has its address beside what it may be animated to.
    found.map((link) => (typeof link.href === 'string' ? link.href : new URL(link.href.baseVal, document.baseURI).href)),
  )
  const own = all.filter((address) => new URL(address).origin === origin)
  return [...new Set(own.map((address) => address.split('#')[0]))]
}
