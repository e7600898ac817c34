/** A name for a run's files, such as "3f2a91c0-figure-3": telling for people, unique by the id. */
export function runFileName({ id, name }: { readonly id: string; readonly name: string }): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
  return [id.slice(0, 8), words].filter((part) => part !== '').join('-')
}
