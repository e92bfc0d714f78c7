"""The sections of the page Quản trị, in the order of their tabs."""

from __future__ import annotations

from ui.pages.admin.answering import AnsweringSection
from ui.pages.admin.checking import CheckingSection
from ui.pages.admin.keeping import KeepingSection
from ui.pages.admin.machine import MachineSection
from ui.pages.admin.people import PeopleSection
from ui.pages.admin.section import Section
from ui.pages.admin.updating import UpdatingSection

SECTIONS: tuple[type[Section], ...] = (PeopleSection, MachineSection, KeepingSection, UpdatingSection, CheckingSection, AnsweringSection)
