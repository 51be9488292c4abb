"""What the desk says in French, with "vous"."""

from agent.wording.phrases import Phrases

FRENCH = Phrases(
    openings={
        "standard": "",
        "empathetic": "Toutes mes excuses pour ces désagréments. ",
        "urgent": "Je vois que c'est urgent. ",
        "de-escalation": (
            "Je regrette vraiment que cela se soit si mal passé. Je tiens à arranger les choses avec vous. "
        ),
    },
    courtesy="Avec plaisir ! Si vous avez besoin d'autre chose, écrivez simplement ici, à toute heure.",
    greeting="Bonjour et bienvenue. ",
    what_the_desk_can_do=(
        "Je peux répondre aux questions sur la livraison, les retours, le paiement, votre compte et nos produits, "
        "m'occuper d'un problème, vous aider pour une commande ou lancer une demande de remboursement. De quoi "
        "avez-vous besoin, et à quel sujet ? Vous pouvez aussi simplement demander à parler à une personne."
    ),
    other_language="Je peux écrire en français, anglais, espagnol et allemand, alors je vous réponds en anglais. ",
    answer_in_english="Ce qui suit vient de nos pages d'aide en anglais. ",
    unsure_answer="Je n'ai pas de certitude sur ce point, alors lisez cette réponse avec prudence. ",
    answer_next=(
        "Si ce n'est pas ce qu'il vous faut, dites-le simplement, et un membre de notre équipe vous répondra au plus "
        "tard le {due}."
    ),
    draft_held=(
        "J'ai une réponse pour vous, qu'un membre de notre équipe vérifie d'abord. Vous l'aurez au plus tard le {due}."
    ),
    ticket_opened=(
        "Merci de me l'avoir signalé. J'ai ouvert le ticket {number}, et un membre de notre équipe y répondra au plus "
        "tard le {due}. Vous pouvez ajouter des précisions ici à tout moment."
    ),
    handed_over=(
        "Je transmets votre demande à un membre de notre équipe, avec tout ce que vous avez écrit, pour que vous "
        "n'ayez pas à le répéter. Vous aurez une réponse au plus tard le {due}. Votre ticket est le {number}."
    ),
    handover_expired=(
        "Nous ne vous avons pas répondu dans le délai promis, et je vous prie de nous en excuser. "
        "Le ticket {number} reste ouvert, et un membre de notre équipe répondra au plus tard le {due}."
    ),
    turn_failed=(
        "Un problème est survenu de notre côté pendant que je traitais votre message. Votre message est conservé, et "
        "un membre de notre équipe y répondra au plus tard le {due}. Votre ticket est le {number}."
    ),
    drafts={
        "billing_dispute": (
            "Merci de nous avoir signalé ce prélèvement. Je vérifie en ce moment vos paiements chez nous et je vous "
            "dirai ici ce que je trouve. Si un prélèvement est incorrect, je le corrigerai avec vous."
        ),
        "legal_threat": (
            "Merci de nous dire combien c'est grave pour vous. J'examine personnellement tout ce qui s'est passé et je "
            "vous répondrai ici avec ce que nous aurons trouvé."
        ),
        "account_deletion": (
            "Je peux fermer votre compte. Avant cela, sachez que les commandes en cours, le solde de vos cartes "
            "cadeaux et votre abonnement prendront fin avec lui. Merci de me confirmer ici que je dois le faire."
        ),
        "general": (
            "Merci de votre patience. J'ai lu tout ce que vous avez écrit et je m'en occupe maintenant ; je vous "
            "répondrai ici avec ce que je trouve."
        ),
    },
    waits_for_decision=(
        "Merci, je l'ai ajouté pour la personne de notre équipe qui examine votre demande ; nous répondrons aux deux "
        "en même temps."
    ),
    waits_for_person="Merci, la personne qui s'occupe de vous voit votre message et vous répondra ici.",
    taken_over="Bonjour, ici {name}, de Larkfield. J'ai tout lu jusqu'ici et je vous répondrai ici moi-même.",
    handed_back="Notre équipe a terminé ici, je reprends donc la suite. Avez-vous besoin d'autre chose ?",
    refund_waits=(
        "Votre demande de remboursement{what} est maintenant entre les mains de notre équipe : chaque remboursement "
        "est vérifié par une personne. Vous aurez la décision au plus tard le {due} ; d'ici là, vous n'avez rien à "
        "faire."
    ),
    refund_of=" de {amount}",
    refund_for_order=" pour la commande {number}",
    ask_refund_details=(
        "Je peux lancer votre demande de remboursement. De quelle commande s'agit-il, ou combien avez-vous payé ? "
        "Le numéro de commande ressemble à LF-10482 et figure dans votre e-mail de confirmation. "
        "Dès que je l'ai, un membre de notre équipe décide du remboursement."
    ),
    refund_order_unknown=(
        "Je ne trouve pas la commande {number}. Pouvez-vous vérifier le numéro, ou me dire le montant que vous avez "
        "payé ? Dès que je l'ai, un membre de notre équipe décide du remboursement."
    ),
    refund_offer=(
        "Si vous souhaitez un remboursement pour une de vos commandes, donnez-moi son numéro, et un membre de notre "
        "équipe décidera du remboursement."
    ),
    refund_issued=(
        "Bonne nouvelle : votre remboursement de {amount} a été accepté et est en route vers la carte ou le compte "
        "avec lequel vous avez payé. Il arrive sous 5 jours ouvrés. La référence est {reference}."
    ),
    refund_denied=(
        "Un membre de notre équipe a examiné votre demande de remboursement et n'a pas pu l'accepter{because}. "
        "Si vous n'êtes pas d'accord, répondez simplement ici et une personne l'examinera de nouveau."
    ),
    denials={
        "outside_window": ", car le délai de retour est dépassé",
        "not_delivered": ", car la commande n'a pas encore été livrée",
        "already_refunded": ", car la commande a déjà été remboursée",
        "amount_exceeds_paid": ", car le montant dépasse ce qui a été payé",
        "not_refundable": ", car ces articles ne peuvent pas être retournés",
        "suspected_fraud": ", car nous n'avons pas pu confirmer les informations de la demande",
        "missing_information": ", car il manque encore des informations",
        "other": "",
    },
    refund_expired=(
        "Nous n'avons pas décidé à temps de votre remboursement, et je vous prie de nous en excuser. Rien n'a encore "
        "été versé. Le ticket {number} reste ouvert pour cela, et un membre de notre équipe répondra au plus tard le "
        "{due}."
    ),
    refund_not_paid=(
        "Votre remboursement n'a pas pu être versé tel qu'il avait été accepté, car une partie de la commande était "
        "déjà remboursée. Un membre de notre équipe règle cela avec vous : ticket {number}, réponse au plus tard le "
        "{due}."
    ),
    ask_order=(
        "Je peux m'occuper de votre commande. Envoyez-moi, s'il vous plaît, son numéro, qui ressemble à LF-10482, et "
        "l'adresse e-mail avec laquelle elle a été passée, pour que je sache que c'est bien la vôtre."
    ),
    ask_which_order="De quelle commande s'agit-il ? Vous avez {orders}. Envoyez-moi simplement le numéro.",
    ask_proof=(
        "Avant que je dise ou change quoi que ce soit sur la commande {number}, envoyez-moi, s'il vous plaît, "
        "l'adresse e-mail avec laquelle elle a été passée, pour que je sache que c'est bien la vôtre."
    ),
    order_not_found=(
        "Je ne trouve pas de commande avec ce numéro et cette adresse e-mail ensemble. Pouvez-vous vérifier les deux ? "
        "Si cela ne marche toujours pas, un membre de notre équipe regardera cela avec vous."
    ),
    order_not_yours=(
        "Je ne trouve pas la commande {number} parmi vos commandes. Pouvez-vous vérifier le numéro ? Il figure dans "
        "votre e-mail de confirmation. Si cela ne marche toujours pas, un membre de notre équipe regardera cela avec "
        "vous."
    ),
    statuses={
        "processing": (
            "La commande {number} ({items}) est en préparation dans notre entrepôt. Elle peut encore être modifiée ou "
            "annulée, et vous recevrez un e-mail avec le numéro de suivi dès qu'elle partira."
        ),
        "shipped": (
            "La commande {number} ({items}) est en route : {carrier} l'a depuis le {day}, et le numéro de suivi est "
            "{tracking}."
        ),
        "delivered": (
            "La commande {number} ({items}) a été livrée le {day} par {carrier}, numéro de suivi {tracking}."
        ),
        "cancelled": "La commande {number} ({items}) a été annulée, rien ne sera donc envoyé.",
        "returned": "La commande {number} ({items}) est revenue dans notre entrepôt en retour.",
    },
    status_next=(
        "Si quelque chose ne va pas, dites-le-moi ici, et un membre de notre équipe regardera cela au plus tard le "
        "{due}."
    ),
    states={
        "processing": "en préparation",
        "shipped": "déjà en route",
        "delivered": "déjà livrée",
        "cancelled": "déjà annulée",
        "returned": "déjà retournée",
    },
    deliveries={
        "standard": "livraison standard",
        "express": "livraison express",
        "pick-up point": "livraison en point relais",
    },
    order_shown="Voici la commande {number} du {day} : {items}, {paid} payés. ",
    confirm_cancel=(
        "Dois-je annuler la commande {number} ? Répondez par oui ou non, s'il vous plaît ; rien ne sera fait avant "
        "votre oui."
    ),
    confirm_address=(
        "Dois-je envoyer la commande {number} à cette adresse : {new}, et non plus à celle-ci : {old} ? Répondez par "
        "oui ou non, s'il vous plaît ; rien ne change avant votre oui."
    ),
    confirm_item=(
        "Dois-je changer {name} dans la commande {number} : {new} au lieu de {old} ? Répondez par oui ou non, s'il "
        "vous plaît ; rien ne change avant votre oui."
    ),
    confirm_delivery=(
        "Dois-je changer la livraison de la commande {number} : {new} au lieu de {old} ? "
        "Répondez par oui ou non, s'il vous plaît ; rien ne change avant votre oui."
    ),
    ask_address=(
        "Où la commande {number} doit-elle aller ? Envoyez-moi, s'il vous plaît, l'adresse complète : rue et numéro, "
        "ville et code postal."
    ),
    ask_item="Quel article de la commande {number} dois-je changer ? Elle contient {items}.",
    ask_variant="Quelle option souhaitez-vous pour {name} ? Nous avons {variants}.",
    ask_delivery="Comment souhaitez-vous recevoir la commande {number} ? Vous avez le choix : {options}.",
    still_open=(
        "Et pour la commande {number} : rien n'a encore été changé. Répondez oui, s'il vous plaît, si je dois le "
        "faire, ou non dans le cas contraire."
    ),
    answer_yes_or_no=(
        "Je préfère vérifier avant de toucher à la commande {number}. Répondez par oui ou non, s'il vous plaît."
    ),
    cancelled="La commande {number} est annulée, et rien ne sera envoyé.",
    address_changed=(
        "C'est fait : la commande {number} va maintenant à cette adresse : {new}. Si quelque chose ne va pas, "
        "dites-le-moi avant son départ."
    ),
    item_changed=(
        "C'est fait : la commande {number} contient maintenant {name} ({new}). Si quelque chose ne va pas, "
        "dites-le-moi avant son départ."
    ),
    delivery_changed=(
        "C'est fait : pour la commande {number}, c'est maintenant {new}. Si quelque chose ne va pas, dites-le-moi "
        "avant son départ."
    ),
    can_go_back="Une fois les articles chez vous, ils peuvent repartir en retour. ",
    left_alone="Très bien, la commande {number} reste comme elle est. Puis-je faire autre chose pour vous ?",
    refusals={
        "unknown_order": (
            "Je ne trouve plus la commande {number}. Un membre de notre équipe regarde cela et vous répond au plus "
            "tard le {due}."
        ),
        "not_processing": (
            "La commande {number} est {state}, je ne peux donc plus la modifier. Si vous avez besoin d'autre "
            "chose, demandez ici à parler à une personne, et un membre de notre équipe vous répond au plus "
            "tard le {due}."
        ),
        "changed_meanwhile": (
            "La commande {number} a changé depuis que je vous l'ai montrée, je l'ai donc laissée telle quelle. "
            "Redites-moi ce que vous souhaitez, et je vous montre la commande telle qu'elle est maintenant ; ou "
            "demandez à parler à une personne, qui vous répond au plus tard le {due}."
        ),
        "other_country": (
            "Je ne peux pas envoyer la commande {number} dans un autre pays. Envoyez-moi, s'il vous plaît, une adresse "
            "dans le même pays, ou demandez à parler à une personne, qui vous répond au plus tard le {due}."
        ),
        "unknown_variant": (
            "{what} n'est pas disponible pour la commande {number}, je l'ai donc laissée telle quelle. Dites-moi ce "
            "que vous souhaitez d'autre, ou demandez à parler à une personne, qui vous répond au plus tard le {due}."
        ),
        "out_of_stock": (
            "{what} n'est pas en stock, la commande {number} reste donc comme elle est. Dites-moi quelle autre option "
            "vous souhaitez, ou demandez à parler à une personne, qui vous répond au plus tard le {due}."
        ),
        "costs_more": (
            "{what} : cette option coûte plus que ce que vous avez payé pour la livraison, je ne peux donc pas la "
            "changer par moi-même, et la commande {number} reste comme elle est. Demandez ici à parler à une personne, "
            "et un membre de notre équipe le fait avec vous au plus tard le {due}."
        ),
    },
)
