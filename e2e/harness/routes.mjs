// The pages that there are, from the list of routes that the Rust tests hold.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const list = join(
  dirname(fileURLToPath(import.meta.url)),
  '../../app/tests/it/snapshots/it__routes__routes.snap',
)
// For programs, files, for a page that is open already, or leading on to another page.
const NO_PAGE = /^\/(api|assets|health|open-referral)\b|\/live$|\.(csv|xlsx|json|dot|toml|ics)$|\{file\}$|\/export\/\{kind\}$|^\/sign-in\/openid|^\/reviews\/next$|\{way\}|\/\{code\}$|\/next\/\{place\}$/

/** Each page's address as its route has it, for example /people/{id}. */
export function pages() {
  const lines = readFileSync(list, 'utf8').split('\n')
  const routes = lines.map((line) => /^GET (\S+) \(/.exec(line)?.[1]).filter(Boolean)
  return [...new Set(routes)].filter((route) => !NO_PAGE.test(route))
}

/** Whether an address is one of a route's; the narrowest route that fits is the one that answers. */
export function routeOf(address, routes) {
  const { pathname } = new URL(address)
  const fits = routes.filter((route) => expression(route).test(pathname))
  return fits.sort((one, other) => holes(one) - holes(other))[0]
}

const holes = (route) => route.split('{').length - 1

function expression(route) {
  const parts = route.split('/').map((part) => (part.startsWith('{') ? '[^/]+' : part.replaceAll('.', '\\.')))
  return new RegExp(`^${parts.join('/')}$`)
}
