"""The verbs at school start: `facts` who asks · `gate` the one place where texts are opened · `versions` what is
published, sealed · `house` `pupils` `requests` `drafting` `publishing` the daycare's side · `reading` `commenting`
`correcting` `asking` the parents' · `allowing` their consents · `receiving` the school's side.
"""
