"""Judges the lessons: whole.py LESSONS.json SAID/ TABLE.md

LESSONS.json is what `tophash list --json` prints, SAID/ID.FIX.jsonl the trace of each lesson with each
cure, TABLE.md the table of what the article says. Prints a line "ok - ..." or "not ok - ..." for each.
"""

import glob
import json
import os
import re
import sys

SECTIONS = ["1", "2.1", "2.2", "2.3", "2.4", "2.5", "3.1", "3.2", "3.3", "4.1", "4.2", "4.3", "4.4", "5"]
VERDICTS = ["true", "partly", "false"]
# How the first caption of a model says that it is none of Go's.
MODEL_WORDS = {"en": ["model", "not in go"], "zh": ["模型", "Go 里没有"]}


def lacks(text, what):
    """What of both languages is missing, as a list of words."""
    return [f"{what} in {language}" for language in ("en", "zh") if not (text or {}).get(language)]


def lesson_faults(lesson):
    faults = lacks(lesson["title"], "title")
    if os.path.basename(lesson["path"]) != lesson["id"] + ".lua":
        faults.append("a file named like its id")
    if lesson["challenge"]:
        return faults
    faults += lacks(lesson["question"], "question") + lacks(lesson["opening"], "opening caption")
    if not lesson["claims"]:
        faults.append("claim")
    for claim in lesson["claims"]:
        faults += lacks(claim["says"], "claim") + lacks(claim["evidence"], "evidence")
        if not claim["source"]:
            faults.append("source")
    if not lesson["expects"]:
        faults.append("expect")
    if lesson["chapter"] not in SECTIONS:
        faults.append("a section of the article")
    for language, words in MODEL_WORDS.items():
        opening = (lesson["opening"].get(language) or "").lower()
        if lesson["truth"] == "model" and not any(word.lower() in opening for word in words):
            faults.append(f"the word that it is a model, in {language}")
    return faults


def caption_faults(lesson, said):
    faults = set()
    for path in glob.glob(os.path.join(said, lesson["id"] + ".*.jsonl")):
        for line in open(path, encoding="utf-8"):
            step = json.loads(line)
            for kind in ("caption", "ask"):
                if kind in step:
                    faults.update(lacks(step[kind], f"{kind} at step {step['step']}"))
    return sorted(faults)


def asks(lesson, said):
    """Whether a question is asked in some run of it."""
    paths = glob.glob(os.path.join(said, lesson["id"] + ".*.jsonl"))
    return any("ask" in json.loads(line) for path in paths for line in open(path, encoding="utf-8"))


def table_rows(path):
    """Of each row: its section, its verdict ("" for none), its scenes, its last cell."""
    section = ""
    for line in open(path, encoding="utf-8"):
        heading = re.match(r"## (?:Chapter )?(\d(?:\.\d)?)\b", line)
        if heading:
            section = heading[1]
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or len(cells) < 3 or cells[2] in ("Scene", "---"):
            continue
        verdict = re.match(r"\w*", cells[1])[0]
        yield section, verdict, re.findall(r"`([a-z0-9-]+)`", cells[2]), cells[2]


def row_faults(lesson, rows):
    own = [row for row in rows if lesson["id"] in row[2]]
    if not own:
        return ["a row in the table"]
    faults = []
    if lesson["chapter"] not in [row[0] for row in own]:
        faults.append(f"a row in section {lesson['chapter']}")
    for _, _, _, cell in own:
        truth = re.search("`" + lesson["id"] + r"`[^(]*\((real|model)", cell)
        if truth is None or truth[1] != lesson["truth"]:
            faults.append(f"the word {lesson['truth']} in its row")
    for claim in lesson["claims"]:
        if claim["verdict"] not in [row[1] for row in own]:
            faults.append(f"its verdict in the table: {claim['verdict']}")
    return faults


def tell(what, faults):
    print(f"{'not ok' if faults else 'ok'} - {what}" + (": lacks " + "; ".join(faults) if faults else ""))
    return not faults


def main(lessons_path, said, table):
    lessons = json.load(open(lessons_path, encoding="utf-8"))["lessons"]
    rows = list(table_rows(table))
    good = True
    for lesson in lessons:
        faults = lesson_faults(lesson) + caption_faults(lesson, said)
        if not lesson["challenge"]:
            faults += row_faults(lesson, rows)
        good &= tell(lesson["id"], faults)
    scenes = [lesson for lesson in lessons if not lesson["challenge"]]
    silent = [lesson["id"] for lesson in scenes if not asks(lesson, said)]
    too_many = silent if 3 * len(silent) > len(scenes) else []
    good &= tell("two scenes of three ask a question", [f"a question in {name}" for name in too_many])
    known = {lesson["id"] for lesson in lessons}
    unknown = sorted({scene for row in rows for scene in row[2]} - known)
    good &= tell("the table names scenes that are there", [f"a file for {scene}" for scene in unknown])
    told = {row[0] for row in rows}
    good &= tell("the table has every section", [s for s in SECTIONS if s not in told])
    wrong = [f"a verdict before \"{row[3]}\"" for row in rows if row[1] not in VERDICTS + [""]]
    good &= tell("its verdicts are true, partly and false", wrong)
    return 0 if good else 1


sys.exit(main(*sys.argv[1:]))
