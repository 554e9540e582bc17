"""Forms about papers and their signatures."""
