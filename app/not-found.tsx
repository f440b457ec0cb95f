import type { Metadata } from 'next'
import { getSite } from '#domain/site/queries.ts'
import { paths } from '#lib/paths.ts'

export async function generateMetadata(): Promise<Metadata> {
  const { name } = await getSite()
  return { title: { absolute: `Not here · ${name}` }, robots: { index: false } }
}

export default function NotFound() {
  return (
    <div className="max-w-prose py-10">
      <h1 className="text-3xl font-semibold tracking-tight">Nothing sits here.</h1>
      <p className="mt-4 text-soft">
        The address may have a letter wrong, or what stood here was taken away. Addresses that moved lead on by themselves.
      </p>
      <ul className="mt-6 grid gap-2">
        <li>
          <a className="text-link" href={paths.home()}>
            What is live and worth reading now
          </a>
        </li>
        <li>
          <a className="text-link" href={paths.amas()}>
            All AMAs
          </a>
        </li>
        <li>
          <a className="text-link" href={paths.communities()}>
            All communities
          </a>
        </li>
      </ul>
    </div>
  )
}
