"""English words whose reading hangs on their part of speech, where espeak-ng takes the wrong one.

It knows most of them: a verb after ``to`` or ``they``, a noun after ``the``. The table holds what
is left: imperatives, past tenses, and nouns and adjectives that it always takes for verbs. Each
row was heard, or read in phonemes, before and after.
"""

from __future__ import annotations

from narrate.engines.respelling.contexts import Reading, Readings

_THING = (
    r" (?:the|a|an|this|these|those|it|them|him|your|our|their|its|his|her|my|all|any|both|each"
    r"|every|some|only|everything|everyone|me|us)\b"
)
"""What follows a verb and no noun."""

_OBJECT = r" (?:it|them|him|her|us|me|you|this|that|these|those)\b"
_BEGINS = (
    r"(?:^|[.:;?!] |, |\b(?:[Pp]lease|[Aa]nd|[Oo]r|[Tt]hen|[Nn]ever|[Dd]on't|[Jj]ust|[Aa]lways) )"
)
"""Where an order begins."""

_BE = (
    r"\b(?:am|is|are|was|were|be|been|being|'m|'re|feels?|felt|seem(?:s|ed)?|quite|not|perfectly) "
)
_DO = (
    r"\b(?:[Dd]id|[Dd]oes|[Dd]o|[Cc]an|[Cc]ould|[Ww]ill|[Ww]ould|[Ss]hould|[Mm]ay|[Mm]ight|[Mm]ust"
    r"|shall|[Ll]et|[Mm]ake|made|help|see|saw|watch|hear|heard|[Dd]idn't|[Cc]an't|to|'ll|'d)"
    r"(?: \w+){1,3} "
)
"""A helping verb a few words before: what follows is no past tense."""

_ADVERB = r"(?:(?:also|then|once|never|always|first|only|just|[a-z]{2,12}ly) )?"
_DETERMINER = (
    r"\b(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Mm]y|[Oo]ur|[Yy]our|[Tt]heir|[Ii]ts|[Tt]his|[Tt]hat|every|one"
    r"|[Nn]o|former|leading|strong|great|[a-z]{2,12}'s|[Tt]hese|[Tt]wo|three|many|all|its) "
)

_USE = (
    Reading("use", "yuze", right=_THING, unless=r"\b(?:of|in|of no|of any|what) "),
    Reading("use", "yuze", left=r"\b(?:[Pp]lease|[Dd]on't|[Nn]ever) "),
    Reading(
        "used", "yoost", left=r"\b(?:get|gets|got|getting|become|became|grown) ", right=r" to\b"
    ),
    Reading(
        "used",
        "yoost",
        left=_BE,
        right=r" to (?:the|it|this|that|them|him|her|being|my|your|his|their|our|\w{2,12}ing)\b",
    ),
    Reading("used", "yoost", right=r" to\b", unless=_BE + r"|\b(?:being|\w+ly|widely|often|been) "),
    Reading("reuse", "re-use", left=_DETERMINER),
)

_VERBS = (
    Reading("close", "cloze", left=_BEGINS, right=_THING + r"| (?:down|off)\b"),
    Reading(
        "close",
        "cloze",
        right=r" (?:the|your|it|them|this|their|his|her) ",
        unless=r"\b(?:so|how|too|as|that|very|come|comes|came|get|got|stay|is|are|was|were|be) ",
    ),
    Reading(
        "close",
        "cloze",
        left=r"\b(?:[Tt]o a|[Aa]t the|[Bb]y the|[Nn]ear the) ",
        right=r" (?:of|on)\b|[.,;:?!]|$",
    ),
    Reading(
        "live",
        "liv",
        left=_BEGINS,
        right=r" (?:your|my|in|with|by|like|up to|life|longer|well|for|and let)\b",
    ),
    Reading("live", "liv", left=r"\b[Ll]ong "),
    Reading("polish", "pollish", left=_BEGINS, right=_THING),
    Reading(
        "wind", "wined", left=_BEGINS, right=r" (?:the (?:clock|watch|wool|rope|cable|tape)|it)\b"
    ),
    Reading("tear", "tare", left=r"\b[Ww]ear and "),
    Reading(
        "tear",
        "tare",
        right=_OBJECT + r"| (?:down|apart|off|open|up|out|away|through)\b",
        unless=r"\b(?:[Aa]|[Tt]he|one) ",
    ),
    Reading("tear", "tare", left=r"\b(?:ligament|muscle|muscular|meniscus|tendon|hamstring|calf) "),
    Reading(
        "tear",
        "tare",
        right=r" in (?:the|a|his|her|my) (?:fabric|muscle|ligament|tendon|cloth"
        r"|cartilage|paper|net|sail|curtain|jacket|meniscus|hull)\b",
    ),
    Reading("house", "howze", left=_BEGINS, right=_OBJECT),
    Reading("excuse", "excuze", left=_BEGINS, right=_OBJECT),
    Reading("abuse", "abuze", left=_BEGINS, right=_OBJECT),
    Reading(
        "increase transfer update upgrade",
        "inkreece transferr updayt upgrayd",
        left=_BEGINS,
        right=_THING,
    ),
    Reading("separate estimate", "seperait estimait", left=_BEGINS, right=_THING),
    Reading("conduct permit permits", "condukt permitt permitts", left=_BEGINS, right=_THING),
    Reading("permits permit", "permitts permitt", right=_OBJECT),
    Reading("estimates", "estimaits", right=r" (?:that|it)\b"),
    Reading(
        "insult",
        "insullt",
        left=r"\b(?:to|will|would|not|they|you|we|I|can|don't|didn't) ",
        right=_THING + r"|[.,;?!]|$",
    ),
    Reading(
        "wound",
        "wownd",
        right=r" (?:up|down|around|round|through|its way|his way|her way)\b",
        unless=_DETERMINER,
    ),
    Reading(
        "wound",
        "wownd",
        left=r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e) " + _ADVERB,
        right=r" (?:the|a|his|her|it)\b",
    ),
    Reading(
        "dove",
        "dohve",
        right=r" (?:into|under|down|for cover|off|behind|headfirst|deep|right)\b",
        unless=_DETERMINER,
    ),
    Reading(
        "bow",
        "bough",
        left=r"\b(?:take|took|taking|takes|taken|make|made|gave|give) "
        r"(?:a|his|her|their|our|one last|a final|a deep|a low|another|a small) ",
    ),
    Reading(
        "bow",
        "bough",
        right=r" (?:down|out|before|of the (?:ship|boat|vessel|ferry|yacht|tanker))\b",
    ),
    Reading(
        "bow",
        "bough",
        left=r"\b(?:ship's|boat's|vessel's|port|starboard|must|will) "
        r"|\bfrom ",
        right=r" |[.,;]|$",
        unless=r"\b(?:arrow|violin|hair) ",
    ),
    Reading("bow", "bough", left=_BEGINS, right=r" to\b|[.!]"),
)

_PAST = (
    Reading("read", "red", left=r"\b(?:[Hh]e|[Ss]he|[Ii]t|[Ww]ho) " + _ADVERB, unless=_DO),
    Reading(
        "read",
        "red",
        left=r"\b(?:I|[Ww]e|[Yy]ou|[Tt]hey) " + _ADVERB,
        unless=_DO,
        right=r" [^.;:!?]{0,40}\b(?:yesterday|last (?:year|week|month|night|time|summer|spring"
        r"|winter|autumn)|(?:years?|weeks?|days?|months?|hours?) ago|that (?:day|night|morning)"
        r"|as a child|back then|once)\b",
    ),
    Reading(
        "read",
        "red",
        left=r"(?<![.!?] )(?<!^)\b[A-Z][a-z]{1,15}[^s\W] " + _ADVERB,
        right=r" (?:it|the|a|his|her|aloud|from|out)\b",
        unless=_DO + r"|\b(?:Please|Also|And|But|Or|Then|Never|Always|Just|First|Now|You|They) ",
    ),
    Reading(
        "read",
        "red",
        left=r"^(?!Please|Also|Then|Never|Always|Just|First|Now|You|They|And|But"
        r"|People|Children|Women|Men|We\b|Or\b|Now\b)[A-Z][a-z]{1,15}[^s\W] ",
        right=r" (?:it|the|a|his|her|aloud|from|out)\b",
    ),
    Reading(
        "read",
        "red",
        left=r"\b(?:widely|most|best|much|least) ",
        right=r" (?:articles?|books?|stories|story|posts?|newspapers?|authors?|novels?)\b|[.,;]|$",
    ),
    Reading("well-read most-read", "well-red most-red"),
)

_NOUNS = (
    Reading("content", "contennt", left=_BE, right=r" (?:to|with)\b"),
    Reading("content", "contennt", left=r"\b(?:feels?|felt|feeling) ", right=r"[.,;!?]|$"),
    Reading(
        "content",
        "contennt",
        left=r"\b(?:[Mm]ade|[Mm]akes?|[Kk]eeps?|[Kk]ept) (?:her|him|them|me|us|it|you) ",
    ),
    Reading("reading", "Redding", right=r", (?:England|Berkshire|Pennsylvania)\b"),
    Reading(
        "lead",
        "led",
        right=r"(?:-free|-lined|-acid)\b| (?:pipes?|poisoning|paint|acid|bullets?"
        r"|shot|ore|mines?|roofs?|batter(?:y|ies)|exposure|contamination|weights?|pencils?|crystal"
        r"|glass|solder|dust|is a (?:\w{1,12} )?metal)\b",
    ),
    Reading(
        "lead",
        "led",
        left=r"\b(?:made of|of pure|molten|traces of|cast in|contains?|containing"
        r"|(?:zinc|copper|mercury|tin|arsenic|cadmium|silver|gold|iron)(?:,| and| or)) ",
    ),
    Reading(
        "lead", "led", right=r",? (?:and|or) (?:zinc|copper|mercury|tin|arsenic|cadmium|asbestos)"
    ),
    Reading(
        "minute",
        "my-newt",
        right=r" (?:details?|particles?|amounts?|quantit(?:y|ies)|traces?"
        r"|differences?|fractions?|changes?|organisms?|creatures?|variations?|doses?|cracks?"
        r"|droplets?|crystals?|fragments?)\b",
        unless=r"\b(?:one|two|three|five|ten|twenty|thirty|per|every|each|last|first|a|-)[ -]?",
    ),
    Reading(
        "minute",
        "my-newt",
        left=r"\b[Aa] ",
        right=r" (?:particles?|amounts?|quantity|trace"
        r"|difference|fraction|change|organism|creature|variation|dose|crack|droplet|crystal)\b",
    ),
    Reading("minute", "my-newt", left=r"\b(?:very|extremely|incredibly|so|most) "),
    Reading(
        "row",
        "rau",
        right=r" (?:over|broke out|erupted|between the (?:two|parties|men|leaders))\b",
        left=r"\b(?:[Aa]|[Tt]he|[Tt]his|bitter|diplomatic|political|furious|public|heated|new) ",
    ),
    Reading(
        "row",
        "rau",
        left=r"\b(?:had|having|have|has had|in) an? (?:(?:blazing|huge|massive|terrible"
        r"|furious|bitter|public|heated|diplomatic|big|family) )",
        right=r" with\b|[.,;!?]|$",
    ),
    Reading(
        "refuse",
        "reffuce",
        right=r" (?:collect(?:ion|ors?)|bins?|dump|trucks?|sacks?|disposal"
        r"|heap|bags?)\b",
    ),
    Reading("refuse", "reffuce", left=r"\b(?:household|domestic|garden|burning|rotting|piles of) "),
    Reading(
        "produce",
        "prodooce",
        left=r"\b(?:farm|fresh|local|organic|dairy|agricultural|seasonal"
        r"|garden|imported|home-grown|own) ",
        right=r"[.,;!?]|$| (?:and|or|is|are|from|in|at|to)\b",
    ),
    Reading("produce", "prodooce", right=r" (?:aisle|section|market|department|stand)\b"),
    Reading("advocate advocates", "advocket advockets", left=_DETERMINER),
    Reading("advocate advocates", "advocket advockets", right=r" (?:of|for|said|say)\b"),
    Reading("delegate delegates", "delegett delegetts", left=_DETERMINER),
    Reading("delegates", "delegetts", right=r" (?:from|at|to the|met|were|voted|said|agreed)\b"),
    Reading("duplicate", "dupliket", left=_DETERMINER),
    Reading(
        "duplicate duplicates",
        "dupliket duplikets",
        right=r" (?:files?|copy|copies|entry|entries|records?|keys?)\b",
    ),
    Reading("associate associates", "associet associets", left=_DETERMINER),
    Reading(
        "associate", "associet", right=r" (?:professor|director|editor|member|producer|dean)\b"
    ),
    Reading("resume", "rezzoomay", left=r"\b(?:[Aa]|[Mm]y|[Yy]our|[Hh]is|[Hh]er|[Tt]heir|[Tt]he) "),
    Reading("analyses", "unalliseez", left=_DETERMINER),
    Reading("analyses", "unalliseez", right=r" (?:of|were|are|have|show|showed|suggest|from|by)\b"),
    Reading(
        "diffuse", "deffuce", right=r" (?:light|glow|pain|reflection|radiation|cloud|lighting)\b"
    ),
    Reading("bass", "bas", left=r"\b(?:sea|striped|largemouth|smallmouth|grilled|fried) "),
    Reading("bass", "bas", right=r" fish(?:ing|erman|ermen)?\b"),
    Reading("deserts", "desserts", left=r"\bjust "),
)

_READINGS = Readings.of((*_USE, *_VERBS, *_PAST, *_NOUNS))


def say_heteronyms(text: str) -> str:
    """English with heteronyms respelled where espeak-ng would take the wrong one."""
    return _READINGS.apply(text)
