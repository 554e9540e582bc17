"""`pendopo backup` and `pendopo restore`: one folder that holds everything a new machine needs.

A backup is a folder with `manifest.json`, `database.dump` (pg_dump, custom format) and `files/`
(uploads, secrets, the office's own certificate authority). It is written as a draft and renamed
when it is whole; whatever carries the final name is complete.
"""
