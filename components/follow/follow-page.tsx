import { PressPage } from '#components/ui/press-page.tsx'
import type { OwnFollow } from '#domain/follow/queries.ts'
import { paths } from '#lib/paths.ts'

type Props = { thing: 'mentor' | 'topic' | 'question'; follow: OwnFollow; refused: string | string[] | undefined }

const hrefs = { mentor: paths.mentor, topic: paths.topic, question: paths.question }

/** Where "Follow" leads without JavaScript. */
export function FollowPage({ thing, follow: { slug, name, following, own }, refused }: Props) {
  return (
    <PressPage
      heading={own ? 'This is you' : following ? 'You follow this' : 'You do not follow this'}
      about={{ title: name, href: hrefs[thing](slug) }}
      refused={refused}
      button={own ? null : { action: paths.follows(thing, slug), pressed: following, press: 'Follow', release: 'Do not follow any more' }}
    >
      {following && (
        <>
          What is new of it stands in{' '}
          <a className="text-link" href={paths.myFeed()}>
            your feed
          </a>
          . All that you follow is in{' '}
          <a className="text-link" href={paths.following()}>
            one list
          </a>
          .
        </>
      )}
    </PressPage>
  )
}
