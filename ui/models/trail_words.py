"""What each act on the audit trail is called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter_app.domain.events import PROVINCE_PREFIX
from counter_app.services.desk.settings import GUARDIAN
from counter_app.services.keeping.service import KEEPER
from counter_app.services.line.reading_back import PROVINCE
from counter_app.services.trail.looking import ActKind
from counter_app.services.updating.desk import AUTOMATIC

translate = QCoreApplication.translate


def kind_word(kind: ActKind) -> str:
    """Return what a kind of acts is called."""
    return {
        ActKind.DOSSIER: translate("Trail", "work on dossiers"), ActKind.LOOK: translate("Trail", "looks"),
        ActKind.OUT: translate("Trail", "prints, exports, what left the desk"), ActKind.PERSON: translate("Trail", "logins and accounts"),
        ActKind.RULE: translate("Trail", "settings and rules")}[kind]


def act_word(action: str) -> str:
    """Return what an act is called; one that this version has no words for is shown by its name rather than hidden."""
    return _dossiers(action) or _papers(action) or _desk(action) or _province(action) or action


def who_word(who: str) -> str:
    """Return who did something, as people say it: what acts by itself has no account and no name."""
    if who == PROVINCE.user_id:
        return translate("Trail", "The province's system")
    return translate("Trail", "The program itself") if who in (KEEPER, AUTOMATIC, GUARDIAN) else who


def _province(action: str) -> str:
    """Return the words of what the province says of its own accord: its kinds grow without a new version of the desk."""
    return translate("Trail", "Word from the province") if action.startswith(PROVINCE_PREFIX) else ""


def _dossiers(action: str) -> str:
    """Return the words of work on dossiers."""
    return {
        "dossier.received": translate("Trail", "Dossier received"), "dossier.imported": translate("Trail", "Older dossier entered"),
        "dossier.refused": translate("Trail", "Dossier refused"), "dossier.corrected": translate("Trail", "Dossier corrected"),
        "dossier.updated": translate("Trail", "Dossier changed"), "dossier.handed_over": translate("Trail", "Dossier handed over"),
        "dossier.halted": translate("Trail", "Dossier halted"), "dossier.withdrawn": translate("Trail", "Dossier withdrawn"),
        "dossier.linked": translate("Trail", "Dossiers linked"), "dossier.code_added": translate("Trail", "Second code added"),
        "dossier.shown": translate("Trail", "Dossier opened"),
        "dossier.looked_at": translate("Trail", "Word of the province looked at"),
        "dossier.compared": translate("Trail", "Both versions of a dossier looked at"), "dossiers.searched": translate("Trail", "Search"),
        "dossiers.exported": translate("Trail", "Dossiers exported"),
        "person.exported": translate("Trail", "Answer to a person about their data written"),
        "dossiers.imported": translate("Trail", "File of older dossiers imported"),
        "earlier.shown": translate("Trail", "Earlier dossiers of a person offered"),
        "id_number.shown": translate("Trail", "Identity number shown"), "deadline.extended": translate("Trail", "Limit extended"),
        "supplement.requested": translate("Trail", "Papers asked for"), "supplement.received": translate("Trail", "Papers brought"),
        "step.completed": translate("Trail", "Step completed"), "result.ready": translate("Trail", "Result recorded"),
        "result.returned": translate("Trail", "Result returned"), "result.posted": translate("Trail", "Result sent by post"),
        "fee.collected": translate("Trail", "Fee collected"), "fee.reversed": translate("Trail", "Fee given back"),
        "note.added": translate("Trail", "Note added"), "satisfaction.recorded": translate("Trail", "Rating recorded"),
        "draft.opened": translate("Trail", "Draft taken up"),
    }.get(action, "")


def _papers(action: str) -> str:
    """Return the words of papers, registers, money, reports and citizens."""
    return {
        "slip.printed": translate("Trail", "Paper made"), "slip.voided": translate("Trail", "Paper struck"),
        "slip.opened": translate("Trail", "Paper opened"), "print.requested": translate("Trail", "Print asked for"),
        "book.page_shown": translate("Trail", "Page of a register shown"), "book.printed": translate("Trail", "Register printed"),
        "book.exported": translate("Trail", "Register exported"), "book.line_struck": translate("Trail", "Line of a register struck"),
        "book.volume_opened": translate("Trail", "Volume of a register opened"),
        "book.year_closed": translate("Trail", "Year of a register closed"),
        "certified.shown": translate("Trail", "Certified requests shown"), "stamps.printed": translate("Trail", "Stamp lines printed"),
        "signing_list.printed": translate("Trail", "Signing list printed"), "cash.counted": translate("Trail", "Day's money counted"),
        "transfer.matched": translate("Trail", "Transfer matched"), "report.opened": translate("Trail", "Dossiers of a figure opened"),
        "report.exported": translate("Trail", "Report exported"), "report.frozen": translate("Trail", "Report frozen"),
        "report.compared": translate("Trail", "Report compared"), "reports.set": translate("Trail", "Settings of reports changed"),
        "messages.shown": translate("Trail", "Messages to citizens shown"), "messages.listed": translate("Trail", "Call list made"),
        "messages.handed_over": translate("Trail", "Messages given to the province"),
        "messages.settings": translate("Trail", "Settings of messages changed"),
        "message.queued": translate("Trail", "Message to a citizen queued"), "message.called": translate("Trail", "Citizen called"),
        "messages.reminded": translate("Trail", "Reminders to citizens queued"),
        "message.cancelled": translate("Trail", "Message to a citizen taken back"),
        "message.called_off": translate("Trail", "Message to a citizen called off by a later act"),
        "complaint.taken": translate("Trail", "Complaint recorded"), "complaint.answered": translate("Trail", "Complaint answered"),
        "complaints.shown": translate("Trail", "Complaints shown"),
        "typing.shown": translate("Trail", "What is to be typed twice shown"),
        "typing.handed_over": translate("Trail", "Fields handed to a ministry's program"),
        "typing.exported": translate("Trail", "File for a ministry's program written"),
        "typing.wanted": translate("Trail", "Dossier is to be typed twice"),
        "typing.done": translate("Trail", "Typed into a ministry's program"),
        "typing.dropped": translate("Trail", "Need not be typed twice"),
        "files.listed": translate("Trail", "Scanned papers listed"),
        "files.offered": translate("Trail", "Earlier scanned papers of a person offered"),
        "file.opened": translate("Trail", "Scanned paper opened"), "file.destroyed": translate("Trail", "Scanned paper destroyed"),
        "file.words_read": translate("Trail", "Words of a scanned paper read"),
        "files.exported": translate("Trail", "List of scanned papers written"),
        "file.signed": translate("Trail", "Scanned paper signed"),
        "signatures.read": translate("Trail", "Signatures of a scanned paper looked at"),
        "file.read_again": translate("Trail", "Words of a scanned paper to be read again"),
    }.get(action, "")


def _desk(action: str) -> str:
    """Return the words of people, settings and rules."""
    return {
        "user.login": translate("Trail", "Login"), "user.unlock": translate("Trail", "Screen unlocked"),
        "user.seconded": translate("Trail", "Agreed as the second person"),
        "user.locked_out": translate("Trail", "Locked out after wrong passwords"), "user.added": translate("Trail", "Person added"),
        "user.changed": translate("Trail", "Person changed"), "user.disabled": translate("Trail", "Account closed"),
        "user.enabled": translate("Trail", "Account opened again"), "user.password_changed": translate("Trail", "Password changed"),
        "user.password_reset": translate("Trail", "New password given"), "desk.created": translate("Trail", "Desk set up"),
        "desk.changed": translate("Trail", "Settings of the desk changed"),
        "desk.restored": translate("Trail", "Desk restored from a copy"),
        "backup.made": translate("Trail", "Copy of the desk made"), "backup.set": translate("Trail", "Places of copies set"),
        "update.prepared": translate("Trail", "New version prepared"), "update.set": translate("Trail", "Updates set"),
        "update.back": translate("Trail", "Gone back to the version before"),
        "deadlines.saved": translate("Trail", "Rules of appointments changed"),
        "offices.changed": translate("Trail", "Units, signers or steps changed"),
        "testimonies.changed": translate("Trail", "Words of testimonies changed"),
        "catalogue.installed": translate("Trail", "Catalogue of the province put in place"),
        "catalogue.imported": translate("Trail", "Catalogue imported"),
        "catalogue.activated": translate("Trail", "Catalogue put into force"),
        "catalogue.overridden": translate("Trail", "Limit or fee set by the commune"),
        "calendar.imported": translate("Trail", "Calendar imported"), "numbers.vouched": translate("Trail", "Newest number vouched for"),
        "numbers.epoch_begun": translate("Trail", "New epoch of this counter begun"),
        "line.changed": translate("Trail", "Line to the province set"),
        "line.file_again": translate("Trail", "Scan sent to the province again"),
        "province.enrolled": translate("Trail", "PC enrolled with the province"),
        "lease.taken": translate("Trail", "Serials lent by the province taken over"),
        "journals.compared": translate("Trail", "Compared with the province"),
        "scanners.changed": translate("Trail", "Scanners changed"), "trail.shown": translate("Trail", "Audit trail read"),
        "signing.library_chosen": translate("Trail", "Library of the token chosen"),
        "signing.root_trusted": translate("Trail", "Issuer of certificates trusted"),
        "signing.root_dropped": translate("Trail", "Issuer of certificates trusted no longer"),
        "sample.drawn": translate("Trail", "Random sample drawn"),
    }.get(action, "")
