"""Changes to papers and their templates."""
