"""The pages of the program, in the order of the side bar. What isn't built isn't here, and so isn't shown anywhere."""

from __future__ import annotations

from ui.pages.admin import AdminPage
from ui.pages.books import BooksPage
from ui.pages.catalogue import CataloguePage
from ui.pages.certification import CertificationPage
from ui.pages.dossier import DossierPage
from ui.pages.dossiers import DossiersPage
from ui.pages.home import HomePage
from ui.pages.intake import IntakePage
from ui.windows.page_stack import PageEntry

ENTRIES: tuple[PageEntry, ...] = (
    PageEntry("home", "go_home", HomePage),
    PageEntry("intake", "go_intake", IntakePage),
    PageEntry("certification", "go_certification", CertificationPage),
    PageEntry("dossiers", "go_dossiers", DossiersPage),
    PageEntry("dossier", "", DossierPage),
    PageEntry("books", "go_books", BooksPage),
    PageEntry("catalogue", "go_catalogue", CataloguePage, below_divider=True),
    PageEntry("admin", "go_admin", AdminPage, below_divider=True),
)
