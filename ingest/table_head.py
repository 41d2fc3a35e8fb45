"""Find the head of a table: what each column is named, from the outermost merged cell down."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest import table_signs as signs
from ingest.lines import GridCell
from ingest.table_grid import GridRow, columns_of, width_of
from ingest.table_rows import UNDER

_FARTHEST = 40  # rows within which a table's head is looked for
_LONGEST_NAME = 120  # characters
_TYPED = 3  # cells of a head below which a name over one cell is part of it
_MOST_FIGURES = 0.5  # share of a column's cells: more make it one of figures


@dataclass(frozen=True, slots=True)
class Head:
    """A table's head and where it stands among its rows."""

    start: int
    end: int  # the first row of data
    paths: tuple[tuple[str, ...], ...]  # by column: its names, outermost first
    roots: tuple[int, ...]  # by column: where the cell that names it begins; itself if none does
    units: tuple[str, ...]  # by column: what a row of units says
    rows: tuple[tuple[str, ...], ...]  # the words of the head's rows, to know them again

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names: "Năm 2024 - Kế hoạch"."""
        return tuple(UNDER.join(path) for path in self.paths)


def find_head(rows: Sequence[GridRow]) -> Head:
    """Give a table's head; one of no rows, with empty names, where it has none."""
    width = width_of(rows)
    core = _start(rows, width)
    if core is None:
        top = _lone_rows(rows)
        return Head(top, top, ((),) * width, tuple(range(width)), ("",) * width, ())
    start = _with_rows_above(rows, core)
    named, end, units = _extent(rows, core, width)
    head = rows[start:named]
    paths = tuple(_path(head, column) for column in range(width))
    last = head[-1].over
    roots = tuple(last[n].column if n in last else n for n in range(width))
    repeated = tuple(tuple(row.texts) for row in rows[start:end])
    return Head(start, end, paths, roots, units, repeated)


def _start(rows: Sequence[GridRow], width: int) -> int | None:
    """Find the row that heads the first columns too."""
    first_data = next((n for n, row in enumerate(rows) if _has_figures(row)), len(rows))
    count = next((n for n, row in enumerate(rows[:_FARTHEST]) if _is_count(row)), None)
    limit = min(first_data if count is None else max(first_data, count), _FARTHEST, len(rows))
    several = [n for n in range(limit) if not rows[n].is_lone and not _has_figures(rows[n])]
    flagged = next((n for n, row in enumerate(rows) if row.is_flagged and not row.is_lone), None)
    if flagged is not None:
        return flagged
    for n in several:
        if any(signs.is_order_header(cell.text) for cell in rows[n].own[:2]):
            return n
    if not several:
        return None
    if count is not None and count - 1 in several:
        first = count - 1
        while first - 1 in several and _is_subheader(rows[:first], rows[first], width):
            first -= 1
        return first
    if first_data == len(rows):
        return several[0] if _heads_words(rows, several[0], width) else None
    best = max(several, key=lambda n: (len(rows[n].own), -n))
    while best - 1 in several and _is_subheader(rows[best - 1 : best], rows[best], width):
        best -= 1
    return best if _heads_figures(rows, best, width) else None


def _with_rows_above(rows: Sequence[GridRow], at: int) -> int:
    """Take in the rows above that name what stands over several columns, beyond the labels."""
    beyond = 2 if any(signs.is_order_header(cell.text) for cell in rows[at].own[:1]) else 1
    while at:
        above = rows[at - 1]
        said = any(signs.caption_unit(text) or len(text) > _LONGEST_NAME for text in above.texts)
        if above.own[0].column < beyond or said or _has_figures(above):
            break
        if above.is_lone and above.own[0].columns == 1 and len(rows[at].own) > _TYPED:
            break  # a title typed into one cell of a sheet
        at -= 1
    return at


def _heads_figures(rows: Sequence[GridRow], at: int, width: int) -> bool:
    """Say whether a row of words heads a table with figures."""
    below = [row for row in rows[at + 1 :] if not row.is_lone]
    if not below:
        return False
    head = rows[at]
    return _reads_as_head(head, width) or (
        (width > 2)
        and any(share_of_figures(below, cell.column) > _MOST_FIGURES for cell in head.own)
    )


def _heads_words(rows: Sequence[GridRow], at: int, width: int) -> bool:
    """Say whether a row heads a table that holds no figures at all."""
    head, below = rows[at], [row for row in rows[at + 1 :] if not row.is_lone]
    if not below:
        return False
    if _reads_as_head(head, width):
        return True
    longest = max(len(text) for text in head.texts)
    lengths = [len(text) for row in below for text in row.texts]
    return width > 2 and longest < 40 and longest * 2 < sum(lengths) / len(lengths)


def _reads_as_head(row: GridRow, width: int) -> bool:
    """Say whether a row has the words of a head, or merged cells as only heads have them."""
    words = [signs.is_header_word(text) for text in row.texts]
    merged = width > len(row.own) > 2 and any(cell.columns > 1 for cell in row.own[1:])
    return (sum(words) * 2 >= len(words) and (width > 2 or all(words))) or merged


def _extent(rows: Sequence[GridRow], start: int, width: int) -> tuple[int, int, tuple[str, ...]]:
    """Find where the rows of names end, where the data begin, and the units between them."""
    end = start + 1
    depth = max(cell.rows for cell in rows[start].own)
    while end < len(rows) and not _has_figures(rows[end]):
        flagged = rows[end].is_flagged and not rows[end].is_lone
        merged = end < start + depth and _is_under(rows[start], rows[end])
        if not flagged and not merged and not _is_subheader(rows[start:end], rows[end], width):
            break
        if _is_count(rows[end]) or _units(rows[end], width):
            break
        end += 1
    named, units = end, ("",) * width
    while end < len(rows):
        if stated := _units(rows[end], width):
            units = stated
        elif not _is_count(rows[end]):
            break
        end += 1
    return named, end, units


def _is_under(first: GridRow, row: GridRow) -> bool:
    """Say whether a row leaves open what the head's first row merges over several rows."""
    return any(cell is first.over.get(column) for column, cell in row.over.items())


def _is_subheader(head: Sequence[GridRow], row: GridRow, width: int) -> bool:
    """Say whether a row names columns below those that the head names so far."""
    first = 2 if any(signs.is_order_header(cell.text) for cell in head[0].own[:1]) else 1
    if row.own[0].column < min(first, width - 1) or any(
        len(text) > _LONGEST_NAME for text in row.texts
    ):
        return False
    under = {c for line in head for cell in line.own if cell.columns > 1 for c in columns_of(cell)}
    if any(cell.columns > 1 or cell.rows > 1 for line in head for cell in line.own):
        return any(cell.column in under for cell in row.own)
    return len(row.own) > 1


def _units(row: GridRow, width: int) -> tuple[str, ...]:
    """Read a row that gives each column its unit; empty if it is none."""
    cells = [cell for cell in row.own if not signs.is_unit_header(cell.text)]
    stated = {c: cell.text.strip("() ") for cell in cells for c in columns_of(cell)}
    if not stated or not all(signs.is_unit(text) for text in stated.values()):
        return ()
    if len(cells) < 2 and len(cells) == len(row.own) and width > 2 and cells[0].columns == 1:
        return ()
    if min(stated) == 0:
        return ()
    return tuple(stated.get(column, "") for column in range(width))


def _path(head: Sequence[GridRow], column: int) -> tuple[str, ...]:
    """Give the names over a column, outermost first."""
    path: list[str] = []
    last = None
    joins = False
    for n, row in enumerate(head):
        cell, spread = row.over.get(column), False
        if cell is None:
            cell = _spreading(head, n, column)
            spread = cell is not None
        if cell is None or cell is last:
            continue
        last, text = cell, " ".join(cell.text.split())
        if path and path[-1] == text:
            continue
        if joins:  # one name typed over several cells of the column
            path[-1] = f"{path[-1]} {text}"
        else:
            path.append(text)
        joins = cell.columns == 1 and not (spread or _spreads(head, n, cell.column))
    return tuple(path)


def _spreads(head: Sequence[GridRow], n: int, column: int) -> bool:
    """Say whether a name that no merge widens stands over the next column too."""
    following = _spreading(head, n, column + 1)
    return following is not None and following.column == column


def _spreading(head: Sequence[GridRow], n: int, column: int) -> GridCell | None:
    """Give the name to the left that stands over a column without being merged over it.

    Sheets are often typed so: "So sánh" over its first column, the next cells left empty.
    """
    row, below = head[n], head[n + 1 :]
    if any(cell.columns > 1 for cell in row.own):
        return None
    while column > 0 and any(line.own_at(column) for line in below):
        if (cell := row.over.get(column)) is not None:
            return cell
        column -= 1
    return None


def share_of_figures(rows: Sequence[GridRow], column: int) -> float:
    """Give the share of a column's filled cells that hold figures."""
    texts = [
        cell.text
        for row in rows
        if not row.is_lone and (cell := row.own_at(column)) and not signs.is_empty(cell.text)
    ]
    return sum(map(signs.is_figure, texts)) / len(texts) if texts else 0.0


def _has_figures(row: GridRow) -> bool:
    """Say whether a row holds figures beyond its number, so that it is one of data."""
    if _is_count(row):
        return False
    texts = row.texts[1:] if len(row.own) > 1 else row.texts
    return any(signs.is_figure(text) for text in texts)


def _is_count(row: GridRow) -> bool:
    return signs.is_count_row(row.texts)


def _lone_rows(rows: Sequence[GridRow]) -> int:
    """Count the rows above a table without a head that only say what it is."""
    top = 0
    while top < len(rows) - 1 and rows[top].is_lone and not signs.is_figure(rows[top].texts[0]):
        if signs.read_mark(rows[top].texts[0]) or signs.cut_mark(rows[top].texts[0])[0]:
            break
        top += 1
    return top
