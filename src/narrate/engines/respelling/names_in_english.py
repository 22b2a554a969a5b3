"""Names that an English voice misreads, above all Chinese ones, with an English spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "Xiaomi": "Shao-mee", "Kuaishou": "Kwy-show", "Zhipu": "Jur-poo", "Baidu": "Bye-doo",
        "Sanxingdui": "Sahn-shing-dway", "Keling": "Kuh-ling", "Lei Jun": "Lay Joon",
        "Defu": "Duh-foo", "Huawei": "Wah-way", "Shenzhen": "Shen-jen", "Qwen": "Kwen",
        "Doubao": "Dough-bough", "Guangzhou": "Gwahng-joe", "Hangzhou": "Hahng-joe",
        "Xi Jinping": "She Jin-ping", "Weibo": "Way-boh", "Zhang": "Jahng", "Zhou": "Joe",
        "Xu": "Shoo", "Qin": "Chin", "Unesco": "You-nesco", "Vimi": "Veemy",
    }
)  # fmt: skip
"""As written → respelled; what espeak-ng and Pico read right by themselves is left out."""

_KNOWN = re.compile(rf"(?<![\w'])(?:{'|'.join(sorted(NAMES, key=len, reverse=True))})(?!\w)")


def say_names(text: str) -> str:
    """English text with such names respelled; also before ``'s`` and within hyphens."""
    return _KNOWN.sub(lambda match: NAMES[match.group()], text)
