// Forms sent with nothing in them, to see what a page says of mistakes.

// A form with nothing to fill in does something when it is sent, so it is not sent.
const FILLABLE = 'input:not([type=hidden]):not([type=search]), select, textarea'

/** How many forms of a page can be sent with mistakes: not those that say that every field may be left out. */
export async function fillable(page) {
  return page.locator('main form[method=post]').evaluateAll(
    (forms, selector) => forms.map((form, at) => (!('optional' in form.dataset) && form.querySelector(selector) ? at : -1)).filter((at) => at >= 0),
    FILLABLE,
  )
}

/** Empties the form and sends it; gives the status of the answer. */
export async function sendEmpty(page, at) {
  const form = page.locator('main form[method=post]').nth(at)
  await form.evaluate((element, selector) => {
    for (const field of element.querySelectorAll(selector)) {
      if (['radio', 'checkbox'].includes(field.type)) field.checked = false
      else field.value = ''
    }
    for (const details of element.querySelectorAll('details')) details.open = true
    const folded = element.closest('details')
    if (folded) folded.open = true
  }, FILLABLE)
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    form.locator('button').last().click(),
  ])
  await page.waitForLoadState('load')
  return answer.status()
}

/** What a page with mistakes must do besides being accessible. */
export async function mistakesAreTold(page) {
  return page.evaluate(() => {
    const faults = []
    const summary = document.querySelector('.nhsuk-error-summary')
    if (!summary) return ['no error summary']
    if (!document.title.startsWith('Error: ')) faults.push(`the title is "${document.title}"`)
    if (!summary.contains(document.activeElement) && summary !== document.activeElement) {
      faults.push('the error summary does not have the focus')
    }
    const links = [...summary.querySelectorAll('a[href^="#"]')]
    if (links.length === 0) faults.push('the error summary leads nowhere')
    for (const link of links) {
      const field = document.getElementById(link.getAttribute('href').slice(1))
      if (!field) faults.push(`no field for "${link.textContent}"`)
      else if (!/^(INPUT|SELECT|TEXTAREA)$/.test(field.tagName)) faults.push(`"${link.textContent}" leads to no field`)
      else if (field.getClientRects().length === 0) faults.push(`"${link.textContent}" leads to a field that is hidden`)
    }
    return faults
  })
}
