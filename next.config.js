/** @type {import('next').NextConfig} */
export default {
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
  experimental: {
    // lib/front/incoming.ts is stricter everywhere but where a picture is uploaded.
    serverActions: { bodySizeLimit: '6mb' },
    // Browsers run a script only as it was built, whatever lies between.
    sri: { algorithm: 'sha256' },
  },
}
