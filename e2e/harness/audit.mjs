// What every page must keep, whatever it is about: each function gives the faults it found, as sentences.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import { NARROWEST } from './browser.mjs'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const SETTLED_MS = 250
// A4 less margins of 10 mm, in pixels.
const PAPER = 718

/** What axe finds and we leave as it is, each with the reason. */
export const ALLOWED = [
  {
    rule: 'aria-allowed-attr',
    target: /nhsuk-(radios|checkboxes)__input/,
    reason: 'A radio or checkbox that reveals a question says so with aria-expanded: nhsuk-frontend does it on purpose.',
  },
  {
    rule: 'region',
    target: /class="nhsuk-back-link"/,
    reason: 'Best practice, not WCAG: nhsuk-frontend puts the way back before the main content, so that skipping passes it.',
  },
]

/** The accessibility rules of axe, on the page as it is now. */
export async function axe(page) {
  // Without a bundler's CSP exception a script tag would be refused; an evaluated script is not.
  await page.evaluate(axeSource)
  const found = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }),
    TAGS,
  )
  const faults = []
  for (const violation of found.violations) {
    for (const node of violation.nodes) {
      const allowed = ALLOWED.some(({ rule, target }) => rule === violation.id && target.test(node.html))
      if (allowed) continue
      faults.push(`axe ${violation.id} (${violation.help}) at ${node.target.join(' ')}: ${node.html.slice(0, 160)}`)
    }
  }
  return faults
}

/** One h1, a title that names the page and the service, a language, unique ids, no empty link or button. */
export async function structure(page) {
  return page.evaluate(() => {
    const faults = []
    const heads = document.querySelectorAll('h1')
    if (heads.length !== 1) faults.push(`${heads.length} h1 elements`)
    if (!/^\S.* – \S+/.test(document.title)) faults.push(`the title is "${document.title}"`)
    if (document.documentElement.lang !== 'en') faults.push(`lang is "${document.documentElement.lang}"`)
    if (!document.querySelector('main')) faults.push('no main element')
    const ids = Array.from(document.querySelectorAll('[id]'), (element) => element.id)
    const repeated = ids.filter((id, at) => ids.indexOf(id) !== at)
    if (repeated.length > 0) faults.push(`repeated ids: ${[...new Set(repeated)].join(', ')}`)
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      const id = decodeURIComponent(link.getAttribute('href').slice(1))
      if (id && !document.getElementById(id)) faults.push(`a link leads to #${id}, which is not there`)
    }
    const text = document.body.innerText
    for (const slip of ['undefined', 'NaN', '[object', 'Some(', 'None)', '{}', 'lorem', 'TODO']) {
      if (text.includes(slip)) faults.push(`the page says "${slip}"`)
    }
    return faults
  })
}

/** Nothing is cut off or scrolls sideways at 320 CSS pixels; what scrolls by itself on purpose may. */
export async function reflow(page) {
  const size = page.viewportSize()
  await page.setViewportSize(NARROWEST)
  // The navigation folds what does not fit a moment after the window has changed.
  await page.waitForTimeout(SETTLED_MS)
  const faults = await page.evaluate((width) => {
    const overflow = document.documentElement.scrollWidth
    if (overflow <= width) return []
    const scrolls = (element) => {
      for (let at = element.parentElement; at; at = at.parentElement) {
        if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(at).overflowX)) return true
      }
      return false
    }
    const wide = [...document.querySelectorAll('body *')].filter((element) => {
      return element.getBoundingClientRect().right > width && !scrolls(element)
    })
    const innermost = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)))
    const names = innermost.slice(0, 3).map((element) => element.outerHTML.slice(0, 120))
    return [`${overflow} pixels wide on a screen of ${width}: ${names.join(' ; ')}`]
  }, NARROWEST.width)
  await page.setViewportSize(size)
  return faults
}

/** On paper the content is there, a table is a table, and the controls around them are not. */
export async function print(page) {
  const size = page.viewportSize()
  await page.setViewportSize({ width: PAPER, height: size.height })
  await page.emulateMedia({ media: 'print' })
  const faults = await page.evaluate(() => {
    const shows = (selector) => {
      const found = document.querySelector(selector)
      return found !== null && found.getClientRects().length > 0
    }
    const found = []
    if (!shows('h1')) found.push('the heading does not print')
    if (shows('.nhsuk-table--responsive .nhsuk-table__heading')) found.push('a table prints as a list')
    for (const control of ['.nhsuk-skip-link', '.nhsuk-header__navigation', '.nhsuk-back-link']) {
      if (shows(control)) found.push(`${control} prints`)
    }
    return found
  })
  const paper = await page.pdf({ format: 'A4' })
  if (paper.length < 1000) faults.push('printing gives an empty page')
  await page.emulateMedia({ media: null })
  await page.setViewportSize(size)
  return faults
}

/** Everything that a keyboard can reach shows where the focus is. */
export async function focusShows(page) {
  return page.evaluate(() => {
    const faults = []
    const can = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    const look = (element) => {
      const label = element.labels?.[0]
      return [element, ...(label ? [label] : [])]
        .flatMap((one) => ['', '::before', '::after'].map((part) => getComputedStyle(one, part || undefined)))
        .map((style) => [style.outline, style.boxShadow, style.backgroundColor, style.borderColor].join())
        .join()
    }
    for (const element of can) {
      if (element.disabled || element.type === 'hidden' || element.getClientRects().length === 0) continue
      const before = look(element)
      element.focus({ focusVisible: true })
      if (document.activeElement !== element) continue
      if (look(element) === before) faults.push(`no sign of focus on ${element.outerHTML.slice(0, 120)}`)
      element.blur()
    }
    return faults
  })
}

/**
 * What the page is made of, as sentences a page may share with others: each kind of element by its tag, classes, role and states under
 * those that it stands in, and the order of the headings. Style and names come from these, and so do nearly all faults; what comes of the
 * words and their number ([`structure`] and [`reflow`]) is asked of every page.
 */
export async function makings(page) {
  return page.evaluate(() => {
    const kinds = new Set()
    const of = (element) => {
      const said = [...element.attributes]
        .filter(({ name }) => /^(role|type|scope|lang|tabindex|open|disabled|required|aria-)/.test(name))
        .map(({ name, value }) => (/labelledby|describedby|controls|label$|description/.test(name) ? name : `${name}=${value}`))
      return [element.localName, ...[...element.classList].sort(), ...said.sort()].join(' ')
    }
    const look = (element, above) => {
      const kind = `${above} > ${of(element)}`
      kinds.add(kind)
      for (const child of element.children) look(child, kind)
    }
    look(document.body, '')
    const levels = Array.from(document.querySelectorAll('h1, h2, h3, h4, h5, h6'), ({ localName }) => localName)
    kinds.add(levels.filter((level, at) => level !== levels[at - 1]).join(' '))
    return [...kinds]
  })
}
