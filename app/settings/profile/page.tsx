import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { DirectForm, FollowsForm, HandleForm, ListsForm, PortraitForm, ProfileForm } from '#components/member/profile-forms.tsx'
import { Section } from '#components/ui/columns.tsx'
import { NarrowPage } from '#components/ui/narrow-page.tsx'
import { getOwnProfile } from '#domain/member/queries.ts'
import { paths } from '#lib/paths.ts'
import { currentViewer } from '#lib/session.ts'
import { personalMetadata } from '../../page-metadata.ts'

export function generateMetadata(): Metadata {
  const description = 'Your name, your picture, and what you say of yourself.'
  return personalMetadata({ title: 'Your profile', description, path: paths.settingsProfile() })
}

type Props = { searchParams: Promise<{ done?: string | string[] }> }

export default async function ProfilePage({ searchParams }: Props) {
  const viewer = await currentViewer()
  if (!viewer) redirect(paths.signIn(paths.settingsProfile()))
  const [profile, { done }] = await Promise.all([getOwnProfile(viewer), searchParams])
  const page = profile.mentorSince ? paths.mentor(profile.handle) : paths.member(profile.handle)
  return (
    <NarrowPage
      heading="Your profile"
      lead={
        !profile.profileHiddenAt && (
          <>
            Everybody can read it on{' '}
            <a className="text-link" href={page}>
              your page
            </a>
            .
          </>
        )
      }
    >
      {done === 'saved' && (
        <p role="status" className="form-message">
          Saved. Other pages show it within seconds.
        </p>
      )}
      {profile.profileHiddenAt && (
        <p className="form-message">
          A moderator hid what your profile says, so others do not see it, nor your picture.{' '}
          <a className="text-link" href={paths.myNotices()}>
            Read why
          </a>
          . You can put it right here; a moderator decides when it is shown again.
        </p>
      )}
      <div>
        <Section heading="Picture">
          <div className="pt-5">
            <PortraitForm profile={profile} />
          </div>
        </Section>
        <Section heading="About you">
          <div className="pt-5">
            <ProfileForm profile={profile} />
          </div>
        </Section>
        {profile.mentorSince && (
          <Section heading="Questions to you">
            <div className="pt-5">
              <DirectForm profile={profile} />
            </div>
          </Section>
        )}
        {profile.mentorSince && (
          <Section heading="Lists of mentors">
            <div className="pt-5">
              <ListsForm profile={profile} />
            </div>
          </Section>
        )}
        <Section heading="What you follow">
          <div className="pt-5">
            <FollowsForm profile={profile} />
          </div>
        </Section>
        <Section heading="Address of your page">
          <div className="pt-5">
            <HandleForm profile={profile} />
          </div>
        </Section>
      </div>
    </NarrowPage>
  )
}
