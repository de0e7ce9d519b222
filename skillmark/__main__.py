"""What does `python -m skillmark` run?  The same as `skillmark`."""

from skillmark.cli import main

main()
