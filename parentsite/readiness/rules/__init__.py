"""Decisions at school start: `vocabulary` words · `moves` states · `changes` between versions · `ends` of a consent ·
`receivers` of a child · who is `near` school · `naming` in addresses · `gate` who may open a text.
"""
