"""Find the grids that ruled lines draw on a sheet, with merged cells."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ingest.formats.pdf.page_words import Rule

_NEAR = 3.0  # points: lines this near are one
_REACH = 4.0  # points by which lines may fail to meet
_SHORTEST = 7.0  # points
_MOST_RULES = 10_000  # pieces of lines
_MOST_LINES = 1500
_MOST_CELLS = 60_000
_WALL = 0.55  # share of a cell's side that must be drawn
_COLUMNS_OF_ONE_ROW = 4  # a letterhead and a signature have two, three at most


@dataclass(frozen=True, slots=True)
class GridBox:
    """A cell of a grid; a merged one covers several rows or columns."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table's cells, row by row."""

    across: tuple[float, ...]  # edges of columns, left to right
    down: tuple[float, ...]  # edges of rows, from the top
    boxes: tuple[GridBox, ...]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.down[0]

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.down[-1]

    def holds(self, x: float, y: float) -> bool:
        """Whether a place lies within."""
        return (
            self.across[0] - _NEAR <= x <= self.across[-1] + _NEAR
            and self.top - _NEAR <= y <= self.bottom + _NEAR
        )


@dataclass(frozen=True, slots=True)
class _Bar:
    """A line of a grid: its place, and from where to where it runs."""

    at: float
    start: float
    end: float


def find_grids(rules: Iterable[Rule]) -> list[Grid]:
    """Give the grids of two rows and two columns or more, from the top down."""
    rules = list(rules)
    if len(rules) > _MOST_RULES:
        return []  # a drawing
    across = _joined([_Bar((r.top + r.bottom) / 2, r.left, r.right) for r in rules if r.is_across])
    down = _joined(
        [_Bar((r.left + r.right) / 2, r.top, r.bottom) for r in rules if not r.is_across]
    )
    if len(across) > _MOST_LINES or len(down) > _MOST_LINES:
        return []
    found = [_grid(*group) for group in _connected(across, down)]
    return sorted((grid for grid in found if grid), key=lambda grid: (grid.top, grid.across[0]))


def _joined(bars: list[_Bar]) -> list[_Bar]:
    """Join the pieces of lines that are drawn cell by cell."""
    result: list[_Bar] = []
    for places in _clusters(sorted({bar.at for bar in bars})):
        own = sorted((b for b in bars if places[0] <= b.at <= places[-1]), key=lambda b: b.start)
        at = sum(places) / len(places)
        current = own[0]
        for bar in own[1:]:
            if bar.start <= current.end + _REACH:
                current = _Bar(at, current.start, max(current.end, bar.end))
            else:
                result.append(_Bar(at, current.start, current.end))
                current = bar
        result.append(_Bar(at, current.start, current.end))
    return [bar for bar in result if bar.end - bar.start >= _SHORTEST]


def _clusters(values: Sequence[float]) -> list[list[float]]:
    groups: list[list[float]] = []
    for value in values:
        if groups and value - groups[-1][0] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def _connected(across: list[_Bar], down: list[_Bar]) -> list[tuple[list[_Bar], list[_Bar]]]:
    """Give the lines that meet, group by group."""
    parents = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parents[n] != n:
            parents[n] = parents[parents[n]]
            n = parents[n]
        return n

    for n, bar in enumerate(across):
        for k, other in enumerate(down, len(across)):
            if (
                bar.start - _REACH <= other.at <= bar.end + _REACH
                and other.start - _REACH <= bar.at <= other.end + _REACH
            ):
                parents[root(n)] = root(k)
    groups: dict[int, tuple[list[_Bar], list[_Bar]]] = {}
    for n, bar in enumerate((*across, *down)):
        group = groups.setdefault(root(n), ([], []))
        group[n >= len(across)].append(bar)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _grid(across: list[_Bar], down: list[_Bar]) -> Grid | None:
    xs = [bar.at for bar in down] + [min(b.start for b in across), max(b.end for b in across)]
    ys = [bar.at for bar in across] + [min(b.start for b in down), max(b.end for b in down)]
    columns = [sum(group) / len(group) for group in _merged(sorted(xs))]
    rows = [sum(group) / len(group) for group in _merged(sorted(ys))]
    if len(columns) < 3 or len(rows) < 2 or len(columns) * len(rows) > _MOST_CELLS:
        return None
    groups = _groups(rows, columns, across, down)
    boxes = [box for group in groups for box in _boxes(group, rows, columns)]
    if not has_data({(box.row, box.column) for box in boxes}):
        return None
    boxes.sort(key=lambda box: (box.row, box.column))
    return Grid(tuple(columns), tuple(rows), tuple(boxes))


def has_data(places: Collection[tuple[int, int]]) -> bool:
    """Say whether cells at some rows and columns make a table, and do not only frame text.

    One row does too, as the page's end leaves it, where it has more columns than a letterhead.
    """
    rows, columns = ({place[n] for place in places} for n in (0, 1))
    return len(columns) >= (2 if len(rows) > 1 else _COLUMNS_OF_ONE_ROW)


def _merged(values: Sequence[float]) -> list[list[float]]:
    groups: list[list[float]] = []
    for value in values:
        if groups and value - groups[-1][-1] <= _NEAR + 1:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def _groups(
    rows: list[float], columns: list[float], across: list[_Bar], down: list[_Bar]
) -> list[set[tuple[int, int]]]:
    """Give the places of the grid that no line parts, group by group."""
    floors = [[bar for bar in across if abs(bar.at - y) <= _NEAR + 1] for y in rows]
    walls = [[bar for bar in down if abs(bar.at - x) <= _NEAR + 1] for x in columns]
    left: set[tuple[int, int]] = {
        (row, column) for row in range(len(rows) - 1) for column in range(len(columns) - 1)
    }
    groups = []
    while left:
        first = min(left)
        group, todo = set(), [first]
        left.discard(first)
        while todo:
            row, column = todo.pop()
            group.add((row, column))
            span_y, span_x = rows[row : row + 2], columns[column : column + 2]
            steps = (
                ((row, column + 1), walls[column + 1], span_y),
                ((row, column - 1), walls[column], span_y),
                ((row + 1, column), floors[row + 1], span_x),
                ((row - 1, column), floors[row], span_x),
            )
            for place, bars, side in steps:
                if place in left and not _drawn(bars, side[0], side[1]):
                    left.discard(place)
                    todo.append(place)
        groups.append(group)
    return groups


def _drawn(bars: list[_Bar], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(bar.end, end) - max(bar.start, start)) for bar in bars)
    return covered >= _WALL * (end - start)


def _boxes(group: set[tuple[int, int]], rows: list[float], columns: list[float]) -> list[GridBox]:
    first_row, last_row = min(row for row, _ in group), max(row for row, _ in group)
    first, last = min(column for _, column in group), max(column for _, column in group)
    if len(group) == (last_row - first_row + 1) * (last - first + 1):
        return [_box(rows, columns, first_row, last_row, first, last)]
    # A shape that is no rectangle is read row by row.
    result = []
    for row in range(first_row, last_row + 1):
        own = sorted(column for other, column in group if other == row)
        start = own[0]
        for column, following in zip(own, [*own[1:], -1], strict=True):
            if following != column + 1:
                result.append(_box(rows, columns, row, row, start, column))
                start = following
    return result


def _box(
    rows: list[float], columns: list[float], first_row: int, last_row: int, first: int, last: int
) -> GridBox:
    return GridBox(
        first_row,
        first,
        last_row - first_row + 1,
        last - first + 1,
        columns[first],
        rows[first_row],
        columns[last + 1],
        rows[last_row + 1],
    )
