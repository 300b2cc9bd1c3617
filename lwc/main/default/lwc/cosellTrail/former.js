/**
 * What earlier releases wrote into the trail and the rules say otherwise now, laid out as `words.js`: it is still recognised.
 */
export const FORMER = {
    en: `nnotes notes
sapart.currency The deal value differs: Partner Center has {detail}, and this org has only one currency. Enter the value in that one, and it is sent to Microsoft.
saudit.moved.lost Told Microsoft that the deal is lost.
saudit.moved.lost+reason Told Microsoft that the deal is lost: {reason}
saudit.moved.other Told Microsoft that the deal’s status is {status}.
saudit.moved.won Told Microsoft that the deal is won.
saudit.sent Sent to Microsoft: {fields}.
spartner-center.refused Microsoft refused the deal.
spartner-center.refused+detail Microsoft refused the deal: {detail}`,
    fr: `nnotes notes
sapart.currency Le montant diffère\u00a0: l’Espace partenaires a {detail}, et cette organisation n’a qu’une devise. Saisissez le montant dans celle-ci, il sera envoyé à Microsoft.
saudit.answered.other L’état chez Microsoft est maintenant {status}.
saudit.blank rien
saudit.moved.lost Microsoft sait que l’affaire est perdue.
saudit.moved.lost+reason Microsoft sait que l’affaire est perdue\u00a0: {reason}
saudit.moved.other Microsoft sait que l’état de l’affaire est {status}.
saudit.moved.won Microsoft sait que l’affaire est gagnée.
saudit.sent Envoyé à Microsoft\u00a0: {fields}.
sinbound.deleted Elle était déjà dans Salesforce et y a été supprimée, elle n’est donc pas recréée. Restaurez-la depuis la corbeille, ou fermez la recommandation dans l’Espace partenaires.
spartner-center.refused Microsoft a refusé l’affaire.
spartner-center.refused+detail Microsoft a refusé l’affaire\u00a0: {detail}
spartner-center.throttled L’Espace partenaires nous demande de ralentir. Nous réessayons de nous-mêmes.
spartner-center.unavailable L’Espace partenaires est injoignable. Nous réessayons de nous-mêmes.
spartner-center.unclear L’Espace partenaires n’a pas confirmé à temps. Nous vérifions d’abord, pour que rien ne soit envoyé deux fois.
spartner-center.unreadable La réponse de l’Espace partenaires est incompréhensible. Nous réessayons de nous-mêmes.
ssalesforce.unavailable Salesforce est injoignable. Nous réessayons de nous-mêmes.
ssettings.unreadable Un réglage de Cosell est illisible\u202f; rien n’est envoyé dans aucun sens. Prévenez votre administrateur Salesforce\u202f; rien n’est perdu.
ssettings.unreadable+detail Un réglage de Cosell est illisible\u202f; rien n’est envoyé dans aucun sens. Prévenez votre administrateur Salesforce\u00a0: {detail}`
};
