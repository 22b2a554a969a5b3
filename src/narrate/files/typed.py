"""What JSON says becomes values of dataclasses, every type checked: a cache is untrusted input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

_Reader = Callable[[Any], Any]


def typed(kind: Any, value: object) -> Any:
    """A value of a type, from what JSON has for it.

    Args:
        kind: ``str``, ``int``, ``float``, ``Any``, a dataclass of such fields, ``tuple[T, ...]``,
            ``Mapping[str, T]`` or ``T | None``.
        value: May hold finished values of dataclasses.

    Raises:
        TypeError: It has another form; a field is missing or unknown.
    """
    return _reader(kind)(value)


@cache
def _reader(kind: Any) -> _Reader:
    """How values of a type are read; worked out once for each."""
    if is_dataclass(kind):
        return _instances(kind)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _tuples(_reader(parts[0]))
    if origin is Mapping:
        return _tables(_reader(parts[1]))
    if origin in {Union, UnionType}:
        [inner] = [part for part in parts if part is not NoneType]
        return _optional(_reader(inner))
    return _plain(kind)


def _tuples(read: _Reader) -> _Reader:
    return lambda value: tuple([read(one) for one in _exactly(list, value)])


def _tables(read: _Reader) -> _Reader:
    return lambda value: {name: read(one) for name, one in _exactly(dict, value).items()}


def _optional(read: _Reader) -> _Reader:
    return lambda value: None if value is None else read(value)


def _plain(kind: Any) -> _Reader:
    if kind is Any:
        return lambda value: value
    if kind is float:
        return lambda value: float(value if type(value) is int else _exactly(float, value))
    return lambda value: _exactly(kind, value)


def _instances(kind: Any) -> _Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}

    def read(value: Any) -> Any:
        if isinstance(value, kind):
            return value
        given = _exactly(dict, value)
        if unknown := given.keys() - readers.keys():
            raise TypeError(f"{kind.__name__} has no {min(unknown)}")
        return kind(**{name: readers[name](one) for name, one in given.items()})

    return read


def _exactly(kind: type, value: Any) -> Any:
    """The value itself, if it is of this type: ``True`` is no number."""
    if type(value) is not kind:
        raise TypeError(f"{value!r:.40} is no {kind.__name__}")
    return value
