"""The page of the practice workspace: the workspace in a browser, as any of its people."""

from sandbox.page.networks import Networks
from sandbox.page.routes import routes

__all__ = ["Networks", "routes"]
