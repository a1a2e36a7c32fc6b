import { dlopen, getRawPointer } from 'node:ffi';

/**
 * As much of PKCS #11 v2.40 as signing needs, on platforms whose CK_ULONG has 64 bits. Every call blocks, and a wrong one
 * may end the process: this runs in a process of its own (token-worker.ts).
 */
const ULONG = 'uint64';
const POINTER = 'buffer';
const FUNCTIONS = {
  C_Initialize: { arguments: ['pointer'], return: ULONG },
  C_GetSlotList: { arguments: ['uint8', POINTER, POINTER], return: ULONG },
  C_GetTokenInfo: { arguments: [ULONG, POINTER], return: ULONG },
  C_OpenSession: { arguments: [ULONG, ULONG, 'pointer', 'pointer', POINTER], return: ULONG },
  C_Login: { arguments: [ULONG, ULONG, POINTER, ULONG], return: ULONG },
  C_FindObjectsInit: { arguments: [ULONG, POINTER, ULONG], return: ULONG },
  C_FindObjects: { arguments: [ULONG, POINTER, ULONG, POINTER], return: ULONG },
  C_FindObjectsFinal: { arguments: [ULONG], return: ULONG },
  C_GetAttributeValue: { arguments: [ULONG, ULONG, POINTER, ULONG], return: ULONG },
  C_SignInit: { arguments: [ULONG, POINTER, ULONG], return: ULONG },
  C_Sign: { arguments: [ULONG, POINTER, ULONG, POINTER, POINTER], return: ULONG },
} as const;

const NULL = 0n;
const SERIAL_SESSION = 4n;
const USER = 1n;
const LABEL_BYTES = 32;
/** More than CK_TOKEN_INFO takes anywhere. */
const TOKEN_INFO_BYTES = 512;
const MOST_SLOTS = 64;
const LARGEST_VALUE = 1024;

export const OBJECT_CLASS = { public: 2n, private: 3n } as const;
export const ATTRIBUTE = {
  class: 0x000n,
  label: 0x003n,
  id: 0x102n,
  modulus: 0x120n,
  publicExponent: 0x122n,
  ecPoint: 0x181n,
} as const;
export const MECHANISM = { rsaSha256: 0x40n, ecdsa: 0x1041n, eddsa: 0x1057n } as const;

export type Attribute = { readonly type: bigint; readonly value: Uint8Array };

/** An unsigned long as PKCS #11 passes it. */
export const ulong = (value: bigint): Buffer => {
  const bytes = Buffer.from(new ArrayBuffer(8));
  bytes.writeBigUInt64LE(value);
  return bytes;
};

/** In memory that does not move while C looks at it. */
const pinned = (bytes: Uint8Array): Buffer => {
  const copy = Buffer.from(new ArrayBuffer(Math.max(bytes.length, 1)));
  copy.set(bytes);
  return copy;
};

/** CK_ATTRIBUTE and CK_MECHANISM alike: a number, where its value is, and how long that is. */
const record = (type: bigint, value: Buffer | null, length: number): Buffer =>
  Buffer.concat([ulong(type), ulong(value === null ? NULL : getRawPointer(value)), ulong(BigInt(length))]);

export type TokenSession = {
  /** Handles of the objects that have all these attributes. */
  readonly find: (attributes: readonly Attribute[]) => bigint[];
  /** Null where the object does not show it. */
  readonly read: (object: bigint, type: bigint) => Uint8Array | null;
  readonly sign: (key: bigint, mechanism: bigint, bytes: Uint8Array) => Uint8Array;
};

/** Loads a PKCS #11 library; opens a session on the token of that label. Every failure is thrown with its CKR code. */
export const openCryptoki = (library: string) => {
  const { functions: c } = dlopen(library, FUNCTIONS);
  const call = (name: keyof typeof FUNCTIONS, result: bigint | number): void => {
    if (BigInt(result) !== 0n) throw new Error(`${name} answers 0x${BigInt(result).toString(16)}`);
  };
  call('C_Initialize', c.C_Initialize(NULL));

  const slotOf = (label: string): bigint => {
    const slots = pinned(new Uint8Array(MOST_SLOTS * 8));
    const count = ulong(BigInt(MOST_SLOTS));
    call('C_GetSlotList', c.C_GetSlotList(1, slots, count));
    for (let at = 0; at < Number(count.readBigUInt64LE()); at += 1) {
      const slot = slots.readBigUInt64LE(at * 8);
      const info = pinned(new Uint8Array(TOKEN_INFO_BYTES));
      call('C_GetTokenInfo', c.C_GetTokenInfo(slot, info));
      if (info.subarray(0, LABEL_BYTES).toString('utf8').trimEnd() === label) return slot;
    }
    throw new Error(`no token is labelled ${label}`);
  };

  return (label: string, pin: string): TokenSession => {
    const opened = ulong(0n);
    call('C_OpenSession', c.C_OpenSession(slotOf(label), SERIAL_SESSION, NULL, NULL, opened));
    const session = opened.readBigUInt64LE();
    const secret = pinned(Buffer.from(pin, 'utf8'));
    call('C_Login', c.C_Login(session, USER, secret, BigInt(Buffer.byteLength(pin))));
    secret.fill(0);
    return {
      find: (attributes) => {
        const values = attributes.map(({ value }) => pinned(value));
        const template = pinned(
          Buffer.concat(
            attributes.map(({ type, value }, at) => record(type, values[at] ?? null, value.length)),
          ),
        );
        call('C_FindObjectsInit', c.C_FindObjectsInit(session, template, BigInt(attributes.length)));
        // Named again here, so that none was collected while C looked at it.
        for (const value of values) value.fill(0);
        const found = pinned(new Uint8Array(16));
        const count = ulong(0n);
        call('C_FindObjects', c.C_FindObjects(session, found, 2n, count));
        call('C_FindObjectsFinal', c.C_FindObjectsFinal(session));
        return Array.from({ length: Number(count.readBigUInt64LE()) }, (_, at) =>
          found.readBigUInt64LE(at * 8),
        );
      },
      read: (object, type) => {
        const value = pinned(new Uint8Array(LARGEST_VALUE));
        const template = pinned(record(type, value, LARGEST_VALUE));
        if (BigInt(c.C_GetAttributeValue(session, object, template, 1n)) !== 0n) return null;
        return new Uint8Array(value.subarray(0, Number(template.readBigUInt64LE(16))));
      },
      sign: (key, mechanism, bytes) => {
        call('C_SignInit', c.C_SignInit(session, pinned(record(mechanism, null, 0)), key));
        const signature = pinned(new Uint8Array(LARGEST_VALUE));
        const length = ulong(BigInt(LARGEST_VALUE));
        call('C_Sign', c.C_Sign(session, pinned(bytes), BigInt(bytes.length), signature, length));
        return new Uint8Array(signature.subarray(0, Number(length.readBigUInt64LE())));
      },
    };
  };
};
