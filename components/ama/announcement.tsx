/** Words and a picture to send round. */
export function Announcement({ text, picture, published }: { text: string; picture: string; published: boolean }) {
  return (
    <div className="grid gap-5 pt-5">
      <div>
        <label htmlFor="announcement" className="mb-1.5 block font-semibold">
          Text to send round
        </label>
        <textarea id="announcement" className="field" readOnly rows={5} defaultValue={text} />
      </div>
      <a href={picture} className="block">
        {/* biome-ignore lint/performance/noImgElement: drawn here at its own size */}
        <img
          src={picture}
          alt="The AMA as link previews show it"
          width={1200}
          height={630}
          className="h-auto w-full rounded-lg border border-line"
        />
      </a>
      {!published && <p className="text-sm text-soft">The link works, with this picture, once it is published.</p>}
    </div>
  )
}
