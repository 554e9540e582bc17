"""Reading papers, their templates and their signatures."""
