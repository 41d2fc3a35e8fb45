"""Find the group that each row of a table is in: by numbering, merged rows, "trong đó"."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest import table_signs as signs
from ingest.table_signs import Rank

_FIRST = ("1", "01", "I", "A", "a")
_MOST_GROUPS = 3  # names in a row without values, each within the one above
_SHORTEST_CAPITALS = 8  # characters; "UBND" is no heading in capitals


@dataclass(frozen=True, slots=True)
class Named:
    """A row's name, and what tells how deep it stands."""

    name: str
    mark: str = ""  # what its own cell numbers it with: "1.2"
    has_values: bool = True
    aside: int = 0  # columns that it is typed to the right of the first label
    is_wide: bool = False  # merged over the table


@dataclass(frozen=True, slots=True)
class Placed:
    """A row's name without its number, and the names it stands below, outermost first."""

    name: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Depth:
    """How deep a row stands by its own signs."""

    rank: int
    name: str  # without number and "trong đó"
    is_first: bool = False  # its number begins a count: "1", "I", "a"


@dataclass(frozen=True, slots=True)
class _Open:
    """A row that others may stand below."""

    rank: int
    name: str
    has_values: bool


def place_rows(rows: Sequence[Named]) -> list[Placed]:
    """Give each row of a table its place, in order."""
    return _Placing(rows).place()


class _Placing:
    """One table, with the rows that are still open."""

    def __init__(self, rows: Sequence[Named]) -> None:
        self._rows = rows
        self._open: list[_Open] = []
        self._letter = ""  # the last capital letter that numbered a row
        self._depths = [self._depth(row) for row in rows]
        self._alone = self._stands_alone()
        self._followed_by = self._ranks_of_groups()
        totals = [signs.fold_total(row.name) for row in rows if signs.is_total(row.name)]
        self._repeated = {name for name in totals if totals.count(name) > 1}
        self._subtotals = "cong" in totals and any(name.startswith("tong") for name in totals)

    def place(self) -> list[Placed]:
        """Place the rows."""
        return [self._place(n) for n in range(len(self._rows))]

    def _place(self, n: int) -> Placed:
        row, rank, name = self._rows[n], self._depths[n].rank, self._depths[n].name
        if signs.is_total(name):
            return self._place_total(row, name)
        if rank == Rank.PLAIN and not row.has_values:
            rank = self._followed_by[n]
        elif n == self._alone:
            rank = Rank.LETTER
        while self._open and self._open[-1].rank >= rank:
            self._open.pop()
        path = tuple(each.name for each in self._open)
        if name:
            self._open.append(_Open(rank, name, row.has_values))
        return Placed(name, path)

    def _place_total(self, row: Named, name: str) -> Placed:
        """Place a total: of its group, where each has one; else of the table."""
        own = signs.fold_total(name)
        of_group = own in self._repeated or (self._subtotals and own == "cong")
        group = [each.name for each in self._open if not each.has_values]
        if not (of_group and group):
            self._open = []
            group = []
        while self._open and self._open[-1].rank >= Rank.TOTAL:
            self._open.pop()
        self._open.append(_Open(Rank.TOTAL, name, row.has_values))
        return Placed(name, tuple(group))

    def _depth(self, row: Named) -> _Depth:
        """Give a row's rank by its number or the signs before its name, and the bare name."""
        mark = signs.read_mark(row.mark, self._letter) if row.mark else None
        name, is_part = signs.without_part_words(row.name)
        own, bare = signs.cut_mark(name, self._letter)
        if mark is None:
            mark = own
        if own is not None:
            name = bare
        inner, is_inner_part = signs.without_part_words(name)
        if is_inner_part:
            name, is_part = inner, True
            _, name = signs.cut_mark(name, self._letter)
        if mark is not None and mark.rank == Rank.LETTER:
            self._letter = mark.sign
        name = name.rstrip(" :;").strip()
        if is_part and not name and row.name:
            return _Depth(Rank.DASH, "")
        if mark is not None:
            return _Depth(mark.rank, name, mark.sign.rpartition(".")[2] in _FIRST)
        if is_part:
            return _Depth(Rank.DASH, name)
        if row.has_values and name.isupper() and " " in name and len(name) > _SHORTEST_CAPITALS:
            return _Depth(Rank.NAMED, name)
        return _Depth(Rank.PLAIN + min(row.aside, 3), name)

    def _ranks_of_groups(self) -> list[int]:
        """Give the rank of each name without number or values: just above what follows it."""
        ranks: list[int] = []
        following, heads, run = int(Rank.NAMED) + 1, False, 0
        for row, depth in zip(reversed(self._rows), reversed(self._depths), strict=True):
            if not signs.is_total(depth.name):
                if depth.rank != Rank.PLAIN or row.has_values:
                    # A count that goes on behind a name is not headed by it: the name has no value.
                    following, heads = depth.rank, depth.is_first or depth.rank >= Rank.NAMED
                    run = 0
                elif run < _MOST_GROUPS and (heads or row.is_wide or row.name.isupper()):
                    run += 1
                    following = min(following - 1, Rank.NAMED)
                else:
                    ranks.append(Rank.PLAIN)
                    continue
            ranks.append(max(following, 0))
        return ranks[::-1]

    def _stands_alone(self) -> int | None:
        """Find a last row that is the only one without a number in a table of numbered rows."""
        plain = [
            n
            for n, depth in enumerate(self._depths)
            if Rank.PLAIN <= depth.rank < Rank.TOTAL and self._rows[n].has_values
        ]
        return plain[0] if plain == [len(self._rows) - 1] else None
