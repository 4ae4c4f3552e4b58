// A hospital's system: HL7 version 2 messages over a socket, framed by MLLP.

import { connect } from 'node:net'

const START = '\x0b'
const END = '\x1c\r'
const PATIENCE_MS = 10_000

/** Sends one message and gives the acknowledgement: its code, its text, and when it came. */
export async function send(port, message) {
  const answer = await new Promise((done, failed) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(START + message + END))
    let heard = ''
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no acknowledgement came')))
    socket.setEncoding('utf8')
    socket.on('data', (piece) => {
      heard += piece
      if (!heard.endsWith(END)) return
      done({ text: heard.slice(START.length, -END.length), at: performance.now() })
      socket.end()
    })
    socket.once('error', failed)
    socket.once('close', () => failed(new Error('the connection closed before an acknowledgement')))
  })
  const msa = answer.text.split('\r').find((segment) => segment.startsWith('MSA|')) ?? ''
  return { ...answer, code: msa.split('|')[1] }
}

/** YYYYMMDDHHMM in London, where every hospital of the partnership is. */
export function hl7Time(instant) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant)
  const part = (type) => parts.find((one) => one.type === type).value
  return ['year', 'month', 'day', 'hour', 'minute'].map(part).join('')
}

let count = 0

/**
 * An ADT message in the layout of the NHS ITK specification. An A04 tells of an attendance at the emergency department; `arrived` is
 * how they came there, a code of HL7 table 0430.
 * @param {'A01'|'A02'|'A03'|'A04'} trigger
 */
export function adt(trigger, { at, admitted, patient, trust, ward, bed, visit, arrived = '', destination = '' }) {
  count += 1
  const structure = { A01: 'ADT_A01', A02: 'ADT_A02', A03: 'ADT_A03', A04: 'ADT_A01' }[trigger]
  const when = hl7Time(at)
  const discharged = trigger === 'A03' ? when : ''
  const isStay = trigger !== 'A04'
  const pv1 = ['PV1', '1', isStay ? 'I' : 'E', `${trust}^${ward}^${bed}`, isStay ? '21' : '']
  pv1[10] = '430'
  pv1[19] = `${visit}^^^VISITID`
  pv1[36] = trigger === 'A03' ? destination : ''
  pv1[44] = hl7Time(admitted)
  pv1[45] = discharged
  const pid = ['PID', '1']
  pid[3] = `${patient.nhsNumber.replaceAll(' ', '')}^^^NHS`
  pid[5] = `${patient.family}^${patient.given}^^^MRS^^L`
  pid[7] = patient.born.replaceAll('-', '')
  pid[8] = '2'
  pid[11] = `${patient.street}^^${patient.town}^^${patient.postcode}^GBR^H`
  const pv2 = ['PV2']
  pv2[38] = arrived
  const segments = [
    `MSH|^~\\&|PAS|${trust}|ROUTE|ROUTE|${when}||ADT^${trigger}^${structure}|${visit}-${count}|P|2.4|||||GBR|UNICODE|EN||iTKv1.0`,
    `EVN||${when}||||${when}`,
    line(pid),
    line(pv1),
    ...(arrived === '' ? [] : [line(pv2)]),
  ]
  return `${segments.join('\r')}\r`
}

function line(fields) {
  return Array.from(fields, (field) => field ?? '').join('|')
}
