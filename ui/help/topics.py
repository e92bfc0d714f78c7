"""What F1 opens: for each page, screen and dialog a place in the manual, and for each page one sentence about what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.actions import Action

HELP = {
    "home": QT_TRANSLATE_NOOP("Help", "What must be done now. Every figure opens its list; the table shows the dossiers taken in last."),
    "intake": QT_TRANSLATE_NOOP(
        "Help", "Take a dossier in. Type three letters of the procedure, scan the citizen's card, tick the papers with Space or F7, and F9 "
        "receives and prints. What you type is kept at once: after a power cut the form comes back."),
    "dossiers": QT_TRANSLATE_NOOP(
        "Help", "Find a dossier: by any words of the name, the code, the phone or the identity number, accents or not. "
        "The most urgent come first."),
    "dossier": QT_TRANSLATE_NOOP("Help", "One dossier: where it stands, what happened, what can be done now and why the rest can't."),
    "scanning": QT_TRANSLATE_NOOP(
        "Help", "Scan a stack: F12 scans, and the code on each slip begins the set of its dossier. Look at the pages, turn, delete and "
        "split them; F9 files every set that knows its dossier, the others wait. Nothing that was scanned is lost before it is filed."),
    "returning": QT_TRANSLATE_NOOP(
        "Help", "Scan the slip or the card; four steps are ticked as they are done. "
        "F10 returns the result, or goes where something is missing."),
    "hand_over": QT_TRANSLATE_NOOP(
        "Help", "Scan slip after slip into a batch. F9 records all of them at once and prints one list to sign; "
        "or none, where one may not go."),
    "certification": QT_TRANSLATE_NOOP(
        "Help", "Certified copies, signatures and contracts: one line for each paper, fee and number as you type. F9 does everything."),
    "reports": QT_TRANSLATE_NOOP(
        "Help", "The reports of a period, from the dossiers themselves; what was sent stays as it was."),
    "books": QT_TRANSLATE_NOOP(
        "Help", "The registers as they are printed, page by page. A line is never deleted: it is struck through with a reason."),
    "sync": QT_TRANSLATE_NOOP(
        "Help", "Did it arrive? This PC sends and fetches by itself; here stands what waits, what needs a person, and what became of every "
        "exchange. Without a line everything goes on, and is sent later."),
    "catalogue": QT_TRANSLATE_NOOP(
        "Help", "The procedures in force with their papers, time limits and fees, and the calendar that appointments are counted by."),
    "admin": QT_TRANSLATE_NOOP(
        "Help", "A tab for each question: who may do what, does this PC work, is there a second copy, is there a new version, "
        "do the records agree. Everybody may look; administrators act."),
}

PAGES = {
    "home": "03-mot-ngay-o-quay.md", "intake": "04-tiep-nhan.md", "certification": "16-chung-thuc.md", "dossiers": "07-tim-ho-so.md",
    "dossier": "17-doi-ho-so.md", "hand_over": "17-doi-ho-so.md#bàn-giao-cho-chuyên-môn", "returning": "18-tra-ket-qua.md",
    "scanning": "21-quet.md#trang-số-hóa", "books": "08-so-theo-doi.md", "reports": "15-bao-cao.md", "sync": "22-dong-bo.md",
    "catalogue": "09-danh-muc.md", "admin": "24-quan-tri.md", "admin/people": "24-quan-tri.md#thêm-người-đổi-quyền",
    "admin/machine": "24-quan-tri.md#tình-trạng-máy", "admin/keeping": "23-sao-luu.md", "admin/updating": "25-cap-nhat.md",
    "admin/checking": "24-quan-tri.md#đối-chiếu-dữ-liệu", "admin/answering": "26-ho-tro.md#người-dân-hỏi-dữ-liệu-của-mình",
}
"""The place of each page, by the page's id, and of its parts by ``page/part``."""

PLACES = {
    "SetupScreen": "01-cai-dat-lan-dau.md", "RecoveryScreen": "01-cai-dat-lan-dau.md#phiếu-khôi-phục",
    "AnswerDialog": "19-bao-tin.md#phản-ánh-kiến-nghị", "CalendarUpdateDialog": "09-danh-muc.md#danh-mục-mới-lịch-mới",
    "CallListDialog": "19-bao-tin.md#tin-báo", "CashCountDialog": "14-tien-phi.md#đối-chiếu-tiền-cuối-ngày",
    "CatalogueUpdateDialog": "09-danh-muc.md#danh-mục-mới-lịch-mới", "CollateDialog": "21-quet.md#chèn-thay-ghép",
    "CollectDialog": "14-tien-phi.md#thu-thêm-hoàn-lại", "ComplaintDialog": "19-bao-tin.md#phản-ánh-kiến-nghị",
    "ComplaintsDialog": "19-bao-tin.md#phản-ánh-kiến-nghị", "CrashDialog": "26-ho-tro.md#chương-trình-gặp-lỗi",
    "DayPageDialog": "20-cuoi-ngay-niem-yet.md#kết-thúc-ngày", "DescribeSetDialog": "21-quet.md#lưu-vào-hồ-sơ",
    "DigitalPapersDialog": "21-quet.md#giấy-tờ-số-hóa-của-một-hồ-sơ", "DossierFormsDialog": "17-doi-ho-so.md#sửa-sai",
    "EnrolDialog": "22-dong-bo.md#đăng-ký-máy-làm-một-lần", "ExtendDialog": "17-doi-ho-so.md#gia-hạn-và-xin-lỗi",
    "FirstPasswordDialog": "24-quan-tri.md#thêm-người-đổi-quyền", "KeysDialog": "13-phim-tat.md",
    "ListedSettingsDialog": "24-quan-tri.md#bộ-phận-người-ký-quy-trình", "MessageSettingsDialog": "19-bao-tin.md#sửa-cách-báo-tin",
    "NumberHelpDialog": "11-su-co.md#chưa-rõ-số-cuối-cùng", "PaperActDialog": "21-quet.md#xem-lưu-trữ-hủy",
    "PaperListsDialog": "21-quet.md#xem-lưu-trữ-hủy", "PaperRatingDialog": "19-bao-tin.md#phiếu-đánh-giá-trên-giấy",
    "PasswordDialog": "02-dang-nhap.md#đổi-mật-khẩu", "PaymentDialog": "14-tien-phi.md", "PeriodDialog": "22-dong-bo.md#đối-soát",
    "PersonDialog": "24-quan-tri.md#thêm-người-đổi-quyền", "PrintQueueDialog": "06-giay-tiep-nhan.md#hàng-đợi-in",
    "ReconcileDialog": "22-dong-bo.md#đối-soát", "ReportSettingsDialog": "15-bao-cao.md#thiết-lập-báo-cáo",
    "ReuseDialog": "21-quet.md#dùng-lại-thay-vì-quét-lại", "RootsDialog": "21-quet.md#xem-chữ-ký-của-một-tệp",
    "SampleDialog": "24-quan-tri.md#nhật-ký-truy-vết-rút-mẫu", "ScannersDialog": "21-quet.md#máy-quét",
    "SecondPersonDialog": "07-tim-ho-so.md#người-thứ-hai-đồng-ý", "SetPapersDialog": "21-quet.md#lưu-vào-hồ-sơ",
    "SettingsDialog": "06-giay-tiep-nhan.md#chọn-máy-in-khổ-giấy",
    "SettleDialog": "22-dong-bo.md#cần-xử-lý", "SignDialog": "21-quet.md#ký-số", "SignaturesDialog": "21-quet.md#xem-chữ-ký-của-một-tệp",
    "StickDialog": "22-dong-bo.md#không-có-mạng-đồng-bộ-bằng-usb", "StrikeDialog": "16-chung-thuc.md#hoàn-tác-lấy-nhầm-số",
    "TrailDialog": "24-quan-tri.md#nhật-ký-truy-vết-rút-mẫu", "TypingListDialog": "20-cuoi-ngay-niem-yet.md#không-gõ-hai-lần",
}
"""The place of each screen and dialog, by its class; that of a dialog of many uses is the place of what it stands over."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What the manual is opened for: a ``place`` (chapter, or chapter#heading), and of a page its sentence and what can be done there."""

    place: str
    sentence: str = ""
    actions: tuple[Action, ...] = ()


@runtime_checkable
class HasTopic(Protocol):
    """A part of the window that knows best what it is about: it has pages."""

    def help_topic(self) -> Topic:
        """Return what the manual is to be opened for."""


@runtime_checkable
class Helper(Protocol):
    """The window that holds everything; the manual is opened beside it."""

    def show_help(self, topic: Topic) -> None:
        """Show the manual."""


def topic_of_page(page_id: str, actions: tuple[Action, ...], part: str = "") -> Topic:
    """Return the topic of a page, or of the part of it that is in front, with what can be done there now."""
    return Topic(PAGES[f"{page_id}/{part}" if part else page_id], QCoreApplication.translate("Help", str(HELP[page_id])), actions)


def ask(part: QWidget) -> None:
    """Open the manual for a part of the window: at the place of the nearest thing around it that has one."""
    topic, around = None, part
    while (above := around.parentWidget()) is not None:
        topic = topic or _topic_of(around)
        around = above
    if isinstance(around, Helper):
        around.show_help(topic or Topic("README.md"))


def _topic_of(part: QWidget) -> Topic | None:
    if isinstance(part, HasTopic):
        return part.help_topic()
    place = PLACES.get(type(part).__name__)
    return Topic(place) if place else None
