"""The parts of an administrative document, found by what they say and where they stand, not how they look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dvctt_report.lint.pieces import Piece, Text
from dvctt_report.nd30.kinds import Part
from dvctt_report.word.document import Document, Table
from dvctt_report.word.strokes import Stroke


@dataclass(frozen=True)
class Letterhead:
    """What stands above the title. Each part is None where it wasn't found.

    ``parent`` and ``issuer`` are lines in their order; strokes are the lines found under the two names.
    """

    state: Piece | None = None
    motto: Piece | None = None
    parent: tuple[Piece, ...] = ()
    issuer: tuple[Piece, ...] = ()
    number: Piece | None = None
    place_date: Piece | None = None
    matter: tuple[Piece, ...] = ()
    motto_line: Stroke | None = None
    issuer_line: Stroke | None = None
    state_is_broken: bool = False


@dataclass(frozen=True)
class Title:
    """Kind and subject of a document with a name of its own, and whom it addresses.

    ``other`` is a name that is none of the decree's kinds ("PHIẾU TRÌNH"). ``enclosed_in`` is the line
    "(Ban hành kèm theo …)" below the subject. The addressee is "Kính gửi" or what calls a telegram's
    receivers ("… điện:").
    """

    kind: Piece | None = None
    other: Piece | None = None
    subject: tuple[Piece, ...] = ()
    subject_line: Stroke | None = None
    enclosed_in: tuple[Piece, ...] = ()
    addressee: Piece | None = None
    addressees: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Signer:
    """One of several who sign side by side: titles line by line, the name under them."""

    authority: tuple[Piece, ...]
    name: Piece | None = None


@dataclass(frozen=True)
class Signature:
    """Authority and titles line by line, the name under them, and the list of recipients.

    Where several sign, ``authority`` and ``name`` are those of the last, the other ones ``co_signers``.
    """

    authority: tuple[Piece, ...] = ()
    name: Piece | None = None
    recipients_title: Piece | None = None
    recipients: tuple[Piece, ...] = ()
    co_signers: tuple[Signer, ...] = ()

    @property
    def signers(self) -> tuple[Signer, ...]:
        """All who sign, the one beside the recipients or the last first; none where no title was found."""
        return tuple(s for s in (Signer(self.authority, self.name), *self.co_signers) if s.authority)


@dataclass(frozen=True)
class Annex:
    """An annex: label, title lines, the line that says what it belongs to, () where missing.

    ``name`` is what it is called, "Phụ lục I"; ``beside`` the title where it stands in the label's own line.
    """

    label: Piece
    name: str
    beside: str = ""
    title: tuple[Piece, ...] = ()
    attached: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Number:
    """Number and symbol taken apart: "Số: 05/BC-SKHCN" → "05", "BC-SKHCN"; figure "" where left blank."""

    figure: str
    symbol: str


@dataclass(frozen=True)
class Signs:
    """What was looked for to tell the kind: the names of what is there and of what is missing.

    ``of_letter`` counts what speaks for a letter, ``of_office`` what only an office's document has.
    """

    seen: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    of_letter: int = 0
    of_office: int = 0


@dataclass(frozen=True, eq=False)
class Paper:
    """A document with its parts, equal to itself alone; ``kind`` in words, "" where the signs don't agree.

    ``body`` are the lines between title and signature outside of tables, ``pieces`` all lines of the
    document. ``number`` and ``day`` are None where left blank or unreadable. ``not_missed`` are the parts
    that a document of its kind may do without, ``enclosed`` the texts that it puts into force (a quy chế).
    """

    document: Document
    kind: str
    head: Letterhead
    title: Title
    body: tuple[Piece, ...]
    signature: Signature
    annexes: tuple[Annex, ...]
    number: Number | None
    day: date | None
    pieces: tuple[Piece, ...]
    bases: tuple[Piece, ...] = ()
    layout_tables: tuple[Table, ...] = ()
    not_missed: frozenset[Part] = frozenset()
    enclosed: tuple[Paper, ...] = ()
    signs: Signs = Signs()

    @cached_property
    def text(self) -> Text[Piece]:
        """The body's lines, to be searched."""
        return Text(self.body)

    @cached_property
    def whole_text(self) -> Text[Piece]:
        """All lines, to be searched."""
        return Text(self.pieces)

    @property
    def name_as_enclosed(self) -> str:
        """What it is called as a part of the document that encloses it: "Quy chế kèm theo"."""
        named = self.title.kind or self.title.other
        name = self.kind if self.title.kind else named.text.capitalize() if named else "Văn bản"
        return f"{name} kèm theo"
