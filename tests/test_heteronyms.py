"""Words that are spelled alike, and English names: what espeak-ng makes of them, by itself."""

from __future__ import annotations

import pytest

from narrate.engines.espeak.library import espeak
from narrate.engines.respelling import respell


def sounds(text: str, lang: str) -> str:
    """IPA of what an engine is given for a spoken form, without marks of stress within it."""
    voice = {"en": "en-us", "de": "de"}[lang]
    return " ".join(espeak().phonemes(respell(text, lang), voice)).replace("_", "")


@pytest.mark.parametrize(
    ("spoken", "heard"),
    [
        ("Use the tool.", "jˈuːz ðə"),
        ("Please use it.", "jˈuːz ɪt"),
        ("What Can Open A I Use to Save Itself", "jˈuːz tə"),
        ("The use of the tool is limited.", "jˈuːs ʌv"),
        ("It is of no use.", "jˈuːs"),
        ("It is in daily use.", "jˈuːs"),
        ("I used to be a doctor.", "jˈuːst tə"),
        ("You get used to it.", "jˈuːst"),
        ("We are used to the noise.", "jˈuːst"),
        ("It is used to make cars.", "jˈuːzd tə"),
        ("He sells used cars.", "jˈuːzd"),
        ("I am content with it.", "kəntˈɛnt"),
        ("The book made her content.", "kəntˈɛnt"),
        ("The content made her rich.", "kˈɑːntɛnt"),
        ("He was born in Reading, England.", "ɹˈɛdɪŋ"),
        ("We need more content.", "kˈɑːntɛnt"),
        ("The content is to blame.", "kˈɑːntɛnt"),
        ("They are to reduce hate content and bias.", "kˈɑːntɛnt"),
        ("The lead pipe is old.", "lˈɛd"),
        ("It is made of lead.", "lˈɛd"),
        ("Lead is a heavy metal.", "lˈɛd"),
        ("They lead the way.", "lˈiːd"),
        ("The lead singer left.", "lˈiːd"),
        ("This often leads to a huge gap.", "lˈiːdz"),
        ("Close the door, please.", "klˈoʊz ðə"),
        ("It is close to the sea.", "klˈoʊs"),
        ("It came so close the fans wept.", "klˈoʊs"),
        ("The day drew to a close.", "klˈoʊz"),
        ("He read the book.", "ɹˈɛd"),
        ("Mary read the letter aloud.", "ɹˈɛd"),
        ("They read it last year.", "ɹˈɛd"),
        ("Did he read the book?", "ɹˈiːd"),
        ("She can read it.", "ɹˈiːd"),
        ("I read every day.", "ɹˈiːd"),
        ("Please read the book.", "ɹˈiːd"),
        ("The most read articles are short.", "ɹˈɛd"),
        ("They live here.", "lˈɪv"),
        ("It was a live concert.", "lˈaɪv"),
        ("Live your life.", "lˈɪv"),
        ("It broke a record.", "ɹˈɛkɚd"),
        ("They record music.", "ɹᵻkˈɔːɹd"),
        ("I object to it.", "ɑːbdʒˈɛkt"),
        ("The object is red.", "ˈɑːbdʒɛkt"),
        ("They present the show.", "pɹɪzˈɛnt"),
        ("The present is here.", "pɹˈɛzənt"),
        ("The wind blows.", "wˈɪnd"),
        ("Wind the clock, please.", "wˈaɪnd"),
        ("It shows wear and tear.", "tˈɛɹ"),
        ("They tear it up.", "tˈɛɹ ɪɾ"),
        ("There was a tear in her eye.", "tˈɪɹ"),
        ("Every minute counts.", "mˈɪnɪt"),
        ("It contains minute particles.", "maɪnˈuːt"),
        ("It takes one minute.", "mˈɪnɪt"),
        ("He took a bow.", "bˈaʊ"),
        ("He shot with bow and arrow.", "bˈoʊ"),
        ("A diplomatic row over fish began.", "ɹˈaʊ"),
        ("We sat in the first row.", "ɹˈoʊ"),
        ("They desert the army in the desert.", "dᵻzˈɜːt"),
        ("The refuse collection is late.", "ɹˈɛfjuːs"),
        ("They refuse to go.", "ɹᵻfjˈuːz"),
        ("They conduct research.", "kəndˈʌkt"),
        ("His conduct was good.", "kˈɑːndʌkt"),
        ("Muscles of this contract are long.", "kˈɑːntɹækt"),
        ("Increase the volume.", "ɪŋkɹˈiːs"),
        ("There was an increase of it.", "ˈɪŋkɹiːs"),
        ("The law permits it.", "pɚmˈɪts"),
        ("He has a permit.", "pˈɜːmɪt"),
        ("They sell fresh produce.", "pɹˈɑːduːs"),
        ("They produce cars.", "pɹədˈuːs"),
        ("They project growth.", "pɹədʒˈɛkt"),
        ("The project is late.", "pɹˈɑːdʒɛkt"),
        ("They rebel against it.", "ɹᵻbˈɛl"),
        ("The rebel army won.", "ɹˈɛbəl"),
        ("Separate the eggs.", "sˈɛpɚɹˌeɪt"),
        ("They sleep in separate rooms.", "sˈɛpɹət"),
        ("A moderate man came.", "mˈɑːdɚɹət"),
        ("They graduate in May.", "ɡɹˈædjuːˌeɪt"),
        ("It was a deliberate act.", "dᵻlˈɪbɚɹət"),
        ("They house people in a house.", "hˈaʊz"),
        ("Drug abuse is bad.", "ɐbjˈuːs"),
        ("Excuse me, please.", "ɛkskjˈuːz"),
        ("It was a poor excuse.", "ɛkskjˈuːs"),
        ("The password is invalid.", "ɪnvˈælɪd"),
        ("The main entrance is closed.", "ˈɛntɹəns"),
        ("Polish the table.", "pˈɑːlɪʃ"),
        ("The Polish army won.", "pˈoʊlɪʃ"),
        ("She is an advocate of peace.", "ˈædvəkɪt"),
        ("They advocate peace.", "ˈædvəkˌeɪt"),
        ("The delegates met.", "dˈɛlɛɡɪts"),
        ("He wound up the clock.", "wˈaʊnd"),
        ("The wound healed.", "wˈuːnd"),
        ("Send me your resume.", "ɹˈɛzuːmˌeɪ"),
        ("They resume work.", "ɹᵻzˈuːm"),
        ("The analyses of the data were good.", "ʌnˈælɪsˌiːz"),
        ("We ate sea bass.", "bˈæs"),
        ("He plays bass guitar.", "bˈeɪs"),
    ],
)
def test_english_by_neighbours(spoken: str, heard: str) -> None:
    assert heard in sounds(spoken, "en")


@pytest.mark.parametrize(
    ("spoken", "heard"),
    [
        ("Wir wollen die Stadt weiträumig umfahren.", "ʊmfˈɑːrən"),
        ("Er hat den Poller umfahren wollen.", "ˈʊmfˌɑːrən"),
        ("Sie umfährt den Stau.", "ʊmfˈɛːɾt"),
        ("Er kann mit Geld gut umgehen.", "ˈʊmmɡ"),
        ("Er will das Gesetz umgehen.", "ʊmɡˈeː"),
        ("Sie umgeht das Verbot.", "ʊmɡˈeːt"),
        ("Er umschreibt es mit anderen Worten.", "ʊmʃrˈaɪpt"),
        ("Sie wird den Text umschreiben.", "ˈʊmʃrˌaɪbən"),
        ("Sie will das Buch übersetzen.", "ˌyːbɜzˈɛtsən"),
        ("Die Fähre wird sie ans Ufer übersetzen.", "ˈyːbɜzˌɛtsən"),
        ("Sie wollen die Mauer durchbrechen.", "dʊɐçbɾˈɛçən"),
        ("Er will das Brot durchbrechen.", "dˈʊɐçbɾˈɛçən"),
        ("Er will ihr Absicht unterstellen.", "ˌʊntɜʃtˈɛlən"),
        ("Wir sollten uns im Regen unterstellen.", "ˈʊntɜʃtˈɛlən"),
        ("Das Schiff wird untergehen.", "ˈʊntɜɡˈeːən"),
        ("Sie haben den Plan durchgeführt.", "dˈʊɐçɡəfˈyːɾt"),
        ("Er will zum Islam übertreten.", "ˈyːbɜtɾˈeːtən"),
        ("Er will das Gesetz übertreten.", "ˌyːbɜtɾˈeːtən"),
        ("Das ist ein modernes, modern gebautes Haus.", "moːdˈɛɾn"),
        ("Das Laub wird im Wald modern.", "mˈoːdɜn"),
        ("Die Montage dauert lange.", "tˈɑːʃə"),
        ("Alle Montage sind grau.", "mˈoːntɑːkə"),
        ("Der Tenor der Debatte ist klar.", "tˈeːnoːɾ"),
        ("Der Tenor sang laut.", "nˈoːɾ"),
        ("Im August war es heiß.", "ɡˈʊst"),
        ("Da kam August der Starke.", "ˈaʊɡʊst"),
        ("Sie rasten im Schatten.", "rˈastən"),
        ("Sie rasten davon.", "rˈɑːstən"),
        ("Er ging weg.", "vˈɛk"),
        ("Der Weg ist weit.", "vˈeːk"),
        ("Die Passage ist eng.", "pasˈɑːʒə"),
        ("Die Versendung ist erfolgt.", "fɛɾzˈɛndʊŋ"),
    ],
)
def test_german_by_neighbours(spoken: str, heard: str) -> None:
    assert heard in sounds(spoken, "de")


@pytest.mark.parametrize(
    ("spoken", "heard"),
    [
        ("Der Xiaomi-Vorsitzende kam.", "ʃˈaʊmˈiː"),
        ("Kuaishou's Keling und Zhipu", "ʃˈoːs"),
        ("Googles Update", "ɡˈuːɡəls ˈapdeːt"),
        ("One-Take-Aufnahmen", "vˈantˈeːkˈaʊfnˌɑːmən"),
        ("Mark Zuckerbergs Facebook-Konto", "zˈakɜbˌœɾks fˈeːsbʊkkˈɔntoː"),
        ("Sam Altman und Elon Musk", "ˈɔltmɛːn ʊnt ˈiːlɔn mˈask"),
        ("die Smartphonehersteller", "smˈɑːɾtfoːn"),
        ("Das Meeting war ein Deal.", "mˈiːtɪŋ vɑːɾ aɪn dˈiːl"),
        ("Deep Learning", "dˈiːp lˈœɾnɪŋ"),
        ("der Roaming-Tarif", "rˈoːmɪŋ"),
        ("You Tube", "jˈuː tˈuːp"),
        ("den Managern und Usern", "mˈɛnɪdʒɜn ʊnt jˈuːzɜn"),
        ("ein cooles, faires, coole", "kˈuːləs fˈeːrəs kˈuːlə"),
        ("der Roadtrip im Boot", "rˈoːt"),
        ("Bruce Lee", "lˈiː"),
        ("Die Queen im Hotel in London", "kvˈiːn ɪm hoːtˈɛl ɪn lˈɔndən"),
        ("der Service und das Business", "zˈœɾvɪs ʊnt das bˈɪsnɪs"),
        ("Clowns im Club", "klˈaʊns ɪm klˈʊp"),
        ("eine Servicestelle und die Googlesuche", "zˈœɾvɪsʃtˈɛlə ʊnt diː ɡˈuːɡəlzˈuːxə"),
        ("Die Influencerin und die Userinnen", "ˈɪnfluːˌɛnsərˌɪn"),
        ("das Java Skript", "dʒˈɑvɑː"),
    ],
)
def test_english_names_in_german(spoken: str, heard: str) -> None:
    assert heard in sounds(spoken, "de")


@pytest.mark.parametrize(
    ("spoken", "heard"),
    [
        ("Xiaomi's Lei Jun spoke.", "ʃˈaʊmˈiːz lˈeɪ dʒˈuːn"),
        ("Kuaishou's Keling and Zhipu", "kwˈaɪʃˈoʊz kˈʌlˈɪŋ ænd dʒˈɜːpˈuː"),
        ("a Huawei-led group", "wˈɑːwˈeɪ"),
        ("Unesco met.", "juːnˈɛskoʊ"),
    ],
)
def test_names_in_english(spoken: str, heard: str) -> None:
    assert heard in sounds(spoken, "en")


@pytest.mark.parametrize(
    "spoken",
    [
        "Der Haushalt in Landshut, das Boot im Moor und der Frühling am See.",
        "Die Oase, der Koala und der Theaterabend waren schön.",
        "Bei Regen unterstellen wir nichts.",
        "Die Leute teilen die Kosten und sehen Herrn Meyer am Main.",
        "Der Ring, das Ding, der Hering und die Zeitung.",
        "Die Koalition, die Kloake und ein Kinoabend mit Fotoalbum, Videoabend und Bioabfall.",
        "Joachim Altmann fährt von Moabit nach Samoa, Boateng nach Minden.",
        "Boten tragen Samen, Raps und Jacken; das Weben und das Backen der Amazonen.",
        "Das Universalgenie vom Amazonasgebiet, die Universalität und eine Universal-Bibliothek.",
        "In Lee liegt Java, auf Java liegt nichts.",
        "Das Regal, die Art, das Gift, der Rat, das Kind, die Hand, das Land, die Band, der Bund.",
        "Der Arm, der Rock, der Ton, die Note, der Chef, die Fabrik, die Stadt, der Lack.",
        "Die Mode, die Not, das Tier, das Boot, die Wand und der Tag waren also fast gut.",
        "Der Kleesperling und die Baroness.",
        "Die Waggons rollen am Hang, die Gage und die Page bleiben.",
    ],
)
def test_german_is_left_alone(spoken: str) -> None:
    assert respell(spoken, "de") == spoken
