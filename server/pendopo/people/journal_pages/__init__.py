"""The journal's pages. They live above the journal, for only `people` links an id to a name."""
