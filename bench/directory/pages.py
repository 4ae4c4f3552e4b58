"""What a search costs the server as a page: pages.py feed FOLDER FILE | pages.py ask FOLDER ADDRESS PROCESS

`feed` writes the services of generate.py as Open Referral UK 3.0, one in each line. `ask` puts the questions of generate.py to a
server and prints how long it took to answer each, and the CPU of its process.
"""

import http.client
import json
import os
import pathlib
import sys
import time
import urllib.parse
import uuid

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def name(*parts):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, parts))))


def clock(minutes):
    return f"{min(minutes, 1439) // 60:02}:{min(minutes, 1439) % 60:02}"


def document(service):
    number = service["id"]
    places = [
        {
            "id": name(number, "place", at),
            "location": {
                "id": name(number, "location", at),
                "location_type": "physical",
                "name": "Hall",
                "latitude": site["point"]["lat"],
                "longitude": site["point"]["lon"],
                "accessibility": [{"id": name(number, at, kind), "description": kind} for kind in site["access"]],
            },
        }
        for at, site in enumerate(service["sites"])
    ]
    return {
        "id": name(number),
        "name": service["name"],
        "description": service["text"],
        "status": "active",
        "assured_date": "2026-01-01",
        "minimum_age": service["ages"]["from"],
        "maximum_age": min(service["ages"]["to"], 120),
        "eligibility_description": ", ".join(service["eligibility"]),
        "organization": {
            "id": name(service["organisation"]),
            "name": service["organisation_name"],
            "description": service["organisation_name"],
        },
        "languages": [{"id": name(number, code), "code": code, "name": code} for code in service["languages"]],
        "cost_options": [{"id": name(number, "cost"), "option": "Free"}] if service["cost"] == "free" else [],
        "schedules": [
            {
                "id": name(number, "open", at),
                "freq": "WEEKLY",
                "byday": DAYS[opening["day"]],
                "opens_at": clock(opening["from"]),
                "closes_at": clock(opening["until"]),
            }
            for at, opening in enumerate(service["openings"])
        ],
        "service_at_locations": places
        or [
            {
                "id": name(number, "reach"),
                "location": {"id": name(number, "far"), "location_type": "virtual", "name": "Online"},
            }
        ],
    }


def feed(folder, to):
    with open(folder / "services.jsonl", encoding="utf-8") as services, open(to, "w", encoding="utf-8") as out:
        for line in services:
            print(json.dumps(document(json.loads(line)), ensure_ascii=False), file=out)


def cpu(process):
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") * 1000


def ask(folder, address, process):
    words = [line.split("\t")[0] for line in (folder / "queries.tsv").read_text(encoding="utf-8").splitlines()]
    kinds = {
        "words, postcode, miles, age, a day": lambda word: {"q": word, "postcode": "BH8 9RL", "miles": "10", "age": "75", "open": "mon"},
        "words alone": lambda word: {"q": word},
    }
    for kind, fields in kinds.items():
        server = http.client.HTTPConnection(address)
        taken, before = [], cpu(process)
        for word in words:
            began = time.perf_counter()
            server.request("GET", "/find?" + urllib.parse.urlencode(fields(word)))
            answer = server.getresponse()
            body = answer.read()
            taken.append((time.perf_counter() - began) * 1000)
            assert answer.status == 200 and b"<h1" in body, answer.status
        spent = (cpu(process) - before) / len(words)
        taken.sort()
        p50, p95 = taken[len(taken) // 2], taken[len(taken) * 95 // 100]
        print(f"  {kind}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, CPU {spent:.1f} ms a page, {len(words)} pages", flush=True)


if sys.argv[1] == "feed":
    feed(pathlib.Path(sys.argv[2]), sys.argv[3])
else:
    ask(pathlib.Path(sys.argv[2]), sys.argv[3], sys.argv[4])
