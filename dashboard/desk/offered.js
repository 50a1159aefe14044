/**
 * Sentences that a team may take over instead of thinking of its own: what one gains by reacting, in every language, for
 * each promise. They promise no more than the code keeps.
 *
 * @import { Promised, Texts } from "./types.js"
 */

/** @type {Record<Promised, Required<Texts>>} */
export const GAINS = {
  tell: {
    nl: "Zodra we beslissen, leest u hier wat we beslisten. Op uw ontvangstbewijs volgt u wat er met uw woorden gebeurt.",
    fr: "Dès que nous décidons, vous lisez ici ce que nous avons décidé. Sur votre reçu, vous suivez ce que deviennent vos mots.",
    de: "Sobald wir entscheiden, lesen Sie hier, was wir entschieden haben. Auf Ihrem Beleg verfolgen Sie, was mit Ihren Worten geschieht.",
    en: "As soon as we decide, you read here what we decided. On your receipt you follow what happens to your words.",
  },
  answer: {
    nl: "U krijgt antwoord op uw thema voor we beslissen. Op uw ontvangstbewijs volgt u wat er met uw woorden gebeurt.",
    fr: "Vous recevez une réponse à votre thème avant que nous décidions. Sur votre reçu, vous suivez ce que deviennent vos mots.",
    de: "Sie bekommen eine Antwort auf Ihr Thema, bevor wir entscheiden. Auf Ihrem Beleg verfolgen Sie, was mit Ihren Worten geschieht.",
    en: "You get an answer to your theme before we decide. On your receipt you follow what happens to your words.",
  },
  change: {
    nl: "We passen de tekst samen met u aan. Op uw ontvangstbewijs ziet u of uw woorden de tekst veranderden, en waar.",
    fr: "Nous modifions le texte avec vous. Sur votre reçu, vous voyez si vos mots ont changé le texte, et où.",
    de: "Wir ändern den Text mit Ihnen. Auf Ihrem Beleg sehen Sie, ob Ihre Worte den Text geändert haben, und wo.",
    en: "We change the text with you. On your receipt you see whether your words changed the text, and where.",
  },
};
