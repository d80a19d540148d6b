"""``python -m dvctt_report`` is the same as ``dvctt-report``."""

from dvctt_report.cli.door import main

raise SystemExit(main())
