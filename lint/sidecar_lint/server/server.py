"""The server: the texts of the client, the thread that reads them, and the features that answer."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from sidecar_lint.configuration.file import ConfigurationFile
from sidecar_lint.escaping import editor
from sidecar_lint.language.names import NamingFile
from sidecar_lint.language.session import Linted, Session
from sidecar_lint.linting.inputs import LintInput
from sidecar_lint.manifests.file import ManifestFile
from sidecar_lint.manifests.manifest import Document
from sidecar_lint.named_tuple import NamedTuple
from sidecar_lint.rulebook.registry import RuleLoadError, load_rules
from sidecar_lint.secrets.secret_input import SecretInput
from sidecar_lint.server.analysis import Analysis, settle
from sidecar_lint.server.positions import Positions
from sidecar_lint.server.publishing import PublishingServer
from sidecar_lint.server.settings import ServerSettings
from sidecar_lint.server.texts import path_of
from sidecar_lint.syntax.source import Source

#: What pygls would do itself and we do otherwise: texts (see texts.py), and the end of the process.
_OURS = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.EXIT,
)

logger = logging.getLogger(__name__)


class Asked(NamedTuple):
    """What a feature is asked about: an open file of Copilot's, and how the client counts in it."""

    server: Server
    session: Session
    input: LintInput
    positions: Positions

    @property
    def document(self) -> Document | None:
        """The file, where it is the manifest of a workload."""
        found = self.input.file
        return found if isinstance(found, Document) else None

    @property
    def file(self) -> ManifestFile | None:
        """The file, where it is a manifest of any kind: a workload's, an environment's or a pipeline's."""
        found = self.input.file
        return found if isinstance(found, ManifestFile) else None

    @property
    def naming(self) -> NamingFile | None:
        """The file, where names in it can be followed."""
        found = self.input.file
        return found if isinstance(found, ManifestFile | SecretInput | ConfigurationFile) else None

    @property
    def source(self) -> Source:
        """Its text."""
        return self.input.source


class Server(PublishingServer):
    """The language server. Features call `answer` in their `register`, and no more.

    `isolated`: no configuration counts. `plugins`: rules that one names are loaded, unless the client objects.
    """

    def __init__(self, *, isolated: bool = False, plugins: bool = False) -> None:
        super().__init__()
        self.settings = ServerSettings()
        self.plugins = plugins
        self.analysis = Analysis(Session(isolated=isolated), self)
        self.stopped = asyncio.Event()
        self.refreshing = False
        self._tasks: set[asyncio.Task[None]] = set()
        #: 1 until the client asks for the end properly.
        self.exit_status = 1
        for method in _OURS:
            self.protocol.fm.builtin_features.pop(method)

    def begin(self, encoding: str) -> None:
        """The client has said who it is: get the rules, and be ready."""
        self.loop = asyncio.get_running_loop()
        self.texts.encoding = encoding
        self.analysis.start()
        settle(self.analysis.do(self._load))

    def answer(self, method: str, respond: Callable[[Asked, Any], Any], options: Any = None) -> None:
        """Let a function answer a request about an open file; None is sent for files that are not ours.

        It runs on the thread of the analysis, with the text that the client had when it asked.
        """

        async def handler(params):  # type: ignore[no-untyped-def]  # noqa: ANN001,ANN202  pygls looks at annotations
            return await self.ask(params.text_document.uri, lambda asked: respond(asked, params))

        self.feature(method, options)(handler)

    async def ask(self, uri: str, respond: Callable[[Asked], Any]) -> Any:
        """What a function says of an open file; None where it is not ours. Errors are logged, and None too."""
        path = path_of(uri)
        if path is None or self.texts.source(path) is None:
            return None
        try:
            return await asyncio.wrap_future(
                self.analysis.do(lambda session: self._asked(session, path, respond))
            )
        except JsonRpcException:
            raise
        except Exception:
            logger.exception("internal error")
            return None

    async def linted(self, uri: str) -> Linted | None:
        """What is found in a file as it is now; None where it is not ours."""
        path = path_of(uri)
        return await asyncio.wrap_future(self.analysis.linted(path)) if path else None

    def positions(self, source: Source) -> Positions:
        """How the client counts in a text."""
        return Positions(source, self.texts.encoding)

    @property
    def pulls(self) -> bool:
        """Whether the client asks for diagnostics, so that none are sent by themselves."""
        text_document = self.client_capabilities.text_document
        return text_document is not None and text_document.diagnostic is not None

    def keep(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something go on by itself until it is done."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Errors are for the log: a user can do nothing about them."""
        logger.error("%s: %s", getattr(source, "__name__", source), error)

    def _asked(self, session: Session, path: str, respond: Callable[[Asked], Any]) -> Any:
        found = session.lint_input(path)
        return respond(Asked(self, session, found, self.positions(found.source))) if found else None

    def _load(self, session: Session) -> None:
        try:
            self.choose(session)
            gc.freeze()  # rules and modules stay: no collection need go through them
        except RuleLoadError as error:
            self.call(
                self.window_show_message, types.ShowMessageParams(types.MessageType.Error, editor(str(error)))
            )

    def choose(self, session: Session) -> None:
        """Let a session lint as the user's settings say. Raises RuleLoadError."""
        settings = self.settings
        session.use(load_rules(), schema_rules=settings.says_what_schema_says, plugins=self.plugins)
