import type { ReactNode } from 'react'
import { ChoiceField } from '#components/ui/form.tsx'
import { timeZones } from '#domain/member/rules.ts'

/** `zone` stands in the list though Intl does not know it by that name, as an imported one; `children` are choices before all zones. */
type Props = { name: string; hint: string; zone: string; children?: ReactNode }

/** One of all time zones. */
export function ZoneField({ name, hint, zone, children }: Props) {
  const zones = zone === '' || timeZones().includes(zone) ? timeZones() : [zone, ...timeZones()]
  return (
    <ChoiceField name={name} label="Time zone" hint={hint} defaultValue={zone}>
      {children}
      {zones.map((each) => (
        <option key={each} value={each}>
          {each.replaceAll('_', ' ')}
        </option>
      ))}
    </ChoiceField>
  )
}
