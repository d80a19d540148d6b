"""The page for the signer: results, what is uncertain, who has not sent, what changed, what to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dvctt_report.model import Progress, State, Verdict
from dvctt_report.papers.letters import uncertain
from dvctt_report.papers.letters.uncertain import Changes, NoDraft, listed, named
from dvctt_report.report.citing import moment
from dvctt_report.report.final import Obstacle
from dvctt_report.report.marks import without_marks
from dvctt_report.report.narrative import results_line, timeliness, with_verdict
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.report.telling import Telling, fitting
from dvctt_report.report.wording import Voice, for_print, join_terms, lower_first
from dvctt_report.word.nd30 import LINE_EM, PAGE, component, count_lines
from dvctt_report.year.summary.totals import tally_done

LINE_WIDTH = 137.0
"""Width in mm of a line of the right column."""
LABEL_HEIGHT = 28.0
"""Points that a label of two lines takes in the left column, the least height of a part."""
ROOM = 660.0
"""Points that all parts may take together: the page less its title, its note and a line to spare."""

LEADS_ROOM = 130.0
"""Points of them for the lead targets."""


@dataclass(frozen=True, slots=True)
class SigningPage:
    """The page as strings; every part has at least one line."""

    about: str
    results: tuple[str, ...]
    leads: tuple[str, ...]
    missed_heading: str
    missed: tuple[str, ...]
    uncertain: tuple[str, ...]
    not_sent: tuple[str, ...]
    changes: tuple[str, ...]
    decisions: tuple[str, ...]
    finishing: tuple[str, ...]
    note: str


def signing_page(
    told: Telling,
    changes: Changes | NoDraft,
    printed: Sequence[PrintedBlock] = (),
    obstacles: Iterable[Obstacle] = (),
) -> SigningPage:
    """What the signer has to know of a draft, on one page.

    ``changes``: since the draft before, or why none are told; ``printed``: what it says where, the annexes of
    a file of their own last; ``obstacles``: every reason against a final one.
    """
    voice, period = told.voice, told.year.period
    results, finishing = _results(told), _dashed([*uncertain.to_finish(obstacles, voice)], voice)
    leads = fitting(told.leads, lambda said: _dashed(said, voice), lambda said: height(said) <= LEADS_ROOM)
    nobodys = len(told.year.dataset.nameless)  # how many files are of nobody yet: they may be theirs
    not_sent = [voice.say("signing.nameless", n=voice.count(nobodys))] if nobodys else []
    for duty in ("required", "asked"):
        if names := told.names("missing", duty):
            slots = {"n": voice.count(len(names)), "names": listed(names, voice)}
            not_sent.append(voice.say(f"signing.{duty}", **slots))
    parts = {
        "missed": _missed(told),
        "uncertain": _dashed(uncertain.lines(told), voice),
        "not_sent": _dashed(not_sent, voice, "signing.all_sent"),
        "changes": _changes(changes, told),
        "decisions": _decisions(told, printed),
    }
    fitted = fit_one_page(
        (results, finishing, leads),
        parts.values(),
        lambda n: f"- {voice.say('signing.others', n=voice.count(n))}",
        ROOM - height(voice.issuer.notice, "memo_note", PAGE.text_width),
    )
    page = SigningPage(
        about=voice.say("signing.about", **period.slots, as_of=moment(voice.issuer.as_of)),
        results=results,
        leads=leads,
        missed_heading=voice.say("signing.heading_missed" if period.judged else "signing.heading_progress"),
        finishing=finishing,
        note=voice.say("signing.note"),
        **dict(zip(parts, fitted, strict=True)),
    )
    return for_print(page)


def _results(told: Telling) -> tuple[str, ...]:
    """Three lines: verdicts, tasks, returns."""
    voice = told.voice
    tasks = tally_done(told.year.summary.tasks)
    slots = {"done": voice.count(tasks.numerator), "all": voice.count(tasks.denominator)}
    done = voice.say("signing.tasks", **slots) if tasks.denominator else voice.say("signing.no_tasks")
    lines = told.year.lines
    received = [line for line in lines if line.received]
    expected, n_received = voice.count(len(lines)), voice.count(len(received))
    returns = voice.say("signing.no_returns", expected=expected)
    if received:
        in_time = timeliness(received, voice)
        returns = voice.say("signing.returns", received=n_received, expected=expected, timeliness=in_time)
    if mended := sum(line.mended_on is not None for line in received):
        returns += f" {voice.say('signing.mended', n=voice.count(mended))}"
    return results_line(told.views, voice, str(told.year.period.year)), done, returns


def _missed(told: Telling) -> tuple[str, ...]:
    said, leads = [], {lead.view.target.code for lead in told.leads}
    views = [view for view in told.views if view.target.code not in leads]
    behind = [v for v in with_verdict(views, Verdict.PROGRESS) if v.progress is Progress.BELOW]
    # What lacks most comes first: the page may have no room for all.
    for view in sorted((*with_verdict(views, Verdict.MISSED), *behind), key=lambda view: -view.result.short):
        slots = {"name": view.flag(named(view)), "short": view.short}
        if view.target.of_things or view.by_group:
            name, slots["figure"] = "over_count" if view.result.falling else "missed_count", view.figure
        else:
            name, slots["rate"] = "missed_over" if view.result.falling else "missed", view.rate
        said.append(view.voice.say(f"signing.{name}", **slots))
    return _dashed(said, told.voice)


def _changes(changes: Changes | NoDraft, told: Telling) -> tuple[str, ...]:
    voice = told.voice
    if isinstance(changes, NoDraft):
        return (voice.say(f"signing.{changes.value}"),)
    names = told.year.profile.roster.short_names
    said = []
    for what in ("now_sent", "now_missing"):
        codes: tuple[str, ...] = getattr(changes, what)
        if codes:
            said.append(voice.say(f"signing.{what}", names=listed([names.get(c, c) for c in codes], voice)))
    targets = {view.target.code: view for view in told.views}
    for code, *indicators in (one for one in changes.targets if one[0] in targets):
        slots = {"name": named(targets[code])}
        for when, view in zip(("old", "new"), map(targets[code].as_told, indicators), strict=True):
            # "79,96% (chưa đạt; 19/23 đơn vị)"; of things "47 lớp (đạt; …)"
            state = {"rate": view.value if view.target.of_things else view.rate or view.sign}
            state |= {"verdict": lower_first(view.verdict), **view.coverage}
            slots[when] = view.voice.say("signing.target_state", **state)
        said.append(voice.say("signing.target_changed", **slots))
    if changes.n_figures:
        said.append(voice.say("signing.figures_changed", n=voice.count(changes.n_figures)))
    return _dashed(said, voice, "signing.no_change")


def _decisions(told: Telling, printed: Sequence[PrintedBlock]) -> tuple[str, ...]:
    """What only the signer can decide, each with what there is to choose from."""
    views, voice = told.views, told.voice
    said = []
    exempt = [
        (view, c.unit)
        for view in views
        for c in view.result.contributions
        if c.state is State.NOT_APPLICABLE and c.unit in view.result.missing
    ]
    if exempt:
        short = told.year.profile.roster.short_names
        asked = [f"{short.get(unit, unit)} ({view.name})" for view, unit in exempt]
        said.append(voice.say("signing.exemptions", n=voice.count(len(exempt)), names=join_terms(asked)))
    said += [voice.say("signing.no_document", name=v.name) for v in views if v.lacks_document]
    if places := dict(uncertain.named_in(printed, told)):
        kinds = {kind: voice.say(f"signing.named_{kind}") for kind in places}
        where = "; ".join(
            voice.say("signing.named" if place else "signing.nameless_kind", kind=kinds[kind], where=place)
            for kind, place in places.items()
        )
        said.append(voice.say("signing.choose_naming", kinds=", ".join(kinds.values()), where=where))
    return _dashed(said, voice)


def _dashed(said: Sequence[str], voice: Voice, nothing: str = "signing.nothing") -> tuple[str, ...]:
    return tuple(f"- {one}" for one in said) or (voice.say(nothing),)


def fit_one_page(
    fixed: Sequence[Sequence[str]], parts: Iterable[Sequence[str]], others: Callable[[int], str], room: float
) -> list[tuple[str, ...]]:
    """Shorten ``parts``, not what is ``fixed``, to fit so many points; ``others`` says what a part hides."""
    kept = [list(part) for part in parts]
    hidden = [0] * len(kept)

    def shown() -> list[tuple[str, ...]]:
        return [(*lines, *([others(n)] if n else ())) for lines, n in zip(kept, hidden, strict=True)]

    while sum(max(LABEL_HEIGHT, height(part)) for part in (*fixed, *shown())) > room and any(kept):
        longest = max(range(len(kept)), key=lambda n: height(kept[n]))
        kept[longest].pop()
        hidden[longest] += 1
    return shown()


def height(lines: Iterable[str], key: str = "memo_line", width: float = LINE_WIDTH) -> float:
    """Say how high the lines stand in points; by default as they are set in the right column."""
    style = component(key)
    n_printed = [count_lines(without_marks(line), width, style) for line in lines]
    return sum(n * style.size * LINE_EM + style.before + style.after for n in n_printed)
