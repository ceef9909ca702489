"""What the journeys ask for: `saying` answers and takes back · `effect` what is in force, and who has answered ·
`reading` receipts · `chain` binds them and proves them.
"""
