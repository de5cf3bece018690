"""The delivery gap: what firms believe they deliver, and what their customers say.

Four questions, one module each: of what are the two shares, and how far apart are the
two bell curves behind them (``printed``); is it a share of firms or of customers
(``units``); what do firms and customers say on one common scale (``pairs``); and what
does the room say (``room``).
"""

from cxlab.gap.pairs import Decomposition, decompose, line_of
from cxlab.gap.printed import PrintedGap, Ridge, gap_in_sd, printed_gap, ridge
from cxlab.gap.room import RoomGap, read_room, room_gap
from cxlab.gap.units import (
    FirmShares,
    HappyShare,
    firms_with_majority,
    happy_share,
)

__all__ = [
    "Decomposition",
    "FirmShares",
    "HappyShare",
    "PrintedGap",
    "Ridge",
    "RoomGap",
    "decompose",
    "firms_with_majority",
    "gap_in_sd",
    "happy_share",
    "line_of",
    "printed_gap",
    "read_room",
    "ridge",
    "room_gap",
]
