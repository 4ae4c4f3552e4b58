#!/usr/bin/env python3
"""Makes reference/boundaries from the generalised boundaries of lower-layer super output areas.

    tools/boundaries.py SOURCE

SOURCE is a folder with dorset_lsoa11.geojson, as reference/README.md says where it is from. Which areas lie
in which councils, districts, middle-layer areas and localities is read from reference/areas_lsoa.csv, so that
every boundary is made of the same lines: neighbours share them, and what lies in something else does so
exactly. It needs Python 3 and nothing else, and makes the same bytes each time.
"""

import csv
import heapq
import json
import math
import sys
from collections import defaultdict
from pathlib import Path

REFERENCE = Path(__file__).resolve().parent.parent / "reference"

# Coordinates are whole numbers of a ten-thousandth of a degree: 11 m from south to north.
UNIT = 10_000
METRES = 111_200 / UNIT
# The middle of the area: how much shorter a degree is there from west to east.
SHORTER = math.cos(math.radians(50.75))

# Square metres. Smaller than the first, a gap or an overlap of neighbours is a mistake of rounding, and an island
# cannot be seen. A corner whose triangle is smaller than the second is left out.
SMALLEST_FACE = 100_000
SMALLEST_CORNER = 10_000
# Metres. A corner of a neighbour is on an edge that it is so close to.
NEAR = 20

# The side of a square of the grid in which what is near is looked for.
CELL = 100

# The levels, and the columns of areas_lsoa.csv that say what an area is in.
LEVELS = {
    "council": ["council_2013_gss", "council_gss"],
    "district": ["district_2013_gss"],
    "locality": ["locality_unverified"],
    "msoa": ["msoa"],
}
COLUMNS = [column for columns in LEVELS.values() for column in columns]


def triangle(a, b, c):
    """The area of a triangle, in square metres."""
    cross = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
    return abs(cross) / 2 * METRES * METRES * SHORTER


def area(ring):
    """The area of a ring, in square metres; negative where it goes round as the hands of a clock do."""
    cross = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
    return cross / 2 * METRES * METRES * SHORTER


def drawn_edges(source):
    """Every edge of every small area, with the codes of those who have it, their inside on its right."""
    edges = defaultdict(list)
    features = json.loads((source / "dorset_lsoa11.geojson").read_text(encoding="utf-8"))["features"]
    for feature in features:
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for ring in (ring for polygon in polygons for ring in polygon):
            points = [(round(x * UNIT), round(y * UNIT)) for x, y in ring]
            for a, b in zip(points, points[1:]):
                if a != b:
                    add(edges, a, b, feature["properties"]["code"])
    return edges


def is_loose(edges, a, b):
    """Whether an edge has fewer on its other side than on its own."""
    return len(edges[a, b]) > len(edges.get((b, a), []))


def joined(edges):
    """The edges with corners where a neighbour has one close by, since each area was simplified by itself."""
    own, cells = defaultdict(set), defaultdict(set)
    for (a, b), owners in edges.items():
        for owner in owners:
            own[owner].update((a, b))
        if is_loose(edges, a, b):
            for point in (a, b):
                cells[point[0] // CELL, point[1] // CELL].add(point)
    drawn = defaultdict(list)
    for (a, b), owners in edges.items():
        for owner in owners:
            others = [point for point in near(cells, a, b) if point not in own[owner]] if is_loose(edges, a, b) else []
            own[owner].update(others)
            for c, d in zip([a, *others], [*others, b]):
                add(drawn, c, d, owner)
    return drawn


def near(cells, a, b):
    """The points beside an edge, in its direction."""
    across, up = (b[0] - a[0]) * SHORTER, b[1] - a[1]
    length = math.hypot(across, up)
    found = []
    for cell in cells_of(a, b):
        for point in cells.get(cell, ()):
            x, y = (point[0] - a[0]) * SHORTER, point[1] - a[1]
            along, aside = (x * across + y * up) / length, abs(x * up - y * across) / length
            if 0 < along < length and aside * METRES < NEAR:
                found.append((along, point))
    return [point for _, point in sorted(found)]


def cells_of(a, b):
    """The squares of a grid that an edge may go through."""
    for x in range(min(a[0], b[0]) // CELL, max(a[0], b[0]) // CELL + 1):
        for y in range(min(a[1], b[1]) // CELL, max(a[1], b[1]) // CELL + 1):
            yield x, y


def grouped(edges):
    """The edges between areas that differ in something that a boundary is drawn of."""
    with open(REFERENCE / "areas_lsoa.csv", newline="", encoding="utf-8") as file:
        groups = {row["lsoa"]: tuple(row[column] for column in COLUMNS) for row in csv.DictReader(file)}
    kept = defaultdict(list)
    for (a, b), owners in edges.items():
        for owner in owners:
            add(kept, a, b, groups[owner])
    return kept


def add(edges, a, b, owner):
    """Adds an edge, or takes the one away that the same owner has in the other direction."""
    back = edges.get((b, a), [])
    if owner in back:
        back.remove(owner)
    else:
        edges[a, b].append(owner)


def loose_loops(edges):
    """Edges that have nobody on their other side, as loops: coasts, and what rounding has left between neighbours."""
    onward = defaultdict(list)
    for (a, b), owners in sorted(edges.items()):
        for owner in owners[len(edges.get((b, a), [])) :]:
            onward[a].append((b, owner))
    for start in sorted(onward):
        path, at = [], start
        while onward[at]:
            b, owner = onward[at].pop()
            path.append((at, b, owner))
            at = b
            # A loop is complete as soon as it comes by a place again, so that touching loops are told apart.
            begun = next((place for place, edge in enumerate(path) if edge[0] == at), None)
            if begun is not None:
                yield path[begun:]
                del path[begun:]
                at = path[-1][1] if path else start


def repair(edges):
    """Gives every small loop to the neighbour that has most of it, or takes it away where two have it."""
    for loop in list(loose_loops(edges)):
        if abs(area([edge[0] for edge in loop] + [loop[0][0]])) >= SMALLEST_FACE:
            continue
        length = defaultdict(float)
        for a, b, owner in loop:
            length[owner] += math.hypot((b[0] - a[0]) * SHORTER, b[1] - a[1])
        longest = max(sorted(length), key=length.get)
        for a, b, owner in loop:
            add(edges, b, a, longest)


def arcs_of(edges):
    """Lines between the places where three meet, each with who is on its right and who on its left."""
    sides = {}
    for (a, b), owners in edges.items():
        others = edges.get((b, a), [])
        if len(owners) + len(others) > 2 or len(owners) > 1 or len(others) > 1:
            raise SystemExit(f"more than two areas at the edge from {a} to {b}")
        if owners and (b, a) not in sides:
            sides[a, b] = (owners[0], others[0] if others else None)
    around = defaultdict(list)
    for (a, b), (right, left) in sorted(sides.items(), key=lambda edge: edge[0]):
        around[a].append((b, right, left))
        around[b].append((a, left, right))
    is_node = {
        at for at, ways in around.items() if len(ways) != 2 or ways[0][1:] != (ways[1][2], ways[1][1])
    }
    arcs, seen = [], set()
    # Islands have no such place: theirs is their first point, and they come last.
    for start in sorted(is_node) + sorted(around):
        for second, right, left in around[start]:
            if (start, second) in seen:
                continue
            points = [start, second]
            while points[-1] not in is_node and points[-1] != start:
                ways = [way for way, _, _ in around[points[-1]] if way != points[-2]]
                points.append(ways[0])
            seen.update(zip(points, points[1:]))
            seen.update(zip(points[1:], points))
            arcs.append((points, right, left))
    return arcs


def simplified(points, smallest):
    """A line without the corners that change it least, by Visvalingam's triangles. Its ends stay."""
    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))
    size = [math.inf] * len(points)
    kept = len(points)
    # A ring of its own keeps a triangle.
    least = 4 if points[0] == points[-1] else 2

    def measure(i):
        return triangle(points[before[i]], points[i], points[after[i]])

    queue = []
    for i in range(1, len(points) - 1):
        size[i] = measure(i)
        queue.append((size[i], i))
    heapq.heapify(queue)
    while queue and kept > least:
        smallest_left, i = heapq.heappop(queue)
        if smallest_left != size[i]:
            continue
        if smallest_left >= smallest:
            break
        kept -= 1
        size[i] = None
        before[after[i]], after[before[i]] = before[i], after[i]
        for other in (before[i], after[i]):
            if 0 < other < len(points) - 1:
                # What stays is never smaller than what went, or a slow bend would go as a whole.
                size[other] = max(measure(other), smallest_left)
                heapq.heappush(queue, (size[other], other))
    return [point for point, left in zip(points, size) if left is not None]


def crossing(lines):
    """The lines that cross or lie on another or themselves."""
    cells = defaultdict(list)
    for line, points in enumerate(lines):
        for a, b in zip(points, points[1:]):
            for cell in cells_of(a, b):
                cells[cell].append((line, a, b))

    def turn(a, b, c):
        cross = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
        return (cross > 0) - (cross < 0)

    def is_between(a, b, c):
        return (
            turn(a, b, c) == 0
            and c not in (a, b)
            and min(a[0], b[0]) <= c[0] <= max(a[0], b[0])
            and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])
        )

    bad = set()
    for segments in cells.values():
        for place, (line, a, b) in enumerate(segments):
            for other, c, d in segments[place + 1 :]:
                touches = (
                    is_between(a, b, c) or is_between(a, b, d) or is_between(c, d, a) or is_between(c, d, b)
                )
                crosses = (
                    not {a, b} & {c, d}
                    and turn(a, b, c) * turn(a, b, d) < 0
                    and turn(c, d, a) * turn(c, d, b) < 0
                )
                if touches or crosses or {a, b} == {c, d}:
                    bad.update((line, other))
    return bad


def simplified_together(arcs):
    """Every line simplified, with more corners where it would cross another."""
    smallest = [SMALLEST_CORNER] * len(arcs)
    while True:
        lines = [simplified(points, least) for (points, _, _), least in zip(arcs, smallest)]
        bad = crossing(lines)
        if not bad:
            return lines
        for line in bad:
            if smallest[line] < 1:
                raise SystemExit(f"the line from {lines[line][0]} crosses another as it was drawn")
            smallest[line] /= 2


def rings_of(arcs, column, code):
    """The rings of an area, each a list of numbers of lines: from 1, and negative where one is taken backwards."""
    onward = defaultdict(list)
    for number, (points, right, left) in enumerate(arcs, 1):
        inside = [side is not None and side[column] == code for side in (right, left)]
        if inside == [True, False]:
            onward[points[0]].append((number, points[-1]))
        elif inside == [False, True]:
            onward[points[-1]].append((-number, points[0]))
    rings = []
    for start in sorted(onward):
        while onward[start]:
            ring, at = [], start
            while not ring or at != start:
                number, at = onward[at].pop()
                ring.append(number)
            rings.append(ring)
    return rings


def write(name, heading, rows):
    """Writes a table."""
    with open(REFERENCE / "boundaries" / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    edges = drawn_edges(Path(sys.argv[1]))
    for _ in range(2):
        edges = joined(edges)
    edges = grouped(edges)
    repair(edges)
    arcs = arcs_of(edges)
    lines = simplified_together(arcs)
    steps = []
    for points in lines:
        moves = [points[0]] + [(b[0] - a[0], b[1] - a[1]) for a, b in zip(points, points[1:])]
        steps.append(" ".join(f"{x} {y}" for x, y in moves))
    areas = []
    for level, columns in LEVELS.items():
        for column in columns:
            place = COLUMNS.index(column)
            codes = {side[place] for _, right, left in arcs for side in (right, left) if side}
            for code in sorted(codes - {""}):
                rings = rings_of(arcs, place, code)
                areas.append((level, code, ";".join(" ".join(map(str, ring)) for ring in rings)))
    write("arcs.csv", ["arc", "steps"], enumerate(steps, 1))
    write("areas.csv", ["level", "code", "rings"], areas)


if __name__ == "__main__":
    main()
