import { config } from 'zod'

/** Schemas must not try to compile themselves: the content security policy forbids it. */
config({ jitless: true })
