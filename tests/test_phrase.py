"""Phrases that recur, in four languages, out of words that people write."""

from __future__ import annotations

import math

from collector.phrase import Said, likelihood, recurring

VIEW = {
    "nl": (
        "Er is geen plaats in de fietsenstalling aan het station, elke ochtend weer",
        "De fietsenstalling aan het station is altijd vol tegen acht uur",
        "Waar moet ik mijn fiets zetten? De fietsenstalling aan het station zit vol",
        "Ik kom te laat omdat ik nergens kan parkeren",
    ),
    "fr": (
        "Le guichet est fermé à seize heures, je travaille jusque dix-huit heures",
        "Impossible d'y aller, le guichet est fermé le samedi",
        "Pourquoi le guichet est fermé pendant les vacances ?",
    ),
    "de": (
        "Der Aufzug im Rathaus ist wieder defekt, ich sitze im Rollstuhl",
        "Seit Wochen ist der Aufzug im Rathaus kaputt",
        "Mit dem Kinderwagen komme ich nicht hoch: Aufzug im Rathaus außer Betrieb",
    ),
    "en": (
        "The parking permit form asks for a car I no longer have",
        "I filled in the parking permit form three times",
        "Your parking permit form does not work on a phone",
    ),
}
REST = {
    "nl": (
        "Ik kom te laat omdat de bus niet rijdt",
        "Ik kom te laat omdat de trein vol zit",
        "Ik kom te laat omdat het sneeuwt",
    ),
    "fr": ("Merci pour votre aide au guichet",),
    "de": ("Danke für die gute Beratung",),
    "en": ("The form asks for my phone number twice",),
}


def said(texts: dict[str, tuple[str, ...]], first: int) -> list[Said]:
    flat = [(language, text) for language, rows in texts.items() for text in rows]
    return [Said(first + n, first + n, language, text) for n, (language, text) in enumerate(flat)]


def test_what_a_view_says_again_and_again_is_found_in_each_language_and_said_once() -> None:
    found = {
        one.language: [(p.text, p.voices) for p in one.phrases] for one in recurring(said(VIEW, 1), said(REST, 100))
    }
    assert found == {
        "nl": [("fietsenstalling aan het station", 3)],
        "fr": [("guichet est fermé", 3)],
        "de": [("aufzug im rathaus", 3)],
        "en": [("parking permit form", 3)],
    }, "the longest that the same voices say; what the others say as well is none"


def test_copies_count_once_and_numbers_make_no_phrase() -> None:
    copies = [Said(n, 1, "nl", "De fietsenstalling aan het station is vol") for n in range(1, 30)]
    assert recurring(copies, []) == []
    files = [
        Said(n, n, "nl", f"Over dossier 2026-4471 nog altijd niets, {word}") for n, word in enumerate(("a", "b", "c"))
    ]
    assert recurring(files, []) == []


def test_what_is_said_as_often_elsewhere_recurs_here_no_more() -> None:
    view = [Said(n, n, "nl", f"Het formulier werkt niet bij {place}") for n, place in enumerate(("mij", "ons", "haar"))]
    rest = [Said(100 + n, 100 + n, "nl", "Het formulier werkt niet") for n in range(12)]
    assert recurring(view, rest) == []
    alone = [Said(100 + n, 100 + n, "nl", "De bus rijdt op tijd") for n in range(12)]
    (spoken,) = recurring(view, alone)
    assert (spoken.voices, spoken.others) == (3, 12)
    assert [(p.text, p.voices, p.others, p.more) for p in spoken.phrases] == [("formulier werkt", 3, 0, None)]


def test_beside_hardly_anybody_what_most_say_comes_first() -> None:
    view = [Said(n, n, "nl", f"De lift is stuk bij {place}") for n, place in enumerate(("mij", "ons", "haar", "hem"))]
    view += [
        Said(10 + n, 10 + n, "nl", f"Het loket sluit vroeg, {place}")
        for n, place in enumerate(("jammer", "helaas", "spijtig"))
    ]
    (spoken,) = recurring(view, [Said(99, 99, "nl", "De lift is stuk")])
    assert [p.text for p in spoken.phrases] == ["lift is stuk", "loket sluit vroeg"]


def test_the_measure_is_that_of_dunning() -> None:
    """By hand: 3 of 3 here and none of 9 there; the same share in both is no surprise at all."""
    assert math.isclose(likelihood(3, 3, 0, 9), 2 * (3 * math.log(3 / 0.75) + 9 * math.log(9 / 6.75)))
    assert math.isclose(likelihood(2, 10, 4, 20), 0, abs_tol=1e-9)
