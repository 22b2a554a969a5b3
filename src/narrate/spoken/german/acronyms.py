"""German readings of words made of capitals, or with capitals inside. Data only.

News readers and Duden decide which acronyms are words; all others up to four letters are spelled.
"""

from __future__ import annotations

from narrate.spoken.core import words

_AS_WORDS = words(
    "KÖLN BONN WIEN KIEL JENA GERA MAINZ ESSEN HALLE ULM TRIER ABBA ACTA ADIDAS AGFA AIDA AIDS "
    "ALDI ALGOL ALMA AMEX ANSI ANTIFA ASEAN ASTRA ASTA AWACS AZUBI BAFA BAMF BAMS BASIC BILD BRAVO "
    "BRICS BUGA BUND CARITAS CEBIT CERN CETA COBOL CORAL COVID DAX DEBEKA DEKRA DENIC DIN DISCO "
    "DITIB DIVI DORA DOS EBIT EBITDA EDEKA EFTA EFSA ELAN ELENA ELSTER EPSON ERASMUS ESA ESSAY "
    "ESTA EURATOM EUREKA EUROPOL EXPO EXIM FIAT FIFA FRONTEX FORTRAN GAFAM GASAG GATT GAU GEMA GEO "
    "GIF GROKO GULAG HAMAS HARIBO HELCOM HERMES IFA IFO IGLU IKEA INSA INTERPOL ISAF ISO ITER JEEP "
    "JULEICA KFOR KITA KUKA LADA LAN LASER LEGO LIDAR LIDL LOTTO MAGA MAUT MDAX MENSA MERCOSUR "
    "MINT NABU NAFTA NASA NASDAQ NATO NAVI NEMO NOYB NVIDIA OPEC OPEL OSRAM PEN PEGIDA PETA PIN "
    "PISA PIXAR POLIS PROSA RADAR RAL RAM REFA REHA REWE ROM SALT SARS SARTRE SAT SCHUFA SEAT SEPA "
    "SIM SOHO SOKO SONAR SPAM START STASI STIKO SUVA SWIFT TAN TEDI TIMSS TOEFL TUI UEFA UKIP "
    "UNESCO UNICEF UNIX UNO VARTA VISA VIVA VOX WADA WIMAX XETRA YETI ZEIT ZEBRA ROFL KRITIS BAFIN "
    "BIMSCHV LOLA CARE KOMBI SIRI ALEXA GIGA PONS EON DESY FAO NIMBY FOMO YOLO JUSO KIKA NOKIA "
    "ROLEX SONY SIEMENS BOSCH MIELE PUMA NIVEA PERSIL RAVENSBURGER RIMOWA"
)
_SPELLED = words(
    "ADAC ADFC ACAB BAGSO BLLV DAAD DAZN DGUV FAO GAFA IAEA IATA IHK ILO IPA ISAD ISIN IVF IWC "
    "LAGESO NAACP NGO NPD ORF OSZE PET POS RAF SAP UAE UAW UAV UN UNHCR URL USA UPS USB USP VEB "
    "VIP AIGC AIGMS BIP GUS IAA IOC ISBN MAD NOK UNHRC OECD"
)
_MIXED_SPELLED = words(
    "GmbH StGB StPO StVO StVZO VwGO AfD KfW PhD eV mbH gGmbH UrhG EuGH VfGH BfV BfN BfR BfS BfG "
    "OStA RiLi GbR oHG eG AöR EStG UStG KStG GewO BewG AsylG AktG HGrG ArbZG KSchG StAG "
    "AufenthG FamFG GmbHG IfSG StrEG MuSchG OWiG PStG TKG TMG UWG WpHG DPolG GdP IfW DIfE HfM HfG "
    "FhG MfS NfD KdöR IoT PoC BoB DoS DDoS SaaS PaaS IaaS VoIP LoRA QoS RoHS eSIM ePA mRNA tRNA "
    "siRNA rRNA cDNA StR BGHSt BGHZ OLGZ HbA LaD NaCl VfB VfL TuS SpVgg KfZ DpA BvB"
)

ACRONYMS = {
    **{word: word.capitalize() for word in _AS_WORDS},
    **{word: " ".join(word) for word in _SPELLED},
    **{word: " ".join(word.upper()) for word in _MIXED_SPELLED},
    "MdB": "M D B", "MdL": "M D L", "MdEP": "M D E P", "TÜV": "Tüff", "IBAN": "Iban",
    "UdSSR": "U D S S R", "BioNTech": "Biontech",
    "CRISPR": "Crisper", "UFO": "Ufo", "UFOs": "Ufos", "StA": "Staatsanwaltschaft",
    "ThyssenKrupp": "Thyssen Krupp",
    "ASCII": "Aski", "WLAN": "W Lan", "MDAX": "M Dax", "TecDAX": "Teck Dax",
    "SDAX": "S Dax", "BaFin": "Bafin", "BAföG": "Bafög", "BAFÖG": "Bafög", "iOS": "I O S",
    "OLED": "O L E D", "JPEG": "Jay Peg", "JPG": "Jay Peg", "MPEG": "M Peg", "JSON": "Jay Son",
    "YAML": "Yammel", "NVIDIA": "Nvidia", "kW": "Kilowatt", "kWh": "Kilowattstunden",
    "MWh": "Megawattstunden", "GHz": "Gigahertz", "MHz": "Megahertz", "DPDgroup": "D P D Group",
    "YouTube": "You Tube", "LaTeX": "Latech", "TeX": "Tech", "CAPTCHA": "Captcha", "OK": "okay",
    "macOS": "Mac O S", "watchOS": "Watch O S", "iPadOS": "I Pad O S",
    "USAID": "U S Aid", "EUMETSAT": "Eumetsat", "SIPRI": "Sipri", "LaGeSo": "Lageso",
    "KiKA": "Kika", "KiTa": "Kita", "KiGa": "Kiga", "StVG": "S T V G", "BvS": "B V S",
    "AStA": "Asta", "StuPa": "Stupa", "JuSo": "Juso", "BuGa": "Buga", "GroKo": "Groko",
    "LiDAR": "Lidar", "BeNeLux": "Benelux", "LoRa": "Lora", "WiFi": "Wi Fi", "PvdA": "P V D A",
    "BVerfG": "Bundesverfassungsgericht", "BVerwG": "Bundesverwaltungsgericht",
    "BPatG": "Bundespatentgericht", "BSozG": "Bundessozialgericht", "BetrVG":
    "Betriebsverfassungsgesetz", "BauGB": "Baugesetzbuch", "InsO": "Insolvenzordnung",
    "BImSchG": "Bundesimmissionsschutzgesetz", "TzBfG": "Teilzeit und Befristungsgesetz",
    "BEEG": "B E E G", "VwVfG": "Verwaltungsverfahrensgesetz", "GewStG": "Gewerbesteuergesetz",
    "BArbG": "Bundesarbeitsgericht", "LArbG": "Landesarbeitsgericht", "BVerfGG":
    "Bundesverfassungsgerichtsgesetz", "ErbStG": "Erbschaftsteuergesetz",
    "WoGeld": "Wohngeld", "BfArM": "Bfarm", "BMWi": "B M W I", "BMWK": "B M W K", "CoV": "Co V",
    "PowerPoint": "Power Point", "LinkedIn": "Linked In", "UStId": "Umsatzsteuer-I D",
    "ADHS": "A D H S", "MiG": "Mig", "KunstUrhG": "Kunsturhebergesetz", "MIX": "Mix",
    "MwSt":
    "Mehrwertsteuer", "USt": "Umsatzsteuer", "EKG": "E K G", "AC": "A C", "DC": "D C",
    "IPv": "I P V", "MSc": "Master of Science", "BSc": "Bachelor of Science",
    "McDonald": "McDonald",
}  # fmt: skip
"""Words with capitals inside that are not spelled, or not read, by the rule."""

SHOUTED = frozenset(
    words(
        "ACHTUNG ALLE ALLES ALS AM AN AUCH AUF AUS BEI BIS DA DAS DASS DEM DEN DER DES DIE DOCH "
        "EIN EINE ER FREI FÜR GANZ GAR GEHT GUT HABEN HAT HIER ICH IHR IMMER IN IST JA JEDER JEDE "
        "ZT KANN KEIN KEINE MAN MEHR MUSS NACH NEIN NEU NEUE NICHT NICHTS NIE NUN NUR OB ODER OHNE "
        "SEHR SIE SIND SO STOP STOPP ÜBER UM UND UNS VIEL VON VOR WAR WARUM WAS WEIL WENN WER WIE "
        "WILL WIR WIRD WO ZU ZUM ZUR DU ALSO BALD BITTE DANN DANK DENN DICH DIES DIR DORT DREI "
        "EINS ERST ES ETWAS EUCH FAST GANZE GEGEN GENAU GERN GIBT GROSS HALT HEUTE IHM IHN IHRE "
        "KEINER KOMM KURZ LAUT LIEBE LOS MAL MEIN MICH MIR NOCH OFT RAUS SCHON SEIN SEIT SELBST "
        "SOLL STETS VIELE VIER VOLL WANN WARE WEG WEIT WELT WEM WEN WIEDER ZWEI ENDE GELD HILFE "
        "LEBEN ZEIT VERBOTEN OFFEN ZUTRITT RUHE FEUER VORSICHT TEIL AUFRUF NOT"
    )
)
"""Common words in capitals for emphasis; ``in`` and the like stay small."""
