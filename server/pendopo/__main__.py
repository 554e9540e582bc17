"""`python -m pendopo`."""

import sys

from pendopo.project.cli import main

sys.exit(main())
