/** On the way to sign in: what was written is kept, and signing in asks it. Whoever presses here knows what comes of it. */
export function WaitingNote({ title }: { title: string | null }) {
  if (!title) return null
  return (
    <div className="border-s-2 border-accent ps-4">
      <p className="text-soft">Your question is kept, and asked as soon as you have signed in:</p>
      <p className="mt-1 font-semibold">{title}</p>
    </div>
  )
}
