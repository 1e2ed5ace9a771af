"""Disclosure's pages: the public board, which is an app of its own, and publicities for the office."""

from services.disclosure.web.office import routes as routes
from services.disclosure.web.public import public_routes as public_routes
