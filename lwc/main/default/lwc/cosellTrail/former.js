/**
 * What earlier releases wrote into the trail and the rules say otherwise now, laid out as `words.js`: it is still recognised.
 */
export const FORMER = {
    en: `nnotes notes
saudit.moved.lost Told Microsoft that the deal is lost.
saudit.moved.lost+reason Told Microsoft that the deal is lost: {reason}
saudit.moved.other Told Microsoft that the deal’s status is {status}.
saudit.moved.won Told Microsoft that the deal is won.
saudit.sent Sent to Microsoft: {fields}.
spartner-center.refused Microsoft refused the deal.
spartner-center.refused+detail Microsoft refused the deal: {detail}`,
    fr: `nnotes notes
saudit.answered.other L’état chez Microsoft est maintenant {status}.
saudit.blank rien
saudit.moved.lost Microsoft sait que l’affaire est perdue.
saudit.moved.lost+reason Microsoft sait que l’affaire est perdue : {reason}
saudit.moved.other Microsoft sait que l’état de l’affaire est {status}.
saudit.moved.won Microsoft sait que l’affaire est gagnée.
saudit.sent Envoyé à Microsoft : {fields}.
spartner-center.refused Microsoft a refusé l’affaire.
spartner-center.refused+detail Microsoft a refusé l’affaire : {detail}`
};
