"""What the journeys ask for: `saying` answers and takes back · `recording` what was signed on paper, and `papers` who
can sign, and has · `effect` what is in force, and who has answered · `receipts` to keep · `reading` them as written ·
`chain` binds them and proves them.
"""
