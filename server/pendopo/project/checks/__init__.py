"""What `pendopo check` looks at beyond settings and parts: a module for each kind."""
