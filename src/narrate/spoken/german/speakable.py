"""Whether a word in capitals could be a German word: the clusters of consonants it may have."""

from __future__ import annotations

import re

_ONSETS = (
    "bl br ch chl chr cl cr dr dw fj fl fr gh gl gn gr kh kl kn kr kw pf pfl pfr ph phr pl pn pr "
    "ps qu rh sc sch schl schm schn schr schw sh sk skl skr sl sm sn sp spl spr squ st str sw sz "
    "th thr tr ts tsch tw tz vl vr wh wr zh zw dsch"
)
_CODAS = (
    "bs bst cht chs chst chts ck cks ckt ds dt ffs fft ft fts ght gs gst gt hl hls hlt hm hmt hn "
    "hns hnt hr hrt hrs hst ht ks kt kts lb lbs lbst ld lf lft lfs lg lgs lgt lk lkt ll llt lls lm "
    "lms lmt ln lns lp ls lsch lst lt lts lz mb mbs md mm mmt mp mpf mpft mps mpt ms mst mt nch nd "
    "nds ndt nf nft ng ngs ngst ngt nk nks nkt nn nns nnt ns nsch nst nt nts nx nz nzt pf pft ph "
    "pp ppt ps pst pt pts rb rbs rbst rbt rch rcht rd rds rf rfs rft rg rgs rgt rk rks rkt rl rls "
    "rm rms rmt rn rns rnt rp rps rr rrt rs rsch rst rt rts rv rz rzt sch scht sk sp ss sst st sts "
    "th ths tsch tt tts tz tzt ws wst xt ff cch"
)
_CONSONANTS = "bcdfghjklmnpqrstvwxzß"
_VOWELS = "aeiouyäöüéèêáàóúíâîôû"


def _any(clusters: str) -> str:
    longest_first = sorted(clusters.split(), key=lambda cluster: (-len(cluster), cluster))
    return f"(?:{'|'.join(longest_first)}|[{_CONSONANTS}])?"


_SPEAKABLE = re.compile(
    rf"{_any(_ONSETS)}(?:[{_VOWELS}]{{1,3}}[{_CONSONANTS}]{{1,5}}){{0,12}}"
    rf"[{_VOWELS}]{{1,3}}{_any(_CODAS)}"
)
_FOUR = re.compile(rf"[{_CONSONANTS}][{_VOWELS}][{_CONSONANTS}][{_VOWELS}]")
_SHORTEST_WORD = 5
_SURELY_A_WORD = 12


def is_said_as_word(capitals: str) -> bool:
    """Whether a word in capitals that no table knows is said as a word, not letter by letter.

    It is from five letters on if it could be a German word, and with four if consonant and vowel
    take turns, as in most acronyms that became words (Gema, Nato, Pisa).
    """
    small = capitals.lower()
    if len(small) < _SHORTEST_WORD:
        return bool(_FOUR.fullmatch(small))
    return len(small) >= _SURELY_A_WORD or bool(_SPEAKABLE.fullmatch(small))
