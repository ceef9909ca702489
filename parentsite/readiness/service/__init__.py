"""The verbs at school start: `facts` who asks · `gate` the one place where texts are opened · `drafting` `publishing`
the house writes · `reading` `commenting` `correcting` `asking` the parents · `allowing` their consents · `receiving`
the school's side.
"""
