import { Temporal } from 'temporal-polyfill'
import { clock12, kept, wallClock } from '#lib/time.ts'

/**
 * The instant of a local time ("2022-05-31T10:00:00", "2022-05-31T10:00") in an IANA zone; where a clock put back shows it
 * twice, the earlier one. Throws RangeError for a zone that is not known, for text that is not a local time, and for a
 * time that a clock put forward never shows.
 */
export function instantOf(local: string, timeZone: string): Date {
  const [first] = instantsOf(local, timeZone)
  if (!first) throw new RangeError(`${local} does not exist in ${timeZone}`)
  return first
}

/**
 * Every instant at which a clock in the zone shows that local time: one as a rule, none where it is put forward over it, two
 * where it is put back, the earlier one first. Throws RangeError as instantOf does, but for what no clock shows.
 */
export function instantsOf(local: string, timeZone: string): Date[] {
  const wanted = plainTime(local, timeZone)
  const shown = (['earlier', 'later'] as const).map((disambiguation) => wanted.toZonedDateTime(timeZone, { disambiguation }))
  const real = shown.filter((zoned) => zoned.toPlainDateTime().equals(wanted)).map(({ epochMilliseconds }) => epochMilliseconds)
  return [...new Set(real)].map((at) => new Date(at))
}

/**
 * The start as its own zone has it: "May 31, 2022 @ 10:00AM PT", "Jun 1, 2022 @ 10:00AM Kolkata time".
 * Throws RangeError for an unknown zone.
 */
export function amaDate(startsAt: Date, timeZone: string): string {
  const shown = wallClock(startsAt, timeZone)
  return `${shown.month} ${shown.day}, ${shown.year} @ ${clock12(shown)} ${zoneName(startsAt, timeZone)}`
}

/**
 * The last days in a zone, the first one first and today the last, each with the instant at which it begins: one more instant is the
 * end of today. `day` is "2026-11-23". Throws RangeError for an unknown zone.
 */
export function lastDays(length: number, now: Date, timeZone: string): { days: { day: string; begins: Date }[]; end: Date } {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
  const beginOf = (date: Temporal.PlainDate) => dayBegins(date.toString(), timeZone)
  const dates = Array.from({ length }, (_, i) => today.subtract({ days: length - 1 - i }))
  return { days: dates.map((date) => ({ day: date.toString(), begins: beginOf(date) })), end: beginOf(today.add({ days: 1 })) }
}

/** The instant at which a day ("2026-11-23") begins in a zone. Throws RangeError for an unknown zone, and for what is not a day. */
export function dayBegins(day: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds)
}

/** RFC 3339 with the zone's offset then: "2022-05-31T10:00:00-07:00". Throws RangeError for an unknown zone. */
export function offsetTime(date: Date, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(timeZone)
  return zoned.toString({ timeZoneName: 'never', smallestUnit: 'second' })
}

/**
 * What people call the zone at that time: "PT" in the United States and Canada as long as its clocks go with the rest of
 * Pacific Time (Vancouver's have not in winter since 2026: "Vancouver time"), elsewhere the city: "Kolkata time", "UTC".
 * Throws RangeError for an unknown zone.
 */
export function zoneName(date: Date, timeZone: string): string {
  const zone = canonical(timeZone)
  if (/^(Etc\/)?(UTC|UCT|GMT|GMT0|Greenwich|Universal|Zulu)$/.test(zone)) return 'UTC'
  const generic = genericNames.find(({ zones }) => zones.includes(zone))
  if (generic && sameClock(date, zone, `${generic.zones[0]}`)) return generic.name
  // POSIX counts westward: Etc/GMT+5 is UTC-5.
  const offset = /^Etc\/GMT([+-])(\d+)$/.exec(zone)
  if (offset) return `UTC${offset[1] === '+' ? '-' : '+'}${offset[2]}`
  return `${city(zone)} time`
}

function plainTime(local: string, timeZone: string): Temporal.PlainDateTime {
  // Temporal would also take offsets, whose sign PostgreSQL reads the other way round, and parts it would leave out.
  if (!/^[A-Za-z]/.test(timeZone)) throw new RangeError(`not a time zone: ${timeZone}`)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:[0-5]\d)?$/.test(local)) throw new RangeError(`not a local time: ${local}`)
  return Temporal.PlainDateTime.from(local, { overflow: 'reject' })
}

const america = (places: string) => places.split(' ').map((place) => `America/${place}`)

// Intl's own short generic names are "PT (Canada)" for Vancouver in winter and "PT" for Tijuana, so they are listed here:
// the first zone of each name is the one whose clock it means.
const genericNames: { name: string; zones: string[] }[] = [
  { name: 'PT', zones: america('Los_Angeles Vancouver') },
  { name: 'MT', zones: america('Denver Boise Cambridge_Bay Edmonton Inuvik Yellowknife') },
  { name: 'CT', zones: america('Chicago Indiana/Knox Indiana/Tell_City Menominee Rankin_Inlet Resolute Winnipeg') },
  { name: 'CT', zones: america('Chicago North_Dakota/Beulah North_Dakota/Center North_Dakota/New_Salem') },
  { name: 'ET', zones: america('New_York Detroit Iqaluit Kentucky/Louisville Kentucky/Monticello Louisville Montreal Toronto') },
  { name: 'ET', zones: america('New_York Indianapolis Indiana/Indianapolis Indiana/Marengo Indiana/Petersburg') },
  { name: 'ET', zones: america('New_York Indiana/Vevay Indiana/Vincennes Indiana/Winamac') },
  { name: 'AT', zones: america('Halifax Glace_Bay Goose_Bay Moncton') },
  { name: 'NT', zones: america('St_Johns') },
  { name: 'AKT', zones: america('Anchorage Juneau Metlakatla Nome Sitka Yakutat') },
  { name: 'HST', zones: ['Pacific/Honolulu'] },
  // No summer time in these; "MT" would be an hour off for half of the year.
  { name: 'MST', zones: america('Phoenix Creston Dawson Dawson_Creek Fort_Nelson Whitehorse') },
  { name: 'CST', zones: america('Regina Swift_Current') },
  { name: 'EST', zones: america('Atikokan Coral_Harbour') },
  { name: 'AST', zones: america('Puerto_Rico Blanc-Sablon St_Thomas') },
  { name: 'SST', zones: ['Pacific/Pago_Pago'] },
  { name: 'ChST', zones: ['Pacific/Guam', 'Pacific/Saipan'] },
]

// Engines still report some cities by names that their people have dropped, and none has the accents.
const cities: Record<string, string> = {
  Asmera: 'Asmara',
  Asuncion: 'Asunción',
  Bogota: 'Bogotá',
  Calcutta: 'Kolkata',
  Enderbury: 'Kanton',
  Faeroe: 'Faroe',
  Godthab: 'Nuuk',
  Katmandu: 'Kathmandu',
  Kiev: 'Kyiv',
  Ponape: 'Pohnpei',
  Rangoon: 'Yangon',
  Saigon: 'Ho Chi Minh City',
  Sao_Paulo: 'São Paulo',
  Truk: 'Chuuk',
}

// "asia/kolkata" and "US/Pacific" are the names of zones too.
const canonical = kept((timeZone) => new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone)

function sameClock(date: Date, zone: string, other: string): boolean {
  const here = wallClock(date, zone)
  const there = wallClock(date, other)
  return here.day === there.day && here.hour === there.hour && here.minute === there.minute
}

function city(zone: string): string {
  const name = zone.slice(zone.lastIndexOf('/') + 1)
  return cities[name] ?? name.replaceAll('_', ' ')
}
