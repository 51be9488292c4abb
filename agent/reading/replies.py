"""Short answers that mean the same whatever was asked: yes, no, thanks, hello. In the four languages of the shop.

A yes moves an order, so it is read narrowly: every word of the message has to belong to a yes. What is not plainly one
is asked again.
"""

import re
import unicodedata

WORD = re.compile(r"[\w']+")
ORDER_NUMBER = re.compile(r"^(?:lf)?\d{4,8}$")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


YES = _set(
    "yes yeah yep yup yea sure ok okay okey correct confirm confirmed confirming absolutely definitely affirmative right exactly proceed "
    "si claro vale dale confirmo correcto exacto perfecto adelante procede "
    "ja jawohl jo klar gerne genau richtig bestatige bestaetige stimmt passt "
    "oui ouais daccord parfait exact confirme vasy allezy"
)
YES_PHRASES = (
    "go ahead", "do it", "please do", "that's right", "thats right", "that is right", "that's correct", "that is correct",
    "sounds good", "of course", "go for it", "esta bien", "por supuesto", "hazlo", "de acuerdo", "asi es", "mach das",
    "bitte machen", "auf jeden fall", "in ordnung", "d'accord", "bien sur", "vas y", "allez y", "c'est ca", "c'est bon", "tout a fait",
)  # fmt: skip  # phrases read best in lines
FILLER = _set(
    "please pls thanks thank you thx do it go ahead cancel change update that that's is right correct the this order my address item "
    "size delivery i am i'm want to would like for me now kindly and sure of course number no. it's send switch ok okay fine good great "
    "perfect absolutely confirm "
    "por favor gracias quiero que la el lo mi pedido orden cancela cancelalo cancelar cancelen cambia cambialo cambiar direccion talla "
    "hazlo adelante si claro asi es esta bien de acuerdo "
    "bitte danke ich mochte moechte die das den meine bestellung stornieren storniere sie andern aendern adresse grosse groesse mach "
    "machen ja genau gern gerne auftrag "
    "s'il te vous plait svp merci je veux bien la le ma commande annulez annuler annule changez changer adresse taille oui c'est ca faites "
    "allez y bon parfait"
)
NO = _set(
    "no nope nah not don't dont stop wait never negative cancelled nein nee nicht halt stopp non pas arretez stoppe espera mejor"
)
NO_PHRASES = (
    "leave it", "never mind", "nevermind", "forget it", "keep it", "changed my mind", "do not", "on second thought",
    "dejalo", "olvidalo", "mejor no", "he cambiado de opinion", "lass es", "lassen sie es", "vergiss es", "doch nicht", "lieber nicht",
    "laisse tomber", "laissez tomber", "oubliez", "finalement non", "j'ai change d'avis", "ne faites",
)  # fmt: skip  # phrases read best in lines
THANKS = _set("thanks thank thx thanx ty cheers appreciated appreciate gracias danke dankeschon merci")
THANKS_FILLER = _set(
    "you so much a lot many very really all for your the this that it was is help helping great perfect awesome ok okay good nice "
    "wonderful again bye have day evening one too and i much that's it's cool super brilliant lovely team guys "
    "muchas mil por la ayuda todo muy amable adios hasta luego perfecto genial vale "
    "vielen schon besten lieben dank fur die das ihre hilfe schnelle antwort tschuss super toll prima "
    "beaucoup bien pour votre aide tout au revoir bonne journee parfait c'est gentil"
)
HELLO = _set(
    "hi hello hey hiya hola hallo moin servus bonjour bonsoir salut buenas good guten buenos greetings morning"
)
HELLO_FILLER = _set(
    "there team all everyone sir madam again support larkfield how are you morning afternoon evening day today "
    "dias tardes noches que tal equipo tag morgen abend zusammen leute tout le monde ca va"
)
LONGEST_YES = 14


def is_yes(text: str, number: str | None) -> bool:
    """Whether the message is a plain yes, and names no other order than `number`."""
    plain = _plain(text)
    words = WORD.findall(plain)
    if not words or len(words) > LONGEST_YES or "?" in text or is_no(text):
        return False
    named = [word for word in words if ORDER_NUMBER.match(word)]
    if any(word.removeprefix("lf") != (number or "").lower().removeprefix("lf-") for word in named):
        return False
    begins = words[0] in YES or any(plain.startswith(phrase) for phrase in YES_PHRASES)
    return begins and all(word in YES or word in FILLER or word in named or word == "lf" for word in words)


def is_no(text: str) -> bool:
    """Whether the message begins with a no or takes a wish back, whatever else it says."""
    plain = _plain(text)
    words = WORD.findall(plain)
    if not words:
        return False
    return words[0] in NO or any(phrase in plain for phrase in NO_PHRASES)


def is_thanks(text: str) -> bool:
    """Whether the message says thanks and nothing else."""
    words = WORD.findall(_plain(text))
    return any(word in THANKS for word in words) and all(word in THANKS or word in THANKS_FILLER for word in words)


def is_hello(text: str) -> bool:
    """Whether the message says hello and nothing else."""
    words = WORD.findall(_plain(text))
    return bool(words) and words[0] in HELLO and all(word in HELLO or word in HELLO_FILLER for word in words)


def _plain(text: str) -> str:
    """Lower case, without accents, curly apostrophes straight, the hyphen of order numbers gone."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'")).lower()
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return re.sub(r"\blf[\s\-_#]*(?=\d)", "lf", letters).strip()
