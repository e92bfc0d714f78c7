"""The table of everything a key can do. Menus, key line, palette, help sheet and manual are made from it, and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

EVERYWHERE = "*"
LOCAL_KEYS = frozenset({
    "Enter", "Shift+Enter", "Space", "Up", "Down", "PgUp PgDn", "Esc", "R", "S", "M", "C", "B", "I", "T", "G", "V", "P", "D", "Del",
    "Ctrl+Up", "Ctrl+Down", "1 … 9"})
"""Keys that fields and lists need themselves: shown, and handled by the page or the focused widget, never bound to the window."""
KEY_ICONS = {"Up": "arrow-up", "Down": "arrow-down", "Up Down": "arrows-up-down", "Left Right": "arrows-left-right"}
"""Keys whose cap shows an icon: the letters have no arrows."""


@dataclass(frozen=True, slots=True)
class Action:
    """One row: ``keys`` (the first is shown), the English source of its title, the page it belongs to, the icon for menus."""

    id: str
    keys: tuple[str, ...]
    source: str
    page: str = EVERYWHERE
    icon: str = ""

    @property
    def title(self) -> str:
        """The title in the language of the window."""
        return QCoreApplication.translate("Actions", self.source)

    @property
    def bound_keys(self) -> tuple[str, ...]:
        """The keys that the window binds, as Qt spells them."""
        return tuple(key for key in self.keys if key not in LOCAL_KEYS)


def _row(action_id: str, keys: str, source: object, page: str = EVERYWHERE, icon: str = "") -> Action:
    return Action(action_id, tuple(keys.split(" | ")) if keys else (), str(source), page, icon)


ACTIONS: tuple[Action, ...] = (
    _row("go_home", "Alt+1", QT_TRANSLATE_NOOP("Actions", "Today"), icon="home"),
    _row("go_intake", "Alt+2", QT_TRANSLATE_NOOP("Actions", "Intake"), icon="file-plus"),
    _row("go_certification", "Alt+3", QT_TRANSLATE_NOOP("Actions", "Certification"), icon="rubber-stamp"),
    _row("go_dossiers", "Alt+4", QT_TRANSLATE_NOOP("Actions", "Dossiers"), icon="folder-search"),
    _row("go_returning", "Alt+5", QT_TRANSLATE_NOOP("Actions", "Return results"), icon="file-export"),
    _row("go_scanning", "Alt+6", QT_TRANSLATE_NOOP("Actions", "Digitise"), icon="scan"),
    _row("go_books", "Alt+7", QT_TRANSLATE_NOOP("Actions", "Books"), icon="book-2"),
    _row("go_reports", "Alt+8", QT_TRANSLATE_NOOP("Actions", "Reports"), icon="chart-bar"),
    _row("go_sync", "Alt+9", QT_TRANSLATE_NOOP("Actions", "Exchange"), icon="arrows-exchange"),
    _row("go_catalogue", "Ctrl+Alt+D", QT_TRANSLATE_NOOP("Actions", "Catalogue"), icon="list-details"),
    _row("go_admin", "Ctrl+Alt+Q", QT_TRANSLATE_NOOP("Actions", "Administration"), icon="settings"),
    _row("go_hand_over", "Ctrl+Alt+G", QT_TRANSLATE_NOOP("Actions", "Hand over by scanning"), icon="transfer"),
    _row("scan_field", "F2", QT_TRANSLATE_NOOP("Actions", "Scan or search"), icon="barcode"),
    _row("scan_stack", "F12", QT_TRANSLATE_NOOP("Actions", "Scan documents"), icon="scan"),
    _row("help", "F1", QT_TRANSLATE_NOOP("Actions", "Help"), icon="help"),
    _row("palette", "Ctrl+K", QT_TRANSLATE_NOOP("Actions", "Commands"), icon="list-details"),
    _row("keys", "Ctrl+/", QT_TRANSLATE_NOOP("Actions", "All keys"), icon="help"),
    _row("next_pane", "F6", QT_TRANSLATE_NOOP("Actions", "Next pane")),
    _row("back", "Esc", QT_TRANSLATE_NOOP("Actions", "Back"), icon="arrow-back-up"),
    _row("text_larger", "Ctrl+= | Ctrl++", QT_TRANSLATE_NOOP("Actions", "Larger text"), icon="zoom-in"),
    _row("text_smaller", "Ctrl+-", QT_TRANSLATE_NOOP("Actions", "Smaller text")),
    _row("theme_light", "", QT_TRANSLATE_NOOP("Actions", "Light theme")),
    _row("theme_dark", "", QT_TRANSLATE_NOOP("Actions", "Dark theme")),
    _row("theme_high_contrast", "", QT_TRANSLATE_NOOP("Actions", "High contrast")),
    _row("theme_system", "", QT_TRANSLATE_NOOP("Actions", "Theme of this machine")),
    _row("language", "", QT_TRANSLATE_NOOP("Actions", "Tiếng Việt / English")),
    _row("notices", "Ctrl+Shift+N", QT_TRANSLATE_NOOP("Actions", "Earlier notices"), icon="message"),
    _row("print_queue", "", QT_TRANSLATE_NOOP("Actions", "Print queue"), icon="printer"),
    _row("numbers", "", QT_TRANSLATE_NOOP("Actions", "Dossier numbers"), icon="list-details"),
    _row("messages", "Ctrl+Alt+B", QT_TRANSLATE_NOOP("Actions", "Messages to citizens"), icon="message"),
    _row("complaints", "", QT_TRANSLATE_NOOP("Actions", "Complaints and suggestions"), icon="mood-sad"),
    _row("ratings", "", QT_TRANSLATE_NOOP("Actions", "Ratings on paper"), icon="mood-smile"),
    _row("typing", "Ctrl+Alt+N", QT_TRANSLATE_NOOP("Actions", "To be typed into ministries' programs"), icon="transfer"),
    _row("day_page", "", QT_TRANSLATE_NOOP("Actions", "End of the day"), icon="file-check"),
    _row("poster_list", "", QT_TRANSLATE_NOOP("Actions", "List of all procedures for the wall"), icon="printer"),
    _row("cash", "Ctrl+Alt+T", QT_TRANSLATE_NOOP("Actions", "Count the day's money"), icon="cash"),
    _row("update_catalogue", "Ctrl+Alt+C", QT_TRANSLATE_NOOP("Actions", "New catalogue"), icon="git-compare"),
    _row("update_calendar", "Ctrl+Alt+L", QT_TRANSLATE_NOOP("Actions", "New calendar"), icon="calendar-due"),
    _row("settings", "Ctrl+,", QT_TRANSLATE_NOOP("Actions", "Settings of this desk"), icon="settings"),
    _row("message_settings", "", QT_TRANSLATE_NOOP("Actions", "Messages to citizens: settings"), icon="settings"),
    _row("report_settings", "", QT_TRANSLATE_NOOP("Actions", "Reports: settings"), icon="settings"),
    _row("units_settings", "", QT_TRANSLATE_NOOP("Actions", "Units of the commune"), icon="settings"),
    _row("signers_settings", "", QT_TRANSLATE_NOOP("Actions", "Who signs"), icon="settings"),
    _row("process_settings", "", QT_TRANSLATE_NOOP("Actions", "Steps of procedures"), icon="settings"),
    _row("sign_papers", "Ctrl+Alt+K", QT_TRANSLATE_NOOP("Actions", "Sign digitised papers"), icon="file-certificate"),
    _row("check_signatures", "", QT_TRANSLATE_NOOP("Actions", "Signatures of a PDF"), icon="file-certificate"),
    _row("scanners", "", QT_TRANSLATE_NOOP("Actions", "Scanners of this PC"), icon="scan"),
    _row("trail", "Ctrl+Alt+V", QT_TRANSLATE_NOOP("Actions", "Audit trail"), icon="list-details"),
    _row("password", "", QT_TRANSLATE_NOOP("Actions", "Change password"), icon="lock"),
    _row("lock", "Ctrl+L", QT_TRANSLATE_NOOP("Actions", "Lock the screen"), icon="lock"),
    _row("log_out", "", QT_TRANSLATE_NOOP("Actions", "Log out")),
    _row("receive", "F9 | Ctrl+Return", QT_TRANSLATE_NOOP("Actions", "Receive and print"), "intake", "file-plus"),
    _row("applicant", "F3", QT_TRANSLATE_NOOP("Actions", "Applicant"), "intake", "id"),
    _row("park", "F4", QT_TRANSLATE_NOOP("Actions", "Park"), "intake", "device-floppy"),
    _row("recall", "F5", QT_TRANSLATE_NOOP("Actions", "Recall parked"), "intake"),
    _row("all_papers", "F7", QT_TRANSLATE_NOOP("Actions", "All papers present"), "intake", "file-check"),
    _row("more", "Ctrl+M", QT_TRANSLATE_NOOP("Actions", "More details"), "intake"),
    _row("clear_form", "Ctrl+Shift+Del", QT_TRANSLATE_NOOP("Actions", "Clear the form"), "intake", "trash"),
    _row("zoom", "Ctrl+P", QT_TRANSLATE_NOOP("Actions", "Show the slip large"), "intake", "zoom-in"),
    _row("refuse_intake", "Ctrl+R", QT_TRANSLATE_NOOP("Actions", "Refuse to take it in"), "intake", "ban"),
    _row("undo", "Ctrl+Z", QT_TRANSLATE_NOOP("Actions", "Undo"), "intake", "arrow-back-up"),
    _row("certify", "F9 | Ctrl+Return", QT_TRANSLATE_NOOP("Actions", "Receive, print and enter"), "certification", "rubber-stamp"),
    _row("requester", "F3", QT_TRANSLATE_NOOP("Actions", "Requester"), "certification", "id"),
    _row("park_visit", "F4", QT_TRANSLATE_NOOP("Actions", "Park"), "certification", "device-floppy"),
    _row("recall_visit", "F5", QT_TRANSLATE_NOOP("Actions", "Recall parked"), "certification"),
    _row("next_kind", "F7", QT_TRANSLATE_NOOP("Actions", "Copy, signature …"), "certification"),
    _row("next_payment", "F8", QT_TRANSLATE_NOOP("Actions", "Cash, code, exempt"), "certification", "cash"),
    _row("hand_signed", "F10", QT_TRANSLATE_NOOP("Actions", "Signed, hand back"), "certification", "file-export"),
    _row("reprint_stamps", "F11", QT_TRANSLATE_NOOP("Actions", "Reprint"), "certification", "printer"),
    _row("undo_visit", "Ctrl+Z", QT_TRANSLATE_NOOP("Actions", "Undo"), "certification", "arrow-back-up"),
    _row("line_details", "Ctrl+M", QT_TRANSLATE_NOOP("Actions", "Who signs, electronic …"), "certification", "id"),
    _row("strike_number", "Ctrl+H", QT_TRANSLATE_NOOP("Actions", "Strike a number"), "certification", "ban"),
    _row("signing_list", "Ctrl+T", QT_TRANSLATE_NOOP("Actions", "Signing list"), "certification", "list-details"),
    _row("remove_line", "Ctrl+Del", QT_TRANSLATE_NOOP("Actions", "Take the line out"), "certification", "trash"),
    _row("clear_visit", "Ctrl+Shift+Del", QT_TRANSLATE_NOOP("Actions", "Clear the form"), "certification", "x"),
    _row("open", "Enter | F9", QT_TRANSLATE_NOOP("Actions", "Open the dossier"), "dossiers", "folder-search"),
    _row("reprint_row", "F11", QT_TRANSLATE_NOOP("Actions", "Reprint"), "dossiers", "printer"),
    _row("export_rows", "Ctrl+E", QT_TRANSLATE_NOOP("Actions", "Export to Excel"), "dossiers", "file-spreadsheet"),
    _row("clear_search", "Esc", QT_TRANSLATE_NOOP("Actions", "Clear the search"), "dossiers", "x"),
    _row("main_act", "F9", QT_TRANSLATE_NOOP("Actions", "The main act"), "dossier"),
    _row("accept_online", "", QT_TRANSLATE_NOOP("Actions", "Accept the online dossier"), "dossier", "file-plus"),
    _row("print_requested", "", QT_TRANSLATE_NOOP("Actions", "Print what the province asks for"), "dossier", "printer"),
    _row("result_ready", "", QT_TRANSLATE_NOOP("Actions", "Record the result"), "dossier", "circle-check"),
    _row("request_supplement", "F8", QT_TRANSLATE_NOOP("Actions", "Ask for papers"), "dossier", "file-alert"),
    _row("receive_supplement", "", QT_TRANSLATE_NOOP("Actions", "Papers were brought"), "dossier", "file-check"),
    _row("hand_over", "", QT_TRANSLATE_NOOP("Actions", "Hand over"), "dossier", "transfer"),
    _row("complete_step", "", QT_TRANSLATE_NOOP("Actions", "Complete a step"), "dossier", "check"),
    _row("decide_at_once", "", QT_TRANSLATE_NOOP("Actions", "Decide and return at once"), "dossier", "rubber-stamp"),
    _row("return_result", "F10", QT_TRANSLATE_NOOP("Actions", "Return the result"), "dossier", "file-export"),
    _row("send_by_post", "", QT_TRANSLATE_NOOP("Actions", "Send by post"), "dossier", "mail"),
    _row("delivered", "", QT_TRANSLATE_NOOP("Actions", "The parcel was delivered"), "dossier", "mail"),
    _row("collect_fee", "", QT_TRANSLATE_NOOP("Actions", "Collect a fee"), "dossier", "cash"),
    _row("reverse_fee", "", QT_TRANSLATE_NOOP("Actions", "Give a fee back"), "dossier", "cash"),
    _row("extend", "", QT_TRANSLATE_NOOP("Actions", "Extend and apologise"), "dossier", "mail"),
    _row("correct", "", QT_TRANSLATE_NOOP("Actions", "Correct"), "dossier", "pencil"),
    _row("refuse", "", QT_TRANSLATE_NOOP("Actions", "Refuse"), "dossier", "x"),
    _row("halt", "", QT_TRANSLATE_NOOP("Actions", "Halt"), "dossier", "ban"),
    _row("withdraw", "", QT_TRANSLATE_NOOP("Actions", "Withdraw"), "dossier", "arrow-back-up"),
    _row("rate", "", QT_TRANSLATE_NOOP("Actions", "Rating"), "dossier", "mood-smile"),
    _row("link", "", QT_TRANSLATE_NOOP("Actions", "Link dossiers"), "dossier", "git-compare"),
    _row("add_code", "", QT_TRANSLATE_NOOP("Actions", "Second code"), "dossier", "barcode"),
    _row("undo_act", "Ctrl+Z", QT_TRANSLATE_NOOP("Actions", "Take the last act back"), "dossier", "arrow-back-up"),
    _row("digital_papers", "Ctrl+P", QT_TRANSLATE_NOOP("Actions", "Digitised papers"), "dossier", "scan"),
    _row("forms", "", QT_TRANSLATE_NOOP("Actions", "Forms of this dossier"), "dossier", "file-text"),
    _row("reprint", "F11", QT_TRANSLATE_NOOP("Actions", "Reprint"), "dossier", "printer"),
    _row("note", "Ctrl+N", QT_TRANSLATE_NOOP("Actions", "Add a note"), "dossier", "message"),
    _row("reveal", "Ctrl+I", QT_TRANSLATE_NOOP("Actions", "Show the identity number"), "dossier", "eye"),
    _row("to_list", "Esc", QT_TRANSLATE_NOOP("Actions", "To the list"), "dossier", "arrow-back-up"),
    _row("hand_back", "F10 | F9", QT_TRANSLATE_NOOP("Actions", "Return the result"), "returning", "file-export"),
    _row("receiver", "F3", QT_TRANSLATE_NOOP("Actions", "Receiver"), "returning", "id"),
    _row("all_collected", "F7", QT_TRANSLATE_NOOP("Actions", "Everything came back"), "returning", "file-check"),
    _row("print_receipt", "F11", QT_TRANSLATE_NOOP("Actions", "Print a receipt"), "returning", "printer"),
    _row("leave_returning", "Esc", QT_TRANSLATE_NOOP("Actions", "Back"), "returning", "arrow-back-up"),
    _row("record_batch", "F9 | Ctrl+Return", QT_TRANSLATE_NOOP("Actions", "Record and print the list"), "hand_over", "transfer"),
    _row("take_out", "Ctrl+Del", QT_TRANSLATE_NOOP("Actions", "Take the line out"), "hand_over", "trash"),
    _row("empty_batch", "Ctrl+Shift+Del", QT_TRANSLATE_NOOP("Actions", "Begin anew"), "hand_over", "x"),
    _row("file_stack", "F9 | Ctrl+Return", QT_TRANSLATE_NOOP("Actions", "File the stack"), "scanning", "file-check"),
    _row("turn_pages", "R", QT_TRANSLATE_NOOP("Actions", "Turn"), "scanning", "rotate-clockwise"),
    _row("delete_pages", "Del", QT_TRANSLATE_NOOP("Actions", "Delete or restore"), "scanning", "trash"),
    _row("split_set", "S", QT_TRANSLATE_NOOP("Actions", "Split here"), "scanning"),
    _row("merge_set", "M", QT_TRANSLATE_NOOP("Actions", "Join with the set before"), "scanning"),
    _row("assign_set", "F3", QT_TRANSLATE_NOOP("Actions", "Dossier of the set"), "scanning", "barcode"),
    _row("papers_of_set", "P", QT_TRANSLATE_NOOP("Actions", "Which paper is which page…"), "scanning", "list-details"),
    _row("describe_set", "D", QT_TRANSLATE_NOOP("Actions", "Number, day, signer…"), "scanning", "pencil"),
    _row("move_earlier", "Ctrl+Up", QT_TRANSLATE_NOOP("Actions", "Move earlier"), "scanning", "arrow-up"),
    _row("move_later", "Ctrl+Down", QT_TRANSLATE_NOOP("Actions", "Move later"), "scanning", "arrow-down"),
    _row("undo_scan", "Ctrl+Z", QT_TRANSLATE_NOOP("Actions", "Undo"), "scanning", "arrow-back-up"),
    _row("redo_scan", "Ctrl+Y", QT_TRANSLATE_NOOP("Actions", "Redo"), "scanning"),
    _row("clean_pages", "C", QT_TRANSLATE_NOOP("Actions", "Clean-up on or off"), "scanning", "crop"),
    _row("show_blank", "B", QT_TRANSLATE_NOOP("Actions", "File a blank page, or hide it"), "scanning", "eye-off"),
    _row("insert_pages", "I", QT_TRANSLATE_NOOP("Actions", "Scan in behind this page"), "scanning", "file-plus"),
    _row("replace_pages", "T", QT_TRANSLATE_NOOP("Actions", "Scan again in its place"), "scanning", "arrows-exchange"),
    _row("bring_files", "Ctrl+O", QT_TRANSLATE_NOOP("Actions", "Read files…"), "scanning", "folder-search"),
    _row("insert_files", "Ctrl+I", QT_TRANSLATE_NOOP("Actions", "Read files in behind this page…"), "scanning"),
    _row("collate_passes", "G", QT_TRANSLATE_NOOP("Actions", "Put fronts and backs together…"), "scanning", "git-compare"),
    _row("compare_page", "V", QT_TRANSLATE_NOOP("Actions", "As it came (hold)"), "scanning", "eye"),
    _row("divide_stack", "Ctrl+D", QT_TRANSLATE_NOOP("Actions", "Divide by codes anew"), "scanning", "qrcode"),
    _row("divide_by_count", "", QT_TRANSLATE_NOOP("Actions", "Divide by pages…"), "scanning"),
    _row("choose_profile", "1 … 9", QT_TRANSLATE_NOOP("Actions", "Way of scanning"), "scanning", "list-details"),
    _row("choose_stack", "F4", QT_TRANSLATE_NOOP("Actions", "Other stacks"), "scanning"),
    _row("new_stack", "Ctrl+N", QT_TRANSLATE_NOOP("Actions", "New stack"), "scanning"),
    _row("look_for_scanners", "F5", QT_TRANSLATE_NOOP("Actions", "Look for scanners"), "scanning"),
    _row("separator_sheet", "", QT_TRANSLATE_NOOP("Actions", "Separator sheet for stacks"), "scanning", "printer"),
    _row("drop_stack", "Ctrl+Shift+Del", QT_TRANSLATE_NOOP("Actions", "Throw the stack away"), "scanning", "x"),
    _row("leave_scanning", "Esc", QT_TRANSLATE_NOOP("Actions", "Stop, or back"), "scanning", "player-stop"),
    _row("print_next", "F9", QT_TRANSLATE_NOOP("Actions", "Print the next page"), "books", "printer"),
    _row("export_book", "Ctrl+E", QT_TRANSLATE_NOOP("Actions", "Export to Excel"), "books", "file-spreadsheet"),
    _row("turn_page", "PgUp PgDn", QT_TRANSLATE_NOOP("Actions", "Turn the page"), "books"),
    _row("go_to_number", "Ctrl+G", QT_TRANSLATE_NOOP("Actions", "Go to number"), "books"),
    _row("paper_lists", "Ctrl+B", QT_TRANSLATE_NOOP("Actions", "Shelf, retention, archive"), "books", "list-details"),
    _row("freeze_report", "F9", QT_TRANSLATE_NOOP("Actions", "Freeze and print"), "reports", "printer"),
    _row("export_report", "Ctrl+E", QT_TRANSLATE_NOOP("Actions", "Export to Excel"), "reports", "file-spreadsheet"),
    _row("open_figure", "Enter", QT_TRANSLATE_NOOP("Actions", "Dossiers of the figure"), "reports", "folder-search"),
    _row("turn_period", "PgUp PgDn", QT_TRANSLATE_NOOP("Actions", "Other period"), "reports"),
    _row("solve_trouble", "F9", QT_TRANSLATE_NOOP("Actions", "Settle the first matter"), "sync", "alert-triangle"),
    _row("send_now", "Ctrl+S", QT_TRANSLATE_NOOP("Actions", "Send now"), "sync", "cloud-upload"),
    _row("compare_journals", "Ctrl+R", QT_TRANSLATE_NOOP("Actions", "Compare with the province"), "sync", "git-compare"),
    _row("compare_period", "Ctrl+B", QT_TRANSLATE_NOOP("Actions", "Figures of a period"), "sync", "chart-bar"),
    _row("pause_line", "Ctrl+P", QT_TRANSLATE_NOOP("Actions", "Pause or go on"), "sync", "player-pause"),
    _row("by_stick", "Ctrl+U", QT_TRANSLATE_NOOP("Actions", "Exchange by a USB stick…"), "sync", "usb"),
    _row("find_procedure", "F9 | Ctrl+F", QT_TRANSLATE_NOOP("Actions", "Find a procedure"), "catalogue", "filter"),
    _row("poster", "F11", QT_TRANSLATE_NOOP("Actions", "Posting sheet of the procedure"), "catalogue", "printer"),
    _row("other_view", "Ctrl+Y", QT_TRANSLATE_NOOP("Actions", "Procedures or calendar"), "catalogue", "calendar-due"),
    _row("turn_year", "PgUp PgDn", QT_TRANSLATE_NOOP("Actions", "Turn the year"), "catalogue"),
    _row("add_person", "F9 | Ctrl+N", QT_TRANSLATE_NOOP("Actions", "Add a person"), "admin", "user-edit"),
    _row("change_person", "Enter | Ctrl+D", QT_TRANSLATE_NOOP("Actions", "Change name, role or post"), "admin", "pencil"),
    _row("new_password", "Ctrl+P", QT_TRANSLATE_NOOP("Actions", "Give a new password"), "admin", "lock"),
    _row("close_account", "Ctrl+B", QT_TRANSLATE_NOOP("Actions", "Close the account"), "admin", "ban"),
    _row("open_account", "Ctrl+O", QT_TRANSLATE_NOOP("Actions", "Open the account again"), "admin", "circle-check"),
    _row("examine_pc", "Ctrl+T", QT_TRANSLATE_NOOP("Actions", "Examine this PC thoroughly"), "admin", "zoom-in"),
    _row("save_diagnostics", "Ctrl+S", QT_TRANSLATE_NOOP("Actions", "Diagnostics file for support"), "admin", "file-export"),
    _row("backup_now", "Ctrl+Shift+S", QT_TRANSLATE_NOOP("Actions", "Make a copy of the desk now"), "admin", "device-floppy"),
    _row("rehearse_restore", "Ctrl+R", QT_TRANSLATE_NOOP("Actions", "Rehearse a restore"), "admin", "rotate-clockwise"),
    _row("halt_backup", "", QT_TRANSLATE_NOOP("Actions", "Break off the copy"), "admin", "player-stop"),
    _row("add_backup_place", "Ctrl+Shift+D", QT_TRANSLATE_NOOP("Actions", "Add a place for copies…"), "admin", "usb"),
    _row("check_update", "Ctrl+U", QT_TRANSLATE_NOOP("Actions", "Look for a new version"), "admin", "rotate-clockwise"),
    _row("install_update", "Ctrl+I", QT_TRANSLATE_NOOP("Actions", "Fetch and prepare the new version"), "admin", "device-floppy"),
    _row("update_from_stick", "Ctrl+Shift+U", QT_TRANSLATE_NOOP("Actions", "Update from a USB stick…"), "admin", "usb"),
    _row("version_back", "", QT_TRANSLATE_NOOP("Actions", "Go back to the version before"), "admin", "arrow-back-up"),
    _row("answer_person", "Ctrl+Shift+I", QT_TRANSLATE_NOOP("Actions", "Answer a person about their data"), "admin", "id"),
    _row("verify_desk", "Ctrl+Y", QT_TRANSLATE_NOOP("Actions", "Check all records"), "admin", "file-check"),
    _row("close_year", "", QT_TRANSLATE_NOOP("Actions", "Close the year"), "books", "lock"),
)

ACTION_BY_ID = {action.id: action for action in ACTIONS}


def actions_of(page: str) -> tuple[Action, ...]:
    """Return the rows of one page, those that hold everywhere left out."""
    return tuple(action for action in ACTIONS if action.page == page)


def key_text(key: str) -> str:
    """Return how a key cap reads: short, the same in both languages (they are engraved on the keyboard)."""
    return key.replace("PgDown", "PgDn").replace("Return", "Enter").replace("Comma", ",")
