import type { ProfilePage, WithContext } from 'schema-dts'
import { env } from '#lib/env.ts'
import { paths } from '#lib/paths.ts'

type MentorShown = {
  handle: string
  name: string
  bio: string | null
  title: string | null
  company: { name: string } | null
  answerCount: number
}

/** A mentor's profile with the role held now. */
export function mentorJsonLd({ handle, name, bio, title, company, answerCount }: MentorShown): WithContext<ProfilePage> {
  const url = env().SITE_URL + paths.mentor(handle)
  return {
    '@context': 'https://schema.org',
    '@type': 'ProfilePage',
    url,
    mainEntity: {
      '@type': 'Person',
      name,
      alternateName: handle,
      url,
      ...(bio && { description: bio }),
      ...(title && { jobTitle: title }),
      ...(company && { worksFor: { '@type': 'Organization', name: company.name } }),
      ...(answerCount && {
        agentInteractionStatistic: {
          '@type': 'InteractionCounter',
          interactionType: { '@type': 'WriteAction' },
          userInteractionCount: answerCount,
        },
      }),
    },
  }
}
