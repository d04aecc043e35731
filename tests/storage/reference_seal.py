"""The record format once more, written from its description and from the standards, with nothing of ours and no library.

AES: FIPS 197. GCM: NIST SP 800-38D. HKDF: RFC 5869. Slow (about a millisecond a record) and not constant in time: it exists
to disagree with `storage/vault/seal.py`.
"""

import hashlib
import hmac


def _times_x(byte: int) -> int:
    return ((byte << 1) ^ 0x1B) & 0xFF if byte & 0x80 else byte << 1


def _make_sbox() -> bytes:
    """Multiplicative inverse in GF(2^8), then the affine map."""
    exponent, logarithm = [0] * 255, [0] * 256
    value = 1
    for power in range(255):
        exponent[power], logarithm[value] = value, power
        value ^= _times_x(value)  # times 3, which generates the field
    box = bytearray(256)
    for byte in range(256):
        inverse = 0 if byte == 0 else exponent[-logarithm[byte] % 255]
        mapped = 0x63
        for turn in range(5):
            mapped ^= ((inverse << turn) | (inverse >> (8 - turn))) & 0xFF
        box[byte] = mapped
    return bytes(box)


SBOX = _make_sbox()
DOUBLE = bytes(_times_x(byte) for byte in range(256))


def expand(key: bytes) -> list[bytes]:
    """Round keys of AES-256: 15 of 16 bytes."""
    words = [key[i : i + 4] for i in range(0, 32, 4)]
    constant = 1
    for i in range(8, 60):
        word = words[-1]
        if i % 8 == 0:
            word = bytes(SBOX[b] for b in word[1:] + word[:1])
            word = bytes((word[0] ^ constant, *word[1:]))
            constant = _times_x(constant)
        elif i % 8 == 4:
            word = bytes(SBOX[b] for b in word)
        words.append(bytes(a ^ b for a, b in zip(words[i - 8], word, strict=True)))
    return [b"".join(words[i : i + 4]) for i in range(0, 60, 4)]


def encrypt_block(round_keys: list[bytes], block: bytes) -> bytes:
    state = [a ^ b for a, b in zip(block, round_keys[0], strict=True)]
    for number, round_key in enumerate(round_keys[1:], start=1):
        state = [SBOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16)]  # SubBytes and ShiftRows
        if number < 14:
            mixed = []
            for i in range(0, 16, 4):
                a, b, c, d = state[i : i + 4]
                every = a ^ b ^ c ^ d
                mixed += [
                    a ^ every ^ DOUBLE[a ^ b],
                    b ^ every ^ DOUBLE[b ^ c],
                    c ^ every ^ DOUBLE[c ^ d],
                    d ^ every ^ DOUBLE[d ^ a],
                ]
            state = mixed
        state = [a ^ b for a, b in zip(state, round_key, strict=True)]
    return bytes(state)


def _multiply(x: int, y: int) -> int:
    """In GF(2^128), bits reflected as GCM has them."""
    product = 0
    for position in range(127, -1, -1):
        if x >> position & 1:
            product ^= y
        y = (y >> 1) ^ (0xE1 << 120 if y & 1 else 0)
    return product


def gcm_encrypt(key: bytes, nonce: bytes, plaintext: bytes, associated: bytes) -> bytes:
    """Ciphertext and 16 bytes of tag; the nonce has 12 bytes."""
    round_keys = expand(key)
    hash_key = int.from_bytes(encrypt_block(round_keys, bytes(16)), "big")
    blocks = [
        encrypt_block(round_keys, nonce + counter.to_bytes(4, "big"))
        for counter in range(1, 2 + -(-len(plaintext) // 16))
    ]
    ciphertext = bytes(a ^ b for a, b in zip(plaintext, b"".join(blocks[1:]), strict=False))
    hashed = 0
    for part in (associated, ciphertext):
        for i in range(0, len(part), 16):
            hashed = _multiply(hashed ^ int.from_bytes(part[i : i + 16].ljust(16, b"\0"), "big"), hash_key)
    lengths = (8 * len(associated)).to_bytes(8, "big") + (8 * len(ciphertext)).to_bytes(8, "big")
    hashed = _multiply(hashed ^ int.from_bytes(lengths, "big"), hash_key)
    return ciphertext + (hashed ^ int.from_bytes(blocks[0], "big")).to_bytes(16, "big")


def hkdf(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    pseudorandom = hmac.new(salt, key, hashlib.sha256).digest()
    output, block, number = b"", b"", 1
    while len(output) < length:
        block = hmac.new(pseudorandom, block + info + bytes([number]), hashlib.sha256).digest()
        output += block
        number += 1
    return output[:length]


def context(parts: list[str | int]) -> bytes:
    text = [str(part).encode("utf-8") for part in parts]
    return len(text).to_bytes(2, "big") + b"".join(len(t).to_bytes(4, "big") + t for t in text)


def seal(key: bytes, bound_to: bytes, plaintext: bytes, salt: bytes) -> bytes:
    keys = hkdf(key, salt, b"reconnect sealed record" + bound_to, 64)
    framed = len(plaintext).to_bytes(4, "big") + plaintext
    while len(framed) % 64:
        framed += b"\0"
    return b"\x01" + salt + keys[32:] + gcm_encrypt(keys[:32], bytes(12), framed, bound_to)
