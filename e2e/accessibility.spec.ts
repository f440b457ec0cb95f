import { expectForEverybody } from '#e2e/support/for-everybody.ts'
import { missingPage, pageKinds } from '#e2e/support/glass.ts'
import { test } from '#e2e/support/test.ts'

for (const [kind, path] of Object.entries({ ...pageKinds, 'a page that is not there': missingPage })) {
  test(`${kind}: for everybody, in light and dark, on a telephone and on a desk`, async ({ page, expectComplaint }) => {
    if (path === missingPage) expectComplaint(/status of 404/)
    await page.goto(path)
    await expectForEverybody(page)
  })
}
