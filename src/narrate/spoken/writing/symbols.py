"""Symbols that are rare in articles, and what is said for them. Data only."""

from __future__ import annotations

_ROWS = """
₿ Bitcoin; bitcoins
₺ Lira; lira
₩ Won; won
₴ Hrywnja; hryvnias
₪ Schekel; shekels
₫ Dong; dong
฿ Baht; baht
₱ Peso; pesos
₦ Naira; naira
₸ Tenge; tenge
‱ Basispunkte; basis points
∑ Summe; sum
∏ Produkt; product
∫ Integral; integral
∂ d; d
∆ Delta; delta
∇ Nabla; nabla
∈ Element von; in
∉ nicht Element von; not in
⊂ Teilmenge von; subset of
⊆ Teilmenge von; subset of
∪ vereinigt mit; union
∩ geschnitten mit; intersection
∅ Durchschnitt; empty set
⌀ Durchmesser; diameter
∀ für alle; for all
∃ es gibt; there exists
∧ und; and
∨ oder; or
¬ nicht; not
∝ proportional zu; proportional to
⊥ senkrecht zu; perpendicular to
∥ parallel zu; parallel to
∠ Winkel; angle
≡ identisch mit; is identical to
≅ ungefähr; approximately
≃ ungefähr; approximately
≙ entspricht; corresponds to
≪ viel kleiner als; much less than
≫ viel größer als; much greater than
⇒ , daraus folgt; , which implies
⇔ , genau dann wenn; , if and only if
⟹ , daraus folgt; , which implies
⟶ ,; ,
← ,; ,
↔ ,; ,
↑ aufwärts; up
↓ abwärts; down
↗ aufwärts; up
↘ abwärts; down
➔ ,; ,
➜ ,; ,
➡ ,; ,
▶ ,; ,
► ,; ,
♀ weiblich; female
♂ männlich; male
⚥ divers; intersex
♯ Kreuz; sharp
♭ B; flat
⌘ Befehlstaste; command
⌥ Wahltaste; option
⇧ Umschalttaste; shift
☎ Telefon; telephone
℗ Copyright; copyright
⊕ plus; plus
⊗ mal; times
ξ Xi; xi
ι Jota; iota
ν Ny; nu
υ Ypsilon; upsilon
Γ Gamma; gamma
Θ Theta; theta
Λ Lambda; lambda
Π Pi; pi
Φ Phi; phi
Ψ Psi; psi
Ξ Xi; xi
ς Sigma; sigma
ϕ Phi; phi
ϑ Theta; theta
ϵ Epsilon; epsilon
"""
"""Sign, what it is called in German; in English."""


def _column(number: int) -> dict[str, str]:
    rows = (row.partition(" ") for row in _ROWS.strip().splitlines())
    return {sign: said.split("; ")[number] for sign, _, said in rows}


GERMAN_SYMBOLS = _column(0)
ENGLISH_SYMBOLS = _column(1)
