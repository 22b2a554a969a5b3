"""The user's readings: found wherever the word stands, kept whatever the rules say."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from narrate.errors import ShowError
from narrate.project import parse_lexicon, with_entry, without_entry
from narrate.spoken import (
    EMPTY,
    Entry,
    Foreign,
    Lexicon,
    ReadingError,
    make_lexicon,
    speak_text,
    spoken_form,
    suspects,
)
from narrate.spoken.lexicon.patterns import PatternError, check_pattern

GERMAN = """\
Xiaomi = "Schau-mi"
OpenAI = "Open Ei"
KI = "Ka I"
"New York" = "Nju Jork"
"New York Times" = "Nju Jork Teims"
sora = "Sohra"
"Łódź" = "Wudsch"
"小米" = "Schau-mi"
"😀" = "lächelnd"
"C#" = "Si Scharp"
"GPT-4o mini" = "G P T vier o mini"
Zhipu = { say = "Dschipu", ipa = "[ˈdʒiː.puː]" }
Kling = { ipa = "klɪŋ" }
Lead = { say = "Lied", case = "exact" }
vimi = { say = "Wimi", case = "any" }
'Folge [0-9]{1,3}[a-c]' = { say = "eine Folge", pattern = true }
Bona = [{ say = "Bohna" }, { say = "Bonna", voices = ["ada"] }]
"""
VOICES = ("ada", "bob")


def german() -> Lexicon:
    return parse_lexicon(GERMAN.encode(), "de", VOICES)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Xiaomi liefert.", "Schau-mi liefert."),
        ("Der Xiaomi-Vorsitzende sprach.", "Der Schau-mi-Vorsitzende sprach."),
        ("Eine Anti-Xiaomi-Kampagne.", "Eine Anti-Schau-mi-Kampagne."),
        ("Xiaomis Gewinn, XIAOMI", "Schau-mis Gewinn, Schau-mi"),
        ("xiaomi oder Xiaomix", "xiaomi oder Xiaomix"),
        ("Das gehört OpenAI's Chef.", "Das gehört Open Ei's Chef."),
        ("Viele KIs, eine KI-Firma.", "Viele Ka I's, eine Ka I Firma."),
        ("(KI) und „KI“: KI!", "Ka I, und Ka I: Ka I!"),
        ("Die New York Times schrieb.", "Die Nju Jork Teims schrieb."),
        ("New\u00a0York und New\n York.", "Nju Jork und Nju Jork."),
        ("Sora und sora und SORA", "Sohra und Sohra und Sohra"),
        ("In Łódź und Łódź-Süd.", "In Wudsch und Wudsch-Süd."),
        ("Das ist 小米 (公司).", "Das ist Schau-mi."),
        ("Ja 😀!", "Ja lächelnd!"),
        ("C# und C", "Si Scharp und C"),
        ("GPT-4o mini kam.", "G P T vier o mini kam."),
        ("5 Xiaomi am 3. Oktober", "fünf Schau-mi am dritten Oktober"),
        ("Lead, lead, LEAD", "Lied, lead, L E A D"),
        ("Vimi, vIMI", "Wimi, wimi"),
        ("Folge 12b und Folge 12d", "eine Folge und Folge zwölf d"),
        ("Xi\u00adao\u00admi", "Schau-mi"),
        ("sora.com, Xiaomi.de", "Sohra Punkt com, Schau-mi Punkt D E"),
        ("./Sora/Xiaomi.txt", "Punkt Schrägstrich Sohra Schrägstrich Schau-mi Punkt T X T"),
    ],
)
def test_a_reading_is_said_wherever_its_word_stands(written: str, spoken: str) -> None:
    lexicon = german()
    said = spoken_form(written, "de", lexicon=lexicon).spoken
    assert said.casefold() == spoken.casefold()
    assert spoken_form(said, "de", lexicon=lexicon).spoken == said


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("GPT-4, GPT-4s Preis, GPT-4-Kurs.", "Dschi vier, Dschi viers Preis, Dschi vier-Kurs."),
        ("GPT-4.5 und GPT-4,5.", "G P T vier Punkt fünf und G P T vier Komma fünf."),
        ("Ja, 12. Nur 12, 34.", "Ja, ein Dutzend. Nur ein Dutzend, vierunddreißig."),
        ("12.000 und 12 000", "zwölftausend und zwölftausend"),
        (
            "12,5 und 3,12 und 12:30 Uhr",
            "zwölf Komma fünf und drei Komma eins zwei und zwölf Uhr dreißig",
        ),
    ],
)
def test_no_part_of_a_number_is_a_word(written: str, spoken: str) -> None:
    lexicon = make_lexicon("de", [Entry("GPT-4", "Dschi vier"), Entry("12", "ein Dutzend")])
    assert spoken_form(written, "de", lexicon=lexicon).spoken == spoken


def test_an_abbreviation_at_the_end_keeps_the_full_stop_of_its_sentence() -> None:
    lexicon = make_lexicon("de", [Entry("Kap.", "Kapitel")])
    for written, spoken in (
        ("Das Kap. war lang.", "Das Kapitel war lang."),
        ("Lies dieses Kap.", "Lies dieses Kapitel."),
        ("„Lies dieses Kap.“", "Lies dieses Kapitel."),
    ):
        assert spoken_form(written, "de", lexicon=lexicon).spoken == spoken


def test_capitals_of_a_sentence_are_kept() -> None:
    lexicon = make_lexicon("en", [Entry("lead", "led")])
    said = spoken_form("Lead pipes hold lead.", "en", lexicon=lexicon)
    assert said.spoken == "Led pipes hold led."


def test_each_voice_has_its_own_readings() -> None:
    said = {
        name: spoken_form("Bona Film", "de", lexicon=german().for_voice(name)).spoken
        for name in VOICES
    }
    assert said == {"ada": "Bonna Film", "bob": "Bohna Film"}


def test_sounds_stand_where_the_word_is_spoken() -> None:
    said = spoken_form("Am 3. Mai: Zhipu, Klings Zhipu-Chef.", "de", lexicon=german())
    assert [(said.spoken[s.start : s.end], s.ipa, s.respelled) for s in said.sounds] == [
        ("Dschipu", "ˈdʒiːpuː", True),
        ("Klings", "klɪŋs", False),
        ("Dschipu", "ˈdʒiːpuː", True),
    ]


@pytest.mark.parametrize(("ipa", "sound"), [("kæt", "s"), ("dɒɡ", "z"), ("bʌs", "ɪz")])
def test_an_english_s_sounds_as_the_word_before_it_asks(ipa: str, sound: str) -> None:
    lexicon = make_lexicon("en", [Entry("Xyz", "cat", ipa)])
    assert spoken_form("Xyz's", "en", lexicon=lexicon).sounds[0].ipa == ipa + sound


def test_pieces_of_a_long_sentence_carry_their_sounds() -> None:
    text = "Zhipu sagt, dass es geht, und Zhipu sagt, dass es nicht geht, und das ist alles hier."
    pieces = speak_text(text, "de", 50, lexicon=german())
    assert len(pieces) > 1
    for piece in pieces:
        assert all(piece.spoken[s.start : s.end] == "Dschipu" for s in piece.sounds)
    assert sum(len(piece.sounds) for piece in pieces) == 2


def test_a_marked_passage_is_left_to_the_lexicon_of_its_language() -> None:
    english = make_lexicon("en", [Entry("OpenAI", "Open Eye")])
    text = "Er sagte OpenAI wins now und OpenAI siegt mit 小米."
    foreign = (Foreign(9, 24, "en", english),)
    (piece,) = speak_text(text, "de", 200, lexicon=german(), foreign=foreign)
    assert piece.spoken == "Er sagte Open Eye wins now und Open Ei siegt mit Schau-mi."


WORDS = st.sampled_from(
    ["Xiaomi", "KIs", "Łódź", "小米", "😀", "New York", "3.", "þð", "\ue000", "-", "'s"]
)


@given(st.lists(WORDS | st.text(max_size=6), max_size=12).map(" ".join))
@example("þððððððð Xiaomi Þþþþþþþ")
@example("\ue000小米\ue001")
def test_any_text_with_a_lexicon_becomes_speakable(text: str) -> None:
    said = spoken_form(text, "de", lexicon=german())
    assert re.fullmatch(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ' ,;:.!?-]*", said.spoken)
    assert not set("þÞð") & set(said.spoken)
    assert all(0 <= s.start < s.end <= len(said.spoken) for s in said.sounds)


@given(st.text(max_size=200))
def test_an_empty_lexicon_changes_nothing(text: str) -> None:
    assert spoken_form(text, "de", lexicon=EMPTY) == spoken_form(text, "de")


def test_many_entries_cost_little() -> None:
    entries = [Entry(f"Wort{chr(97 + n % 26)}{chr(97 + n // 26)}", "Wort") for n in range(400)]
    lexicon = make_lexicon("de", entries)
    text = "Das ist ein ganz gewöhnlicher Satz mit Wortab darin. " * 400
    started = time.process_time()
    for sentence in (text[at : at + 106] for at in range(0, len(text), 106)):
        lexicon.mark(sentence, [])
    assert time.process_time() - started < 1.0  # 21 kB; about 0.01 s


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Xiaomi = 3", "is 3, not a reading"),
        ('Xiaomi = ""', "has no reading"),
        ('Xiaomi = "?!"', "cannot be said"),
        ('Xiaomi = "Schau 3"', "digits"),
        ('Xiaomi = "Schau ʘ"', "cannot be said"),
        ('Xiaomi = "Es ist. So ist es"', "a sentence of its own"),
        ('Xiaomi = { ipa = "q§" }', "no symbol of that alphabet: § (U+00A7)"),
        ('Xiaomi = { ipa = "ˈ" }', "empty or too long"),
        ('Xiaomi = { sai = "Schau" }', "no setting “sai”"),
        ('[Zhipu]\nsay = "Dschipu"\nXiaomi = "Schau-mi"', "no setting “Xiaomi”"),
        ('Xiaomi = { say = "Schau", voices = ["eve"] }', "names “eve”"),
        ('Xiaomi = { say = "Schau", case = "upper" }', "case"),
        ('Xiaomi = [{ say = "A-a" }, { say = "B-b" }]', "two readings"),
        ('"," = "Komma"', "is no word"),
        ('Sora = "die Sora"', "in which another entry (or itself)"),
        ('Sam = "Säm"\n"Sam Altman" = "Sam Oltmän"', "Säm Oltmän"),
        ("'(a{1,20}){1,20}' = { say = \"Ah\", pattern = true }", "too many ways"),
        ('Müller = "Mül-ler"', "this is not TOML"),
    ],
)
def test_an_entry_that_cannot_be_used_is_named(line: str, what: str) -> None:
    with pytest.raises(ShowError) as raised:
        parse_lexicon(line.encode(), "de", VOICES)
    error = raised.value
    assert what in str(error)
    assert error.where.startswith("lexicon.de.toml")
    assert error.mend


def test_what_stands_below_a_table_by_mistake_is_explained() -> None:
    with pytest.raises(ShowError, match="above the first"):
        parse_lexicon(b'[Zhipu]\nsay = "Dschipu"\nXiaomi = "Schau-mi"\n', "de", ())


@pytest.mark.parametrize(
    "pattern",
    [
        *("a+", "a*", "(a|b)*", "(a{1,9}){1,9}", "(a?){30}", "(a{1,40}){1,40}", "(?=a)", r"(a)\1"),
        *("a{,5}", "a{99}", "(", "a)", "[a", "a??", "x?", "^a", "(?P<n>a)", "a{2}{3}", "\\"),
        *("a{1,40}b{1,40}c{1,40}", "(" * 60 + "a" + ")" * 60),
    ],
)
def test_patterns_that_could_hang_or_match_everywhere_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        check_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["Sora( Pro)?", "GPT-[0-9]{1,2}o?", r"\d{1,3}b", "(Kling|Vidu) AI", "[^]a]b", r"C\+\+"],
)
def test_patterns_that_cannot_hang_are_taken(pattern: str) -> None:
    check_pattern(pattern)


@given(st.text("ab(|)?{1,}[]^.\\d", max_size=12))
def test_whatever_pattern_is_taken_ends_soon(pattern: str) -> None:
    try:
        lexicon = make_lexicon("en", [Entry(pattern, "well", is_pattern=True)])
    except ReadingError:
        return
    started = time.process_time()
    spoken_form("ab" * 60 + " " + "a" * 120, "en", lexicon=lexicon)
    assert time.process_time() - started < 5


def test_the_example_of_the_documentation_can_be_used() -> None:
    text = (Path(__file__).parents[1] / "docs" / "lexicon.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    lexicon = parse_lexicon(example.encode(), "de", ("thorsten-de",))
    assert len(lexicon.entries) == 8
    assert spoken_form("Folge 7a", "de", lexicon=lexicon).spoken == "eine Folge"


# --- the file ---------------------------------------------------------------------------------


def written(raw: str, *entries: Entry) -> str:
    content = raw.encode()
    for entry in entries:
        content = with_entry(content, entry)
    parse_lexicon(content, "de", VOICES)
    return content.decode()


def test_an_added_word_leaves_comments_and_order_alone() -> None:
    raw = '# Mine\nXiaomi = "Schau"  # as on the radio\n\n[Zhipu]\nsay = "Dschipu"\n'
    new = written(raw, Entry("Xiaomi", "Schau-mi"), Entry("Sora", "Sohra"))
    assert new.startswith('# Mine\nXiaomi = "Schau-mi"  # as on the radio\n')
    assert new.index("Sora") < new.index("[Zhipu]")
    assert new.endswith('[Zhipu]\nsay = "Dschipu"\n')


def test_an_entry_for_a_voice_stands_beside_the_one_for_all() -> None:
    new = written(
        "", Entry("Bona", "Bohna"), Entry("Bona", "Bonna", voices=("ada",)), Entry("Bona", "Bo-na")
    )
    entries = parse_lexicon(new.encode(), "de", VOICES).entries
    assert {entry.voices: entry.say for entry in entries} == {(): "Bo-na", ("ada",): "Bonna"}


def test_a_removed_word_is_gone_and_others_stay() -> None:
    raw = b'Xiaomi = "Schau-mi"\n"New York" = "Nju Jork"\n'
    assert without_entry(raw, "New York") == b'Xiaomi = "Schau-mi"\n'
    assert without_entry(raw, "Sora") is None


def test_a_word_is_the_same_with_other_spaces_and_accents() -> None:
    raw = b'"New  York" = "Nju Jork"\n"Cafe\xcc\x81" = "Kaffee"\n'
    assert written(raw.decode(), Entry("New York", "Nju-jork"), Entry("Café", "Kaffe")) == (
        '"New  York" = "Nju-jork"\n"Cafe\u0301" = "Kaffe"\n'
    )
    assert without_entry(raw, " New York") == b'"Cafe\xcc\x81" = "Kaffee"\n'
    new = 'schema = 1\n"New York" = "Nju-jork"\n'
    assert written("", Entry("New \n York", "Nju-jork")) == new


# --- suggestions ------------------------------------------------------------------------------


def reasons(texts: dict[str, str], lang: str, entries: Sequence[Entry] = ()) -> dict[str, int]:
    lexicon = make_lexicon(lang, entries) if entries else EMPTY
    return {one.word: one.count for one in suspects(texts, lang, lexicon)}


def test_names_letters_and_foreign_words_are_suggested_with_their_number() -> None:
    texts = {
        "de": "Der Vorsitzende von Xiaomi lobt GPT-4o, die KI und Crème. Xiaomis Preise steigen. "
        "Der Regisseur heißt Altman. Die Künstlerin zeichnet ein Bild der Stadt.",
        "en": "The chairman of Xiaomi praises Altman and his films.",
    }
    found = reasons(texts, "de")
    assert {"Xiaomi", "GPT-4o", "KI", "Crème", "Altman"} <= set(found)
    assert not {"Vorsitzende", "Regisseur", "Künstlerin", "Bild", "Stadt", "Der"} & set(found)


def test_titles_in_capitals_and_counted_numbers_are_no_names() -> None:
    text = "A New Chance for Curve Overtaking\nOn the 9th of May 10km from Xiaomi, in the 1990s."
    assert reasons({"en": text}, "en") == {"Xiaomi": 1}
    assert reasons({"de": "In den 90er Jahren 12kg von Xiaomi."}, "de") == {"Xiaomi": 1}


def test_what_the_lexicon_has_is_not_suggested() -> None:
    texts = {"en": "The chairman of Xiaomi praises Zhipu. Zhipu is glad."}
    assert reasons(texts, "en") == {"Xiaomi": 1, "Zhipu": 2}
    assert reasons(texts, "en", [Entry("Zhipu", "Jeepoo")]) == {"Xiaomi": 1}
