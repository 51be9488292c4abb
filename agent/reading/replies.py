"""Short answers that mean the same whatever was asked: yes, no, thanks, hello. In the four languages of the shop.

A yes moves an order, so it is read narrowly: every word of the message has to belong to a yes. What is not plainly one
is asked again.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from agent.model import OrderAction

WORD = re.compile(r"[\w']+")
ORDER_NUMBER = re.compile(r"^(?:lf)?\d{4,8}$")
DASHES = str.maketrans("‐‑‒–—−’", "------'")
ODD = re.compile(r"[^\w\s.,;:!¡'\"()#*\-\ufe0f\U0001f3fb-\U0001f3ff👍🙏✅👌🙂😊😀😃😄😁❤]")
"""Signs that do not belong to a plain yes: question marks, sums of money, a thumb that points down."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _phrases(*phrases: str) -> re.Pattern[str]:
    """Finds whole phrases in words that stand one space apart."""
    return re.compile(rf"(?<![\w'])(?:{'|'.join(sorted(phrases, key=len, reverse=True))})(?![\w'])")


YES = _set(
    "yes yeah yep yup yea sure ok okay okey correct confirm confirmed confirming absolutely definitely affirmative "
    "right exactly proceed "
    "si claro vale dale confirmo correcto exacto perfecto adelante procede "
    "ja jawohl jo klar gerne genau richtig bestatige bestaetige stimmt passt "
    "oui ouais daccord parfait exact confirme vasy allezy"
)
YES_PHRASES = _phrases(
    "go ahead", "do it", "please do", "that's right", "thats right", "that is right", "that's correct",
    "that is correct", "sounds good", "of course", "go for it", "i am sure", "i'm sure", "i do", "esta bien",
    "por supuesto", "hazlo", "de acuerdo", "asi es", "claro que si", "mach das", "mach es", "machen sie das",
    "machen sie es", "bitte machen", "auf jeden fall", "in ordnung", "d'accord", "bien sur", "vas y", "allez y",
    "c'est ca", "c'est bon", "tout a fait",
)  # fmt: skip  # phrases read best in lines
COURTESY = _set(
    "please pls thanks thank you thx kindly now i fine good great perfect "
    "por favor gracias "
    "bitte danke ich gern "
    "s'il te vous plait svp merci je bien bon"
)
"""Words that say nothing of their own beside a yes."""
ORDER_WORDS = "order|pedido|orden|bestellung|auftrag|commande"
NUMBER_LABEL = re.compile(
    rf"\b(?:(?:my|the|mi|el|la|den|die|meine|ma) )?(?:{ORDER_WORDS})(?: number| no)? (?=(?:lf)?\d)"
)
COMMANDS = _set("confirm proceed procede confirme bestatige bestaetige")
"""A yes by themselves; "confirm LF-10377" may as well mean that the order shall stay."""
GLUE = _set(
    "the this my it for me to want would like quiero que la el lo mi die das den meine sie mochte moechte veux la le ma"
) | frozenset(ORDER_WORDS.split("|"))
"""Words that are fit for a yes only beside the verb of what was asked: "yes, I want my order" is none."""
_CHANGE = _set("change update switch cambia cambialo cambiar andern aendern changez changer")
VERBS: Mapping[OrderAction, frozenset[str]] = MappingProxyType(
    {
        "cancel": _set("cancel cancela cancelalo cancelar cancelen stornieren storniere annulez annuler annule"),
        "address": _CHANGE | {"send"},
        "item": _CHANGE,
        "delivery": _CHANGE,
    }
)
OBJECTS: Mapping[OrderAction, frozenset[str]] = MappingProxyType(
    {
        "address": _set("address direccion adresse"),
        "item": _set("item size talla grosse groesse taille"),
        "delivery": _set("delivery"),
    }
)
NAMES: Mapping[OrderAction, re.Pattern[str]] = MappingProxyType(
    {
        "cancel": re.compile(r"\b(cancel|storn|annul|anul)|\bcall off\b"),
        "address": re.compile(
            r"\b(address|ship(ped)? to|send (it )?to|deliver(ed)? to|direccion|domicilio|adresse|anschrift)"
        ),
        "item": re.compile(
            r"\b(size|colou?r|item|article|talla|grosse|farbe|artikel|taille|couleur|swap|exchange|model)"
        ),
        "delivery": re.compile(
            r"\b(deliver|shipping|express|faster|pick|collect|envio|entrega|liefer|versand|abhol|livraison|retrait)"
        ),
        "status": re.compile(
            r"\b(where|when|status|track|arriv|donde|cuando|estado|llega|wo|wann|ou est|quand|suivi|colis|paket|parcel)"
        ),
    }
)
"""Words by which a wish about an order is named; without one, a classifier's guess does not replace the wish before."""
_VERB = r"(?:cancel\w*|stornier\w*|annul\w*|anul\w*|chang\w*|cambi\w*|(?:ver)?ander\w*)"
WARNING = re.compile(
    r"(?<![\w'])(?:do not|don't|dont|never|not|no|nicht|nie)(?: (?:want|wish|need|ask|asked|asking|me|you|to|please"
    r"|ever|my|the|order|it|lf\d+|quiero|queria|pedi|que|me|mi|el|la|pedido|mochte|wollte|will|bitte|meine|die|bestellung|zu))*"
    rf" {_VERB}(?![\w'])"
    rf"|(?<![\w'])(?:n')?{_VERB}(?: (?:sie|es|das|die|meine|bestellung|lf\d+))* (?:nicht|pas|jamais)(?![\w'])"
    rf"|(?<![\w'])lf\d+ nicht {_VERB}"
)
"""What shall not be done, in one breath: "I do not know how to cancel" is a wish."""
POLITE_NO = re.compile(
    r"(?:please|pls|sorry|por favor|perdon|bitte|entschuldigung|s'il (?:te|vous) plait|svp|pardon|desolee?) "
    r"(?:no|nope|not|don't|dont|nein|nicht|non|pas)(?![\w'])"
)
NO = _set(
    "no nope nah not don't dont stop wait never negative cancelled nein nee nicht halt stopp non pas arretez stoppe "
    "espera"
)
NO_PHRASES = _phrases(
    "leave it", "never mind", "nevermind", "forget it", "keep it", "changed my mind", "do not", "do nothing",
    "on second thought", "dejalo", "olvidalo", "mejor no", "he cambiado de opinion", "lass es", "lassen sie es",
    "vergiss es", "doch nicht", "lieber nicht", "laisse tomber", "laissez tomber", "oubliez", "finalement non",
    "j'ai change d'avis", "ne faites", "rather keep", "keep the order", "keep my order", "please wait", "claro que no",
)  # fmt: skip  # phrases read best in lines
THANKS = _set("thanks thank thx thanx ty cheers appreciated appreciate gracias danke dankeschon merci")
THANKS_FILLER = _set(
    "you so much a lot many very really all for your the this that it was is help helping great perfect awesome ok "
    "okay good nice wonderful again bye have day evening one too and i much that's it's cool super brilliant lovely "
    "team guys "
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
FEW = 4
"""Words of a message whose last word can turn it into a no."""
REFUSALS = _set("no nope nein nicht non")
WEAK = _set("ok okay okey vale right exactly fine")
"""Words that also mean no more than "I have read it": beside nothing else, or beside praise, they are no yes."""


def is_yes(text: str, number: str | None, action: OrderAction | None = None) -> bool:
    """Whether the message is a plain yes, to `action` if that is given, and names no other order than `number`."""
    plain = _plain(text)
    words = WORD.findall(plain)
    if not words or len(words) > LONGEST_YES or ODD.search(plain) or is_no(text):
        return False
    named = [word for word in words if ORDER_NUMBER.match(word)]
    if any(word.removeprefix("lf") != (number or "").lower().removeprefix("lf-") for word in named):
        return False
    said = " ".join(words)
    begins = words[0] in YES or YES_PHRASES.match(said)
    strong = any(word in YES and word not in WEAK for word in words) or YES_PHRASES.search(said)
    return bool(begins and (strong or _of(VERBS, action) & set(words))) and _adds_nothing(said, named, action)


def _adds_nothing(said: str, named: list[str], action: OrderAction | None) -> bool:
    """Whether what is said beside the yes is courtesy, the order's number, or once more what was asked."""
    bare = NUMBER_LABEL.sub(" ", YES_PHRASES.sub(" ", said))
    rest = {word for word in WORD.findall(bare) if word not in YES and word not in COURTESY and word not in named}
    verbs = _of(VERBS, action)
    if rest & verbs:
        return rest <= verbs | GLUE | _of(OBJECTS, action)
    return not rest and not (named and COMMANDS & set(said.split()))


def _of(words: Mapping[OrderAction, frozenset[str]], action: OrderAction | None) -> frozenset[str]:
    """The words of one action, of all of them if it is not known."""
    return frozenset().union(*words.values()) if action is None else words.get(action, frozenset())


def is_no(text: str) -> bool:
    """Whether the message begins with a no or takes a wish back, whatever else it says."""
    words = WORD.findall(_plain(text))
    said = " ".join(words)
    found = POLITE_NO.match(said) or NO_PHRASES.search(said)
    ends = 0 < len(words) <= FEW and words[-1] in REFUSALS  # "ok no"
    return bool(words) and (words[0] in NO or found is not None or ends or is_warning(text))


def is_warning(text: str) -> bool:
    """Whether the message says that an order shall not be cancelled or changed, rather than that it shall."""
    return WARNING.search(" ".join(WORD.findall(_plain(text)))) is not None


def names_action(text: str, action: OrderAction) -> bool:
    """Whether a word of the message names what is to be done with an order."""
    return action in NAMES and NAMES[action].search(_plain(text)) is not None


def is_thanks(text: str) -> bool:
    """Whether the message says thanks and nothing else."""
    words = [] if "?" in text else WORD.findall(_plain(text))
    return any(word in THANKS for word in words) and all(word in THANKS or word in THANKS_FILLER for word in words)


def is_hello(text: str) -> bool:
    """Whether the message says hello and nothing else."""
    words = WORD.findall(_plain(text))
    return bool(words) and words[0] in HELLO and all(word in HELLO or word in HELLO_FILLER for word in words)


def _plain(text: str) -> str:
    """Small letters without accents, straight apostrophes and hyphens, the hyphen of order numbers gone."""
    bare = unicodedata.normalize("NFKD", text.casefold()).translate(DASHES)
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return re.sub(r"\blf[\s\-_#:.]*(?=\d)", "lf", letters).strip()
