"""Pages for residents, and what other sites need to put the chat on theirs."""

from steunwijzer.pages.chat import pages
from steunwijzer.pages.closed import closed_page, whom_to_call
from steunwijzer.pages.demo import demo_pages
from steunwijzer.pages.municipality import municipality_api
from steunwijzer.pages.notice import notices
from steunwijzer.pages.problems import problem_page
from steunwijzer.pages.texts import Kept, text_pages
from steunwijzer.pages.widget import widget_files

__all__ = [
    "Kept",
    "closed_page",
    "demo_pages",
    "municipality_api",
    "notices",
    "pages",
    "problem_page",
    "text_pages",
    "whom_to_call",
    "widget_files",
]
