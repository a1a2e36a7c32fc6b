// @peculiar/x509 wires itself through tsyringe, which asks for the metadata part of Reflect and only stores and reads
// it per class. Must be imported before @peculiar/x509.
const stored = new WeakMap<object, Map<unknown, unknown>>()

function getOwnMetadata(key: unknown, target: object): unknown {
  return stored.get(target)?.get(key)
}

function defineMetadata(key: unknown, value: unknown, target: object): void {
  const entries = stored.get(target) ?? new Map<unknown, unknown>()
  stored.set(target, entries.set(key, value))
}

function getMetadata(key: unknown, target: object | null): unknown {
  if (target === null) return undefined
  return getOwnMetadata(key, target) ?? getMetadata(key, Object.getPrototypeOf(target) as object | null)
}

if (!('getMetadata' in Reflect)) {
  Object.assign(Reflect, {
    getMetadata,
    getOwnMetadata,
    defineMetadata,
    metadata: (key: unknown, value: unknown) => (target: object) => defineMetadata(key, value, target),
  })
}
export {}
