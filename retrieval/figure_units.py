"""Tell whether two figures speak of the same thing by their units."""

from decimal import Decimal

from quantities import convert, same_unit
from vietnamese import fold

# A figure that measures says nothing without its unit, and another unit says something else.
MEASURES = frozenset(
    "% ‰ đồng USD EUR ha km m cm mm km² m² m³ lít tấn tạ kg g kWh MWh kW MW kV".split()
)
_ONE = Decimal(1)


def units_agree(said: str, there: str) -> bool:
    """Say whether a figure said in one unit can be the one written in another.

    A denominator may be left out ("tỷ đồng" of "tỷ đồng/năm"), not put in. What is counted may be
    said in one word or two, or left out ("20 sản phẩm", "20"); a measure may not.
    """
    head, _, below = said.partition("/")
    there_head, _, there_below = there.partition("/")
    if below and not same_unit(below, there_below):
        return False
    if same_unit(head, there_head) or convert(_ONE, there_head, head) is not None:
        return True
    if {head, there_head} & MEASURES:
        return False
    one, other = fold(head), fold(there_head)
    return not one or (bool(other) and (one.startswith(other) or other.startswith(one)))
