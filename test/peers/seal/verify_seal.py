"""A second verifier of Akashi's seals, written from docs/seal.md alone; Python's standard library only.

    python3 verify_seal.py seal-vectors.json    judges every case in the file, one JSON line each
"""
import base64, datetime, hashlib, json, math, re, sys

P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
GRADES = "A+ A B C D F 認定 合格 秀 優 良 可 不可 S W".split()
NAMES = ("issuer serial impression type language nameJa nameRoman birthDate programme admissionDate "
         "expectedGraduationDate yearOfStudy leaveFrom leaveUntil certificateNumber issueDate issuedAt page pages "
         "firstRow rows grades halves facts logIndex salt").split()
FACTS = ("completedOn degree field conferredOn diplomaNumber periodFrom periodUntil ended category examinedOn findings "
         "purpose section validUntil reference gradePointAverage totalCredits").split()
MUST = {1, 2, 3, 4, 5, 6, 8, 9, 15, 16, 17, 18, 19}
DATES = {8, 10, 11, 13, 14, 16}


def add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    slope = ((3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) if a == b
             else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)) % P
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def times(k, point):
    total = None
    while k:
        if k & 1:
            total = add(total, point)
        point, k = add(point, point), k >> 1
    return total


def holds(spki, signature, message):
    x, y = int.from_bytes(spki[-64:-32], "big"), int.from_bytes(spki[-32:], "big")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if (y * y - x**3 + 3 * x - B) % P or not (0 < r < N and 0 < s < N):
        return False
    w, e = pow(s, -1, N), int.from_bytes(hashlib.sha256(message).digest(), "big")
    point = add(times(e * w % N, G), times(r * w % N, (x, y)))
    return point is not None and point[0] % N == r


def encode(value):
    def head(major, n):
        for size, info in ((1, 24), (2, 25), (4, 26)):
            if n < 24:
                return bytes([major << 5 | n])
            if n < 1 << 8 * size:
                return bytes([major << 5 | info]) + n.to_bytes(size, "big")
        raise ValueError("integer beyond 32 bits")
    if value is None:
        return b"\xf6"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(encode, value))
    pairs = sorted((encode(key), encode(item)) for key, item in value.items())
    return head(5, len(value)) + b"".join(key + item for key, item in pairs)


def decode(data):
    def item(at):
        major, info = data[at] >> 5, data[at] & 31
        if data[at] == 0xF6:
            return None, at + 1
        size = {24: 1, 25: 2, 26: 4}.get(info, 0)
        if info > 26 or at + 1 + size > len(data):
            raise ValueError("CBOR")
        n, at = (int.from_bytes(data[at + 1:at + 1 + size], "big") if size else info), at + 1 + size
        if major < 2:
            return (n if major == 0 else -1 - n), at
        if major < 4:
            if at + n > len(data):
                raise ValueError("CBOR ends early")
            return (data[at:at + n] if major == 2 else data[at:at + n].decode()), at + n
        if major > 5 or n > len(data):
            raise ValueError("CBOR type")
        parts = []
        for _ in range(n * (major - 3)):
            part, at = item(at)
            parts.append(part)
        return (parts if major == 4 else dict(zip(parts[::2], parts[1::2]))), at
    value, end = item(0)
    if end != len(data) or encode(value) != data:
        raise ValueError("CBOR not deterministic")
    return value


def seal_bytes(digits):
    bits = 8 * math.log10(2)
    length = math.floor((len(digits) - 1) / bits)
    seal = int(digits[1:]).to_bytes(length, "big")
    again = "1" + str(int.from_bytes(seal, "big")).zfill(math.ceil(length * bits))
    if digits[0] != "1" or again != digits:
        raise ValueError("digits not canonical")
    return seal


def claims_of(payload):
    claims = decode(payload)
    if not MUST <= set(claims) <= set(range(1, len(NAMES) + 1)):
        raise ValueError("claims")
    day = lambda days: (datetime.date(1970, 1, 1) + datetime.timedelta(days)).isoformat()
    named = {NAMES[label - 1]: day(value) if label in DATES else value for label, value in claims.items()}
    if "rows" in named:
        grades, halves = named.pop("grades", GRADES), named.pop("halves", list(range(16)))
        named["rows"] = [[grades[byte >> 4], halves[byte & 15] / 2] for byte in named["rows"]]
    if "facts" in named:
        named["facts"] = {FACTS[number - 1]: text for number, text in named["facts"].items()}
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in named.items()}


def judge(text, host, keys, status):
    """(verdict, claims or None)"""
    try:
        address = re.fullmatch(r"https?://([a-z0-9.:-]+)/verify#(\d+)", text)
        if address.group(1) != host:
            return "cannot-tell", None
        header, unprotected, payload, signature = decode(seal_bytes(address.group(2)))
        fields, claims = decode(header), claims_of(payload)
        if unprotected != {} or set(fields) != {1, 4} or fields[1] != -7 or len(signature) != 64:
            return "cannot-tell", None
    except (ValueError, AttributeError, TypeError, IndexError, RecursionError):
        return "cannot-tell", None
    spki = keys.get(fields[4].hex())
    if spki is None:
        return "cannot-tell", None
    if not holds(base64.b64decode(spki), signature, encode(["Signature1", header, b"", payload])):
        return "altered", None
    for entry in status:
        if (entry["serial"], entry["impression"]) == (claims["serial"], claims["impression"]):
            return entry["state"], claims
    return "valid", claims


if __name__ == "__main__":
    vectors = json.load(open(sys.argv[1], encoding="utf-8"))
    for case in vectors["cases"]:
        verdict, claims = judge(case["text"], vectors["host"], vectors["keys"], vectors["status"])
        print(json.dumps({"name": case["name"], "verdict": verdict, "claims": claims}, ensure_ascii=False, sort_keys=True))
