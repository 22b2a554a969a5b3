"""English names and words in German text → how German spelling writes their sound. Data only.

Sounds that German lacks are given as Germans say them: a short a for the u of “Update”, a long e
for the a of “Gates”. What a German voice reads well anyway is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_COMPANIES = """
Xiaomi=Schau-mi; Kuaishou=Kuai-Schoh; Zhipu=Dschipu; Keling=Ke-Ling; Baidu=Bei-duh;
Tencent=Tenn-Sent; Huawei=Hua-wei; Qwen=Kuenn; Doubao=Dau-bau; Weibo=Wei-boh; WeChat=Wie-Tschätt;
Lei Jun=Leh Dschünn; Jiang Defu=Dschiang Dehfu; Sanxingdui=Sahn-Sching-Dueh; Google=Guhgel;
You Tube=Juh Tuhb; Microsoft=Maikrosoft; Apple=Äppel; Facebook=Fehsbuck; Amazon=Ämäsonn;
Whats App=Wotts Äpp; Byte Dance=Beit Dähns; Tik Tok=Tick Tock; Instagram=Instagrämm;
Snapchat=Snäpptschätt; Linked In=Linkt In; Pay Pal=Peh Päll; Paypal=Peh-Päll; Bay=Beh;
Airbnb=Ehr Bi-Änd-Bi; Spotify=Spottifei; Slack=Släck; Adobe=Ädohbi; Photoshop=Fotoschopp;
Oracle=Orräckel; Cisco=Sisko; Hewlett=Juhlett; Packard=Päckard; Qualcomm=Kuall-Komm;
Broadcom=Brohdkomm; Space X=Spehs Ex; Boeing=Boing; Lockheed=Lockiehd; Chrysler=Kreißler;
Chevrolet=Schewrolett; Jeep=Dschiep; Disney=Dissni; Pixar=Picksar; Warner=Worner;
Hollywood=Hollihwutt; Universal Pictures=Juniwörßel Picktschers;
Universal Music=Juniwörßel Mjuhsick; Universal Studios=Juniwörßel Studios; Paramount=Päramaunt;
Bloomberg=Bluhmbörg; Guardian=Gardiän; Times=Teims; Washington Post=Woschingten Pohst;
Forbes=Forbs; Wired=Weierd;
Wall Street=Wohl Striht; Goldman=Gohldmän; Morgan=Morgen; Stanley=Stännli; Blackrock=Bläckrock;
Black Rock=Bläck Rock; Walmart=Wollmart; Starbucks=Starrbacks; Burger King=Börger King;
Nike=Neiki; Levi's=Liweis; Gillette=Dschillett; Colgate=Kolgeht; Pfizer=Feiser;
Johnson=Dschonnsen; Claude=Klohd; Anthropic=Änn-Tropick; Gemini=Dschemmini; Copilot=Koh-Pailott;
Midjourney=Mitt-Dschörni; Stable Diffusion=Stehbel Diffjuhschn; Runway=Rannweh;
Moonshot=Muhnschott; Deep Seek=Diep Siek; Deep Mind=Diep Meind; Deep L=Diep Ell;
Perplexity=Perplexiti; Hugging Face=Hagging Fehs; Git Hub=Gitt Happ; Github=Gitt-Happ;
Java Script=Dschawa Skript; Java=Dschawa; Python=Peiten; Android=Ändreud; Windows=Windohs;
Word=Wörd; Excel=Exell; Power Point=Pauer Peunt; Outlook=Autluck; Teams=Tiems; Office=Offiss;
Chrome=Krohm; Firefox=Feierfox; Phone=Fohn; Pad=Pätt; Mac=Mäck; Mac Book=Mäck Buck;
MacBook=Mäck-Buck; Watch=Wottsch; Face Time=Fehs Teim; Play Station=Pleh Stehschn;
Playstation=Pleh-Stehschn; Switch=Switsch; Steam=Stiem; Twitch=Twitsch; Kindle=Kindel;
Sense Time=Senns Teim; Chat=Tschätt; Llama=Lahma; Grok=Grock; Cohere=Kohier; Scale=Skehl;
Huggingface=Haggingfehs; Wayback=Wehbäck; Cloudflare=Klaudflehr; Salesforce=Sehlsforß;
Larry Page=Lärri Pehdsch; Jensen Huang=Dschensen Huang; Wall Street Journal=Wohl Striht Dschörnel;
Google Play=Guhgel Pleh
"""

_PEOPLE = """
Altman=Olltmän; Sam=Säm; Elon=Ihlonn; Musk=Massk; Mark Zuckerberg=Mark Sackerbörg;
Zuckerberg=Sackerbörg; Gates=Gehts; Steve=Stiev; Jobs=Dschobbs; Cook=Kuck; Bezos=Behsohs;
Jeff=Dscheff; Larry=Lärri; Sergey=Sörgeh; Brin=Brinn; Pichai=Pitschei; Satya=Sattja; Greg=Gregg;
Brockman=Brockmän; Ilya=Illja; Geoffrey=Dscheffri; Hinton=Hinnten; Donald=Donnelt; Trump=Tramp;
Joe=Dschoh; Biden=Beiden; Obama=Obahma; George=Dschordsch; Clinton=Klinten; Hillary=Hilläri;
Kamala=Kammala; Harris=Härris; Johnny=Dschonni; James=Dschehms; Jim=Dschimm; Jimmy=Dschimmi;
Jack=Dschäck; Jackson=Dschäcksen; Michael Jackson=Meikel Dschäcksen; Charles=Tscharls;
William=Willjem; Harry=Härri; Kate=Keht; Jane=Dschehn; Janet=Dschännet; Jennifer=Dschennifer;
Jessica=Dschessika; Jason=Dschehßen; Jay=Dscheh; Joan=Dschohn; Josh=Dschosch; Joyce=Dscheuß;
Julia Roberts=Dschulia Robberts; Keith=Kieß; Brian=Breien; Bryan=Breien; Ryan=Reien; Ian=Ihen;
Sean=Schohn; Shaun=Schohn; Stephen=Stiewen; Steven=Stiewen; Spielberg=Spielbörg; Taylor=Tehler;
Walt=Wollt; Wayne=Wehn; Bruce=Bruhs; Lee=Lie; Tom Cruise=Tom Kruhs; Cruise=Kruhs;
Brad Pitt=Brätt Pitt; Brad=Brätt; Leonardo DiCaprio=Leonardo Di-Käprio; Winfrey=Winnfri;
Oprah=Ohpra; Beyoncé=Bejonßeh; Shakespeare=Schehkspir; Churchill=Tschörtschill;
Thatcher=Sättscher; Boris Johnson=Boris Dschonnsen; Theresa May=Teresa Meh; Tony Blair=Toni Blehr;
Blair=Blehr; Reagan=Rehgen; Nixon=Nixen; Lincoln=Linken; Dwayne=Duehn; Miley=Maili; Cyrus=Seires;
Eminem=Emminemm; Lady Gaga=Lehdi Gaga
"""

_PLACES = """
Silicon Valley=Sillikon Wälli; Washington=Woschingten; San Francisco=Sän Franzisko;
Los Angeles=Loss Ändscheles; Boston=Bosten; Seattle=Si-Ättel; Houston=Juhsten; Dallas=Dälles;
Miami=Mei-Ämi; Las Vegas=Lass Wehgas; Manhattan=Mänhätten; Brooklyn=Brukklinn; Stanford=Stänfort;
Princeton=Prinßten; Yale=Jehl; Cambridge=Kehmbridsch; Berkeley=Börkli; Liverpool=Liwerpuhl;
Manchester=Mäntschester; Birmingham=Börmingem; Leicester=Lester; Edinburgh=Eddinborro;
Glasgow=Glahsgo; Downing Street=Dauning Striht; Los Alamos=Loss Älamohs; Ohio=Oh-Heio; Iowa=Eiowa;
Idaho=Eidaho; Utah=Juhta; Maine=Mehn; Michigan=Mischigen; Illinois=Illi-Neu;
Massachusetts=Mässätschuhsetts; Hawaii=Hawai; Beijing=Beh-dsching; Shanghai=Schang-hai;
Shenzhen=Schenn-dschenn; Guangzhou=Guangdschoh; Hangzhou=Hangdschoh; Chengdu=Tschengduh;
Broadway=Brohdweh; Times Square=Teims Skuehr
"""

_WORDS = """
Update=Appdeht; Updates=Appdehts; Upgrade=Appgrehd; Upload=Apploht; Download=Daunloht; Team=Tiem;
Meeting=Mieting; Feeling=Fieling; Deal=Diel; Story=Storri; Stories=Storris; Creator=Kri-Ehter;
Startup=Startapp;
Start-up=Start-App; Smartphone=Smahrtfohn; Laptop=Läpptopp; Software=Softwehr; Hardware=Hardwehr;
Feature=Fietscher; Tool=Tuhl; Toolbox=Tuhlbox; User=Juhser; Online=Onnlein; Offline=Offlein;
Cloud=Klaud; Streaming=Strieming; Stream=Striem; Livestream=Leifstriem; Live=Leif;
Podcast=Pott-Kast; Event=Iwent; Management=Männedschmend; Trailer=Trehler;
Tweet=Twiet; Browser=Brauser; Server=Sörwer; Hacker=Häcker; Hype=Heip; Release=Ri-Lies;
Launch=Lohntsch; Roadmap=Rohdmäpp; Benchmark=Bentschmark; Machine Learning=Maschien Lörning;
Deep Learning=Diep Lörning; Deep=Diep; Learning=Lörning; Chatbot=Tschättbott; Bot=Bott; App=Äpp;
One-Take=Wann-Tehk; Fantasy=Fäntesi; Science Fiction=Seienß Fikschen;
Science-Fiction=Seienß-Fikschen; Action=Äkschen; Comedy=Kommidi; Show=Schoh; Talkshow=Tohkschoh;
Job=Dschopp; Job-Center=Dschopp-Senter; Jobcenter=Dschopp-Senter; Business=Bissniss; Chief=Tschief;
Executive=Exekjutif; Officer=Offisser; Award=Äwohrd; Highlight=Heileit; Highlights=Heileits;
High-End=Hei-End; High=Hei; Tech=Teck; Hightech=Heiteck; High-Tech=Hei-Teck; Know-how=Noh-Hau;
Knowhow=Noh-Hau; Feedback=Fiedbäck; Brainstorming=Brehnstorming; Workshop=Wörkschopp;
Workflow=Wörkfloh; Homepage=Hohmpehdsch; Website=Wepp-Seit; Webseite=Wepp-Seite; Web=Wepp;
Blog=Blogg; Influencer=Influenßer; Follower=Folloher; Likes=Leiks; Posting=Pohsting; Fake=Fehk;
Fakes=Fehks; Deepfake=Diepfehk; Deepfakes=Diepfehks; Headline=Hedlein; Deadline=Dedlein;
Timeline=Teimlein; Lifestyle=Leifsteil; Style=Steil; Shopping=Schopping; Shop=Schopp; Store=Stohr;
Sale=Sehl; Sales=Sehls; Database=Dehtabehs; Interview=Interwju; Review=Riwju; Preview=Priwju;
Teenager=Tienehdscher; Baby=Behbi; Party=Parti; Jeans=Dschiens; Shirt=Schört; Cool=Kuhl; Fan=Fänn;
Fans=Fänns; Single=Singgel; Sound=Saund; Soundtrack=Saundträck; Track=Träck; Playlist=Pleh-List;
Rap=Räpp; Jazz=Dschäss; Game=Gehm; Games=Gehms; Gaming=Gäming; Gamer=Gehmer; Player=Pleher;
Fair Play=Fehr Pleh; Fairness=Fehrniss; Coach=Kohtsch; Coaching=Kohtsching; Match=Mättsch;
Foul=Faul; Team-Building=Tiem-Bilding; Leader=Lieder; Leadership=Liederschipp;
Mainstream=Mehnstriem; Outsourcing=Autsohrßing; Insider=Inseider; Outsider=Autseider;
Update-Zyklus=Appdeht-Zyklus; Crowdfunding=Kraudfanding; Crowd=Kraud; Funding=Fanding;
Venture=Wenntscher; Cash=Käsch; Cashflow=Käschfloh; Crash=Kräsch; Backup=Bäckapp; Back=Bäck;
Codes=Kohds; Open Source=Ohpen Sohrß; Open-Source=Ohpen-Sohrß; Source=Sohrß; Framework=Frehmwörk;
Frame=Frehm; Interface=Interfehs; Face=Fehs; Display=Displeh; Screen=Skrien;
Touchscreen=Tatsch-Skrien; Touch=Tatsch; Screenshot=Skrien-Schott; Device=Diweis;
Hotspot=Hottspott; Account=Ä-Kaunt; Login=Logg-In; Password=Passwörd;
Firewall=Feierwohl; Spam=Späm; Phishing=Fisching; Hashtag=Häschtägg; Button=Batten; Icon=Eiken;
Layout=Leh-Aut; Setup=Sett-App; Support=Sa-Port; Service=Sörwiss; Services=Sörwisses; Center=Senter;
Call-Center=Kohl-Senter; Experience=Expiriens; Data=Dehta; Big Data=Bigg Dehta; Mining=Meining;
Bitcoin=Bittkeun; Blockchain=Blocktschehn; Token-Limit=Tohken-Limmit; Engine=Endschin;
Engineering=Endschinihring; Engineer=Endschinihr; Image=Immitsch;
Challenge=Tschällensch; Change=Tschehnsch; Champion=Tschämpjen; Cheat=Tschiet;
Checkliste=Tscheckliste; Check=Tscheck; Joint=Dscheunt; Joystick=Dscheustick; Jackpot=Dschäckpott;
Jet=Dschett; Jetlag=Dschett-Läg; Jogging=Dschogging; Joker=Dschoker; Queer=Kuier; Squad=Skuodd;
Speed=Spied; Spray=Spreh; Statement=Stehtmännt; Stunt=Stant; Surfen=Sörfen; Surfer=Sörfer;
Think Tank=Sink Tänk; Timing=Teiming; Fine-Tuning=Fein-Tuhning; Finetuning=Fein-Tuhning;
Understatement=Anderstehtmännt; Underground=Andergraund; Background=Bäckgraund; Voice=Weuß;
Voiceover=Weuß-Ohwer; Wellness=Wellniss; Weekend=Wiekend; Worldwide=Wörldweid; World=Wörld;
Homeoffice=Hohmoffiss; Home-Office=Hohm-Offiss; Startups=Startapps; Stakeholder=Stehkholder;
Sneaker=Snieker; Snack=Snäck; Sandwich=Sändwitsch; Burger=Börger; Steak=Stehk; Cocktail=Kocktehl;
Brunch=Brantsch; Lunch=Lantsch; Lounge=Launtsch; Container=Kontehner; Jury=Schüri; Know=Noh;
Mail=Mehl; Mails=Mehls; E-Mail=Ih-Mehl; Chatroom=Tschättruhm; Mindset=Meind-Sett; Mind=Meind;
Public=Pablick; Relations=Rilehschns; Recycling=Rießeikling; Patchwork=Pättschwörk;
Remake=Riemehk; Remix=Riemix; Reboot=Riebuht; Safe=Sehf; Safety=Sehfti; Security=Sekjuriti;
Scanner=Skänner; Scan=Skänn; Score=Skohr; Researcher=Ri-Sörtscher; Research=Ri-Sörtsch;
Reasoning=Riesening; Open-World=Ohpen-Wörld; Use Case=Juhs Kehs; Use-Case=Juhs-Kehs;
Pipeline=Peiplein; Plug-in=Plagg-In; Plugin=Plagg-In; Pop-up=Popp-App; Publisher=Pablischer;
Producer=Produhßer; Production=Pro-Dakschen; Director=Direkter; Box Office=Box Offiss;
Blockbuster=Blockbaster; Cliffhanger=Kliffhänger; Storyboard=Storribohrd;
Storytelling=Storritelling; Board=Bohrd; Dashboard=Däschbohrd; Keyboard=Kiebohrd;
Whiteboard=Weitbohrd; Snowboard=Snohbohrd; Dating=Dehting; Airline=Ehrlein; Airport=Ehrport;
Space=Spehs; Breaking=Brehking;
Queen=Quien; White House=Weit Hauß; Buckingham=Backinghäm; Palace=Pälles; True Crime=Truh Kreim;
Social Media=Sohschel Miedia; Social=Sohschel; Burnout=Börn-Aut; Burn-out=Börn-Aut;
Beatles=Bietels; Rolling Stones=Rolling Stohns; Sheriff=Scherriff; Bestseller=Besst-Seller;
Brexit=Brexitt; Clown=Klaun; Clowns=Klauns; Showrunner=Schoh-Ranner; Cutter=Katter; Buggy=Baggi;
Beamer=Biemer; Tablet=Täblet; Tablets=Täblets; Jogger=Dschogger; Pokerface=Pohkerfehs;
Fair Trade=Fehr Trehd; Fair=Fehr; Large Language Model=Lahrdsch Längwitsch Moddel;
Dow Jones=Dau Dschohns; Jones=Dschohns; Comic=Kommick; Clip=Klipp; Gag=Gäg; Girl=Görl;
Hit=Hitt; Label=Lehbel; Loser=Luhser; Make-up=Mehk-App; Outfit=Autfitt; Piercing=Piersing;
Punk=Pank; Puzzle=Passel; Set=Sett; Shampoo=Schampuh; Sitcom=Sittkomm; Slogan=Slohgen; Soul=Sohl;
Spoiler=Speuler; Tape=Tehp; Youngster=Jangster; Zombie=Zommbi; Headset=Hedd-Sett; Flyer=Fleier;
Flop=Flopp; Upcycling=Appseikling; Secondhand=Sekkendhänd; Second-Hand=Sekkend-Händ;
Charter=Tscharter; Club=Klubb; Pop=Popp
"""


def _table(*texts: str) -> Mapping[str, str]:
    rows = (row.split("=") for text in texts for row in text.split(";") if row.strip())
    return {name.strip(): said.strip() for name, said in rows}


NAMES: Mapping[str, str] = MappingProxyType(_table(_COMPANIES, _PEOPLE, _PLACES, _WORDS))
"""As written → respelled; only with the capital it has here."""

OPENERS = frozenset(_table(_COMPANIES, _WORDS))
"""Names and words that open German compounds; people and places do not."""

SMALL: Mapping[str, str] = MappingProxyType(
    _table(
        "online=onnlein; offline=offlein; live=leif; cool=kuhl; fair=fehr; unfair=unnfehr; "
        "deep=diep; machine=maschien; learning=lörning; source=sohrß; smart=smahrt; "
        "crazy=krehsi; happy=häppi; sexy=sexi; okay=okeh; high=hei; easy=iesi; "
        "chatten=tschätten; googeln=guhgeln; gegoogelt=geguhgelt; downloaden=daunlohden; "
        "streamen=striemen; gestreamt=gestriemt; updaten=appdehten; managen=männedschen; "
        "gemanagt=gemännedscht; checken=tschecken; gecheckt=getscheckt; scannen=skännen; "
        "gescannt=geskännt; joggen=dschoggen; surfen=sörfen; gesurft=gesörft; liken=leiken; "
        "geliked=geleikt; faken=fehken; gefaked=gefehkt; posten=pohsten; gepostet=gepohstet; "
        "recyceln=rießeikeln; outsourcen=autsohrßen; launchen=lohntschen; "
        "gelauncht=gelohntscht; releasen=ri-liesen; released=ri-liest; upgraden=appgrehden"
    )
)
"""Words that are written small as well."""
