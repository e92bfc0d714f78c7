"""The pages of the program, in the order of the side bar. What isn't built isn't here, and so isn't shown anywhere."""

from __future__ import annotations

from ui.pages.admin.page import AdminPage
from ui.pages.books import BooksPage
from ui.pages.catalogue import CataloguePage
from ui.pages.certification import CertificationPage
from ui.pages.dossier import DossierPage
from ui.pages.dossiers import DossiersPage
from ui.pages.hand_over import HandOverPage
from ui.pages.home import HomePage
from ui.pages.intake import IntakePage
from ui.pages.reports import ReportsPage
from ui.pages.returning import ReturningPage
from ui.pages.scanning import ScanningPage
from ui.pages.sync import SyncPage
from ui.windows.page_stack import PageEntry

ENTRIES: tuple[PageEntry, ...] = (
    PageEntry("home", "go_home", HomePage),
    PageEntry("intake", "go_intake", IntakePage),
    PageEntry("certification", "go_certification", CertificationPage),
    PageEntry("dossiers", "go_dossiers", DossiersPage),
    PageEntry("dossier", "", DossierPage),
    PageEntry("hand_over", "", HandOverPage),
    PageEntry("returning", "go_returning", ReturningPage),
    PageEntry("scanning", "go_scanning", ScanningPage),
    PageEntry("books", "go_books", BooksPage),
    PageEntry("reports", "go_reports", ReportsPage),
    PageEntry("sync", "go_sync", SyncPage),
    PageEntry("catalogue", "go_catalogue", CataloguePage, below_divider=True),
    PageEntry("admin", "go_admin", AdminPage, below_divider=True),
)
