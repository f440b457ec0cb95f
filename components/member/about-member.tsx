import { linkText } from '#domain/member/rules.ts'
import { zoneName } from '#lib/zone.ts'

type Props = { member: { bio: string | null; links: string[]; disclosure: string | null; timeZone: string | null } }

/** What a member says of themselves. Their links count for nothing with search engines, and learn nothing of who follows them. */
export function AboutMember({ member: { bio, links, disclosure, timeZone } }: Props) {
  return (
    <>
      {bio && <p className="mt-5 max-w-[65ch] whitespace-pre-line break-words text-[1.05rem]">{bio}</p>}
      {disclosure && <p className="mt-4 max-w-[65ch] break-words border-l-2 border-edge pl-3 text-[0.95rem]">{disclosure}</p>}
      {links.length > 0 && (
        <ul className="mt-4 flex flex-wrap gap-x-5 gap-y-1 text-[0.95rem]">
          {links.map((link) => (
            <li key={link} className="min-w-0 max-w-full truncate">
              <a className="text-link" href={link} rel="nofollow ugc noopener">
                {linkText(link)}
              </a>
            </li>
          ))}
        </ul>
      )}
      {timeZone && <p className="mt-4 text-[0.95rem] text-soft">Goes by {zoneName(new Date(), timeZone)}</p>}
    </>
  )
}
