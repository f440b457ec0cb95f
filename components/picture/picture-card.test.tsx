import sharp from 'sharp'
import { expect, test } from 'vitest'
import { amaTitleParts } from '#domain/ama/rules.ts'
import { draw } from '#lib/picture/draw.ts'
import { emoji, fontFamily } from '#lib/picture/fonts.ts'
import { PictureCard } from './picture-card.tsx'

function cardOf(company: string, name: string, topic: string) {
  const mentor = { company, title: 'VP <b>Product</b>', name }
  return {
    site: 'Perch',
    above: 'May 31, 2022 @ 10:00AM PT',
    title: amaTitleParts([mentor], topic),
    people: [{ name, byline: `${company} VP`, portraitId: null }],
  }
}

test.each([
  ['a whale in the company', 'Blue 🐳 & Sons', 'Ada Osei', 'Platforms'],
  ['joined emoji and flags', '👩‍💻🏳️‍🌈', 'Žofie Đặng 🇳🇿', '❤️ 1️⃣ 👨‍👩‍👧‍👦'],
  ['other scripts', 'Яндекс', 'Αθήνα Ґедзь', 'हिन्दी'],
  ['scripts and signs that no font here has', '株式会社', 'محمد ไทย', '𐍈 \u{1fae9} \u{10ffff} \ud83d'],
  ['one word of a hundred letters', 'A'.repeat(100), 'W'.repeat(100), 'i'.repeat(100)],
  ['hardly anything', '.', '-', '🐳'],
])('%s: the picture is drawn', async (_, company, name, topic) => {
  const png = await draw(<PictureCard card={cardOf(company, name, topic)} faces={[]} fontFamily={fontFamily} />)
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 })
  expect(png.length).toBeLessThan(200_000)
})

test('five people sit on the wire, and a question without an answer has nobody there', async () => {
  const five = Array.from({ length: 5 }, (_, i) => ({ name: `Person ${i}`, byline: 'Role', portraitId: null }))
  const title = [{ text: 'How do you decide? '.repeat(15), kind: 'who' as const }]
  for (const people of [five, []]) {
    const png = await draw(<PictureCard card={{ site: 'Perch', above: '', title, people }} faces={[]} fontFamily={fontFamily} />)
    expect(await sharp(png).metadata()).toMatchObject({ width: 1200, height: 630 })
  }
})

test('what an answer says in short stands below the question, however long both are', async () => {
  const title = [{ text: 'How do you decide? '.repeat(15), kind: 'who' as const }]
  const people = [{ name: 'Ada Osei', byline: 'Founder', portraitId: null }]
  const [without, shown] = await Promise.all(
    [undefined, 'We write it down. '.repeat(11)].map((point) =>
      draw(<PictureCard card={{ site: 'Perch', above: '', title, people, ...(point && { point }) }} faces={[]} fontFamily={fontFamily} />),
    ),
  )
  expect(await sharp(shown).metadata()).toMatchObject({ width: 1200, height: 630 })
  expect(shown?.equals(without ?? Buffer.of())).toBe(false)
})

test.each(['🐳', '🇳🇿', '🏳️‍🌈', '👩‍💻', '❤️', '1️⃣', '❤️‍🔥', '👁️‍🗨️', '™️'])('%s is drawn from its own file', (grapheme) => {
  expect(emoji(grapheme)).toMatch(/^data:image\/svg\+xml;base64,/)
})

test('an emoji of a later year is an empty square', () => {
  expect(emoji('\u{1fae9}')).toBe(emoji('🐳🐳🐳'))
})
