/** Store versions that the public sources do not agree about: what one of them lists, others list a release later. */
import type { Platform, StoreRef } from '../platform.ts'
import type { Stores } from '../stores/store.ts'

/** The platform with the list that follows each uncertain one; none where all are certain. */
export function listedOtherwise(platform: Platform, stores: Stores): readonly Platform[] {
  return platform.stores.flatMap((store, index) => {
    const version = nextOf(store, stores)
    if (version === undefined) return []
    return [{ ...platform, stores: platform.stores.with(index, { name: store.name, version }) }]
  })
}

function nextOf({ name, version }: StoreRef, stores: Stores): string | undefined {
  const listed = stores.versionFor(name, version)
  if (!listed?.uncertain) return undefined
  const versions = stores.tables.find(table => table.name === name)?.versions ?? []
  return versions[versions.indexOf(listed) + 1]?.version
}
