"""Decisions at school start: `vocabulary` words · `moves` states · `changes` between versions · `ends` of a consent ·
`receivers` of a child · `gate` who may open a text.
"""
