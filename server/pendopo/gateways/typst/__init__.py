"""Papers as PDF, drawn by typst inside this process.

What people wrote reaches a layout only as JSON (`sys.inputs`), never as source.
"""
