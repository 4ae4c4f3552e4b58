// The reference data beside the checkout, which are not part of this repository.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../../../shared/data')

/** Whether they are there; where CI is true they must be. */
export function hasReferenceData(test) {
  if (existsSync(folder)) return true
  if (process.env.CI === 'true') throw new Error(`${test} needs the reference data, which is absent`)
  console.log(`skipped: ${test}: reference data absent`)
  return false
}

/** The ADT examples of the NHS ITK, as text. */
export function itkExamples() {
  const examples = join(folder, 'hl7v2', 'itk')
  const names = readdirSync(examples).filter((name) => name.includes('_ADT_'))
  return names.map((name) => ({ name, text: readFileSync(join(examples, name), 'utf8') }))
}
