"""English abbreviations and what is said for them. Data only.

Keys are written with their full stops; a space in a key may be missing in a text.
"""

from __future__ import annotations

from narrate.spoken.core import words

TITLES = {
    "Mr.": "Mister", "Mrs.": "Misses", "Ms.": "Miz", "Messrs.": "Messers", "Dr.": "Doctor",
    "Drs.": "Doctors", "Prof.": "Professor", "Profs.": "Professors", "St.": "Saint",
    "Sts.": "Saints", "Rev.": "Reverend", "Hon.": "Honourable", "Gen.": "General",
    "Col.": "Colonel", "Capt.": "Captain", "Lt.": "Lieutenant", "Sgt.": "Sergeant",
    "Cmdr.": "Commander", "Adm.": "Admiral", "Maj.": "Major", "Cpl.": "Corporal",
    "Pvt.": "Private", "Brig.": "Brigadier", "Gov.": "Governor", "Govs.": "Governors",
    "Sen.": "Senator", "Sens.": "Senators", "Rep.": "Representative", "Reps.": "Representatives",
    "Pres.": "President", "Supt.": "Superintendent", "Insp.": "Inspector", "Det.": "Detective",
    "Atty.": "Attorney", "Amb.": "Ambassador", "Fr.": "Father", "Msgr.": "Monsignor",
    "Mme.": "Madame", "Mlle.": "Mademoiselle", "Bp.": "Bishop", "Abp.": "Archbishop",
    "Rt.": "Right", "Asst.": "Assistant", "Assoc.": "Associate", "Esq.": "Esquire",
    "Cdr.": "Commander", "Treas.": "Treasurer", "Secy.": "Secretary", "Cllr.": "Councillor",
    "Pfc.": "Private First Class", "Spc.": "Specialist", "Ens.": "Ensign",
}  # fmt: skip
"""Before a name."""

PARTED = {
    "e. g.": "for example", "i. e.": "that is", "et al.": "and others", "op. cit.": "op cit",
    "loc. cit.": "loc cit", "et seq.": "and following", "q. v.": "which see",
    "w. r. t.": "with respect to", "a. k. a.": "also known as", "R. I. P.": "R I P",
    "N. B.": "N B", "P. S.": "P S", "P. P. S.": "P P S", "Ph. D.": "P H D", "M. D.": "M D",
    "B. Sc.": "B S C", "M. Sc.": "M S C", "M. Phil.": "M Phil", "D. Phil.": "D Phil",
    "Litt. D.": "Litt D", "B. C.": "B C", "B. C. E.": "B C E", "a. m.": "A M", "p. m.": "P M",
    "p. a.": "per annum", "n. d.": "no date", "O. K.": "okay", "f. o. b.": "F O B",
    "Ed. Note": "Editor's Note", "Ed. note": "Editor's note", "rev. ed.": "revised edition",
    "sq. ft.": "square feet", "sq. mi.": "square miles", "sq. m.": "square metres",
    "sq. yd.": "square yards", "cu. ft.": "cubic feet", "b. i. d.": "twice a day",
    "q. d.": "once a day", "p. w.": "per week",
    "t. i. d.": "three times a day", "a. e. t.": "after extra time", "fl. oz.": "fluid ounces",
    "S. p. A.": "S P A", "d. b. a.":
    "doing business as", "v. s.": "versus", "P. O. Box": "P O Box",
}  # fmt: skip
"""Of several parts."""

ABBREVIATIONS = {
    **TITLES,
    **PARTED,
    "etc.": "et cetera", "vs.": "versus", "cf.": "compare", "ca.": "circa", "viz.": "namely",
    "resp.": "respectively", "ibid.": "ibidem", "approx.": "approximately", "incl.": "including",
    "excl.": "excluding", "max.": "maximum", "min.": "minimum", "avg.": "average",
    "est.": "estimated", "esp.": "especially", "Jr.": "Junior", "Sr.": "Senior", "Inc.": "Inc",
    "Corp.": "Corp", "Ltd.": "Limited", "Co.": "Company", "Cos.": "Companies", "Bros.": "Brothers",
    "Mfg.": "Manufacturing", "Intl.": "International", "intl.": "international",
    "Int'l.": "International", "Natl.": "National", "natl.": "national", "Assn.": "Association",
    "assn.": "association", "assoc.": "associate", "Dept.": "Department", "dept.": "department",
    "Depts.": "Departments", "depts.": "departments", "Div.": "Division", "div.": "division",
    "Univ.": "University", "Inst.": "Institute", "Acad.": "Academy", "Govt.": "Government",
    "govt.": "government", "Tel.": "Telephone", "tel.": "telephone", "ext.": "extension",
    "misc.": "miscellaneous", "dist.": "district", "orig.": "original", "temp.": "temperature",
    "trans.": "translated", "ed.": "edited", "eds.": "editors", "repr.": "reprinted",
    "rev.": "revised", "pub.": "published", "mgr.": "manager", "Mgr.": "Manager",
    "asst.": "assistant", "mgmt.": "management", "qty.": "quantity", "amt.": "amount",
    "acct.": "account", "pkg.": "package", "ref.": "reference", "prev.": "previous",
    "std.": "standard", "tech.": "technical", "admin.": "administration", "bldg.": "building",
    "attn.": "attention", "cont.": "continued", "contd.": "continued", "hrs.": "hours",
    "mins.": "minutes", "secs.": "seconds", "yrs.": "years", "mos.": "months", "wks.": "weeks",
    "yr.": "year", "mo.": "months", "wk.": "week", "hr.": "hour", "bn.": "billion",
    "mn.": "million", "mil.": "million", "tn.": "trillion", "equiv.": "equivalent",
    "lang.": "language", "pop.": "population", "illus.": "illustrated", "suppl.": "supplement",
    "abbr.": "abbreviated", "abbrev.": "abbreviated", "adj.": "adjective", "adv.": "adverb",
    "sing.": "singular", "pl.": "plural", "syn.": "synonym", "obs.": "obsolete", "c.": "circa",
    "Ave.": "Avenue", "Blvd.": "Boulevard", "Rd.": "Road", "Ln.": "Lane", "Ct.": "Court",
    "Pl.": "Place", "Sq.": "Square", "Hwy.": "Highway", "Pkwy.": "Parkway", "Expy.": "Expressway",
    "Fwy.": "Freeway", "Tpke.": "Turnpike", "Rte.": "Route", "Apt.": "Apartment", "Ste.": "Suite",
    "Bldg.": "Building", "Rm.": "Room", "Mt.": "Mount", "Mts.": "Mountains", "Ft.": "Fort",
    "Twp.": "Township", "Pde.": "Parade", "Cres.": "Crescent", "Gdns.": "Gardens",
    "Terr.": "Terrace", "Hts.": "Heights", "Jct.": "Junction", "Stn.": "Station",
    "agg.": "aggregate", "Vit.": "Vitamin", "Bn.": "Battalion", "Regt.": "Regiment",
    "Cav.": "Cavalry", "Inf.": "Infantry",
    "Bde.": "Brigade", "Sqn.": "Squadron", "Proc.": "Proceedings", "Conf.": "Conference",
    "Symp.": "Symposium",
    "Hosp.": "Hospital", "Cath.": "Cathedral", "Sept.": "September",
    "Feb.": "February", "Aug.": "August", "Oct.": "October", "Nov.": "November",
    "Dec.": "December", "Thurs.": "Thursday", "Tues.": "Tuesday", "Wm.": "William",
    "Thos.": "Thomas", "Chas.": "Charles", "Robt.": "Robert", "Benj.": "Benjamin",
}  # fmt: skip
"""Said like this wherever they stand (``c.`` only before a digit)."""

NEVER_CAPITALISED = frozenset(
    words("c. max. est. ed. pub. tech. std. pop. pl. sing. mil. mo. min. bn.")
)
"""Keys whose capitalised form is a name, a word or another abbreviation."""

WORDS_TOO = frozenset(words("temp. ed. est. dist. trans. mil. mo. pub. pop. tech. sing. cont. rev. "
                            "misc. ref. admin. ext."))  # fmt: skip
"""Words of their own at the end of a sentence; abbreviations where the sentence goes on."""

BEFORE_NUMBER = {
    "No.": "number", "no.": "number", "Nos.": "numbers", "nos.": "numbers", "p.": "page",
    "pp.": "pages", "vol.": "volume", "Vol.": "Volume", "vols.": "volumes", "Vols.": "Volumes",
    "ch.": "chapter", "Ch.": "Chapter", "chs.": "chapters", "chap.": "chapter",
    "Chap.": "Chapter", "fig.": "figure", "Fig.": "Figure", "figs.": "figures", "Figs.": "Figures",
    "sec.": "section", "Sec.": "Section", "sect.": "section", "Sect.": "Section",
    "secs.": "sections", "eq.": "equation", "Eq.": "Equation", "eqs.": "equations",
    "Eqs.": "Equations", "art.": "article", "Art.": "Article", "arts.": "articles",
    "par.": "paragraph", "para.": "paragraph", "paras.": "paragraphs", "v.": "version",
    "c.": "circa", "ver.": "version", "tab.": "table", "Tab.": "Table", "app.": "appendix",
    "App.": "Appendix", "pt.": "part", "Pt.": "Part", "l.": "line", "ll.": "lines", "n.": "note",
    "s.": "section", "ss.": "sections", "Nr.": "number", "cl.": "clause", "ex.": "example",
    "Ex.": "Example", "col.": "column", "cols.": "columns", "fn.": "footnote", "bk.": "book",
    "Bk.": "Book", "ep.": "episode", "Ep.": "Episode", "Thm.": "Theorem", "Def.": "Definition",
    "Prop.": "Proposition", "Lem.": "Lemma", "pl.": "plate", "Pl.": "Plate", "Op.": "Opus",
    "op.": "opus", "Cat.": "Category", "vv.": "verses", "Sched.": "Schedule", "sc.": "scene",
    "Sc.": "Scene",
    "wk.": "week",
    "issn.": "I S S N", "ser.": "series", "Tel.": "Telephone",
}  # fmt: skip
"""Said like this before a digit only."""

AFTER_NUMBER = {
    "ft.": ("foot", "feet"), "in.": ("inch", "inches"), "lb.": ("pound", "pounds"),
    "lbs.": ("pound", "pounds"), "oz.": ("ounce", "ounces"), "yd.": ("yard", "yards"),
    "yds.": ("yard", "yards"), "mi.": ("mile", "miles"), "gal.": ("gallon", "gallons"),
    "qt.": ("quart", "quarts"), "pt.": ("pint", "pints"), "tbsp.": ("tablespoon", "tablespoons"),
    "Tbsp.": ("tablespoon", "tablespoons"),
    "tsp.": ("teaspoon", "teaspoons"), "hr.": ("hour", "hours"), "hrs.": ("hour", "hours"),
    "min.": ("minute", "minutes"), "mins.": ("minute", "minutes"), "sec.": ("second", "seconds"),
    "secs.": ("second", "seconds"), "yr.": ("year", "years"), "yrs.": ("year", "years"),
    "wk.": ("week", "weeks"), "wks.": ("week", "weeks"), "mo.": ("month", "months"),
    "mos.": ("month", "months"), "kg.": ("kilogram", "kilograms"), "km.": ("kilometre",
    "kilometres"), "cm.": ("centimetre", "centimetres"), "mm.": ("millimetre", "millimetres"),
    "pct.": ("percent", "percent"), "pp.": ("page", "pages"), "vols.": ("volume", "volumes"),
    "ff.": ("and following", "and following"), "ed.": ("edition", "edition"),
    "bbl.": ("barrel", "barrels"), "doz.": ("dozen", "dozen"),
}  # fmt: skip
"""After a number: for one, for many."""

UNSTOPPED = {
    "vs": "versus", "eg": "for example", "ie": "that is", "etc": "et cetera",
    "aka": "also known as", "approx": "approximately", "incl": "including", "excl": "excluding",
    "Ltd": "Limited", "Bros": "Brothers", "Dept": "Department", "dept": "department",
    "Govt": "Government", "govt": "government", "gov't": "government", "Gov't": "Government",
    "Assn": "Association", "Ass'n": "Association", "Intl": "International",
    "int'l": "international", "Int'l": "International", "nat'l": "national", "Nat'l": "National",
    "Univ": "University", "Blvd": "Boulevard", "Hwy": "Highway", "Pkwy": "Parkway",
    "mgmt": "management", "btw": "by the way", "thx": "thanks", "pls": "please",
    "asap": "A S A P", "TL;DR": "T L D R", "tl;dr": "T L D R", "ok": "okay",
    "fwiw": "for what it's worth", "imho": "in my humble opinion",
    "imo": "in my opinion", "afaik": "as far as I know", "tbh": "to be honest",
    "w/o": "without", "w/": "with ", "b/c": "because", "c/o": "care of", "n/a": "not applicable",
    "N/A": "not applicable", "and/or": "and or", "he/she": "he or she", "she/he": "she or he",
    "his/her": "his or her", "him/her": "him or her", "her/his": "her or his", "s/he": "she or he",
    "He/she": "He or she", "She/he": "She or he", "His/her": "His or her", "S/he": "She or he",
    "either/or": "either or", "Sir/Madam": "Sir or Madam", "w/c": "week commencing",
    "m/m": "month on month", "y/y": "year on year",
    "q/q": "quarter on quarter", "yoy": "year on year", "YoY": "year on year",
    "MoM": "month on month",
    "QoQ": "quarter on quarter", "Thx": "Thanks",
    "Pls": "Please",
    "idk": "I don't know", "omg": "O M G", "yes/no": "yes or no", "Ps and Qs": "P's and Q's",
    "Eg": "For example", "Ie": "That is", "Btw": "By the way", "BTW": "by the way",
}  # fmt: skip
"""Without a full stop, as whole words."""

LABELS = {
    "Qty": "Quantity", "qty": "quantity", "Attn": "Attention", "attn": "attention",
    "Tel": "Telephone", "tel": "telephone", "Ref": "Reference", "ref": "reference",
    "Encl": "Enclosed", "Mob": "Mobile", "Acct": "Account", "Amt": "Amount", "Dep": "Departure",
    "Arr": "Arrival", "dep": "departure", "arr": "arrival", "Fig": "Figure", "Approx":
    "Approximately", "Est": "Established", "Max": "Maximum", "Min": "Minimum", "max": "maximum",
    "min": "minimum", "avg": "average", "Avg": "Average",
}  # fmt: skip
"""Before a colon; ``Dep.`` also before a digit."""

UNSTOPPED_TITLES = frozenset(words("Mr Mrs Ms Dr Drs Prof St Lt Col Sgt Capt Messrs Cmdr Cpl Pvt "
                                   "Maj Rev Fr Insp Supt Cllr Sen Gov Jr Sr Mme Mlle "
                                   "Msgr"))  # fmt: skip
"""Titles that are often written without a full stop before a name."""

DIRECTIONS = {
    "N.": "North", "S.": "South", "E.": "East", "W.": "West", "NE": "Northeast",
    "NW": "Northwest", "SE": "Southeast", "SW": "Southwest", "N.E.": "Northeast",
    "N.W.": "Northwest", "S.E.": "Southeast", "S.W.": "Southwest",
}  # fmt: skip

STATES = {
    "Ala.": "Alabama", "Ariz.": "Arizona", "Ark.": "Arkansas", "Calif.": "California",
    "Cal.": "California", "Colo.": "Colorado", "Conn.": "Connecticut", "Del.": "Delaware",
    "Fla.": "Florida", "Ga.": "Georgia", "Ida.": "Idaho", "Ill.": "Illinois", "Ind.": "Indiana",
    "Kan.": "Kansas", "Kans.": "Kansas", "Ky.": "Kentucky", "La.": "Louisiana", "Md.": "Maryland",
    "Mass.": "Massachusetts", "Mich.": "Michigan", "Minn.": "Minnesota", "Miss.": "Mississippi",
    "Mo.": "Missouri", "Mont.": "Montana", "Neb.": "Nebraska", "Nebr.": "Nebraska",
    "Nev.": "Nevada", "N.H.": "New Hampshire", "N.J.": "New Jersey", "N.M.": "New Mexico",
    "N.Y.": "New York", "N.C.": "North Carolina", "N.D.": "North Dakota", "Okla.": "Oklahoma",
    "Ore.": "Oregon", "Pa.": "Pennsylvania", "R.I.": "Rhode Island", "S.C.": "South Carolina",
    "S.D.": "South Dakota", "Tenn.": "Tennessee", "Tex.": "Texas", "Vt.": "Vermont",
    "Va.": "Virginia", "Wash.": "Washington", "W.Va.": "West Virginia", "W. Va.": "West Virginia",
    "Wis.": "Wisconsin", "Wyo.": "Wyoming", "Ont.": "Ontario", "Que.": "Quebec",
    "B.C.": "British Columbia", "Alta.": "Alberta", "P.R.": "Puerto Rico",
}  # fmt: skip
"""After the name of a place and a comma, or after the letter of a party."""

POSTAL = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa",
    "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland",
    "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi",
    "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina",
    "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
    "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee",
    "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington",
    "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming", "DC": "D C",
}  # fmt: skip
"""After the name of a place and a comma."""

POSTAL_WORDS = frozenset(words("OK OR IN ME HI OH PA MA CO AL LA MD"))
"""Words or other abbreviations too, unless a ZIP code follows or the place is well known."""

PARTIES = {"D": "Democrat", "R": "Republican", "I": "Independent"}

MAY_END = frozenset({
    "etc.", "Inc.", "Corp.", "Ltd.", "Co.", "Bros.", "Jr.", "Sr.", "a. m.", "p. m.", "Ph. D.",
    "M. D.", "B. C.", "et al.", "Esq.", "hrs.", "mins.", "secs.", "yrs.", "bn.", "mn.", "Ave.",
    "Blvd.", "Rd.", "St.", "U. S.", "U. K.", "U. N.", "E. U.", "D. C.", "A. D.", "L. A.",
    "ibid.", "max.", "min.", "mil.", "tn.", "dept.", "Dept.", "mo.", "wk.", "ed.", "est.",
    "a. k. a.", "Ln.", "Ct.", "Pl.", "Sq.", "Hwy.", "Dr.", "p. a.", "O. K.", "Cos.", "mos.",
    "wks.", "yr.", "hr.", "q. v.", "op. cit.", "loc. cit.", "B. C. E.", "M. Sc.", "B. Sc.",
    "Terr.", "Hts.", "Cres.", "Gdns.", "R. I. P.", "temp.", "dist.", "trans.", "pub.", "pop.",
    "tech.", "sing.", "cont.", "rev.", "misc.", "ref.", "admin.", "ext.", "pl.", "sq. ft.",
    "sq. mi.", "fl. oz.", "cu. ft.", "govt.", "Govt.", "n. d.", "Sept.", "resp.",
})  # fmt: skip
"""Abbreviations that can close a sentence; before a word that begins sentences they do."""
