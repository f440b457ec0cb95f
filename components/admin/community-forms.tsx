import { Field, Form, Submit, TextField } from '#components/ui/form.tsx'
import { editCommunityAction, makeCommunityAction } from '#domain/community/actions.ts'
import { addTopicsAction, editTopicAction } from '#domain/topic/actions.ts'
import { ABOUT_LENGTH } from '#domain/topic/rules.ts'
import { paths } from '#lib/paths.ts'

/** `here`: the page that it stands on, and comes back to where `stay` says so. */
export function NewCommunityForm({ here, stay }: { here: string; stay?: true }) {
  return (
    <Form action={makeCommunityAction} permalink={`${here}#new-community`}>
      <Field
        id="new-community-name"
        name="name"
        label="Name of the community"
        hint="A profession, as the people in it call it: Product Management."
        autoComplete="off"
        maxLength={100}
      />
      {stay && <input type="hidden" name="next" value={here} />}
      <Submit>Add the community</Submit>
    </Form>
  )
}

export function CommunityForm({ id, slug, name }: { id: string; slug: string; name: string }) {
  return (
    <Form action={editCommunityAction} permalink={paths.adminCommunity(slug)}>
      <input type="hidden" name="id" value={id} />
      <Field name="name" label="Name" autoComplete="off" maxLength={100} defaultValue={name} />
      <Field
        name="slug"
        label="Address"
        hint="The end of /communities/…: lower-case letters, digits and hyphens. The old address leads here for ever."
        autoComplete="off"
        maxLength={120}
        defaultValue={slug}
      />
      <Submit>Save</Submit>
    </Form>
  )
}

export function TopicsForm({ community, here }: { community: { id: string; slug: string }; here: string }) {
  const id = `topics-of-${community.slug}`
  return (
    <Form action={addTopicsAction} permalink={`${here}#${id}`}>
      <input type="hidden" name="community" value={community.id} />
      <input type="hidden" name="next" value={here} />
      <TextField id={id} name="topics" label="New topics" hint="One a line: what people in this community ask about." rows={4} />
      <Submit quiet>Add the topics</Submit>
    </Form>
  )
}

type Topic = { id: string; slug: string; name: string; synonyms: string[]; about: string | null }

export function TopicForm({ id, slug, name, synonyms, about }: Topic) {
  return (
    <Form action={editTopicAction} permalink={paths.adminTopic(slug)}>
      <input type="hidden" name="id" value={id} />
      <Field name="name" label="Name" autoComplete="off" maxLength={100} defaultValue={name} />
      <Field
        name="slug"
        label="Address"
        hint="The end of /topics/…: lower-case letters, digits and hyphens. The old address leads here for ever."
        autoComplete="off"
        maxLength={120}
        defaultValue={slug}
      />
      <TextField
        name="synonyms"
        label="Other words for it"
        hint="One a line. Who looks for these finds the topic."
        rows={4}
        defaultValue={synonyms.join('\n')}
      />
      <TextField
        name="about"
        label="What it is about"
        hint="Stands on top of its page, in Markdown, at most 2,000 characters."
        rows={6}
        maxLength={ABOUT_LENGTH}
        defaultValue={about ?? ''}
      />
      <Submit>Save</Submit>
    </Form>
  )
}
