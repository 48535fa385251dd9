"""Pages for residents, and what other sites need to put the chat on theirs."""

from steunwijzer.pages.chat import pages
from steunwijzer.pages.demo import demo_pages
from steunwijzer.pages.municipality import municipality_api
from steunwijzer.pages.widget import widget_files

__all__ = ["demo_pages", "municipality_api", "pages", "widget_files"]
