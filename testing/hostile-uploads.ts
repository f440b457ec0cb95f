import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** A file that somebody may send as a picture. `taken`: it is one after all, to be made anew. */
export type HostileUpload = { what: string; bytes: Uint8Array; taken: boolean }

/** What the camera wrote into a photo. */
export const secretOfCamera = 'Camera of Ada, 5.6037N 0.1870W'

/** Red on the left and blue on the right, with a place and a name in its EXIF. */
export function photo({ orientation = 1, format = 'jpeg' as 'jpeg' | 'png' | 'webp' } = {}): Promise<Buffer> {
  const red = { create: { width: 120, height: 160, channels: 3 as const, background: '#f00' } }
  return sharp({ create: { width: 240, height: 160, channels: 3, background: '#00f' } })
    .composite([{ input: red, left: 0, top: 0 }])
    .withExif({
      IFD0: { ImageDescription: secretOfCamera, Artist: secretOfCamera },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '5/1 36/1 13/1', GPSLongitudeRef: 'W', GPSLongitude: '0/1 11/1 13/1' },
    })
    .withMetadata({ orientation })
    .toFormat(format)
    .toBuffer()
}

/** What has been sent to sites that take pictures: things that are none, that are two things at once, broken ones, bombs. */
export async function hostileUploads(): Promise<HostileUpload[]> {
  const [jpeg, png, webp] = await Promise.all([photo(), photo({ format: 'png' }), photo({ format: 'webp' })])
  const gif = await sharp(png).gif().toBuffer()
  const tiff = await sharp(png).tiff().toBuffer()
  const avif = await sharp(png).avif().toBuffer()
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
  const html = '<!doctype html><script>alert(document.domain)</script>'
  const script = "<?php system($_GET['c']); ?><script>alert(1)</script>"

  const nothing = {
    nothing: '',
    'one byte': '\xff',
    'a text': 'This is a picture of me.',
    'a drawing with a script': svg,
    'a drawing after its declaration': `<?xml version="1.0"?>${svg}`,
    'a drawing that reads files':
      '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
    'a drawing that loads a drawing': '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1/x.png"/></svg>',
    'a page': html,
    'a page after a BOM': `\ufeff${html}`,
    'a page after blanks': `\n\n   ${html}`,
    'a script': 'alert(1)',
    'a shell script': '#!/bin/sh\nrm -rf /',
    'a delegate of ImageMagick':
      'push graphic-context\nviewbox 0 0 640 480\nfill \'url(https://a.example/x.jpg"|ls")\'\npop graphic-context',
    'a picture described in MSL': '<?xml version="1.0"?><image><read filename="x"/></image>',
    'a PDF': '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n',
    PostScript: '%!PS-Adobe-3.0\n(%pipe%id) (w) file',
    'a program': `\x7fELF\x02\x01\x01${'\0'.repeat(64)}`,
    'a program of Windows': `MZ${'\0'.repeat(128)}`,
    'an archive': `PK\x03\x04${'\0'.repeat(64)}`,
    'a bitmap': `BM${'\0'.repeat(64)}`,
    'an icon': `\0\0\x01\0\x01\0\x10\x10${'\0'.repeat(64)}`,
    'a film': `\0\0\0\x18ftypmp42\0\0\0\0mp42isom${'\0'.repeat(64)}`,
    'the head of a HEIC': `\0\0\0\x18ftypheic\0\0\0\0mif1heic${'\0'.repeat(64)}`,
    'the head of an AVIF': `\0\0\0\x18ftypavif\0\0\0\0mif1avif${'\0'.repeat(64)}`,
    'the head of a JPEG XL': `\xff\x0a${'\0'.repeat(64)}`,
    'a GIF that is a script': `GIF89a/*${'\0'.repeat(8)}*/=1;alert(1)`,
    'the first bytes of a JPEG before a page': `\xff\xd8\xff\xe0${html}`,
    'the first bytes of a PNG before a page': `\x89PNG\r\n\x1a\n${html}`,
    'the first bytes of a WebP before a page': `RIFF\xff\0\0\0WEBPVP8 ${html}`,
  }
  const refused: Record<string, Uint8Array> = {
    ...Object.fromEntries(Object.entries(nothing).map(([what, text]) => [what, Buffer.from(text, 'latin1')])),
    'a GIF': gif,
    'a TIFF': tiff,
    'an AVIF': avif,
    'a page before a JPEG': Buffer.concat([Buffer.from(html), jpeg]),
    'half a JPEG': jpeg.subarray(0, jpeg.length / 2),
    'half a PNG': png.subarray(0, png.length / 2),
    'half a WebP': webp.subarray(0, webp.length / 2),
    'the head of a PNG alone': png.subarray(0, 33),
    'a PNG of 2,147,483,647 pixels a side': pngOf(2_147_483_647, 2_147_483_647),
    'a PNG of 30,000 pixels a side': pngOf(30_000, 30_000),
    'a PNG of 24,000,001 pixels in a line': pngOf(24_000_001, 1),
    'a PNG without pixels': pngOf(0, 0),
    'a JPEG of 65,000 pixels a side': jpegOf(jpeg, 65_000),
    'noise behind the head of a PNG': Buffer.concat([png.subarray(0, 41), Buffer.alloc(2_000, 0xa5)]),
  }
  const taken: Record<string, Uint8Array> = {
    'a photo that tells its place': jpeg,
    'a PNG that tells its place': png,
    'a WebP that tells its place': webp,
    'a JPEG with a page behind it': Buffer.concat([jpeg, Buffer.from(html)]),
    'a JPEG with an archive behind it': Buffer.concat([jpeg, Buffer.from(`PK\x03\x04${'\0'.repeat(64)}`, 'latin1')]),
    'a JPEG with a script in its comment': withComment(jpeg, script),
    'a PNG with a page behind it': Buffer.concat([png, Buffer.from(html)]),
    'a PNG with a script in its texts': withText(png, script),
    'a WebP with a page behind it': Buffer.concat([webp, Buffer.from(html)]),
    'a photo that lies on its side': await photo({ orientation: 8 }),
    'a film of two pictures': await film(),
    'a picture of one pixel': await sharp({ create: { width: 1, height: 1, channels: 4, background: '#0000' } })
      .png()
      .toBuffer(),
    'a picture of 3,000 by 1': await sharp({ create: { width: 3_000, height: 1, channels: 3, background: '#123' } })
      .png()
      .toBuffer(),
    'a photo in CMYK': await sharp(jpeg).toColourspace('cmyk').jpeg().toBuffer(),
    'a PNG of 16 bits': await sharp(png).toColourspace('rgb16').png().toBuffer(),
  }
  return [
    ...Object.entries(refused).map(([what, bytes]) => ({ what, bytes, taken: false })),
    ...Object.entries(taken).map(([what, bytes]) => ({ what, bytes, taken: true })),
  ]
}

async function film(): Promise<Buffer> {
  const frames = ['#f00', '#00f'].map((background) =>
    sharp({ create: { width: 40, height: 40, channels: 3, background } })
      .png()
      .toBuffer(),
  )
  return sharp(await Promise.all(frames), { join: { animated: true } })
    .webp()
    .toBuffer()
}

/** Says to be as large as given, and has a handful of bytes. */
function pngOf(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(100_000))), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks])
}

/** The same JPEG, saying to be of that width and height. */
function jpegOf(jpeg: Buffer, side: number): Buffer {
  const copy = Buffer.from(jpeg)
  const frame = copy.indexOf(Buffer.from([0xff, 0xc0]))
  copy.writeUInt16BE(side, frame + 5)
  copy.writeUInt16BE(side, frame + 7)
  return copy
}

function withComment(jpeg: Buffer, text: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(text.length + 2)
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe]), length, Buffer.from(text), jpeg.subarray(2)])
}

function withText(png: Buffer, text: string): Buffer {
  return Buffer.concat([png.subarray(0, 33), chunk('tEXt', Buffer.from(`Comment\0${text}`)), png.subarray(33)])
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
