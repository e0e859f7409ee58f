"""Keys that seal text at rest: AES-256-GCM, each value under a nonce of its own and the name of its key.

A sealed value reads "sealed:1:<key id>:<base64 of nonce and ciphertext>". What stood there before any key stays as it
is; text of a person that only looks sealed is marked "open:1:".
"""

import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import Unopened

SEALED, OPEN = "sealed:1:", "open:1:"
_KEY_BYTES, _NONCE_BYTES = 32, 12
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")
_BETWEEN_KEYS = re.compile(r"[\s,]+")
_NO_KEY = "holds something that is no key; make one with: tusoi key new"


def new_key() -> str:
    """A fresh random key as it stands in DATA_KEY."""
    return secrets.token_urlsafe(_KEY_BYTES)


def sealed_with(stored: str) -> str:
    """The id of the key that sealed a stored value; empty for an open one."""
    return stored[len(SEALED) :].partition(":")[0] if stored.startswith(SEALED) else ""


def sealed_under(key_id: str) -> str:
    """What every value sealed with that key begins with."""
    return f"{SEALED}{key_id}:"


@dataclass(frozen=True, slots=True)
class Key:
    """`id` names it without telling anything of it."""

    id: str
    cipher: AESGCM = field(repr=False, compare=False)

    @classmethod
    def read(cls, written: str) -> Self:
        if not _KEY.fullmatch(written):
            raise ValueError(_NO_KEY)
        secret = urlsafe_b64decode(f"{written}=")
        return cls(sha256(b"tusoi data key " + secret).hexdigest()[:8], AESGCM(secret))

    def seal(self, text: str) -> str:
        head, nonce = sealed_under(self.id), os.urandom(_NONCE_BYTES)
        return head + urlsafe_b64encode(nonce + self.cipher.encrypt(nonce, text.encode(), head.encode())).decode()

    def open(self, stored: str) -> str:
        head = sealed_under(self.id)
        try:
            body = urlsafe_b64decode(stored.removeprefix(head))
            return self.cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], head.encode()).decode()
        except (InvalidTag, ValueError):
            raise Unopened(stored, "it is damaged") from None


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The first key seals, all open. `seals` False: what is written is left open (on the way to no key at all)."""

    keys: tuple[Key, ...] = ()
    seals: bool = True

    @classmethod
    def read(cls, written: str) -> Self:
        """Keys between commas or spaces, as DATA_KEY holds them; ValueError when one is none."""
        return cls(tuple(Key.read(one) for one in dict.fromkeys(_BETWEEN_KEYS.split(written)) if one))

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(key.id for key in self.keys)

    @property
    def sealing(self) -> Key | None:
        return self.keys[0] if self.keys and self.seals else None

    def leaving_open(self) -> Self:
        return replace(self, seals=False)

    def seal(self, text: str) -> str:
        """As it is stored. Nothing stays nothing, so that a query can still ask whether there is anything."""
        if text and self.sealing:
            return self.sealing.seal(text)
        return OPEN + text if text.startswith((SEALED, OPEN)) else text

    def open(self, stored: str) -> str:
        """Raises Unopened without the right key."""
        if not stored.startswith(SEALED):
            return stored.removeprefix(OPEN)
        wanted = sealed_with(stored)
        for key in self.keys:
            if key.id == wanted:
                return key.open(stored)
        raise Unopened(stored, f"it was sealed with key {wanted}")

    def has_sealed(self, stored: str) -> bool:
        """Whether a stored value is as this ring leaves it: under the first key, or open when nothing is sealed."""
        if not stored:
            return True
        return sealed_with(stored) == (self.sealing.id if self.sealing else "")


NO_KEYS = KeyRing()
