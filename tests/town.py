"""A town of three decisions for the tests of pages: one open with a text, one decided in spite of what waited, one that is
half-baked and has no text yet. The town does not exist; we wrote its voices."""

from __future__ import annotations

import asyncio
import itertools
from datetime import date, timedelta
from typing import Any

from collector.agency import Agency
from collector.day import day_of, start_of
from collector.decision import Decision, Expected, File, Fixed, Planned
from collector.placement import Placement
from collector.section import Section
from collector.store.steps import Anyway, Kind, Member, Step
from collector.store.store import Store
from collector.submission import Permissions
from collector.texts import Texts
from collector.theme import Answering, Naming, ResponseOutcome
from tests.store.arrivals import arrival

DAY_MS = 86_400_000
ANN = Member("Ann Peeters", "Mobility office", True)
_keys = itertools.count(1)


def said(nl: str, fr: str, de: str = "", en: str = "") -> Texts:
    return {code: text for code, text in (("nl", nl), ("fr", fr), ("de", de), ("en", en)) if text}


class Town:
    """`day(3)`: three days from now, as a day; `ago(3)`: three days ago, as a moment."""

    def __init__(self, store: Store, now: int) -> None:
        self.store = store
        self.now = now
        self.agency: Agency = store.agencies.by_key("town")
        self.page: Placement = store.agencies.placement("page")

    def day(self, number: int) -> str:
        today = date.fromisoformat(day_of(self.now, self.agency.time_zone))
        return (today + timedelta(days=number)).isoformat()

    def ago(self, days: float) -> int:
        return self.now - int(days * DAY_MS)

    def opened(self, days: int) -> int:
        return start_of(self.day(days), self.agency.time_zone)

    async def voices(
        self, decision: str | None, number: int = 1, text: str | None = None, *, days: float = 2, **sent: Any
    ) -> list[int]:
        """Ids of `number` voices that came `days` ago, the same words each."""
        at = self.ago(days)
        phase = self.store.decisions.by_key(decision).phase_of_words(at) if decision else None
        ones = []
        for _ in range(number):
            given = {"outcome": None, "decision": decision, **sent}
            one = arrival(self.page, f"voice-{next(_keys):08}", text, at=at, **given)
            one.decision, one.phase, one.language = decision, phase, sent.get("language", "nl")
            ones.append(one)
        received = await asyncio.gather(*(self.store.submissions.receive(one) for one in ones))
        return [one.id for one in received]

    async def theme(self, decision: str, name: Texts, ids: list[int], *, quoted: int = 0, **naming: Any) -> int:
        theme = await self.store.themes.create(
            self.agency.id, Naming(name, decision, submissions=ids, **naming), now=self.now, by="Ann"
        )
        for number in ids[:quoted]:
            await self.store.themes.quote(self.agency.id, theme.id, number, True, now=self.now, by="Ann")
        return theme.id

    async def answer(
        self, themes: list[int], outcome: ResponseOutcome, reason: Texts, *, days: float = 1, **more: Any
    ) -> int:
        answering = Answering(themes, outcome, reason, "Mobility office", publish=True, **more)
        response = await self.store.responses.write(self.agency, answering, now=self.ago(days), by="Ann")
        return response.id

    async def step(self, key: str, step: Kind, *, days: float = 0, **more: Any) -> Decision:
        revision = self.store.decisions.mine(self.agency.id, key).revision
        return await self.store.steps.take(
            self.agency.id,
            key,
            Step(step, revision, **more),
            ANN,
            now=self.ago(days),
        )

    async def publish(self, key: str, file: File, *, days: float = 20) -> Decision:
        await self.store.decisions.create(self.agency.id, key, file, now=self.ago(days), by="Ann")
        return await self.step(key, "publish", days=days)

    async def version(
        self, key: str, sections: list[Section], note: Texts | None = None, *, days: float = 0
    ) -> Decision:
        decision = self.store.decisions.mine(self.agency.id, key)
        return await self.store.sections.publish(
            decision, sections, note or {}, revision=decision.revision, languages=("nl", "fr"),
            now=self.ago(days), by="Ann",
        )  # fmt: skip

    def file(self, **more: Any) -> File:
        """The five that are needed; `more` is said otherwise."""
        given: dict[str, Any] = {
            "title": said("Een plein zonder auto's", "Une place sans voitures"),
            "open": said("Of er bomen komen.", "S'il y aura des arbres."),
            "until": self.day(12),
            "contact_point": "desk",
            "gain": said("U hoort wat we met uw woorden doen.", "Vous saurez ce que nous faisons de vos mots."),
        }
        return File(**{**given, **more})

    async def street(self) -> Decision:
        """`school-street`: open, being drafted, a text in two versions with its trail, one theme answered and changed, one
        answered and not changed, one not known yet, one that waits."""
        key = "school-street"
        await self.publish(key, _street(self))
        await self.voices(key, 47, days=3, effect="helps")
        await self.voices(key, 9, days=3, effect="none")
        late = await self.voices(key, 13, "Mijn winkel krijgt leveringen om acht uur. Dan kan ik niet meer bevoorraden.",
                                 effect="harder", permissions=Permissions(quote=True))  # fmt: skip
        chair = await self.voices(key, 6, "Je dépose mon fils en chaise roulante. S'il faut marcher deux cents mètres, "
                                          "je n'y arrive pas.", effect="harder", another_way="no",
                                  impact=["health"], language="fr", permissions=Permissions(quote=True))  # fmt: skip
        bike = await self.voices(key, 21, "Eindelijk kan mijn dochter alleen met de fiets naar school.", effect="helps",
                                 permissions=Permissions(quote=True))  # fmt: skip
        bus = await self.voices(key, 2, "Rijdt de bus dan nog wel?", effect="unknown")
        await self.version(key, _FIRST, days=18)
        first = await self.theme(key, said("Leveren voor de winkels", "Livrer les magasins", "Lieferungen", "Deliveries"),
                                 late, quoted=1)  # fmt: skip
        second = await self.theme(key, said("Wie slecht te been is", "Les personnes à mobilité réduite",
                                            "Wer schlecht zu Fuß ist", "People who walk with difficulty"),
                                  chair, quoted=1, expected="walk")  # fmt: skip
        third = await self.theme(
            key, said("De hele dag in plaats van een half uur", "Toute la journée"), bike, quoted=1
        )
        await self.theme(key, said("Blijft de bus rijden?", "Le bus continuera-t-il ?"), bus, expected="bus")
        await self.answer([first, second], "changed", said(
            "Leveren mag tot half negen, en wie een parkeerkaart voor mensen met een handicap heeft, mag altijd door.",
            "Les livraisons sont permises jusqu'à huit heures et demie, et une carte de stationnement pour personnes "
            "handicapées donne toujours accès."), days=5, did_not_know=said(
            "Dat de bakker al om acht uur meel krijgt.", "Que le boulanger reçoit sa farine dès huit heures."))  # fmt: skip
        await self.answer([third], "not_changed", said(
            "Een hele dag afsluiten mag niet zonder omleiding voor de bus, en die is er niet.",
            "Fermer toute la journée demande une déviation du bus, et il n'y en a pas."), days=4)  # fmt: skip
        await self.version(key, _SECOND, said("Wie moet leveren of slecht te been is, kan door.",
                                             "Les livraisons et les personnes à mobilité réduite passent."),
                           days=4.9)  # fmt: skip
        await self.store.sections.link(
            self.store.decisions.by_key(key), section="who", version=2, before=said(
                "Niemand mag door.", "Personne ne passe."), after=said(
                "Leveringen mogen door tot half negen.", "Les livraisons passent jusqu'à huit heures et demie."),
            themes=[first, second], now=self.ago(4.8), by="Ann")  # fmt: skip
        return self.store.decisions.by_key(key)

    async def allowance(self) -> Decision:
        """`allowance-online`: decided, in spite of one theme and forty-one voices that waited, with the sentence beside it."""
        key = "allowance-online"
        await self.publish(key, _allowance(self), days=60)
        voices = await self.voices(key, 12, "Mijn moeder is 81 en heeft geen computer.", days=40, effect="harder",
                                   another_way="no", impact=["right"])  # fmt: skip
        await self.voices(key, 41, "Online lukt mij prima.", days=39, effect="helps")
        theme = await self.theme(key, said("Wie geen computer heeft", "Les personnes sans ordinateur"), voices)
        unsure = await self.voices(key, 5, "Wat als itsme niet werkt?", days=38, effect="unknown")
        await self.theme(key, said("Als aanmelden niet lukt", "Si la connexion échoue"), unsure, expected="sign-in")
        await self.answer([theme], "will_change", said(
            "Aan het loket kunt u blijven aanvragen.", "Vous pourrez continuer à demander au guichet."),
            days=12, by_day=self.day(40))  # fmt: skip
        await self.step(key, "decided", days=8, text=said(
            "De toelage vraagt u vanaf juli online aan, of aan het loket.",
            "Dès juillet, l'allocation se demande en ligne, ou au guichet."), anyway=Anyway(said(
                "Het budget moest voor het einde van het jaar vastliggen.",
                "Le budget devait être fixé avant la fin de l'année."), said(
                "We lezen de overige stemmen deze maand en antwoorden nog.",
                "Nous lirons les autres voix ce mois-ci et répondrons encore.")))  # fmt: skip
        return self.store.decisions.by_key(key)

    async def library(self) -> Decision:
        """`library-hours`: on the agenda, half-baked, without a text."""
        return await self.publish("library-hours", _library(self), days=2)


def _street(town: Town) -> File:
    return town.file(
        title=said("Een schoolstraat in de Lindelaan?", "Une rue scolaire dans l'avenue des Tilleuls ?",
                   "Eine Schulstraße in der Lindenallee?", "A school street in Linden Lane?"),
        open=said(
            "Op welke uren de straat dichtgaat, en voor wie ze open blijft. Of het ook op woensdag moet, weten we nog niet.",
            "Les heures de fermeture, et pour qui la rue reste ouverte. Nous ne savons pas encore s'il faut fermer le "
            "mercredi midi.",
            "Zu welchen Zeiten die Straße zu ist und für wen sie offen bleibt.",
            "At which hours the street closes, and for whom it stays open. We do not know yet about Wednesday noon."),
        gain=said(
            "Zegt u nu wat dit voor u betekent, dan kan het er nog in. Elk onderwerp krijgt een antwoord met een reden.",
            "Ce que vous dites maintenant peut encore y entrer. Chaque sujet reçoit une réponse motivée.",
            "Was Sie jetzt sagen, kann noch hinein. Jedes Thema bekommt eine Antwort mit Begründung.",
            "What you say now can still go in. Every theme gets an answer, with a reason."),
        summary=said(
            "Elke ochtend komen er tweehonderd auto's langs de poort. We denken eraan ze dan een half uur af te sluiten.",
            "Le matin, plus de deux cents voitures passent devant l'école. Nous pensons fermer la rue une demi-heure."),
        promise="change",
        owner="Het college van burgemeester en schepenen",
        stance="unknown",
        stance_note=said("Over de woensdag zijn we het zelf nog niet eens.",
                         "Pour le mercredi, nous ne sommes pas encore d'accord entre nous."),
        fixed=[
            Fixed(said("De straat blijft open voor hulpdiensten.", "La rue reste ouverte aux secours."),
                  said("De wet op de hulpverlening laat geen andere keuze.", "La loi sur les secours ne laisse pas le choix.")),
            Fixed(said("Er is geen geld voor een nieuwe parking.", "Il n'y a pas d'argent pour un nouveau parking."),
                  said("De begroting tot eind volgend jaar ligt vast.", "Le budget est fixé jusqu'à la fin de l'an prochain.")),
        ],
        phases=[
            Planned("agenda", town.day(-40), town.day(-26)),
            Planned("drafting", town.day(-25), town.day(12),
                    said("Waar moeten we op letten?", "À quoi devons-nous faire attention ?")),
            Planned("deciding", town.day(20)),
            Planned("implementing", town.day(70)),
        ],
        expected=[
            Expected("walk", said("Mensen die slecht te been zijn, raken niet tot aan de poort.",
                                  "Les personnes à mobilité réduite n'arrivent pas à la porte.")),
            Expected("bus", said("De bus moet om.", "Le bus doit faire un détour.")),
        ],
        placements=["page"],
        subject=said("Verkeer en parkeren", "Circulation et stationnement", "Verkehr und Parken", "Traffic and parking"),
    )  # fmt: skip


def _allowance(town: Town) -> File:
    return town.file(
        title=said("De verwarmingstoelage alleen nog online aanvragen?", "Demander l'allocation de chauffage en ligne ?"),
        open=said("Of het loket blijft.", "Si le guichet reste."),
        until=town.day(-20),
        owner="De minister van Energie",
        phases=[Planned("drafting", town.day(-60), town.day(-20)), Planned("deciding", town.day(-19))],
        expected=[Expected("sign-in", said("Aanmelden lukt niet altijd.", "La connexion échoue parfois."))],
        subject=said("Toelagen en premies", "Allocations et primes"),
    )  # fmt: skip


def _library(town: Town) -> File:
    return town.file(
        title=said("De bibliotheek langer open, of op zondag?", "La bibliothèque plus tard, ou le dimanche ?"),
        open=said("Alles.", "Tout."),
        until=town.day(31),
        promise="tell",
        stance="half_baked",
        stance_note=said("Het is nog maar een idee, met weinig cijfers. Zeg ons wat er niet aan klopt.",
                         "Ce n'est qu'une idée, avec peu de chiffres. Dites-nous ce qui cloche."),
        summary=said("Openblijven tot acht uur kost evenveel als opengaan op zondag. Wat kiest u?",
                     "Ouvrir jusqu'à vingt heures coûte autant qu'ouvrir le dimanche. Que choisir ?"),
        phases=[Planned("agenda", town.day(-1))],
    )  # fmt: skip


_FIRST = [
    Section("when", said("De straat gaat dicht van 8.15 tot 8.45 uur en van 15.15 tot 15.45 uur.",
                         "La rue ferme de 8 h 15 à 8 h 45 et de 15 h 15 à 15 h 45."), said("Wanneer", "Quand")),
    Section("who", said("Niemand mag door.\n\nHulpdiensten mogen altijd door.",
                        "Personne ne passe.\n\nLes secours passent toujours."), said("Wie mag door", "Qui passe")),
    Section("fine", said("Wie toch doorrijdt, betaalt 58 euro.", "Qui passe quand même paie 58 euros."),
            said("Boete", "Amende")),
]  # fmt: skip
_SECOND = [
    _FIRST[0],
    Section("who", said(
        "Leveringen mogen door tot half negen. Wie een parkeerkaart voor mensen met een handicap heeft, mag altijd door.\n\n"
        "Hulpdiensten mogen altijd door.",
        "Les livraisons passent jusqu'à huit heures et demie. La carte de stationnement pour personnes handicapées donne "
        "toujours accès.\n\nLes secours passent toujours."), said("Wie mag door", "Qui passe")),
    Section("trial", said("Na zes maanden kijken we samen of het werkt.", "Après six mois, nous regardons ensemble si cela "
                          "marche."), said("Proef", "Essai")),
]  # fmt: skip
