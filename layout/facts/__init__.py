"""The leaflet's facts as they are printed: found on its pages, compared, listed.

``find`` finds every account, phone number, address, date, amount and QR code;
``check`` says which are wrong or differ from what is declared; ``sheet`` lists
them all for proofreading (照合表).
"""

from layout.facts.check import check_facts
from layout.facts.codes import Decoded
from layout.facts.model import KINDS, Occurrence, Sheet, Verdict

__all__ = ["KINDS", "Decoded", "Occurrence", "Sheet", "Verdict", "check_facts"]
