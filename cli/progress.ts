import { SingleBar } from 'cli-progress'

/** How far a stage of a program is. */
export type Progress<Stage extends string> = { stage: Stage; done: number; total: number }

/** Shows progress as a bar on a terminal, else as a line for each stage and each quarter of it. `words` say what each stage does. */
export function showProgress<Stage extends string>(words: Record<Stage, string>) {
  return process.stdout.isTTY ? progressBar(words) : progressLines(words)
}

function progressBar<Stage extends string>(words: Record<Stage, string>) {
  const bar = new SingleBar({ format: '{stage} {bar} {percentage} %', hideCursor: true, clearOnComplete: false, linewrap: false })
  bar.start(1, 0, { stage: Object.values(words)[0] })
  return {
    tell({ stage, done, total }: Progress<Stage>) {
      bar.setTotal(Math.max(total, 1))
      bar.update(done, { stage: words[stage] })
    },
    stop: () => bar.stop(),
  }
}

function progressLines<Stage extends string>(words: Record<Stage, string>) {
  let last = ''
  return {
    tell({ stage, done, total }: Progress<Stage>) {
      const line = `${words[stage]} ${total ? Math.floor((done / total) * 4) * 25 : 100} %`
      if (line !== last) console.log(line)
      last = line
    },
    stop() {},
  }
}
