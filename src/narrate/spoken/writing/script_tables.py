"""Letters of other scripts in Latin ones. Data only."""

from __future__ import annotations


def _table(letters: str, said: str) -> dict[str, str]:
    """Letters with what stands for each; ``.`` is nothing."""
    return {
        letter: "" if sound == "." else sound
        for letter, sound in zip(letters, said.split(), strict=True)
    }


def _row(said: str) -> tuple[str, ...]:
    return tuple("" if sound == "." else sound for sound in said.split())


_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўјљњћђџ"
CYRILLIC = {
    "de": _table(
        _RUSSIAN,
        "a b w g d e sch s i j k l m n o p r s t u f ch z tsch sch schtsch . y . e ju ja jo i ji "
        "je g w j lj nj c dj dsch",
    ),
    "en": _table(
        _RUSSIAN,
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch . y . e yu ya yo i yi "
        "ye g w j lj nj c dj dzh",
    ),
}
"""As Duden transcribes Russian; as British maps do."""

GREEK = _table("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o")
GREEK_PAIRS = {"ου": "ou", "γγ": "ng", "γκ": "gk", "γχ": "nch", "γξ": "nx", "μπ": "b", "ντ": "d"}

KOREAN_INITIALS = _row("g kk n d tt r m b pp s ss . j jj ch k t p h")
KOREAN_MEDIALS = _row("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
KOREAN_FINALS = _row(". k k k n n n t l k m l l l p l m p p t t ng t t k t p t")
KOREAN_FINALS_LINKED = _row(". g kk ks n nj n d r lg lm lb ls lt lp r m b ps s ss ng j ch k t p .")
"""Before a vowel."""

_KANA_ROWS = {
    "あいうえお": "a i u e o", "かきくけこ": "ka ki ku ke ko", "がぎぐげご": "ga gi gu ge go",
    "さしすせそ": "sa shi su se so", "ざじずぜぞ": "za ji zu ze zo",
    "たちつてと": "ta chi tsu te to", "だぢづでど": "da ji zu de do",
    "なにぬねの": "na ni nu ne no", "はひふへほ": "ha hi fu he ho", "ばびぶべぼ": "ba bi bu be bo",
    "ぱぴぷぺぽ": "pa pi pu pe po", "まみむめも": "ma mi mu me mo", "やゆよ": "ya yu yo",
    "らりるれろ": "ra ri ru re ro", "わをんゔ": "wa o n vu",
}  # fmt: skip
KANA = {
    kana: said for row, sounds in _KANA_ROWS.items() for kana, said in _table(row, sounds).items()
}
SMALL_KANA = _table("ゃゅょぁぃぅぇぉ", "ya yu yo a i u e o")
KANA_WORDS = {"こんにちは": "konnichiwa", "こんばんは": "konbanwa"}
"""Words that end in a particle, which is said otherwise than it is written."""

NAGARI_VOWELS = _table("अआइईउऊऋएऐओऔ", "a a i i u u ri e ai o au")
NAGARI_SIGNS = _table("ािीुूृेैोौॉॅ", "a i i u u ri e ai o au o e")
NAGARI_CONSONANTS = _table(
    "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ",
    "k kh g gh n ch chh j jh n t th d dh n t th d dh n p ph b bh m y r l v sh sh s h l",
)
