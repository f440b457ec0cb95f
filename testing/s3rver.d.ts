declare module '@20minutes/s3rver' {
  type Options = { port: number; address: string; silent: boolean; directory: string; configureBuckets: { name: string }[] }
  type Context = { path: string; app: object }
  export default class S3rver {
    constructor(options: Options)
    middleware: ((context: Context, next: () => Promise<void>) => Promise<void>)[]
    run(): Promise<{ port: number }>
    close(): Promise<void>
  }
}
