import { hkdfSync } from 'node:crypto'
import { PHASE_PRODUCTION_BUILD } from 'next/constants.js'

/** @type {import('next').NextConfig} */
const config = {
  // bin/test builds beside a running bin/start.
  distDir: process.env.PERCH_DIST_DIR ?? '.next',
  poweredByHeader: false,
  // server.ts compresses finished pages once for everybody.
  compress: false,
  // Pictures are sized when they are uploaded; nothing is resized on request.
  images: { unoptimized: true },
  reactStrictMode: true,
  // bin/test checks types once, for the whole tree; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  compiler: {
    // Public pages are sent with this one script, and none of Next's.
    runAfterProductionCompile: async ({ distDir }) => {
      const { packPublicScript } = await import('./lib/front/pack-public-script.ts')
      await packPublicScript(distDir, 'components/enhance/public-page.ts')
    },
  },
  experimental: {
    // lib/front/incoming.ts is stricter everywhere but where a picture is uploaded.
    serverActions: { bodySizeLimit: '6mb' },
    // Browsers run a script only as it was built, whatever lies between.
    sri: { algorithm: 'sha256' },
  },
}

/**
 * Next names the commands of forms by a key that it draws for itself. From a secret of ours it is the same in every build and on
 * every machine, so that a form which was opened before an update can still be sent after it.
 *
 * @param {string} phase
 */
export default function configOf(phase) {
  const { PERCH_SECRET } = process.env
  if (phase === PHASE_PRODUCTION_BUILD && PERCH_SECRET)
    process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY = Buffer.from(hkdfSync('sha256', PERCH_SECRET, '', 'names of commands', 32)).toString(
      'base64',
    )
  return config
}
