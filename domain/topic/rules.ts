import { z } from 'zod'
import { Name, Slug } from '#domain/community/rules.ts'

export const Topic = z.object({ slug: Slug, name: Name, community: Slug, synonyms: z.array(Name).max(50).default([]) })
