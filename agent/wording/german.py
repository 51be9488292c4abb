"""What the desk says in German, with "Sie"."""

from agent.wording.phrases import Phrases

GERMAN = Phrases(
    openings={
        "standard": "",
        "empathetic": "Es tut mir leid, dass Sie damit Ärger haben. ",
        "urgent": "Ich sehe, dass es eilt. ",
        "de-escalation": (
            "Es tut mir leid, dass das so schlecht gelaufen ist. Ich möchte das mit Ihnen in Ordnung bringen. "
        ),
    },
    courtesy="Gern geschehen! Wenn noch etwas ist, schreiben Sie einfach hier, zu jeder Uhrzeit.",
    greeting="Hallo, schön, dass Sie da sind. ",
    what_the_desk_can_do=(
        "Ich kann Fragen zu Lieferung, Rückgabe, Zahlung, Ihrem Konto und unseren Produkten beantworten, mich um ein "
        "Problem kümmern, bei einer Bestellung helfen oder eine Erstattung anstoßen. Was davon brauchen Sie, und worum "
        "geht es? Sie können auch einfach nach einem Menschen fragen."
    ),
    other_language="Ich schreibe Deutsch, Englisch, Spanisch und Französisch, deshalb antworte ich auf Englisch. ",
    answer_in_english="Das Folgende stammt aus unseren englischen Hilfeseiten. ",
    unsure_answer="Hier bin ich mir nicht sicher, bitte lesen Sie die Antwort mit Vorsicht. ",
    answer_next=(
        "Wenn Ihnen das nicht weiterhilft, sagen Sie es einfach, dann antwortet Ihnen jemand aus unserem Team bis zum "
        "{due}."
    ),
    draft_held=(
        "Ich habe eine Antwort für Sie, die jemand aus unserem Team vorher noch prüft. Sie bekommen sie bis zum {due}."
    ),
    ticket_opened=(
        "Danke, dass Sie mir das sagen. Ich habe Ticket {number} angelegt, und jemand aus unserem Team antwortet bis "
        "zum {due} darauf. Weitere Angaben können Sie hier jederzeit ergänzen."
    ),
    handed_over=(
        "Ich gebe das an unser Team weiter, zusammen mit allem, was Sie geschrieben haben, damit Sie nichts "
        "wiederholen müssen. Sie bekommen bis zum {due} eine Antwort. Ihr Ticket ist {number}."
    ),
    handover_expired=(
        "Wir haben Ihnen nicht in der versprochenen Zeit geantwortet, und das tut mir leid. "
        "Ticket {number} bleibt offen, und jemand aus unserem Team antwortet bis zum {due}."
    ),
    turn_failed=(
        "Während ich Ihre Nachricht bearbeitet habe, ist bei uns etwas schiefgegangen. Ihre Nachricht ist gespeichert, "
        "und jemand aus unserem Team antwortet bis zum {due} darauf. Ihr Ticket ist {number}."
    ),
    drafts={
        "billing_dispute": (
            "Danke, dass Sie uns auf diese Abbuchung hinweisen. Ich prüfe gerade Ihre Zahlungen bei uns und sage Ihnen "
            "hier, was ich finde. Wenn eine Abbuchung falsch ist, bringe ich das mit Ihnen in Ordnung."
        ),
        "legal_threat": (
            "Danke, dass Sie uns sagen, wie ernst das für Sie ist. Ich gehe allem, was passiert ist, persönlich nach "
            "und antworte Ihnen hier mit dem, was wir herausgefunden haben."
        ),
        "account_deletion": (
            "Ich kann Ihr Konto für Sie schließen. Bitte beachten Sie vorher: Offene Bestellungen, Guthaben auf "
            "Geschenkkarten und Ihre Mitgliedschaft enden damit. Bitte bestätigen Sie mir hier, dass ich das tun soll."
        ),
        "general": (
            "Danke für Ihre Geduld. Ich habe alles gelesen, was Sie geschrieben haben, und gehe dem jetzt nach. Ich "
            "antworte Ihnen hier mit dem, was ich finde."
        ),
    },
    waits_for_decision=(
        "Danke, das habe ich für die Person ergänzt, die Ihre Anfrage gerade prüft; wir beantworten beides zusammen."
    ),
    waits_for_person="Danke, die Person, die sich um Sie kümmert, sieht Ihre Nachricht und antwortet Ihnen hier.",
    taken_over="Hallo, hier ist {name} von Larkfield. Ich habe alles bisher gelesen und antworte Ihnen hier selbst.",
    handed_back="Unser Team ist hier fertig, jetzt bin ich wieder für Sie da. Brauchen Sie noch etwas?",
    refund_waits=(
        "Ihr Antrag auf Erstattung{what} liegt jetzt bei unserem Team, denn jede Erstattung wird von einem Menschen "
        "geprüft. Sie bekommen die Entscheidung bis zum {due}; bis dahin müssen Sie nichts tun."
    ),
    refund_of=" von {amount}",
    refund_for_order=" für Bestellung {number}",
    ask_refund_details=(
        "Ich kann Ihre Erstattung anstoßen. Um welche Bestellung geht es, oder wie viel haben Sie bezahlt? "
        "Die Bestellnummer sieht aus wie LF-10482 und steht in Ihrer Bestätigungs-E-Mail. "
        "Sobald ich das weiß, entscheidet jemand aus unserem Team über die Erstattung."
    ),
    refund_order_unknown=(
        "Ich kann Bestellung {number} nicht finden. Könnten Sie die Nummer prüfen oder mir den Betrag nennen, den Sie "
        "bezahlt haben? Sobald ich das habe, entscheidet jemand aus unserem Team über die Erstattung."
    ),
    refund_offer=(
        "Wenn Sie für eine Ihrer Bestellungen Geld zurückmöchten, nennen Sie mir die Nummer, dann entscheidet jemand "
        "aus unserem Team über die Erstattung."
    ),
    refund_issued=(
        "Gute Nachricht: Ihre Erstattung von {amount} wurde genehmigt und ist unterwegs zu der Karte oder dem Konto, "
        "womit Sie bezahlt haben. Sie kommt innerhalb von 5 Arbeitstagen an. Die Referenz ist {reference}."
    ),
    refund_denied=(
        "Jemand aus unserem Team hat Ihren Antrag auf Erstattung geprüft und konnte ihn nicht genehmigen{because}. "
        "Wenn Sie das anders sehen, antworten Sie einfach hier, dann sieht ein Mensch ihn sich noch einmal an."
    ),
    denials={
        "outside_window": ", weil die Frist für die Rückgabe abgelaufen ist",
        "not_delivered": ", weil die Bestellung noch nicht zugestellt wurde",
        "already_refunded": ", weil die Bestellung schon früher erstattet wurde",
        "amount_exceeds_paid": ", weil der Betrag höher ist als das, was bezahlt wurde",
        "not_refundable": ", weil die Artikel von der Rückgabe ausgeschlossen sind",
        "suspected_fraud": ", weil wir die Angaben im Antrag nicht bestätigen konnten",
        "missing_information": ", weil noch Angaben fehlen",
        "other": "",
    },
    refund_expired=(
        "Wir haben nicht rechtzeitig über Ihre Erstattung entschieden, und das tut mir leid. Es wurde noch nichts "
        "ausgezahlt. Ticket {number} bleibt dafür offen, und jemand aus unserem Team antwortet bis zum {due}."
    ),
    refund_not_paid=(
        "Ihre Erstattung konnte nicht wie genehmigt ausgezahlt werden, weil ein Teil der Bestellung schon erstattet "
        "war. Jemand aus unserem Team klärt das mit Ihnen: Ticket {number}, Antwort bis zum {due}."
    ),
    ask_order=(
        "Ich kann mich um Ihre Bestellung kümmern. Bitte schicken Sie mir die Bestellnummer, die aussieht wie "
        "LF-10482, und die E-Mail-Adresse, mit der bestellt wurde, damit ich weiß, dass es Ihre Bestellung ist."
    ),
    ask_which_order="Um welche Ihrer Bestellungen geht es? Sie haben {orders}. Schicken Sie mir einfach die Nummer.",
    ask_proof=(
        "Bevor ich etwas zu Bestellung {number} sage oder daran ändere, schicken Sie mir bitte die E-Mail-Adresse, mit "
        "der bestellt wurde, damit ich weiß, dass es Ihre Bestellung ist."
    ),
    order_not_found=(
        "Ich kann keine Bestellung finden, zu der diese Nummer und diese E-Mail-Adresse zusammen gehören. Könnten Sie "
        "beides prüfen? Wenn es dann noch nicht klappt, sieht sich jemand aus unserem Team das mit Ihnen an."
    ),
    order_not_yours=(
        "Ich kann Bestellung {number} unter Ihren Bestellungen nicht finden. Könnten Sie die Nummer prüfen? Sie steht "
        "in Ihrer Bestätigungs-E-Mail. Wenn es dann noch nicht klappt, sieht sich jemand aus unserem Team das mit "
        "Ihnen an."
    ),
    statuses={
        "processing": (
            "Bestellung {number} ({items}) wird gerade im Lager vorbereitet. Sie kann noch geändert oder storniert "
            "werden, und sobald sie das Lager verlässt, bekommen Sie eine E-Mail mit der Sendungsnummer."
        ),
        "shipped": (
            "Bestellung {number} ({items}) ist unterwegs: Sie ist seit dem {day} bei {carrier}, und die Sendungsnummer "
            "ist {tracking}."
        ),
        "delivered": (
            "Bestellung {number} ({items}) wurde am {day} von {carrier} zugestellt, Sendungsnummer {tracking}."
        ),
        "cancelled": "Bestellung {number} ({items}) wurde storniert, es wird also nichts verschickt.",
        "returned": "Bestellung {number} ({items}) ist als Rücksendung wieder in unserem Lager angekommen.",
    },
    status_next=(
        "Wenn daran etwas nicht stimmt, sagen Sie es mir hier, dann prüft das jemand aus unserem Team bis zum {due}."
    ),
    states={
        "processing": "in Vorbereitung",
        "shipped": "schon unterwegs",
        "delivered": "schon zugestellt",
        "cancelled": "schon storniert",
        "returned": "schon zurückgeschickt",
    },
    deliveries={
        "standard": "Standard-Lieferung",
        "express": "Express-Lieferung",
        "pick-up point": "Lieferung an eine Abholstelle",
    },
    order_shown="Das ist Bestellung {number} vom {day}: {items}, bezahlt {paid}. ",
    confirm_cancel=(
        "Soll ich Bestellung {number} stornieren? Bitte antworten Sie mit Ja oder Nein; vor Ihrem Ja passiert nichts."
    ),
    confirm_address=(
        "Soll ich Bestellung {number} an {new} schicken und nicht mehr an {old}? Bitte antworten Sie mit Ja oder Nein; "
        "vor Ihrem Ja ändert sich nichts."
    ),
    confirm_item=(
        "Soll ich {name} in Bestellung {number} von {old} auf {new} ändern? Bitte antworten Sie mit Ja oder Nein; vor "
        "Ihrem Ja ändert sich nichts."
    ),
    confirm_delivery=(
        "Soll ich Bestellung {number} von {old} auf {new} umstellen? Bitte antworten Sie mit "
        "Ja oder Nein; vor Ihrem Ja ändert sich nichts."
    ),
    ask_address=(
        "Wohin soll Bestellung {number} gehen? Bitte schicken Sie mir die ganze Adresse: Straße und Hausnummer, Ort "
        "und Postleitzahl."
    ),
    ask_item="Welchen Artikel aus Bestellung {number} soll ich ändern? Sie enthält {items}.",
    ask_variant="Welche Ausführung möchten Sie bei {name}? Wir haben {variants}.",
    ask_delivery="Wie soll Bestellung {number} zu Ihnen kommen? Zur Wahl stehen: {options}.",
    still_open=(
        "Und zu Bestellung {number}: Bisher wurde nichts geändert. Bitte antworten Sie mit Ja, wenn ich das machen "
        "soll, oder mit Nein, wenn nicht."
    ),
    answer_yes_or_no=(
        "Ich möchte sichergehen, bevor ich Bestellung {number} anfasse. Bitte antworten Sie mit Ja oder Nein."
    ),
    cancelled="Bestellung {number} ist storniert, und es wird nichts verschickt.",
    address_changed=(
        "Erledigt: Bestellung {number} geht jetzt an {new}. Wenn etwas nicht stimmt, sagen Sie es mir, bevor sie das "
        "Lager verlässt."
    ),
    item_changed=(
        "Erledigt: Bestellung {number} enthält jetzt {name} ({new}). Wenn etwas nicht stimmt, sagen Sie es mir, bevor "
        "sie das Lager verlässt."
    ),
    delivery_changed=(
        "Erledigt: Bestellung {number} ist jetzt auf {new} umgestellt. Wenn etwas nicht stimmt, sagen Sie es mir, "
        "bevor sie das Lager verlässt."
    ),
    can_go_back="Sobald die Ware bei Ihnen ist, kann sie als Rücksendung zurückgehen. ",
    left_alone="In Ordnung, Bestellung {number} bleibt, wie sie ist. Kann ich noch etwas für Sie tun?",
    refusals={
        "unknown_order": (
            "Ich kann Bestellung {number} nicht mehr finden. Jemand aus unserem Team geht dem nach und antwortet Ihnen "
            "bis zum {due}."
        ),
        "not_processing": (
            "Bestellung {number} ist {state}, deshalb kann ich sie nicht mehr ändern. Wenn Sie etwas anderes "
            "brauchen, fragen Sie hier nach einem Menschen, dann antwortet jemand aus unserem Team bis zum "
            "{due}."
        ),
        "changed_meanwhile": (
            "Bestellung {number} hat sich geändert, seit ich sie Ihnen gezeigt habe, deshalb habe ich sie gelassen, "
            "wie sie ist. Sagen Sie mir noch einmal, was Sie möchten, dann zeige ich sie Ihnen, wie sie jetzt ist; "
            "oder fragen Sie nach einem Menschen, der bis zum {due} antwortet."
        ),
        "other_country": (
            "Ich kann Bestellung {number} nicht in ein anderes Land schicken. Bitte nennen Sie mir eine Adresse im "
            "selben Land, oder fragen Sie nach einem Menschen, der bis zum {due} antwortet."
        ),
        "unknown_variant": (
            "{what} gibt es für Bestellung {number} nicht, deshalb habe ich sie gelassen, wie sie ist. Sagen Sie mir, "
            "was Sie sonst möchten, oder fragen Sie nach einem Menschen, der bis zum {due} antwortet."
        ),
        "out_of_stock": (
            "{what} ist nicht auf Lager, deshalb bleibt Bestellung {number}, wie sie ist. Sagen Sie mir, welche andere "
            "Ausführung Sie möchten, oder fragen Sie nach einem Menschen, der bis zum {due} antwortet."
        ),
        "costs_more": (
            "{what} kostet mehr, als Sie für den Versand bezahlt haben. Deshalb kann ich das nicht selbst ändern, und "
            "Bestellung {number} bleibt, wie sie ist. Fragen Sie hier nach einem Menschen, dann macht das jemand aus "
            "unserem Team bis zum {due} mit Ihnen."
        ),
    },
)
