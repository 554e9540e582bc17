"""What all tests share: a throw-away database, and a running office for those that ask for one."""

pytest_plugins = [
    "tests.plugins.database",
    "tests.plugins.office",
    "tests.plugins.clients",
    "tests.plugins.accounts",
    "tests.plugins.leaving",
]
