"""Passwords and keys: from the environment or the keyring, never from the show."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from pathlib import Path

from narrate.model import Destination

PASSWORD = "NARRATE_PUBLISH_PASSWORD"  # noqa: S105 - the name of a variable
"""Variable that holds the password of an SFTP or FTPS account."""

SERVICE = "narrate"
"""What narrate's entries in a keyring are called."""

_AMAZON = ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_ROLE_ARN", "AWS_CONTAINER_CREDENTIALS_FULL_URI")


def account(place: Destination) -> str:
    """What the keyring's entry for a destination is called, such as ``sftp://me@example.org``."""
    return str(replace(place, path="")).rstrip("/")


def password(place: Destination) -> str:
    """The password of an account; empty where none is known."""
    return os.environ.get(PASSWORD, "") or from_keyring(place)


def from_keyring(place: Destination) -> str:
    """What the user's keyring holds for a destination; empty where there is none to ask."""
    import keyring  # noqa: PLC0415
    import keyring.errors  # noqa: PLC0415

    # A keyring that is locked or broken is as good as none: signing in says what is missing.
    with contextlib.suppress(keyring.errors.KeyringError, RuntimeError, OSError):
        return keyring.get_password(SERVICE, account(place)) or ""
    return ""


def how_to_give(place: Destination) -> str:
    """Where a password can be put, as a sentence."""
    return f"`keyring set {SERVICE} {account(place)}` keeps it, or set the variable {PASSWORD}."


def amazon_keys(place: Destination) -> tuple[str, str]:
    """Key and secret for a bucket; empty where Amazon's own ways are to be taken.

    Those are variables such as ``AWS_ACCESS_KEY_ID``, and the files in ``~/.aws``.
    """
    files = [os.environ.get("AWS_SHARED_CREDENTIALS_FILE", ""), "~/.aws/credentials"]
    has_own = any(os.environ.get(name) for name in _AMAZON) or any(
        name and Path(name).expanduser().is_file() for name in files
    )
    key, _, secret = ("" if has_own else from_keyring(place)).partition(":")
    return (key, secret) if key and secret else ("", "")
