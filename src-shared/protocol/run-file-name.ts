/** A name for a run's files, such as "3f2a91c0-figure-3": telling for people, unique by the id. */
export function runFileName({ id, name }: { readonly id: string; readonly name: string }): string {
  return [id.slice(0, 8), fileNameWords(name)].filter((part) => part !== '').join('-')
}

/** A name in letters, digits and hyphens, as every file system has them; empty where it has none. */
export function fileNameWords(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
}
