"""Small words that carry no subject, in our four languages: articles, pronouns, prepositions, auxiliaries, and what people say
in any message to a public service. Own lists, kept small; written as search compares words, without accents and capitals.
"""

from __future__ import annotations

_NL = """
aan al alle alleen allemaal als altijd ander andere anders bent bij bijna blijft boven daar daarom dacht dan dat de deed den
der deze die dingen dit doe doen doet door dus echt echter een eens eerst eigenlijk elk elke en enkel er erg ergens even
gaan gaat geen gehad geweest gewoon gewone graag had hadden heb hebben hebt heeft heel heen helaas hem het hier hij hoe hun
iedere iedereen iemand iets ik in is ja je jullie kan keer kon konden krijg krijgen krijgt kun kunnen kunt lang maar maken
maakt me meer mee meest men met mij mijn minder moest moet moeten mogen na naar nadat niemand niet niets nog nogal nooit nu of
om omdat ons onze ook op over paar reeds sinds slechts soms staan staat steeds te tegen terug toch toen tot tussen uit uw
van vaak veel verder vind voor waar waarbij waarom wanneer want waren was wat we wel weer werd werden wie wij wil willen wilt
word worden wordt zal ze zeer zeg zelf zelfs zei zich zien ziet zij zijn zo zoals zonder zou zouden zulke
"""
_FR = """
afin ai aie ainsi alors apres assez au aucun aucune aura aurait aussi autre autres aux avaient avais avait avant avec avez
avoir avons bien car ce ceci cela celle celles celui cependant ces cet cette ceux chaque chez ci comme comment dans de deja
depuis des deux devait dire dit doit doivent donc dont du elle elles en encore entre est et etaient etais etait ete etes etre
eu eux faire fait faites faut fois font hors ici il ils jamais je jusqu jusque la le les leur leurs lors lorsque lui ma mais
malgre me meme memes merci mes moi moins mon ne ni non nos notre nous on ont ou par parce parfois pas pendant peu peut
peuvent peux plus plusieurs plutot pour pourquoi pourrait pouvoir pres puis puisque quand que quel quelle quelles quelque
quelques quels qui quoi rien sa sans se sera serait ses seul seulement si soit sommes son sont sous suis sur ta te tel telle
tellement tes ton toujours tous tout toute toutes tres trop tu un une va vais vers veut veux voici voila vont vos votre
vous vraiment vu
"""
_DE = """
aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bereits bin bis bisher bitte da dabei
dadurch dafur dagegen daher damit danach dann daran darauf darum das dass davon dazu dein dem den denn der deren des deshalb
dich die dies diese diesem diesen dieser dieses dir doch dort du durch durfen ein eine einem einen einer eines einfach einige
einmal er erst es etwas euch fast fur gab ganz gar geben gegen gehabt gehen geht gemacht gerade gern gerne gewesen gibt haben
habe hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja je jede jedem jeden
jeder jedes jedoch jetzt kann kein keine keinem keinen keiner kommt konnen konnte konnten leider macht machen mal man manche
mein meine meinem meinen meiner mehr mehrere mich mir mit muss mussen musste nach nachdem nicht nichts nie niemand noch nun nur
ob oder oft ohne schon sehr sei sein seine seinem seinen seiner seit selbst sich sie sind so sogar soll sollen sollte solche
sondern sonst statt steht trotz uber um und uns unser unsere unter viel viele vielleicht vom von vor war waren warum was weder
wegen weil weiter welche welcher wenn wer werde werden wenig wie wieder will wir wird wirklich wo wollen wollte worden
wurde wurden zu zum zur zwar zwischen
"""
_EN = """
able about actually after again all almost already also although always am an and another any anyone anything are around as
ask at back be because been before being between both but by came can cannot come could did do does doing don done down each
either else even ever every everyone everything few for from get gets getting give go goes going gone got had has have having
he her here hers him his how however i if im in instead into is isn it its itself just know less like made make makes many may
maybe me might mine more most much must my myself need needs never no nobody none nor not nothing now of off often on once one
only or other others our out over own perhaps please put quite rather really said same say says see seem seems seen she should
since so some someone something sometimes still such take than thank thanks that the their them themselves then there these they
thing things think this those though through to too try under until up upon us use used very want wanted was way we well were
what when where whether which while who whole whose why will with within without wont would yes yet you your yours
"""

STOPWORDS = {
    language: frozenset(words.split()) for language, words in (("nl", _NL), ("fr", _FR), ("de", _DE), ("en", _EN))
}
_ALL = frozenset().union(*STOPWORDS.values())


def stopwords(language: str | None) -> frozenset[str]:
    """Of the language that a tag names; of all four together when it names none of them."""
    return STOPWORDS.get((language or "").split("-")[0].lower(), _ALL)
