"""French."""

from typing import Final

from functions.house_visits.domain.reply_words.meaning import Meaning, Words

FRENCH: Final[Words] = {
    # "ouais" is as often "hm" as yes.
    Meaning.YES: "oui, oui d'accord, oui ok, ok oui",
    # As "ok": "d'accord, merci" is how one takes note that the visit is off.
    Meaning.BARE_YES: "d'accord",
    # "bien sûr que non" and "absolument pas" fail on the unknown words.
    Meaning.ALSO_YES: (
        "bien sûr, absolument, bien entendu, j'accepte, je prends, je la prends, je le prends, "
        "je prends la visite, j'accepte la visite, je m'en charge, je m'en occupe"
    ),
    Meaning.AGREEING: (
        "volontiers, avec plaisir, je peux, je peux y aller, j'y vais, je viens, je serai là, j'arrive, "
        "parfait, très bien, super, je confirme, c'est bon, c'est d'accord, ça marche, ça me va, entendu, "
        "sans faute"
    ),
    Meaning.NO: "non, nan, ben non",
    Meaning.CANNOT: (
        "je ne peux pas, je peux pas, peux pas, je ne pourrai pas, pas possible, ce n'est pas possible, "
        "c'est pas possible, impossible, pas disponible, je ne suis pas disponible, je suis pas disponible, "
        "indisponible, je suis indisponible, pas aujourd'hui, je ne peux pas aujourd'hui, occupé, occupée, "
        "je suis occupé, je suis occupée, je refuse, refusé, je décline, malheureusement pas, "
        "pas cette fois, pas le temps, je n'ai pas le temps"
    ),
    Meaning.REGRET: (
        "désolé, désolée, je suis désolé, je suis désolée, malheureusement, pardon, navré, navrée, hélas"
    ),
    # "merci" alone is how one declines; after a yes it is thanks.
    Meaning.COURTESY: (
        "merci, merci beaucoup, merci bien, s'il vous plaît, s'il te plaît, svp, stp, bonjour, bonsoir, "
        "salut, cordialement, bien cordialement, bonne journée, bonne soirée, je vous en prie"
    ),
    # ARRET is the carriers' French word; it is also half of "arrêt maladie", which fails on the rest.
    Meaning.OPT_OUT: "arrêt, désabonner, désinscrire, désabonnement, désinscription, me désabonner",
    Meaning.OF_TEXTS: "les, messages, textos",
    # ARRETE and ARRETT are blocked by some carriers, and "arrête" is also what one says to a colleague.
    Meaning.MAYBE_OPT_OUT: (
        "arrête, arrêté, arrêtez, arrett, arrêter, annuler, annulez, annulé, fin, terminé, assez"
    ),
    # "si" is "if", and "yes" only against a no: it is no French word here.
    Meaning.ACKNOWLEDGING: (
        "bien, bon, compris, reçu, bien reçu, noté, ouais, mouais, ah, probablement, sans doute, je pense"
    ),
    Meaning.NO_PROBLEM: (
        "pas de problème, pas de problèmes, pas de souci, pas de soucis, aucun problème, aucun souci, "
        "sans problème, sans souci, y'a pas de souci, il n'y a pas de problème, pas de soucis pour moi"
    ),
    Meaning.CONDITION: (
        "mais, sauf, seulement, à condition, peut-être, éventuellement, sinon, ou, plutôt, ça dépend, "
        "cela dépend, pourrais, je pourrais, préférerais, uniquement, avant, pas avant, à moins, quand, "
        "lorsque"
    ),
    Meaning.COUNTER: (
        "demain, après, plus tard, dans, vers, heure, heures, h, minutes, min, aujourd'hui, maintenant, "
        "ce soir, soir, matin, midi, à, pour, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, "
        "euros, prix, tarif, km"
    ),
    Meaning.ASKING: (
        "quoi, où, qui, quel, quelle, quels, quelles, comment, combien, pourquoi, est-ce que, adresse, "
        "l'adresse, appelez-moi, rappelez-moi, rappelez, question"
    ),
    Meaning.AUTOMATIC: (
        "je conduis, je suis au volant, au volant, réponse automatique, message automatique, "
        "absence du bureau, absent du bureau, je suis en réunion, en réunion, en vacances, "
        "je suis en vacances, je suis en congé"
    ),
}
