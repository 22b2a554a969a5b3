"""Genders of German nouns: of common ones by name, of the rest by their ending. Data only.

A compound has the gender of its last part, so every entry but the exact ones also counts as an
ending; the longest that fits decides.
"""

from __future__ import annotations

from narrate.spoken.core import words

_MASCULINE = words(
    "abend absatz abschnitt abstand akt anlauf anruf anschlag ansatz anteil antrag apfel apparat "
    "april artikel arzt aufenthalt aufruf auftrag auftritt ausflug ausweis ball band baum beginn "
    "beitrag bereich bericht berg besitzer besuch besucher betrag betrieb block boden brief "
    "bruder bus chef computer dank dienst dienstag direktor donnerstag druck durchgang eindruck "
    "eingang eintrag empfang engpass erfolg fahrer faktor fall fehler feiertag fernseher film "
    "fisch flug fluss freitag freund frühling gang garten gast geburtstag gedanke gegner gewinn "
    "gewinner glaube gott grad grund halt hals haushalt herbst herr himmel hof hund hunger januar "
    "juli juni jungen käse kandidat kaffee kampf kanal kauf kern koffer kommentar konflikt "
    "kongress kontakt kontinent kopf korb kreis krieg kuchen kunde kurs lauf lehrer leiter liter "
    "löffel mai mann mantel markt marsch meister mensch meter minister mittwoch moment monat mond "
    "montag mord motor mund name november oktober ort parteitag partner patient plan planet platz "
    "preis prozess punkt rahmen rang rat raum redner regen rekord rest ring roman rücken sack "
    "samstag satz schaden schluss schnee schnitt schritt schuh schutz see sektor september sieg "
    "sieger sinn sitz sohn soldat sommer sonntag spaß spieler spieltag sport sprung stand start "
    "staat stein stern stich stock stoff strand streik streit strich strom stuhl sturm tag takt "
    "teil teller termin test text tisch titel tod ton topf tote tote traum treffer tropfen typ "
    "umfang umsatz unfall unterricht unterschied urlaub vater verein verkehr verlag versuch "
    "vertrag vogel vorfall vorname vorschlag vorsitzender vorteil wagen wahlgang wald weg wein "
    "wert wettbewerb wind winter wunsch wurf zahn zeitpunkt zeitraum zoll zucker zug zustand "
    "zweck zweig zyklus film weltkrieg advent band stiefel ausschuss bundespräsident präsident "
    "euro dollar cent franken jahrestag kandidat artist student journalist tourist polizist "
    "buchstabe wille friede experte kollege genosse franzose chinese türke brite zeuge nachbar "
    "nachfolger vorgänger halbfinalist schüler bürger arbeiter einwohner autor doktor professor "
    "schauspieler sänger dichter könig kaiser papst bundeskanzler kanzler zuschauer hase löwe "
    "affe bote neffe riese tanz schwung schaum motor atlantik pazifik ling ismus ant eur or ich "
    "ig ner ler er el en"
)
_FEMININE = words(
    "ahnung angst anlage ansicht antwort arbeit art auflage ausgabe axt bahn bank bibel blume "
    "braut brücke brust burg butter dimension ebene ehe ehre ei energie entscheidung erde etage "
    "fabrik fahrt farbe figur firma flasche folge form fracht frage frau freude front frucht "
    "fassung funktion geburt gefahr geige generation geschichte gestalt gewalt gruppe halbzeit "
    "hand haut hilfe hochzeit idee instanz ik industrie insel jagd kammer karte kirche klasse "
    "kraft kuh kultur kunst lage last leistung liebe liga linie liste luft lust macht mannschaft "
    "marke masse mauer milch minute mitte mutter nacht nase natur note not nummer nuss oper "
    "partei person phase post prüfung quelle reihe reise rolle runde sache saison schicht "
    "schlacht schrift schuld schule schulter schwester seite sekunde sicht sitzung sonne spalte "
    "sprache spur staffel stadt stange stelle stimme stirn straße stufe stunde suche szene tafel "
    "tasse tat taste tochter tonne tour tür uhr universität ursache version viertelstunde wahl "
    "wand ware welt woche wolke wurst wut zahl zeile zeit zeitung ziffer zone zukunft zusage "
    "zwischenzeit sinfonie symphonie etappe mahnung chance hälfte million milliarde billion "
    "tablette kapsel gabel nadel regel insel kugel amsel formel wurzel schaufel schachtel ampel "
    "feder nummer oper kammer mauer steuer feier trauer dauer ziffer schulter butter amtszeit "
    "zwiebel kartoffel schüssel nudel trommel fackel waffel brezel klingel vokabel orgel semmel "
    "muschel kachel mandel achsel eichel kanzel wachtel distel gurgel hantel windel spindel leber "
    "ader faser klammer metapher folter auster elster faust gans maus laus magd wahl zahl qual "
    "saat naht bucht sucht flucht pflicht frist brunst kluft gruft schnur tracht wacht norm "
    "uniform plattform reform figur diät mail jury handvoll kost gunst uhr mitgift arznei "
    "kurve agentur ung heit keit schaft tion sion tät enz anz ie in ur ade age ette ine eise esse "
    "ode ille woche hausnummer nase e"
)
_NEUTER = words(
    "problem schema phänomen thema dilemma gymnasium museum gehör kostüm dokument abitur abkommen "
    "album amt angebot auto bad bein beispiel bett bier bild blatt blut boot brot buch büro dach "
    "datum detail dorf drama drittel duell ding dutzend eis eisen element ende ereignis ergebnis "
    "erlebnis essen exemplar examen experiment fach fahrrad fahrzeug fass feld fenster fest feuer "
    "fieber finale fleisch flugzeug foto gas gebäude gebet gebiet gebot gedicht gefühl gehalt "
    "geheimnis gehirn geld gerät gericht geschäft geschenk geschoss gesetz gesicht gespräch "
    "gewicht gewitter glas gleis glied glück gold gramm gras haar halbfinale halbjahr hemd herz "
    "heft haus holz hotel hundert interesse institut instrument interview jahr jahrhundert "
    "jahrzehnt jahrtausend jubiläum kabel kapitel kilo kilogramm kind kino kissen kleid kloster "
    "knie königreich konzert konzil korps kraftwerk krankenhaus kreuz land leben lebensjahr licht "
    "lied loch mädchen mal maß meer mehl ministerium messer metall militär mittel mittelalter "
    "modell modul monument motiv museum netz netzwerk nest objekt öl ohr opfer orchester paar "
    "paket papier parlament pferd pfund plakat portal programm projekt prozent publikum quartal "
    "rad radio recht referendum regal reich rennen restaurant rezept risiko salz schaf schicksal "
    "schiff schild schloss schwein schwert segment semester signal silber spiel stadion stadium "
    "stadtviertel stück studio studium system tal talent tausend team telefon tempo theater thema "
    "tier training treffen treffen turnier ufer unglück unternehmen update urteil verbrechen "
    "verbot verfahren verhältnis verlangen versprechen video viertel viertelfinale volk wachstum "
    "wasser wetter werk werkzeug wissen wochenende jahresende kriegsende wort wunder zeichen zelt "
    "zentrum zeug zeugnis ziel zimmer zitat klavierkonzert achtel fünftel zehntel level match "
    "huhn lamm kalb korn horn brett fett eisbein klavier quartier revier rohr joch blech pech "
    "grab recht geschlecht gefecht rind wild kapitel mittel segel rudel möbel leder muster "
    "pflaster polster raster register theater rätsel märchen bündel viertel drittel hotelzimmer "
    "formular seminar honorar mandat zertifikat inserat internat dekret produkt insekt "
    "derby chen lein ment tum nis um ium treffen auge ohr herz remake sequel"
)
_EXACT = {
    "tor": "n", "mose": "m", "kw": "f", "halbe": "n", "ei": "n", "blei": "n", "knie": "n",
    "reich": "n", "bereich": "m", "ende": "n", "auge": "n", "erbe": "n", "junge": "m",
    "deutsche": "m", "kunde": "m", "rat": "m", "bar": "f", "band": "m", "leiter": "m",
    "steuer": "f", "feuer": "n", "gas": "n", "essen": "n", "leben": "n", "wagen": "m", "zeh": "m",
    "fee": "f", "tee": "m", "see": "m", "idee": "f", "knäuel": "n", "alter": "n", "muster": "n",
    "ufer": "n", "lager": "n", "fieber": "n", "becken": "n", "pole": "m", "russe": "m", "däne": "m",
    "schwede": "m", "versuch": "m", "buch": "n", "tuch": "n", "fax": "n", "maß": "n", "los": "n",
    "moos": "n", "tipp": "m", "trip": "m", "clip": "m", "app": "f", "mail": "f", "e-mail": "f",
    "box": "f", "cd": "f", "dvd": "f", "wm": "f", "em": "f", "sim": "f", "pkw": "m", "lkw": "m",
    "baby": "n", "hobby": "n", "party": "f", "story": "f", "tier": "n", "dieb": "m", "vieh": "n",
    "kilo": "n", "auto": "n", "foto": "n", "video": "n", "kino": "n", "motor": "m", "sektor": "m",
    "in": "m",
}  # fmt: skip

GENDERS: dict[str, str] = {
    **dict.fromkeys(_MASCULINE, "m"),
    **dict.fromkeys(_NEUTER, "n"),
    **dict.fromkeys(_FEMININE, "f"),
}
"""Nouns and ends of nouns, in lower case → ``m``, ``f`` or ``n``."""

EXACT_GENDERS: dict[str, str] = _EXACT
"""The same for words that are no ends of others."""

LONGEST_ENTRY = max(map(len, GENDERS))
