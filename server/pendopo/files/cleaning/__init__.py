"""The only code that opens what others sent. It runs in a process of its own, without Django.

`pendopo.files.quarantine` starts it; see docs/decisions/0015.
"""
