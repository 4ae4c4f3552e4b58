// The person whose story the demonstration tells, as its welcome introduces her.

const INTRODUCED = /find (?<name>.+), born (?<born>\d+ \w+ \d{4}), (?<postcode>[A-Z0-9]+ [A-Z0-9]+), NHS number (?<nhsNumber>[\d ]+\d)\./

/** Her names, date of birth, postcode and NHS number. */
export function story(said = process.env.STOUR_E2E_SAID) {
  const found = INTRODUCED.exec(said ?? '')
  if (!found) throw new Error(`the demonstration introduced nobody:\n${said}`)
  const { name, born, postcode, nhsNumber } = found.groups
  const names = name.split(' ')
  const date = new Date(`${born} UTC`)
  return {
    given: names[0],
    family: names.at(-1),
    name,
    born: date.toISOString().slice(0, 10),
    typedBirth: `${date.getUTCDate()} ${date.getUTCMonth() + 1} ${date.getUTCFullYear()}`,
    postcode,
    district: postcode.split(' ')[0],
    nhsNumber,
  }
}
