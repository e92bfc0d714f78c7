"""The windows of settings: how citizens are told, what reports aim at, the address of a receipt printer."""

from dataclasses import replace

import pytest

from counter_app.domain.message import MessageChannel, Occasion
from counter_app.domain.people import Actor, Role
from counter_app.services.citizens.message_words import MessageSettings, OwnWords
from counter_app.services.reports.settings import ReportSettings
from tests.ui.conftest import nameless, settle
from tests.ui.pages.helpers import idle, words
from ui.dialogs.message_settings import MessageSettingsDialog
from ui.dialogs.report_settings import IMPOSSIBLE, SHARES, ReportSettingsDialog, percent, permille
from ui.dialogs.settings import SettingsDialog
from ui.widgets.buttons import LinkButton


class Opened:
    """Opens a dialog over a real desk and saves it."""

    def __init__(self, seat, host):
        self.context, self.host, self.counter, self.saved = seat.context, host, seat.desk.counter, []

    def messages(self):
        dialog = MessageSettingsDialog(self.context, self.counter.citizens.messages.writing(), self.host)
        return self._shown(dialog)

    def reports(self):
        return self._shown(ReportSettingsDialog(self.context, self.counter.reports.settings(), self.host))

    def desk(self):
        return self._shown(SettingsDialog(self.context, self.counter.settings.profile(), ["Máy in quầy 2"], [], self.host))

    def _shown(self, dialog):
        dialog.saved.connect(lambda: self.saved.append(type(dialog)))
        dialog.open()
        settle(0)
        return dialog

    def save(self, dialog):
        dialog.save.click()
        idle(self.context)
        settle(0)

    @property
    def wishes(self):
        return self.counter.citizens.messages.wishes()


@pytest.fixture
def opened(seat, host):
    return Opened(seat, host)


@pytest.fixture
def as_clerk(seat):
    """The same window with a clerk before it."""
    session = replace(seat.context.session, actor=Actor(seat.context.session.actor.user_id, Role.CLERK))
    seat.context = replace(seat.context, session=session)


def turn(dialog, occasion):
    dialog.occasion.setCurrentIndex(dialog.occasion.findData(occasion))
    settle(0)


# --- messages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["messages", "reports", "desk"])
@pytest.mark.parametrize("percent_", [100, 150])
def test_every_field_has_a_name_and_the_window_fits(opened, theme, name, percent_):
    theme.resize(percent_)
    dialog = getattr(opened, name)()
    assert nameless(dialog) == []
    assert dialog.width() <= opened.host.width()
    assert dialog.height() <= 768
    assert not dialog.grab().isNull()


def test_the_programs_words_stand_there_as_they_are_sent(opened):
    dialog = opened.messages()
    assert dialog.text.toPlainText() == ""
    assert "{code}" in dialog.text.placeholderText()
    sent, by_post = dialog.preview.text().split("\n")
    assert "H36.50.05-261120-0007 (Xac nhan tinh trang hon nhan) da xong" in sent
    assert sent.endswith("/160)")
    assert "buu dien" in by_post
    assert "messages/1" in words(dialog)


def test_what_was_written_for_several_occasions_is_saved_together(opened):
    dialog = opened.messages()
    dialog.text.setPlainText("Mời nhận {code}")
    dialog.days.setText("5")
    turn(dialog, Occasion.EXTENDED)
    assert dialog.text.toPlainText() == ""
    assert not dialog.form.row("text_postal").isVisible()
    dialog.text.setPlainText("Xin lỗi, gia hạn {code}")
    dialog.told.setChecked(False)
    turn(dialog, Occasion.RESULT_READY)
    assert (dialog.text.toPlainText(), dialog.days.text(), dialog.told.isChecked()) == ("Mời nhận {code}", "5", True)
    dialog.channel.setCurrentIndex(dialog.channel.findData(MessageChannel.ZALO))
    dialog.remind.setText("0")
    dialog.plain.setChecked(False)
    opened.save(dialog)
    found = opened.wishes
    assert (found.channel, found.without_accents, found.remind_after_days) == (MessageChannel.ZALO, False, 0)
    assert set(found.own) == {OwnWords(Occasion.RESULT_READY, "Mời nhận {code}", "", 5), OwnWords(Occasion.EXTENDED, "Xin lỗi, gia hạn {code}")}
    assert set(Occasion) - set(found.occasions) == {Occasion.RECEIVED, Occasion.EXTENDED}
    assert opened.saved == [MessageSettingsDialog]


def test_saving_untouched_changes_nothing(opened):
    opened.save(opened.messages())
    assert opened.wishes == MessageSettings()


def test_what_is_wrong_is_said_while_it_is_written_and_stands_at_its_field(opened):
    dialog = opened.messages()
    turn(dialog, Occasion.SUPPLEMENT_WANTED)
    dialog.text.setPlainText("Số định danh {id_number}")
    assert "braces" in dialog.preview.text()
    turn(dialog, Occasion.RECEIVED)
    opened.save(dialog)
    assert dialog.isVisible()
    assert dialog.occasion.currentData() == Occasion.SUPPLEMENT_WANTED, "the occasion with the problem is shown"
    assert "{code}" in dialog.form.row("text").problem
    dialog.text.setPlainText("Bổ sung {code}")
    dialog.days.setText("nhiều")
    dialog.remind.setText("mai")
    opened.save(dialog)
    assert dialog.form.row("expires_after_days").problem
    assert dialog.form.row("remind_after_days").problem
    assert opened.wishes == MessageSettings()


def test_back_to_the_programs_words(opened):
    opened.counter.citizens.messages.save_wishes(
        MessageSettings(own=(OwnWords(Occasion.RESULT_READY, "Mời nhận {code}", "Gửi {code}", 9),)), opened.context.session.actor)
    dialog = opened.messages()
    assert dialog.text.toPlainText() == "Mời nhận {code}"
    dialog._take_usual()
    opened.save(dialog)
    assert opened.wishes.own == ()


# --- reports ----------------------------------------------------------------------------------------------------------


def test_each_setting_of_reports_stands_beside_its_source(opened):
    dialog = opened.reports()
    shown = words(dialog)
    for part in ("985/QĐ-TTg", "766/QĐ-TTg", "Confidence: cao", "Quảng Nam"):
        assert part in shown, part
    assert [dialog.shares[name].text() for name in SHARES] == ["95", "50", "", "", ""]
    assert dialog.shares["full_content"].placeholderText() == "not declared"


def test_settings_of_reports_are_kept(opened):
    dialog = opened.reports()
    dialog.week.setCurrentIndex(dialog.week.findData(4))
    dialog.receiver.setText(" UBND tỉnh Lâm Đồng ")
    for name, typed in (("on_time_target", "97,5"), ("publish_on_time", "100 %"), ("full_content", "0")):
        dialog.shares[name].setText(typed)
    opened.save(dialog)
    assert opened.counter.reports.settings() == ReportSettings(4, 500, 975, 1000, None, 0, "UBND tỉnh Lâm Đồng")
    assert opened.saved == [ReportSettingsDialog]


@pytest.mark.parametrize(("name", "typed"), [("on_time_target", ""), ("on_time_target", "101"), ("update_on_time", "gần hết"), ("full_content", "99,55")])
def test_a_share_that_is_none_stands_at_its_field(opened, name, typed):
    dialog = opened.reports()
    dialog.shares[name].setText(typed)
    opened.save(dialog)
    assert dialog.isVisible()
    assert dialog.form.row(name).problem
    assert opened.counter.reports.settings() == ReportSettings()


@pytest.mark.parametrize(("typed", "share"), [
    ("95", 950), ("99,5", 995), ("99.5 %", 995), ("0", 0), (",5", 5), ("100", 1000), ("", None), (" ", None), ("%", None),
    ("x", IMPOSSIBLE), ("9²", IMPOSSIBLE), ("1,55", IMPOSSIBLE), ("1000", IMPOSSIBLE), ("-5", IMPOSSIBLE)])
def test_shares_are_typed_in_per_cent(typed, share):
    assert permille(typed) == share


@pytest.mark.parametrize("share", [*range(0, 1001, 7), 995, 1000, None])
def test_a_share_that_is_shown_is_read_again(share, translation):
    assert permille(percent(share)) == share


@pytest.mark.parametrize("name", ["messages", "reports"])
def test_a_clerk_looks_and_changes_nothing(as_clerk, seat, host, name):
    dialog = getattr(Opened(seat, host), name)()
    assert not dialog.save.isEnabled()
    assert "Only an administrator" in dialog.banner.sentence


# --- the receipt printer ----------------------------------------------------------------------------------------------


def choose_roll(dialog, address):
    printer = dialog.form.row("printer").field
    printer.setCurrentIndex(printer.findText("A receipt printer, by its address"))
    dialog.form.row("roll").field.setText(address)


def test_a_receipt_printer_is_set_by_its_address(opened):
    dialog = opened.desk()
    assert not dialog.form.row("roll").isVisible()
    choose_roll(dialog, "192.168.1.50:9100")
    assert dialog.form.row("roll").isVisible()
    dialog._save()
    idle(opened.context)
    assert opened.counter.settings.profile().printer == "escpos://192.168.1.50:9100"
    again = opened.desk()
    assert again.form.row("printer").field.currentText() == "A receipt printer, by its address"
    assert again.form.row("roll").field.text() == "192.168.1.50:9100"


@pytest.mark.parametrize("typed", ["", "may in", "host:port"])
def test_an_address_that_names_no_printer_stands_at_its_field(opened, typed):
    dialog = opened.desk()
    choose_roll(dialog, typed)
    dialog._save()
    assert "192.168.1.50" in dialog.form.row("roll").problem
    assert opened.counter.settings.profile().printer == ""


@pytest.mark.parametrize(("text", "action"), [("Messages to citizens…", "message_settings"), ("Reports…", "report_settings")])
def test_the_other_settings_are_one_click_away(opened, text, action):
    dialog, asked = opened.desk(), []
    dialog.wanted.connect(asked.append)
    next(button for button in dialog.findChildren(LinkButton) if button.text() == text).click()
    assert asked == [action]
    assert not dialog.isVisible()


@pytest.mark.parametrize(("role", "before", "offered"), [
    (Role.ADMINISTRATOR, 10, [0, 5, 10, 20, 60]), (Role.CLERK, 10, [5, 10, 20, 60]), (Role.HEAD, 10, [5, 10, 20, 60]),
    (Role.CLERK, 0, [0, 5, 10, 20, 60]),
])
def test_a_clerk_does_not_switch_the_lock_off(seat, host, role, before, offered):
    """What an administrator switched off stays as it is until somebody chooses a time."""
    context = replace(seat.context, session=replace(seat.context.session, actor=Actor("u-0002", role)))
    context.preferences.lock_minutes = before
    dialog = SettingsDialog(context, seat.desk.counter.settings.profile(), [], [], host)
    field = dialog.form.row("lock_minutes").field
    assert [field.itemData(at) for at in range(field.count())] == offered
    assert field.currentData() == before
