"""The faces: terminal and Discord. Refuses an old Python before anything else is imported, so it must run on any Python 3."""

import signal
import sys

if sys.version_info < (3, 11):  # noqa: UP036  whoever runs an older one is to read a sentence, not a SyntaxError
    sys.exit("Verbatim needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])  # noqa: UP031  as said

if sys.argv[0] == "-m" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # python -m bot: Ctrl-C ends the second of imports without a traceback
