"""What the desk says in Spanish: "tú", in words that serve Spain and Latin America."""

from agent.wording.phrases import Phrases

SPANISH = Phrases(
    openings={
        "standard": "",
        "empathetic": "Siento mucho las molestias. ",
        "urgent": "Veo que esto es urgente. ",
        "de-escalation": "Siento mucho que esto haya ido tan mal. Quiero ayudarte a resolverlo bien. ",
    },
    courtesy="¡De nada! Si surge algo más, escribe aquí cuando quieras, a cualquier hora.",
    greeting="Hola, qué bueno tenerte por aquí. ",
    what_the_desk_can_do=(
        "Puedo responder preguntas sobre envíos, devoluciones, pagos, tu cuenta y nuestros productos, ocuparme de un "
        "problema, ayudarte con un pedido o iniciar un reembolso. ¿Cuál de estas cosas necesitas y de qué se trata? "
        "También puedes pedir simplemente hablar con una persona."
    ),
    other_language="Puedo escribir en español, inglés, alemán y francés, así que te respondo en inglés. ",
    answer_in_english="Lo que sigue viene de nuestras páginas de ayuda en inglés. ",
    unsure_answer="No tengo plena seguridad en esta respuesta, así que léela con cuidado, por favor. ",
    answer_next=("Si no es lo que necesitas, dímelo y alguien de nuestro equipo te responderá a más tardar el {due}."),
    draft_held=(
        "Tengo una respuesta para ti, pero antes la está revisando alguien de nuestro equipo. "
        "La tendrás a más tardar el {due}."
    ),
    ticket_opened=(
        "Gracias por avisarme. He abierto el ticket {number} y alguien de nuestro equipo lo responderá a más tardar el "
        "{due}. Puedes añadir detalles aquí en cualquier momento."
    ),
    handed_over=(
        "Paso tu caso a alguien de nuestro equipo, junto con todo lo que has escrito, para que no tengas que "
        "repetirlo. Tendrás una respuesta a más tardar el {due}. Tu ticket es el {number}."
    ),
    handover_expired=(
        "No te respondimos en el plazo que prometimos, y lo siento mucho. "
        "El ticket {number} sigue abierto y alguien de nuestro equipo lo responderá a más tardar el {due}."
    ),
    turn_failed=(
        "Algo falló de nuestro lado mientras trabajaba en tu mensaje. Tu mensaje está guardado y alguien de nuestro "
        "equipo lo responderá a más tardar el {due}. Tu ticket es el {number}."
    ),
    drafts={
        "billing_dispute": (
            "Gracias por avisarnos de este cargo. Estoy revisando ahora los pagos que nos has hecho y te contaré aquí "
            "lo que encuentre. Si algún cargo no es correcto, lo arreglaré contigo."
        ),
        "legal_threat": (
            "Gracias por decirnos lo serio que es esto para ti. Estoy revisando personalmente todo lo ocurrido y te "
            "responderé aquí con lo que hayamos averiguado."
        ),
        "account_deletion": (
            "Puedo cerrar tu cuenta. Antes de hacerlo, ten en cuenta que con ella terminan los pedidos abiertos, el "
            "saldo de tus tarjetas de regalo y tu membresía. Por favor, confírmame aquí que quieres que siga adelante."
        ),
        "general": (
            "Gracias por tu paciencia. He leído todo lo que escribiste y lo estoy revisando ahora; te responderé aquí "
            "con lo que encuentre."
        ),
    },
    waits_for_decision=(
        "Gracias, he añadido esto para la persona de nuestro equipo que está revisando tu solicitud; "
        "responderemos a todo junto."
    ),
    waits_for_person="Gracias. La persona que te atiende ve tu mensaje y te responderá aquí.",
    taken_over=("Hola, te escribe {name}, de Larkfield. He leído todo hasta ahora y te responderé aquí personalmente."),
    handed_back="Nuestro equipo ha terminado por aquí, así que vuelvo a atenderte yo. ¿Necesitas algo más?",
    refund_waits=(
        "Tu solicitud de reembolso{what} está ahora con alguien de nuestro equipo: cada reembolso lo revisa una "
        "persona. Tendrás la decisión a más tardar el {due}; hasta entonces no tienes que hacer nada."
    ),
    refund_of=" de {amount}",
    refund_for_order=" del pedido {number}",
    ask_refund_details=(
        "Puedo iniciar tu reembolso. ¿De qué pedido se trata o cuánto pagaste? "
        "El número de pedido es parecido a LF-10482 y está en tu correo de confirmación. "
        "En cuanto lo tenga, alguien de nuestro equipo decidirá sobre el reembolso."
    ),
    refund_order_unknown=(
        "No encuentro el pedido {number}. ¿Puedes revisar el número o decirme cuánto pagaste? "
        "En cuanto lo tenga, alguien de nuestro equipo decidirá sobre el reembolso."
    ),
    refund_offer=(
        "Si quieres que te devolvamos el dinero de un pedido, dime su número y alguien de nuestro equipo decidirá "
        "sobre el reembolso."
    ),
    refund_issued=(
        "Buenas noticias: tu reembolso de {amount} fue aprobado y va en camino a la tarjeta o cuenta con la que "
        "pagaste. Llega en un máximo de 5 días hábiles. La referencia es {reference}."
    ),
    refund_denied=(
        "Alguien de nuestro equipo revisó tu solicitud de reembolso y no pudo aprobarla{because}. "
        "Si lo ves de otra manera, responde aquí y una persona volverá a revisarla."
    ),
    denials={
        "outside_window": ", porque ya terminó el plazo para devolver los artículos",
        "not_delivered": ", porque el pedido aún no se ha entregado",
        "already_refunded": ", porque el pedido ya se había reembolsado antes",
        "amount_exceeds_paid": ", porque el importe es mayor de lo que se pagó",
        "not_refundable": ", porque los artículos no admiten devolución",
        "suspected_fraud": ", porque no pudimos confirmar los datos de la solicitud",
        "missing_information": ", porque todavía falta información",
        "other": "",
    },
    refund_expired=(
        "No decidimos a tiempo sobre tu reembolso, y lo siento mucho. Todavía no se ha pagado nada. "
        "El ticket {number} sigue abierto para ello y alguien de nuestro equipo responderá a más tardar el {due}."
    ),
    refund_not_paid=(
        "Tu reembolso no se pudo pagar tal como se aprobó, porque una parte del pedido ya se había reembolsado. "
        "Alguien de nuestro equipo lo resuelve contigo: ticket {number}, respuesta a más tardar el {due}."
    ),
    ask_order=(
        "Puedo ocuparme de tu pedido. Envíame, por favor, su número, que es parecido a LF-10482, y el correo "
        "electrónico con el que se hizo, para saber que es tuyo."
    ),
    ask_which_order="¿Cuál de tus pedidos es? Tienes {orders}. Envíame solo el número.",
    ask_proof=(
        "Antes de decir o cambiar nada sobre el pedido {number}, envíame, por favor, el correo electrónico con el que "
        "se hizo, para saber que es tuyo."
    ),
    order_not_found=(
        "No encuentro ningún pedido con este número y este correo electrónico juntos. ¿Puedes revisar los dos? "
        "Si sigue sin funcionar, alguien de nuestro equipo lo revisará contigo."
    ),
    order_not_yours=(
        "No encuentro el pedido {number} entre tus pedidos. ¿Puedes revisar el número? Está en tu correo de "
        "confirmación. Si sigue sin funcionar, alguien de nuestro equipo lo revisará contigo."
    ),
    statuses={
        "processing": (
            "El pedido {number} ({items}) se está preparando en el almacén. Todavía se puede cambiar o cancelar, y "
            "recibirás un correo con el número de seguimiento en cuanto salga."
        ),
        "shipped": (
            "El pedido {number} ({items}) está en camino: {carrier} lo tiene desde el {day} y el número de seguimiento "
            "es {tracking}."
        ),
        "delivered": (
            "El pedido {number} ({items}) fue entregado el {day} por {carrier}, con el número de seguimiento "
            "{tracking}."
        ),
        "cancelled": "El pedido {number} ({items}) fue cancelado, así que no se enviará nada.",
        "returned": "El pedido {number} ({items}) volvió a nuestro almacén como devolución.",
    },
    status_next=("Si algo no está bien, dímelo aquí y alguien de nuestro equipo lo revisará a más tardar el {due}."),
    states={
        "processing": "en preparación",
        "shipped": "ya en camino",
        "delivered": "ya entregado",
        "cancelled": "ya cancelado",
        "returned": "ya devuelto",
    },
    deliveries={
        "standard": "entrega estándar",
        "express": "entrega exprés",
        "pick-up point": "entrega en un punto de recogida",
    },
    order_shown="Este es el pedido {number} del {day}: {items}, {paid} pagados. ",
    confirm_cancel="¿Cancelo el pedido {number}? Responde sí o no, por favor; no haré nada antes de tu sí.",
    confirm_address=(
        "¿Envío el pedido {number} a {new} y ya no a {old}? Responde sí o no, por favor; no cambiaré nada antes de tu "
        "sí."
    ),
    confirm_item=(
        "¿Cambio {name} en el pedido {number}: {new} en lugar de {old}? Responde sí o no, por favor; no cambiaré nada "
        "antes de tu sí."
    ),
    confirm_delivery=(
        "¿Cambio el pedido {number} de {old} a {new}? Responde sí o no, por favor; no cambiaré nada antes de tu sí."
    ),
    ask_address=(
        "¿Adónde debe ir el pedido {number}? Envíame, por favor, la dirección completa: calle y número, ciudad y "
        "código postal."
    ),
    ask_item="¿Qué artículo del pedido {number} quieres que cambie? Contiene {items}.",
    ask_variant="¿Qué opción prefieres para {name}? Tenemos {variants}.",
    ask_delivery="¿Cómo quieres recibir el pedido {number}? Puedes elegir entre {options}.",
    still_open=(
        "Y sobre el pedido {number}: todavía no se ha cambiado nada. Responde sí, por favor, si quieres que siga "
        "adelante, o no si no quieres."
    ),
    answer_yes_or_no=("Quiero confirmarlo contigo antes de tocar el pedido {number}. Responde sí o no, por favor."),
    cancelled="El pedido {number} está cancelado y no se enviará nada.",
    address_changed="Listo: el pedido {number} va ahora a {new}. Si algo no está bien, dímelo antes de que salga.",
    item_changed=(
        "Listo: el pedido {number} lleva ahora {name} ({new}). Si algo no está bien, dímelo antes de que salga."
    ),
    delivery_changed=("Listo: el pedido {number} va ahora con {new}. Si algo no está bien, dímelo antes de que salga."),
    can_go_back="Cuando tengas los artículos, puedes enviarlos de vuelta como devolución. ",
    left_alone="De acuerdo, el pedido {number} se queda como está. ¿Puedo ayudarte en algo más?",
    refusals={
        "unknown_order": (
            "Ya no encuentro el pedido {number}. Alguien de nuestro equipo lo revisa y te responde a más tardar el "
            "{due}."
        ),
        "not_processing": (
            "El pedido {number} está {state}, así que ya no puedo cambiarlo. Si necesitas otra cosa, pide "
            "aquí hablar con una persona, y alguien de nuestro equipo te responde a más tardar el {due}."
        ),
        "changed_meanwhile": (
            "El pedido {number} ha cambiado desde que te lo mostré, así que lo dejé como estaba. Dime otra vez qué "
            "quieres y te muestro el pedido como está ahora; o pide hablar con una persona, que te responde a más "
            "tardar el {due}."
        ),
        "other_country": (
            "No puedo enviar el pedido {number} a otro país. Envíame, por favor, una dirección en el mismo país, o "
            "pide hablar con una persona, que te responde a más tardar el {due}."
        ),
        "unknown_variant": (
            "{what} no se ofrece para el pedido {number}, así que lo dejé como estaba. Dime qué otra cosa te gustaría, "
            "o pide hablar con una persona, que te responde a más tardar el {due}."
        ),
        "out_of_stock": (
            "{what} no está en stock, así que el pedido {number} se queda como está. Dime qué otra opción te gustaría, "
            "o pide hablar con una persona, que te responde a más tardar el {due}."
        ),
        "costs_more": (
            "{what}: esta opción cuesta más de lo que pagaste por el envío, así que no puedo cambiarla por mi cuenta y "
            "el pedido {number} se queda como está. Pide aquí hablar con una persona, y alguien de nuestro equipo lo "
            "hace contigo a más tardar el {due}."
        ),
    },
)
